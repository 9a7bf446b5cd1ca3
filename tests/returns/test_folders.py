import os
from pathlib import Path

import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.returns.folders import written_folder
from coachdesk.vault.files import written_whole

FILES = {"report.pdf": b"one", "cells.csv": b"two"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "return"
    assert written_folder(folder, FILES) == (folder / "report.pdf", folder / "cells.csv")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    assert names(folder.parent) == ["return"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    folder = tmp_path / "return"
    folder.mkdir()
    written_folder(folder, FILES)
    assert names(folder) == ["cells.csv", "report.pdf"]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    written_folder(tmp_path, FILES)
    assert names(tmp_path) == ["cells.csv", "notes.txt", "report.pdf"]
    written_folder(tmp_path, FILES)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_another_return_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"last quarter")
    with pytest.raises(Refusal, match=r"already holds another report\.pdf"):
        written_folder(tmp_path, FILES)
    assert names(tmp_path) == ["report.pdf"]
    assert (tmp_path / "report.pdf").read_bytes() == b"last quarter"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "return"
    file.write_text("", encoding="utf-8")
    with pytest.raises(Refusal, match="is a file, not a folder"):
        written_folder(file, FILES)


@pytest.mark.parametrize("occupied", [False, True])
def test_a_full_disk_leaves_nothing_by_halves(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    occupied: bool,  # noqa: FBT001  a column of the table of cases
) -> None:
    folder = tmp_path / "return"
    if occupied:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine", encoding="utf-8")

    def full(path: Path, content: bytes) -> None:
        if path.name == "cells.csv":
            raise OSError(28, os.strerror(28))
        written_whole(path, content)

    monkeypatch.setattr("coachdesk.returns.folders.written_whole", full)
    with pytest.raises(Trouble):
        written_folder(folder, FILES)
    assert names(tmp_path) == (["return"] if occupied else [])
    assert not occupied or names(folder) == ["notes.txt"]
