"""Everything that locks the window by itself, tied together for as long as one vault is open."""

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.ui.announce import announce
from coachdesk.ui.look_settings import idle_minutes
from coachdesk.ui.privacy.idle import IdleWatch
from coachdesk.ui.privacy.session import SessionWatch

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


class Watch(QObject):
    """Idle time, sleep and the system's own lock.

    Signals: ``lock_wanted()``, without asking anybody.
    """

    lock_wanted = Signal()

    def __init__(self, window: "MainWindow", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._is_warning = False
        self.idle = IdleWatch(self._minutes, self)
        self.session = SessionWatch(self)
        self.idle.half.connect(window.cover_by_itself.half_idle)
        self.idle.warning.connect(self._warn)
        self.idle.touched.connect(self._calm)
        for reason in (self.idle.idle, self.idle.slept, self.session.leaving):
            reason.connect(self.lock_wanted)

    def start(self) -> None:
        """Listen to the system, once the window stands there."""
        self.session.listen(self._window, os.environ)

    def stop(self) -> None:
        """Watch no more: the vault is closed."""
        self.idle.stop()
        self.session.stop()

    def _minutes(self) -> int:
        return idle_minutes(self._window.office.settings)

    @Slot(int)
    def _warn(self, seconds: int) -> None:
        words = self.tr("Locks in {seconds} seconds: touch a key to stay").format(seconds=seconds)
        self._window.status.warn(words)
        if not self._is_warning:
            announce(self._window.status, words, urgent=True)
        self._is_warning = True

    @Slot()
    def _calm(self) -> None:
        self._is_warning = False
        self._window.status.warn("")
