"""A sealed file: what went in comes out by its passphrase, and by nothing else; no plain copy lies about."""

from pathlib import Path

import pyrage
import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange import sealed_file
from coachdesk.exchange.sealed_file import (
    HEADER,
    OpenSealed,
    Seal,
    named_sealed,
    open_sealed,
    require_free,
    sealed,
    unsealed,
)

WORDS = "seven herons over grange sands"
CONTENT = b"Reference,Name\r\nR0001,Invented\r\n"


@pytest.fixture(scope="module")
def closed() -> bytes:
    return sealed(CONTENT, WORDS)


def test_what_went_in_comes_out_and_is_not_to_be_seen(closed: bytes) -> None:
    assert closed.startswith(HEADER)
    assert b"Invented" not in closed
    assert unsealed(closed, WORDS) == CONTENT


def test_another_passphrase_a_torn_file_and_a_plain_file_are_refused(closed: bytes) -> None:
    with pytest.raises(Refusal, match="does not open") as refused:
        unsealed(closed, "eight herons over grange sands")
    assert "passphrase" in refused.value.fields
    with pytest.raises(Refusal, match="not whole"):
        unsealed(closed[:-4], WORDS)
    with pytest.raises(Refusal, match="not a sealed file"):
        unsealed(CONTENT, WORDS)


def test_passphrase_is_typed_twice_and_must_be_hard_to_guess() -> None:
    assert Seal(passphrase=WORDS, again=WORDS).checked() == WORDS
    with pytest.raises(Refusal, match="differ") as differs:
        Seal(passphrase=WORDS, again=WORDS + "!").checked()
    assert set(differs.value.fields) == {"again"}
    with pytest.raises(Refusal) as weak:
        Seal(passphrase="password1", again="password1").checked()
    assert set(weak.value.fields) == {"passphrase"}
    with pytest.raises(Refusal, match="name"):
        Seal(passphrase="Westmorland Trust", again="Westmorland Trust").checked(("Westmorland Trust",))


def test_passphrase_shows_nowhere() -> None:
    assert WORDS not in repr(Seal(passphrase=WORDS, again=WORDS))
    assert WORDS not in repr(OpenSealed(path=Path("a"), target=Path("b"), passphrase=WORDS))


def test_opened_into_a_file_of_its_own(closed: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "transfer.csv.age", tmp_path / "transfer.csv"
    source.write_bytes(closed)
    wish = OpenSealed(path=source, target=target, passphrase=WORDS)
    assert open_sealed(wish) == len(CONTENT)
    assert target.read_bytes() == CONTENT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["transfer.csv", "transfer.csv.age"]
    with pytest.raises(Refusal, match="there already"):
        open_sealed(wish)


def test_what_cannot_be_opened_leaves_nothing(
    closed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "transfer.age", tmp_path / "transfer.csv"
    with pytest.raises(Trouble):
        open_sealed(OpenSealed(path=source, target=target, passphrase=WORDS))
    source.write_bytes(closed)
    monkeypatch.setattr(sealed_file, "LARGEST", 10)
    with pytest.raises(Refusal, match="too large"):
        open_sealed(OpenSealed(path=source, target=target, passphrase=WORDS))
    assert not target.exists()


def test_name_has_the_ending_and_lies_in_a_folder_that_is_there(tmp_path: Path) -> None:
    assert named_sealed(tmp_path / "a.csv").name == "a.csv.age"
    assert named_sealed(tmp_path / "a.csv.AGE").name == "a.csv.AGE"
    require_free(tmp_path / "new.age")
    with pytest.raises(Refusal, match="not there"):
        require_free(tmp_path / "nowhere" / "new.age")


def test_accents_are_one_however_the_keyboard_types_them() -> None:
    closed = sealed(CONTENT, "he\u0301rons over the grange sands")
    assert unsealed(closed, "h\u00e9rons over the grange sands") == CONTENT
    Seal(passphrase="he\u0301rons over the grange sands", again="h\u00e9rons over the grange sands").checked()


def test_a_computer_that_was_busy_for_a_moment_is_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [pyrage.DecryptError("Excessive work parameter for passphrase.")] * 2

    def decrypt(_content: bytes, _passphrase: str) -> bytes:
        if answers:
            raise answers.pop()
        return CONTENT

    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)
    assert unsealed(HEADER, WORDS) == CONTENT
    answers += [pyrage.DecryptError("Excessive work parameter for passphrase.")] * 9
    with pytest.raises(Refusal, match="does not open"):
        unsealed(HEADER, WORDS)
    assert len(answers) == 9 - sealed_file.MEASURED_AGAIN - 1
    answers[:] = [pyrage.DecryptError("Decryption failed")]
    with pytest.raises(Refusal, match="does not open"):
        unsealed(HEADER, WORDS)
    assert not answers
