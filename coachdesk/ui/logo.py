"""The mark of the program: a line that rises, on a rounded square."""

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coachdesk.ui import icons
from coachdesk.ui.theme import look

_LINE_SHARE = 0.62
_RATIO = 2.0
_GROUND = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
    '<rect width="100" height="100" rx="26" ry="26" fill="{colour}"/></svg>'
)


def logo(size: int) -> QPixmap:
    """Return the mark, ``size`` logical pixels square."""
    picture = QPixmap(round(size * _RATIO), round(size * _RATIO))
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    # A picture, for pens and brushes bring the dear names of ``Qt`` along, and this is drawn before anything is seen.
    ground = QSvgRenderer(QByteArray(_GROUND.format(colour=look().colours.logo).encode()))
    ground.render(painter, QRectF(0, 0, size, size))
    line = round(size * _LINE_SHARE)
    edge = (size - line) / 2
    painter.drawPixmap(round(edge), round(edge), icons.pixmap("trending-up", "#12302B", line, ratio=_RATIO))
    painter.end()
    return picture
