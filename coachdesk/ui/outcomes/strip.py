"""A calendar bar: stretches of days drawn along time, each kind with a pattern of its own besides its colour."""

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.casework.sustained.telling import Piece, Shade
from coachdesk.ui import spoken
from coachdesk.ui.theme import Look, look
from coachdesk.ui.tokens import Points

_BAR, _WORDS, _EDGE = 26, 20, 3
_SHORT = 0.55
"""How high a week stands that does not count: lower, so that it is told apart without its colour."""
_PATTERNS = {
    Shade.COUNTS: Qt.BrushStyle.SolidPattern,
    Shade.SHORT: Qt.BrushStyle.SolidPattern,
    Shade.UNKNOWN: Qt.BrushStyle.Dense5Pattern,
    Shade.GAP: Qt.BrushStyle.BDiagPattern,
    Shade.TO_COME: Qt.BrushStyle.NoBrush,
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a strip shows: its title, its pieces in order, and the whole of it in words."""

    title: str
    pieces: tuple[Piece, ...]
    words: str

    def spoken(self) -> str:
        """Return the whole strip in words."""
        return f"{self.title}: {self.words}"


class CalendarStrip(QWidget):
    """The strip on a page. A screen reader reads the whole of it as the name of a picture."""

    def __init__(self, calendar: Calendar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _install()
        self.calendar = calendar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(calendar.spoken())

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(_BAR + _WORDS))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_calendar(painter, QRectF(self.rect()), self.calendar, look())
        painter.end()


class Swatch(QWidget):
    """A small sample of one kind of days, beside its words in the legend."""

    def __init__(self, shade: Shade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shade = shade
        self.setFixedSize(look().px(18), look().px(14))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _draw_piece(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._shade, look())
        painter.end()


def draw_calendar(painter: QPainter, area: QRectF, calendar: Calendar, now: Look) -> None:
    """Draw a strip on anything a painter paints on, with the first of each month below it."""
    if not calendar.pieces:
        return
    first, last = calendar.pieces[0].from_on, calendar.pieces[-1].to_on
    whole = (last - first).days + 1
    bar = QRectF(area.left() + 1, area.top() + 1, area.width() - 2, now.px(_BAR) - 2)

    def at(day: dt.date) -> float:
        return bar.left() + bar.width() * (day - first).days / whole

    for piece in calendar.pieces:
        left, right = round(at(piece.from_on)), round(at(piece.to_on + dt.timedelta(days=1)))
        room = QRectF(left + 0.5, bar.top() + 0.5, max(right - left - _EDGE, 2), bar.height())
        _draw_piece(painter, room, piece.shade, now)
    _draw_months(painter, QRectF(bar.left(), bar.bottom() + 2, bar.width(), now.px(_WORDS)), calendar, now)


def _draw_piece(painter: QPainter, room: QRectF, shade: Shade, now: Look) -> None:
    colours = now.colours
    ink = {
        Shade.COUNTS: colours.ok.ink,
        Shade.SHORT: colours.warning.ink,
        Shade.UNKNOWN: colours.secondary,
        Shade.GAP: colours.danger.ink,
        Shade.TO_COME: colours.border,
    }[shade]
    if shade is Shade.SHORT:
        room = QRectF(
            room.left(), room.bottom() - room.height() * _SHORT, room.width(), room.height() * _SHORT
        )
    painter.setPen(QPen(QColor(ink), 1))
    painter.setBrush(QBrush(QColor(ink), _PATTERNS[shade]))
    painter.drawRect(room)


def _draw_months(painter: QPainter, area: QRectF, calendar: Calendar, now: Look) -> None:
    first, last = calendar.pieces[0].from_on, calendar.pieces[-1].to_on
    whole = (last - first).days + 1
    font = now.font(Points.META)
    painter.setFont(font)
    painter.setPen(QColor(now.colours.secondary))
    measure, taken = QFontMetrics(font), area.left() - 1
    day = first
    while day <= last:
        words = spoken.month(day) if day == first or day.month == 1 else spoken.month(day).split()[0]
        left = area.left() + area.width() * (day - first).days / whole
        room = measure.horizontalAdvance(words)
        if left > taken and left + room <= area.right():
            painter.drawText(
                QRectF(left, area.top(), room + 2, area.height()), Qt.AlignmentFlag.AlignLeft, words
            )
            taken = left + room + measure.horizontalAdvance("  ")
        day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


class _ReadStrip(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic)


_kept: list[QAccessibleInterface] = []  # Qt does not own what Python made: a lost reference is a crash
_installed: list[bool] = []


def _read(_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, CalendarStrip):
        return None
    made = _ReadStrip(thing)
    _kept.append(made)
    return made


def _install() -> None:
    if not _installed:
        QAccessible.installFactory(_read)
        _installed.append(True)
