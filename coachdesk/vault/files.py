"""A file is written whole or not at all (architecture.md A17)."""

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from coachdesk.vault.trouble import system_troubles

Writer = Callable[[BinaryIO], None]
RETRIES = 6
SHORT_WAIT = 0.05


def replaced(source: Path, target: Path) -> None:
    """Put a finished file in its place; a virus scanner that holds the target is waited for.

    Raises OSError when the target stays held.
    """
    for attempt in range(RETRIES):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(SHORT_WAIT * 2**attempt)
        else:
            return
    source.replace(target)


def synced(folder: Path) -> None:
    """Make a folder's list of names lasting, where the system knows how."""
    if os.name != "posix":  # pragma: no cover - Windows has no handle for a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def written_whole(path: Path, content: Writer | bytes) -> None:
    """Write a file beside its target, private and flushed, and put it in place in one step.

    Raises Trouble when the drive is full, read-only or gone; the old file is then untouched.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with system_troubles():
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                if callable(content):
                    content(stream)
                else:
                    stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            replaced(part, path)
            synced(path.parent)
        finally:
            part.unlink(missing_ok=True)
