"""Readers that stay too long: while one reads, the log cannot be emptied and grows with every save (storage.md 10, 39)."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event

from coachdesk.vault.trouble import took_too_long

LARGEST_LOG = 64 << 20
"""Bytes from which on a log that cannot be emptied is looked into."""
LONGEST_READING = 600.0
"""Seconds a reader may take once the log is that large; a return over thousands of clients takes a tenth of it."""
_SENT_AWAY = "sent away"


class Readers:
    """Who reads and since when; those that stay too long can be sent away."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._door = Lock()
        self._since: dict[int, tuple[float, Any, Any]] = {}
        event.listen(engine, "checkout", self._came)
        event.listen(engine, "checkin", self._left)
        event.listen(engine, "before_cursor_execute", _refuse)

    def _came(self, raw: Any, record: Any, _proxy: object) -> None:
        with self._door:
            self._since[id(record)] = (self._now(), raw, record)

    def _left(self, _raw: object, record: Any) -> None:
        with self._door:
            self._since.pop(id(record), None)
            record.info.pop(_SENT_AWAY, None)

    def send_away(self, after: float = LONGEST_READING) -> int:
        """Stop everybody who has read for longer than so many seconds; return how many.

        A question under way is interrupted, the next one refused in a sentence; nothing that was shown changes.
        """
        now = self._now()
        with self._door:
            late = [one for one in self._since.values() if now - one[0] >= after]
            for _, raw, record in late:
                record.info[_SENT_AWAY] = True
                raw.interrupt()
        return len(late)


def _refuse(connection: Connection, *_: object) -> None:
    if _SENT_AWAY in connection.info:
        raise took_too_long()


def log_size(data_file: Path) -> int:
    """Return the bytes of the log beside a data file; 0 where there is none."""
    try:
        return data_file.with_name(f"{data_file.name}-wal").stat().st_size
    except OSError:
        return 0
