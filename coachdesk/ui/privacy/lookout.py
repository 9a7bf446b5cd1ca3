"""Sees that another window may get the keys, without asking every event of the program."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

_TAKEN_OR_GIVEN = {
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.WindowBlocked,
    QEvent.Type.WindowUnblocked,
    QEvent.Type.WindowActivate,
    QEvent.Type.WindowDeactivate,
}
_BEFORE_A_MENU = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.ChildAdded}


class Lookout(QObject):
    """Says when the keys may have gone to another window of the program, or come back.

    A menu takes the keys without taking the keyboard: the control that has it is told so, and so is this. Where no
    control has it nobody is told; but then a key goes to the window itself, and whatever it opens comes after it: that
    is looked for in the program's next turn.

    Signals: ``moved()`` when who gets the keys may have changed.
    """

    moved = Signal()
    _watching_for: QWidget | None = (
        None  # of the class too: one that is being taken apart has lost its own and may still be told
    )

    def __init__(self, watching_for: QWidget) -> None:
        super().__init__(watching_for)
        self._watched: tuple[QWidget, ...] = ()
        self._watching_for = watching_for
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._turn)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watching_for is None:
            return
        self._watch(self._watching_for.window(), *(() if new is None else (new,)))
        self.moved.emit()

    def _watch(self, *widgets: QWidget) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = widgets
        for widget in widgets:
            widget.installEventFilter(self)

    @Slot(QWindow)
    def _turn(self, _window: QWindow | None) -> None:
        self._follow(None, QApplication.focusWidget())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TAKEN_OR_GIVEN:
            self.moved.emit()
        elif kind in _BEFORE_A_MENU and QApplication.focusWidget() is None:
            QTimer.singleShot(0, self, self._came)
        return False

    @Slot()
    def _came(self) -> None:
        self.moved.emit()
