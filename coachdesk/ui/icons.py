"""Line icons in the colour of the text beside them, sharp at every display scale."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coachdesk.resources import resource
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size

ROOM = 6  # QPushButton glues its icon to its text; the empty room is part of the picture


class _Wanted(NamedTuple):
    name: str
    colour: str
    size: int
    room: int


def pixmap(
    name: str, colour: str = "", size: int = Size.ICON, *, ratio: float = 2.0, room: int = 0
) -> QPixmap:
    """Return one icon as a picture of ``size`` logical pixels (plus ``room`` to its right).

    Raises FileNotFoundError when no such icon ships.
    """
    return _drawn(_Wanted(name, colour or look().colours.text, size, room), ratio)


def icon(name: str, colour: str = "", size: int = Size.ICON, *, room: int = 0) -> QIcon:
    """Return one icon for a control, in the text's colour unless told otherwise.

    Raises FileNotFoundError when no such icon ships.
    """
    colours = look().colours
    return _put_together(_Wanted(name, colour or colours.text, size, room), colours.disabled, _ratios())


@lru_cache(maxsize=512)
def _put_together(wanted: _Wanted, disabled: str, ratios: tuple[float, ...]) -> QIcon:
    """Return an icon for both states of a control; controls that look alike share one."""
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, wanted.colour), (QIcon.Mode.Disabled, disabled)):
        for ratio in ratios:
            made.addPixmap(_drawn(wanted._replace(colour=ink), ratio), mode)
    return made


def _ratios() -> tuple[float, ...]:
    """Return the display scales to draw for: plain, and the sharpest screen there is; Qt scales that one down."""
    app = QGuiApplication.instance()
    sharpest = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return (1.0,) if sharpest <= 1.0 else (1.0, sharpest)


@lru_cache(maxsize=1024)
def _drawn(wanted: _Wanted, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(wanted.name).replace("currentColor", wanted.colour).encode()))
    picture = QPixmap(round((wanted.size + wanted.room) * ratio), round(wanted.size * ratio))
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, wanted.size * ratio, wanted.size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    """Return an icon's SVG with a finer stroke, which looks lighter beside text."""
    text = (_folder() / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"')


@cache
def _folder() -> Path:
    """Return where the icons lie; to look for the place of each took longer than to read it."""
    return resource("icons")
