"""Notices that nobody has touched the computer for a while, or that it slept; nothing can veto what follows."""

import datetime as dt
import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
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
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    @Slot()
    def tick(self) -> None:
        """Look at both clocks and say what has come about."""
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
