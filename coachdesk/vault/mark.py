"""The high-water mark: a lost tail of the journal must never go unnoticed (storage.md 5.4).

SQLite drops a damaged or missing write-ahead log without an error. After each commit the last sequence number
is written beside the data, sealed; data that is behind its mark was damaged or put back.
"""

import datetime as dt
import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from coachdesk.vault.keyring import tag
from coachdesk.vault.trouble import system_troubles

FILE = "coachdesk.mark"
FORM = struct.Struct(">QQ")
SEAL = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """The last change that was saved: its place in the journal and its time."""

    position: int
    at: dt.datetime

    def sealed(self, key: bytes) -> bytes:
        """Return the 48 bytes of the file."""
        body = FORM.pack(self.position, int(self.at.timestamp() * 1000))
        return body + tag(key, body)


def keep_mark(folder: Path, key: bytes, mark: Mark) -> None:
    """Write the mark in place; no flush, because the log was flushed before; raises Trouble."""
    with system_troubles():
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.pwrite(handle, mark.sealed(key), 0) if hasattr(os, "pwrite") else os.write(
                handle, mark.sealed(key)
            )
        finally:
            os.close(handle)


def read_mark(folder: Path, key: bytes) -> Mark | None:
    """Return the mark, or None when there is none or its seal does not fit (torn, or another vault's)."""
    with system_troubles():
        try:
            content = (folder / FILE).read_bytes()
        except FileNotFoundError:
            return None
    body, seal = content[: FORM.size], content[FORM.size :]
    if len(content) != FORM.size + SEAL or not hmac.compare_digest(tag(key, body), seal):
        return None
    position, milliseconds = FORM.unpack(body)
    return Mark(position, dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC))
