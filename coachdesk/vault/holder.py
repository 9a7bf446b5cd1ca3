"""Who has the vault: one lock that the system lets go when a program dies, with a name in it."""

import json
import os
import platform
import sys
from pathlib import Path

from coachdesk.clock import Clock
from coachdesk.vault.trouble import Busy, system_troubles

FILE = "coachdesk.lock"
FAR = 1 << 20
"""Windows locks bytes for reading too, so the lock lies far behind the name."""

if sys.platform == "win32":  # pragma: no cover - runs on Windows only
    import msvcrt

    def _seized(handle: int) -> bool:
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _seized(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Holder:
    """The lock on a vault's folder; held until released or until the program ends."""

    def __init__(self, folder: Path, *, person: str, clock: Clock) -> None:
        """Take the lock; raises Busy naming who has it, or Trouble."""
        self._file = folder / FILE
        with system_troubles():
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._handle: int | None = os.open(self._file, flags, 0o600)
            if not _seized(self._handle):
                os.close(self._handle)
                raise self._busy()
            name = {"person": person, "computer": platform.node(), "since": clock.now().isoformat()}
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, json.dumps(name).encode())

    def _busy(self) -> Busy:
        try:
            found = json.loads(self._file.read_text("utf-8"))
            who = f"{found['person']} on {found['computer']} has it open."
        except (OSError, ValueError, KeyError, TypeError):
            who = "Another program has it open."
        return Busy(f"This vault is in use. {who}", advice="Close it there, then try again.")

    def release(self) -> None:
        """Let go of the vault; doing it twice does no harm."""
        if self._handle is not None:
            self._file.unlink(missing_ok=True) if os.name == "posix" else None
            os.close(self._handle)
            self._handle = None
