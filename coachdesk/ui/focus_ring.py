"""One focus ring for every control: an overlay three pixels outside the widget that has the keyboard.

The gap in the surface's colour matters: ring and primary button have the same brightness.
"""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid
from typing_extensions import override

from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Radius

_GAP = 3
_WIDTH = 2
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
}


class FocusRing(QWidget):
    """The ring of one window; let every window of its own (dialogs too) make one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def target(self) -> QWidget | None:
        """Return the widget the ring surrounds, or None while it is hidden."""
        return self._target if self.isVisible() and isValid(self._target) else None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._unwatch()
        self._target = new if new is not None and self.window().isAncestorOf(new) else None
        widget = self._target
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _unwatch(self) -> None:
        for widget in self._watched:
            if isValid(widget):  # a window that closes takes its widgets away one by one
                widget.removeEventFilter(self)
        self._watched.clear()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _FOLLOWED or (kind is QEvent.Type.KeyRelease and self.isHidden()):
            self._place()  # a key may have said that the keyboard is used where it can go nowhere else
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible() or not _wants_ring(target):
            self.hide()
            return
        if not self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            self.hide()
            return
        around = _visible_part(target, self.window()).adjusted(-_GAP, -_GAP, _GAP, _GAP)
        grown = around.adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH)
        self.setGeometry(grown.intersected(self.window().rect()))
        self.raise_()
        self.show()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = look().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = _WIDTH / 2
        outer = QRectF(self.rect()).adjusted(half, half, -half, -half)
        gap = outer.adjusted(half + 1, half + 1, -half - 1, -half - 1)
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.drawRoundedRect(gap, Radius.CONTROL + 1, Radius.CONTROL + 1)
        painter.setPen(QPen(QColor(colours.focus), _WIDTH))
        painter.drawRoundedRect(outer, Radius.CONTROL + 2, Radius.CONTROL + 2)
        painter.end()


def _wants_ring(widget: QWidget) -> bool:
    """Return whether the window draws the ring; a list draws it around its current row itself."""
    if isinstance(widget, QAbstractItemView):
        return widget.property("own_focus") is not True or widget.model().rowCount() == 0
    return not isinstance(widget, QScrollArea) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _visible_part(target: QWidget, window: QWidget) -> QRect:
    """Return the target's rectangle in the window, cut by the scroll areas around it."""
    rect = QRect(target.mapTo(window, target.rect().topLeft()), target.size())
    parent = target.parentWidget()
    while parent is not None and parent is not window:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            port = QRect(parent.mapTo(window, parent.rect().topLeft()), parent.size())
            rect = rect.intersected(port)
        parent = area
    return rect
