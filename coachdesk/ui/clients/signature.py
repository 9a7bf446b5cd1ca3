"""A field to sign in, with a mouse, a finger or a pen; whoever does not sign there agrees by voice or on paper."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.press.blocks import SIGNATURE_SHAPE
from coachdesk.ui.theme import look

_WIDE = 420
_LINE_AT = 0.78  # down the field: what one signs on
_EDGE = 0.04
_INK = 2.4


class SignaturePad(QWidget):
    """Keeps strokes as points from 0 to 1 across and down. Qt turns touch and pen into the same events as a mouse.

    Signals: ``changed()`` after each stroke, and when the field was cleared.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[QPointF]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._name()

    def strokes(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return what was drawn, stroke by stroke."""
        return tuple(tuple((point.x(), point.y()) for point in stroke) for stroke in self._strokes)

    def clear(self) -> None:
        """Wipe the field."""
        self._strokes = []
        self._name()
        self.update()
        self.changed.emit()

    def _name(self) -> None:
        state = self.tr("signed") if self._strokes else self.tr("empty")
        words = self.tr("Field for the client’s signature, {state}").format(state=state)
        self.setAccessibleName(words)

    @override
    def sizeHint(self) -> QSize:
        wide = min(look().px(_WIDE), _WIDE * 3 // 2)  # large text asks for no larger hand
        return QSize(wide, round(wide / SIGNATURE_SHAPE))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._strokes.append([self._point(event)])
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(self._point(event))
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._name()
            self.changed.emit()

    def _point(self, event: QMouseEvent) -> QPointF:
        where = event.position()
        across = min(max(where.x() / self.width(), 0.0), 1.0)
        return QPointF(across, min(max(where.y() / self.height(), 0.0), 1.0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = look().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        down = round(self.height() * _LINE_AT)
        painter.drawLine(round(self.width() * _EDGE), down, round(self.width() * (1 - _EDGE)), down)
        pen = QPen(QColor(colours.text), look().px(round(_INK)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [QPointF(one.x() * self.width(), one.y() * self.height()) for one in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
        painter.end()
