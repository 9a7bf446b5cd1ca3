"""Long work: a job that says how far it is and can be stopped."""

import threading
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from coachdesk.desk.courier import courier
from coachdesk.desk.errand import still_there
from coachdesk.vault.watch import Watch


class Progress(NamedTuple):
    """The share done, 0 to 1, and what is being done, in words."""

    fraction: float
    words: str


class LongWork(QObject):
    """One long job under way."""

    def __init__(self, progress: Callable[[float, str], None] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._progress = progress
        _, bring = courier().way_to(self)

        def hear(fraction: float, words: str) -> None:
            bring(Progress(fraction, words))

        self.watch = Watch(hear=hear, cancelled=self._stop.is_set)

    def cancel(self) -> None:
        """Ask the job to stop; it stops before it writes anything more."""
        self._stop.set()

    def arrived(self, number: int, what: object) -> None:
        """Tell the page how far the job is, while it is wanted."""
        del number
        if not isinstance(what, Progress) or self._progress is None or self._stop.is_set():
            return
        if still_there(self._progress):
            self._progress(*what)
