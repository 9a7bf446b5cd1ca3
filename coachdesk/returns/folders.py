"""A pack is written whole or not at all, and never over something else."""

import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.trouble import system_troubles


def written_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder and return their paths; the folder may exist and hold other files.

    Raises Refusal when one of the names is taken by different content, and Trouble when the drive is full,
    read-only or gone; then none of the files is there.
    """
    with system_troubles():
        _require_free(folder, files)
        if folder.exists() and any(folder.iterdir()):
            return _written_beside(folder, files)
        return _written_apart(folder, files)


def _require_free(folder: Path, files: Mapping[str, bytes]) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"“{folder.name}” is a file, not a folder. Choose a folder for the return.")
    for name, content in files.items():
        target = folder / name
        if target.exists() and (not target.is_file() or target.read_bytes() != content):
            raise Refusal(
                f"The folder “{folder.name}” already holds another {name}. Choose a new or empty folder, so "
                "that no earlier return is overwritten."
            )


def _written_apart(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Fill a folder beside the one wanted, then put it in place in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        staged.mkdir()
        for name, content in files.items():
            written_whole(staged / name, content)
        if folder.exists():
            folder.rmdir()
        replaced(staged, folder)
        synced(folder.parent)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return tuple(folder / name for name in files)


def _written_beside(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write into a folder that holds other files; take back what was written when one fails."""
    new = [name for name in files if not (folder / name).exists()]
    done = False
    try:
        for name in new:
            written_whole(folder / name, files[name])
        done = True
    finally:
        if not done:
            removed(folder / name for name in new)
    return tuple(folder / name for name in files)


def removed(paths: Iterable[Path]) -> None:
    """Take files back."""
    for path in paths:
        path.unlink(missing_ok=True)
