"""Waiting after wrong attempts: kept in a small file so that a restart does not reset it (storage.md 4.5).

Nothing is ever erased or locked for good: that would hand any passer-by a delete button. The wait is measured on
the clock that counts since the computer was started: setting the date changes nothing, and after a restart it counts
from nought, which is less than has passed and so never too little to wait.
"""

import json
import math
import time
from collections.abc import Callable
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

    def __init__(self, folder: Path, clock: Clock, ticks: Callable[[], float] = time.monotonic) -> None:
        self._file = folder / FILE
        self._clock = clock
        self._ticks = ticks

    def _read(self) -> tuple[int, float]:
        """Return how many attempts were wrong, and the tick of the last."""
        try:
            found = json.loads(self._file.read_text("utf-8"))
            wrong, tick = int(found["wrong"]), float(found["tick"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return 0, 0.0
        return (wrong, tick) if math.isfinite(tick) and wrong > 0 else (0, 0.0)

    def check(self) -> None:
        """Return when another attempt may be made; raises MustWait with the seconds left."""
        wrong, tick = self._read()
        if wrong < FREE_ATTEMPTS:
            return
        wait = min(2 ** min(wrong - FREE_ATTEMPTS + 1, LONGEST), LONGEST)
        now = self._ticks()
        passed = (
            now - tick if now >= tick else now
        )  # started anew since: at least as long as it runs has passed
        if passed < wait:
            raise MustWait(max(1, math.ceil(wait - passed)))

    def failed(self) -> None:
        """Count one wrong attempt."""
        content = {"wrong": self._read()[0] + 1, "tick": self._ticks(), "at": self._clock.now().isoformat()}
        try:
            written_whole(self._file, json.dumps(content).encode())
        except Trouble:
            return  # a read-only folder cannot count; it cannot be written by a guesser either

    def succeeded(self) -> None:
        """Forget the wrong attempts."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return  # as above: nothing depends on it
