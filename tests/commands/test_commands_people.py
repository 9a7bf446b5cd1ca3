"""people, recovery-key, rotate and put-back-keys, as an administrator runs them."""

import io
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from coachdesk.clock import FixedClock
from coachdesk.commands import people
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.recovery import new_recovery_key
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import DiskFull
from tests.commands.conftest import Run, told
from tests.press.paper import Paper
from tests.vault_fixtures import PASSPHRASE, PERSON, TODAY

IQRA, IQRAS = "Iqra Malik", "seven lanterns cross the moor"


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


@pytest.fixture
def hers(tmp_path: Path) -> Path:
    """Return a file with a colleague's passphrase."""
    file = tmp_path / "hers.txt"
    file.write_text(f"{IQRAS}\n", encoding="utf-8")
    return file


def open_with(place: Path, passphrase: str, name: str) -> None:
    SealedVault(place).open(passphrase, person=name, clock=FixedClock.on(TODAY)).close()


def test_people_come_change_and_go(run: Run, place: Path, secret: Path, hers: Path) -> None:
    ruth = ("--as", PERSON, "--passphrase-file", secret)
    assert run("people", place, *ruth)[1] == f"{PERSON}: manager, signs in as Ruth (you)\n"
    status, out, _ = run("people", place, "add", IQRA, "--new-passphrase-file", hers, *ruth)
    assert (status, out) == (0, "Iqra Malik can unlock the vault now (coach).\n")
    open_with(place, IQRAS, IQRA)
    status, out, _ = run("people", place, "role", "Iqra", "--role", "trustee", *ruth, "--json")
    assert (status, told(out)) == (0, {"done": "Iqra: trustee from now on."})
    status, out, _ = run("people", place, "--json", *ruth)
    assert [(row["name"], row["role"]) for row in told(out)["people"]] == [
        (IQRA, "trustee"),
        (PERSON, "manager"),
    ]
    status, out, _ = run("people", place, "remove", IQRA, *ruth)
    assert (status, "its key was changed" in out) == (0, True)
    status, _, err = run("people", place, "--as", IQRA, "--passphrase-file", hers)
    assert (status, "Nobody of this name" in err) == (1, True)
    assert run("check", place, "--passphrase-file", secret)[0] == 0


def test_a_colleague_changes_nobody(run: Run, place: Path, secret: Path, hers: Path) -> None:
    run("people", place, "add", IQRA, "--new-passphrase-file", hers, "--passphrase-file", secret)
    status, _, err = run("people", place, "remove", PERSON, "--as", IQRA, "--passphrase-file", hers)
    assert (status, err) == (1, "coachdesk: Only a manager may change who opens the vault.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add",), "Say who"),
        (("remove", " "), "Say who"),
        (("role", IQRA), "Say which role"),
        (("remove", "Nobody"), "Nobody of this name"),
        (("add", IQRA), "--new-passphrase-file"),
    ],
)
def test_what_is_missing_is_said(
    run: Run,
    place: Path,
    secret: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, out, err = run("people", place, *words, "--passphrase-file", secret)
    assert (status, out, sentence in err) == (1, "", True)


def test_ones_own_passphrase_is_asked_for_once_and_the_new_one_twice(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts: list[str] = []
    answers = iter([PASSPHRASE, IQRAS, IQRAS])

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(answers)

    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr("getpass.getpass", ask)
    status, out, _ = run("people", place, "passphrase")
    assert (status, out) == (0, "Your passphrase is changed.\n")
    assert prompts == ["Passphrase: ", "New passphrase: ", "New passphrase again: "]
    open_with(place, IQRAS, PERSON)


def test_a_forgotten_passphrase_is_reset(
    run: Run, place: Path, secret: Path, hers: Path, tmp_path: Path
) -> None:
    run("people", place, "add", IQRA, "--new-passphrase-file", hers, "--passphrase-file", secret)
    other = tmp_path / "other.txt"
    other.write_text("nine kettles sing at dusk", encoding="utf-8")
    words = ("--as", PERSON, "--passphrase-file", secret, "--new-passphrase-file", other)
    assert run("people", place, "reset", IQRA, *words)[:2] == (0, "Iqra Malik has a new passphrase.\n")
    open_with(place, "nine kettles sing at dusk", IQRA)


def test_a_new_recovery_key_is_on_its_sheet(
    run: Run, place: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_recovery_key()
    monkeypatch.setattr("coachdesk.vault.recovery.new_recovery_key", lambda: key)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    sheet = tmp_path / "sheet.pdf"
    status, out, _ = run("recovery-key", place, "--sheet", sheet, "--passphrase-file", secret)
    assert (status, str(sheet) in out, key in out) == (0, True, False)
    words = " ".join(words for _, words in Paper(sheet.read_bytes()).read())
    assert " ".join(key.split("-")[0]) in words
    assert "Furness Into Work" in words
    SealedVault(place).open_with_recovery_key(key, clock=FixedClock.on(TODAY)).close()
    status, _, err = run("recovery-key", place, "--sheet", sheet, "--passphrase-file", secret)
    assert (status, "is there already" in err) == (1, True)


@pytest.mark.parametrize("right", [True, False])
def test_at_a_terminal_the_key_is_typed_back(
    run: Run, place: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, right: bool
) -> None:
    key = new_recovery_key()
    monkeypatch.setattr("coachdesk.vault.recovery.new_recovery_key", lambda: key)
    monkeypatch.setattr(sys, "stdin", _Terminal())
    monkeypatch.setattr("builtins.input", lambda _prompt: key if right else "not the key")
    sheet = tmp_path / "sheet.pdf"
    status, _, err = run("recovery-key", place, "--sheet", sheet, "--passphrase-file", secret)
    assert (status, sheet.exists()) == ((0, True) if right else (1, False))
    assert ("8 groups of 5" in err) is not right


def test_a_new_key_for_the_vault(run: Run, place: Path, secret: Path) -> None:
    status, out, _ = run("rotate", place, "--passphrase-file", secret)
    assert (status, out.splitlines()[0]) == (
        0,
        "The vault has a new key. Everybody keeps their own passphrase.",
    )
    assert [path.name for path in place.glob("data-*")] == ["data-2.db"]
    assert run("check", place, "--passphrase-file", secret)[0] == 0


@pytest.mark.parametrize("lost", [True, False])
def test_a_key_file_is_put_back(
    run: Run, place: Path, secret: Path, hers: Path, tmp_path: Path, *, lost: bool
) -> None:
    status, _, err = run("put-back-keys", place)
    assert (status, "No copy of the key file" in err) == (1, True)
    run("people", place, "add", IQRA, "--new-passphrase-file", hers, "--passphrase-file", secret)
    if lost:
        (place / SLOT_FILE).unlink()
    else:
        (place / SLOT_FILE).write_bytes(b"spoilt")
    status, out, _ = run("put-back-keys", place, "--backups", tmp_path)
    assert (status, "was put back" in out, "put aside" in out) == (0, True, not lost)
    status, _, err = run("people", place, "--passphrase-file", secret)
    assert (status, "older copy" in err) == (1, True)
    status, out, _ = run("people", place, "--passphrase-file", secret, "--accept-loss")
    assert (status, out) == (0, f"{PERSON}: manager, signs in as Ruth (you)\n")


def test_a_sheet_is_not_left_behind_when_the_key_could_not_be_set(
    run: Run, place: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The drive is full.")

    monkeypatch.setattr("coachdesk.vault.recovery_slot.set_recovery_key", full)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    status, _, err = run("recovery-key", place, "--sheet", tmp_path / "s.pdf", "--passphrase-file", secret)
    assert (status, "full" in err) == (1, True)
    assert not (tmp_path / "s.pdf").exists()
    assert people.RECOVERY_KEY.name == "recovery-key"
