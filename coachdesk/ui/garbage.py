"""Garbage is collected on the window's thread only.

A cyclic collection on another thread destroys widgets there and ends the program (measured: six
seconds to a crash), and a full one holds the window up for a quarter of a second.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_YOUNG = 700  # Python's own threshold of the youngest generation
_OLDER = 10
_EVERY_MILLISECONDS = 1000


class Garbage(QObject):
    """Takes garbage collection over from Python for as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.collect_young)
        self._timer.start()

    def collect_young(self) -> int:
        """Collect the young generations if enough has gathered; return how many objects went."""
        youngest, older, _oldest = gc.get_count()
        if youngest < _YOUNG:
            return 0
        return gc.collect(1 if older >= _OLDER else 0)

    def collect_all(self) -> int:
        """Collect everything; for idle moments, a locked window and the end of the program."""
        return gc.collect()

    def give_back(self) -> None:
        """Hand garbage collection back to Python."""
        self._timer.stop()
        gc.enable()
