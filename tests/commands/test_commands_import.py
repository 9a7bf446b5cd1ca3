"""The import command: every row is accounted for, in words and as JSON."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run, told

SHEET = "Reference,First name,Last name\nA1,Ann,Postlethwaite\nA2,Bob,Okafor\nA3,,\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "clients.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_json_accounts_for_every_row(run: Run, place: Path, secret: Path, sheet: Path) -> None:
    status, out, _ = run("import", place, sheet, "--passphrase-file", secret, "--json")
    (account,) = told(out)["files"]
    assert status == 0
    assert {"file", "sheet", "rows", "imported", "merged", "held", "refused", "problems"} <= set(account)
    ends = sum(account[end] for end in ("imported", "merged", "held", "refused"))
    assert ends == account["rows"]
    assert account["imported"] >= 2
    for problem in account["problems"]:
        assert set(problem) == {"row", "column", "value", "reason"}


def test_a_dry_run_writes_nothing(run: Run, place: Path, secret: Path, sheet: Path) -> None:
    first = run("import", place, sheet, "--passphrase-file", secret, "--dry-run")
    assert first[0] == 0
    assert first[1].startswith("A dry run: nothing was written.")
    status, out, _ = run("import", place, sheet, "--passphrase-file", secret, "--json")
    assert (status, told(out)["files"][0]["imported"] >= 2) == (0, True)
    again = told(run("import", place, sheet, "--passphrase-file", secret, "--json")[1])
    assert again["files"][0]["imported"] == 0


def test_a_person_reads_the_sum(run: Run, place: Path, secret: Path, sheet: Path) -> None:
    status, out, _ = run("import", place, sheet, "--passphrase-file", secret)
    assert status == 0
    assert "rows = " in out
    assert "clients.csv" in out


@pytest.mark.parametrize("by_sheet", [False, True])
def test_a_mapping_says_which_heading_is_which(
    run: Run, place: Path, secret: Path, tmp_path: Path, *, by_sheet: bool
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("Alpha,Beta,Gamma\nZ1,Cat,Dodd\n", encoding="utf-8")
    plain = {"Alpha": "clients.reference", "Beta": "clients.first_name", "Gamma": "clients.last_name"}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"odd.csv": plain} if by_sheet else plain), encoding="utf-8")
    words = ("import", place, odd, "--passphrase-file", secret, "--mapping", mapping, "--json")
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    assert told(out)["files"][0]["imported"] == 1


def test_a_mapping_of_other_headings_changes_nothing(
    run: Run, place: Path, secret: Path, sheet: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Elsewhere": "clients.reference"}), encoding="utf-8")
    words = ("import", place, sheet, "--passphrase-file", secret, "--mapping", mapping, "--json")
    assert told(run(*words)[1])["files"][0]["imported"] >= 2


@pytest.mark.parametrize(("text", "said"), [("{", "cannot be read as JSON"), ("[]", "must hold headings")])
def test_a_mapping_that_is_none(
    run: Run, place: Path, secret: Path, sheet: Path, tmp_path: Path, text: str, said: str
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(text, encoding="utf-8")
    status, out, err = run("import", place, sheet, "--passphrase-file", secret, "--mapping", mapping)
    assert (status, out, said in err) == (1, "", True)
