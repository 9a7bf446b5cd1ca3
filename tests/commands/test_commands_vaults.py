"""new, backup, restore, check and practice."""

import io
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from coachdesk.commands import vaults
from coachdesk.commands.vaults import PRACTICE_PASSPHRASE
from coachdesk.vault.health import Report
from coachdesk.vault.rescue import Rescued
from coachdesk.vault.sealed import SealedVault
from tests.commands.conftest import Run, told


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("cheap")
def test_new_makes_a_vault_and_prints_the_recovery_key_once(run: Run, tmp_path: Path, secret: Path) -> None:
    place = tmp_path / "New.coachdesk"
    words = ("--organisation", "Furness", "--person", "Ruth", "--passphrase-file", secret)
    status, out, _ = run("new", place, *words, "--json")
    made = told(out)
    assert status == 0
    assert made["vault"] == str(place)
    assert [len(group) for group in made["recovery_key"].split("-")] == [5] * 8
    status, out, err = run("new", place, *words)
    assert (status, out) == (1, "")
    assert "already something in this place" in err
    assert run("check", place, "--passphrase-file", secret)[0] == 0


@pytest.mark.usefixtures("cheap")
def test_new_tells_a_person_the_key(run: Run, tmp_path: Path, secret: Path) -> None:
    place = tmp_path / "New.coachdesk"
    words = ("--organisation", "Furness", "--person", "Ruth", "--passphrase-file", secret)
    status, out, _ = run("new", place, *words)
    assert status == 0
    assert out.splitlines()[0] == f"The vault is made: {place}"
    assert "trustee" in out


def test_a_new_passphrase_is_asked_for_twice(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["correct horse battery", "correct house battery"])
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    status, _, err = run("new", tmp_path / "N.coachdesk", "--organisation", "F", "--person", "R")
    assert (status, err) == (1, "coachdesk: The two passphrases differ.\n")
    assert not (tmp_path / "N.coachdesk").exists()


def test_a_backup_comes_back_whole(run: Run, place: Path, secret: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "kept.coachdesk-backup", tmp_path / "Again.coachdesk"
    assert run("backup", place, file, "--passphrase-file", secret)[:2] == (
        0,
        f"Backed up and checked: {file}\n",
    )
    assert run("restore", file, again)[:2] == (0, f"Restored: {again}\n")
    beside = again.with_name("Again (restored 1).coachdesk")
    assert run("restore", "--beside", file, again)[:2] == (0, f"Restored: {beside}\n")
    status, out, _ = run("check", again, "--passphrase-file", secret)
    assert (status, out.startswith("All is well")) == (0, True)
    status, out, _ = run("restore", file, again)
    assert (status, "moved aside" in out) == (0, True)


def test_a_folder_of_backups_is_kept_by_the_rule_and_practised_on(
    run: Run, place: Path, secret: Path, tmp_path: Path
) -> None:
    words = ("--passphrase-file", secret)
    assert run("drill", place, *words)[0::2] == (
        1,
        "coachdesk: There is no backup to practise on yet. Back up first.\n",
    )
    assert "There is no backup in" in run("check", place, *words)[1]
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("backup", place, "--folder", stick, *words)[0] == 0
    status, out, _ = run("backup", place, "--folder", stick, *words)
    assert status == 0
    (kept,) = stick.iterdir()
    assert out == (
        f"Backed up and checked: {kept}\n"
        "No longer kept by the rule, removed: Furness 2026-10-05 120000.coachdesk-backup\n"
    )
    status, out, _ = run("backup", place, *words)
    assert (status, f"{tmp_path / 'Furness backups'}" in out) == (0, True)
    status, out, _ = run("check", place, *words)
    assert f"Backups in {tmp_path / 'Furness backups'}: 1, the newest Furness 2026-10-05" in out
    status, out, _ = run("drill", place, *words)
    assert (status, "was restored and checked" in out) == (0, True)
    assert told(run("drill", place, "--json", *words)[1])["well"] is True
    backup = next((tmp_path / "Furness backups").iterdir())
    backup.write_bytes(backup.read_bytes()[:-1] + b"x")
    assert run("drill", place, *words)[0] == 1
    status, out, _ = run("check", place, *words)
    assert (status, "cannot be used: This backup is damaged" in out) == (1, True)


def test_check_tells_changes_since_the_last_backup(run: Run, place: Path, secret: Path) -> None:
    assert "Changes since the last backup: " in run("check", place, "--passphrase-file", secret)[1]


def test_check_gives_problems_and_facts(run: Run, place: Path, secret: Path) -> None:
    status, out, _ = run("check", place, "--passphrase-file", secret, "--json")
    found = told(out)
    assert (status, found["problems"]) == (0, [])
    assert found["facts"]["bytes"] > 0


def test_what_check_found_wanting_is_one(
    run: Run, place: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coachdesk.vault.health.check", lambda _vault: Report(("A link is broken.",)))
    assert run("check", place, "--passphrase-file", secret) == (1, "A link is broken.\n", "")
    status, out, _ = run("check", place, "--passphrase-file", secret, "--json")
    assert (status, told(out)) == (1, {"problems": ["A link is broken."], "facts": {}})


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("given", ["", "Mine.coachdesk"])
def test_practice_makes_a_world_anybody_can_open(run: Run, tmp_path: Path, given: str) -> None:
    status, out, _ = run("practice", tmp_path / given, "--clients", 3, "--seed", 5)
    assert status == 0
    assert PRACTICE_PASSPHRASE in out
    place = tmp_path / (given or "Practice world.coachdesk")
    secret = tmp_path / "words.txt"
    secret.write_text(PRACTICE_PASSPHRASE, encoding="utf-8")
    assert run("check", place, "--passphrase-file", secret)[0] == 0
    assert vaults.PRACTICE_PERSON


def test_what_can_be_read_is_saved_beside(run: Run, place: Path, secret: Path) -> None:
    status, out, _ = run("rescue", place, "--passphrase-file", secret, "--json")
    found = told(out)
    assert (status, found["rebuilt"], found["lost"]) == (0, {}, {})
    assert found["rows"] > 0
    assert run("check", Path(found["vault"]), "--passphrase-file", secret)[0] == 0


def test_what_is_lost_is_said_and_is_one(
    run: Run, place: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Rescued(place, 1200, {"job_terms": 2}, {"document_content": 1})
    monkeypatch.setattr(SealedVault, "rescue", lambda *_, **__: found)
    status, out, _ = run("rescue", place, "--passphrase-file", secret)
    assert status == 1
    assert out.splitlines()[1:] == [
        "Rows read: 1,200",
        "Written again from the history, job terms: 2",
        "Lost, document content: 1",
    ]
