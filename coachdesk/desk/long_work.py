"""Long work: a job that says how far it is and can be stopped."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.desk.errand import still_there
from coachdesk.vault.watch import Watch


class LongWork(QObject):
    """One long job under way.

    Signals:
        progressed (float, str): the share done, 0 to 1, and what is being done, in words.
    """

    progressed = Signal(float, str)

    def __init__(self, progress: Callable[[float, str], None] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._progress = progress
        self.progressed.connect(self._tell)
        self.watch = Watch(hear=self.progressed.emit, cancelled=self._stop.is_set)

    def cancel(self) -> None:
        """Ask the job to stop; it stops before it writes anything more."""
        self._stop.set()

    @Slot(float, str)
    def _tell(self, fraction: float, words: str) -> None:
        if self._progress is not None and still_there(self._progress) and not self._stop.is_set():
            self._progress(fraction, words)
