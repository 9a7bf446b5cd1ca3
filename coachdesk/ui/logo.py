"""The mark of the program: a line that rises, on a rounded square."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from coachdesk.ui import icons
from coachdesk.ui.theme import look

_RADIUS_SHARE = 0.26
_LINE_SHARE = 0.62
_RATIO = 2.0


def logo(size: int) -> QPixmap:
    """Return the mark, ``size`` logical pixels square."""
    picture = QPixmap(round(size * _RATIO), round(size * _RATIO))
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look().colours.logo))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * _RADIUS_SHARE, size * _RADIUS_SHARE)
    line = round(size * _LINE_SHARE)
    edge = (size - line) / 2
    painter.drawPixmap(round(edge), round(edge), icons.pixmap("trending-up", "#12302B", line, ratio=_RATIO))
    painter.end()
    return picture
