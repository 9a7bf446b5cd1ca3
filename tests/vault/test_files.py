"""A file is written whole or not at all, and a fault of the drive is told in a sentence."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from coachdesk.errors import Trouble
from coachdesk.vault.files import written_whole
from coachdesk.vault.trouble import DiskFull, ReadOnly, from_constraint, from_database, from_system


def _two(stream: BinaryIO) -> None:
    stream.write(b"two")


def test_a_file_is_private_and_whole(tmp_path: Path) -> None:
    target = tmp_path / "x"
    written_whole(target, b"one")
    written_whole(target, _two)
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EFBIG, DiskFull), (errno.EROFS, ReadOnly), (errno.EIO, Trouble)],
)
def test_a_writer_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, number: int, kind: type[Trouble]
) -> None:
    target = tmp_path / "x"
    target.write_bytes(b"old")

    def failing(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(number, "secret path")

    with pytest.raises(kind) as caught:
        written_whole(target, failing)
    assert "secret" not in str(caught.value)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_scanner_that_holds_the_file_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coachdesk.vault.files.time.sleep", lambda _seconds: None)
    real = Path.replace
    held = [PermissionError(13, "held")] * 3

    def replace(source: Path, target: Path) -> Path:
        if held:
            raise held.pop()
        return real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    written_whole(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"new"
    held += [PermissionError(13, "held")] * 10
    with pytest.raises(ReadOnly):
        written_whole(tmp_path / "x", b"newer")
    assert (tmp_path / "x").read_bytes() == b"new"


def test_a_place_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there any more"):
        written_whole(tmp_path / "gone" / "x", b"x")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the plain list is the point


class Failure(Exception):
    def __init__(self, name: str | None, message: str = "") -> None:
        super().__init__(message)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
        ("SQLITE_BUSY_SNAPSHOT", "in use"),
        ("SQLITE_LOCKED", "in use"),
        ("SQLITE_FULL", "drive is full"),
        ("SQLITE_READONLY_DBMOVED", "cannot be written"),
        ("SQLITE_CANTOPEN", "cannot be written"),
        ("SQLITE_IOERR_WRITE", "did not answer"),
        ("SQLITE_NOMEM", "memory"),
    ],
)
def test_each_error_of_the_database_has_a_sentence(name: str, words: str) -> None:
    found = from_database(Failure(name))
    assert found is not None
    assert words in found.message


def test_faults_of_the_program_have_none() -> None:
    assert from_database(Failure("SQLITE_ERROR")) is None
    assert from_database(Failure(None)) is None
    assert from_database(ValueError()) is None


def test_an_unknown_rule_is_a_refusal_without_its_text() -> None:
    assert "MARKER" not in from_constraint("something else MARKER").message
    assert from_constraint("UNIQUE constraint failed: code.list_name, code.key").fields.keys() == {
        "list_name",
        "key",
    }


def test_an_unknown_error_of_the_system_is_still_a_sentence() -> None:
    assert from_system(OSError(errno.ENOTTY, "x")).advice
