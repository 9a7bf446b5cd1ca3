"""Notices that nobody has touched the computer for a while, or that it slept; nothing can veto what follows.

Keys and the mouse come to a window of the system before anything in it, so that is where they are listened for. A filter
on the whole program would be handed every event of every piece, thousands for a page that is made, and each would be
carried into Python and back, pieces that are just being taken apart among them.
"""

import datetime as dt
import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent
from typing_extensions import override

from coachdesk.clock import Clock, SystemClock

TICK_SECONDS = 5
WARNING_SECONDS = 60
SLEPT_SECONDS = 120
"""A clock that is this much further than the ticks say: the computer slept, or somebody set the clock."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Counts from the last key or mouse event in the application.

    Signals:
        half (): half of the idle time has passed; once, until the next touch.
        warning (int): so many seconds are left; at every tick of the last minute.
        touched (): somebody came back after a warning.
        idle (): the time is up; once.
        slept (): the wall clock ran on without us; once for each sleep.
    """

    half = Signal()
    warning = Signal(int)
    touched = Signal()
    idle = Signal()
    slept = Signal()

    def __init__(
        self,
        minutes: Callable[[], int],
        parent: QObject | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._monotonic = minutes, monotonic
        self._clock = clock or SystemClock()
        self._touched_at = monotonic()
        self._looked_at: dt.datetime = self._clock.now()
        self._mouse_at: QPointF | None = None
        self._said_half = self._warned = self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self.listen)
        self.listen()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more; a second time changes nothing."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self.listen)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    @Slot()
    def listen(self) -> None:
        """Listen to every window there is now: one that gets the keyboard is heard at once, any other at the next tick."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)  # once more is as good as once

    @Slot()
    def tick(self) -> None:
        """Look at both clocks and say what has come about."""
        self.listen()
        now = self._clock.now()
        away = (now - self._looked_at).total_seconds() - TICK_SECONDS
        self._looked_at = now
        if away > SLEPT_SECONDS:
            self.slept.emit()
        elif not self._is_over:
            self._count()

    def _count(self) -> None:
        whole = self._minutes() * 60
        left = whole - (self._monotonic() - self._touched_at)
        if left <= 0:
            self._is_over = True
            self.idle.emit()
            return
        if left <= whole / 2 and not self._said_half:
            self._said_half = True
            self.half.emit()
        if left <= WARNING_SECONDS:
            self._warned = True
            self.warning.emit(math.ceil(left))

    def touch(self) -> None:
        """Count from now on."""
        self._touched_at = self._monotonic()
        self._said_half = self._is_over = False
        if self._warned:
            self._warned = False
            self.touched.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._is_a_person(event):
            self.touch()
        return False

    def _is_a_person(self, event: QEvent) -> bool:
        """Return whether a hand was at it: a mouse that is told where it already was did not move."""
        if event.type() is not QEvent.Type.MouseMove or not isinstance(event, QMouseEvent):
            return True
        at = event.globalPosition()
        moved = self._mouse_at is not None and at != self._mouse_at
        self._mouse_at = at
        return moved
