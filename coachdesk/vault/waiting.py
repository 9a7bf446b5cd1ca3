"""Waiting after wrong attempts: kept in a small file so that a restart does not reset it (storage.md 4.5).

Nothing is ever erased or locked for good: that would hand any passer-by a delete button.
"""

import datetime as dt
import json
from pathlib import Path

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.vault.files import written_whole
from coachdesk.vault.trouble import MustWait

FREE_ATTEMPTS = 5
LONGEST = 60
FILE = "coachdesk.tries"


class Attempts:
    """The wrong attempts at one vault."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._file = folder / FILE
        self._clock = clock

    def _read(self) -> tuple[int, dt.datetime | None]:
        try:
            found = json.loads(self._file.read_text("utf-8"))
            at = dt.datetime.fromisoformat(found["at"])
            wrong = int(found["wrong"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, None
        return (wrong, at) if at.tzinfo else (0, None)

    def check(self) -> None:
        """Return when another attempt may be made; raises MustWait with the seconds left.

        A clock that was set back means waiting again, never waiting for ever.
        """
        wrong, at = self._read()
        if at is None or wrong < FREE_ATTEMPTS:
            return
        wait = min(2 ** (wrong - FREE_ATTEMPTS + 1), LONGEST)
        passed = (self._clock.now() - at).total_seconds()
        if passed < 0:
            self._write(wrong)
            raise MustWait(wait)
        if passed < wait:
            raise MustWait(max(1, round(wait - passed)))

    def _write(self, wrong: int) -> None:
        content = json.dumps({"wrong": wrong, "at": self._clock.now().isoformat()}).encode()
        try:
            written_whole(self._file, content)
        except Trouble:
            return  # a read-only folder cannot count; it cannot be written by a guesser either

    def failed(self) -> None:
        """Count one wrong attempt."""
        self._write(self._read()[0] + 1)

    def succeeded(self) -> None:
        """Forget the wrong attempts."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return  # as above: nothing depends on it
