"""The return command and the list of programmes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.casework.programmes import list_programmes
from coachdesk.clock import FixedClock
from coachdesk.commands.vaults import PRACTICE_PASSPHRASE
from coachdesk.models import ReleaseReview
from coachdesk.returns import prepare as preparing
from coachdesk.returns.issue_questions import NO, intruder_questions
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading
from tests.commands.conftest import Run, told
from tests.vault_fixtures import TODAY

QUARTER = ("--period", "2026-07-01..2026-09-30", "--as-at", "2026-10-05")


@pytest.fixture
def world(practice_world: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return a practice world of this test's own and the file with its passphrase."""
    secret = tmp_path / "words.txt"
    secret.write_text(PRACTICE_PASSPHRASE, encoding="utf-8")
    return shutil.copytree(practice_world, tmp_path / "World.coachdesk"), secret


def test_a_draft_is_written_and_enters_nothing(run: Run, world: tuple[Path, Path], tmp_path: Path) -> None:
    place, secret = world
    words = ("return", place, "--programme", "connect-to-work", *QUARTER, "--out", tmp_path / "out")
    status, out, err = run(*words, "--draft", "--json", "--passphrase-file", secret)
    assert (status, err) == (0, "")
    made = told(out)
    assert set(made) == {
        *("release", "folder", "files", "cells", "hidden", "quality", "safety"),
        *("method", "threshold", "gap", "left_out", "wider_bands", "checked_by"),
    }
    assert made["checked_by"] == "", "a draft is no release that anybody vouches for"
    assert (made["method"], made["threshold"], made["left_out"]) == ("withhold", 5, [])
    assert made["release"] is None
    assert {Path(name).suffix for name in made["files"]} == {".pdf", ".xlsx", ".csv", ".json"}
    assert all((Path(made["folder"]) / name).is_file() for name in made["files"])


@pytest.mark.parametrize(("draft", "checker"), [(False, ""), (False, " Jo Trustee "), (True, "")])
def test_a_person_reads_what_was_made(
    run: Run, world: tuple[Path, Path], tmp_path: Path, *, draft: bool, checker: str
) -> None:
    place, secret = world
    words = ("return", place, "--programme", "connect-to-work", *QUARTER, "--out", tmp_path / "out")
    options = [*(["--draft"] if draft else []), *(["--checked-by", checker] if checker else [])]
    status, out, _ = run(*words, *options, "--seconds", "0", "--passphrase-file", secret)
    assert status == 0
    assert "numbers are withheld" in out
    assert ("A draft, not for release" if draft else "in the register") in out
    assert ("Checked by Jo Trustee, who answered each" in out) is bool(checker)
    assert ("names nobody who checked it" in out) is (not draft and not checker)
    clock = FixedClock.on(TODAY)
    vault = SealedVault(place).open(PRACTICE_PASSPHRASE, clock=clock)
    with reading(vault) as session:
        kept = session.execute(select(ReleaseReview.checked_by, ReleaseReview.intruder)).all()
    vault.close()
    answers = {one.key: NO for one in intruder_questions()} if checker else {}
    assert [tuple(row) for row in kept] == ([] if draft else [(checker.strip(), answers)])


def test_a_return_that_fails_the_attack_is_not_written(
    run: Run, world: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, secret = world
    real = preparing.prepare

    def unsafe(*given: object) -> object:
        return replace(real(*given), is_safe=False, safety=("One person could be told.",))  # type: ignore[arg-type]  # passes on what it is given

    monkeypatch.setattr(preparing, "prepare", unsafe)
    out = tmp_path / "out"
    words = ("return", place, "--programme", "connect-to-work", *QUARTER, "--out", out)
    status, _, err = run(*words, "--passphrase-file", secret)
    assert (status, "One person could be told." in err) == (1, True)
    assert not out.exists()


def test_for_the_public_a_number_needs_ten_people_and_no_time_gives_no_proof(
    run: Run, world: tuple[Path, Path], tmp_path: Path
) -> None:
    place, secret = world
    words = (
        "return",
        place,
        "--programme",
        "connect-to-work",
        *QUARTER,
        "--out",
        tmp_path / "out",
        "--draft",
    )
    chosen = ("--audience", "public", "--seconds", "0", "--json", "--passphrase-file", secret)
    status, out, _ = run(*words, *chosen)
    assert (status, told(out)["threshold"]) == (0, 10)
    status, _, err = run(*words, "--seconds", "121", "--passphrase-file", secret)
    assert (status, "between 0 and 120" in err) == (1, True)


def test_a_period_that_is_none_is_refused(run: Run, place: Path, secret: Path, tmp_path: Path) -> None:
    words = ("return", place, "--programme", "connect-to-work", "--period", "summer")
    status, out, _ = run(*words, "--as-at", "2026-10-05", "--out", tmp_path, "--passphrase-file", secret)
    assert (status, out) == (1, "")


def test_programmes_that_ship(run: Run, place: Path, secret: Path) -> None:
    status, out, _ = run("programmes", place, "--passphrase-file", secret, "--json")
    keys = {row["key"] for row in told(out)["programmes"]}
    assert status == 0
    assert {"connect-to-work", "ips-primary-care", "workwell", "community-grant"} <= keys


def test_programmes_in_words(run: Run, place: Path, secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(session: object, question: None) -> list[object]:
        first, second, *_ = list_programmes(session, question)  # type: ignore[arg-type]  # passes on what it is given
        return [replace(first, threshold=5, blanks=("the fee",)), replace(second, threshold=None, blanks=())]

    monkeypatch.setattr("coachdesk.casework.programmes.list_programmes", rows)
    status, out, _ = run("programmes", place, "--passphrase-file", secret)
    assert status == 0
    assert "(from 5 people)" in out
    assert "no threshold yet: a return is refused" in out
    assert "fill in from your agreement: the fee" in out
