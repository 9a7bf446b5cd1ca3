"""What the system says about itself: it is going to sleep, the lid closes, somebody locked the session.

Linux says it on the message bus, Windows in window messages. macOS says it to programs written for it only;
Qt passes nothing on. There, and wherever the system is silent, the jump of the clock (``idle``) is noticed
on waking.
"""

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class SessionWatch(QObject):
    """Listens for as long as it lives.

    Signals: ``leaving()`` when nobody will be at the screen.
    """

    leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop: Callable[[], None] | None = None

    def listen(self, window: QWidget, environment: Mapping[str, str]) -> bool:
        """Begin to listen; return whether this system says anything."""
        if sys.platform == "win32":
            from coachdesk.ui.privacy.session_windows import listen_to_windows  # noqa: PLC0415  only there

            self._stop = listen_to_windows(int(window.winId()), self.leaving.emit)
        elif sys.platform == "linux":
            from coachdesk.ui.privacy.session_bus import listen_to_bus  # noqa: PLC0415  the bus is not needed at start

            self._stop = listen_to_bus(self, self.leaving.emit, environment)
        return self._stop is not None

    def stop(self) -> None:
        """Listen no more."""
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()
