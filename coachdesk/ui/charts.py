"""Horizontal bars, described once and drawn by QPainter in the page's own font."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.ui.theme import Look, look
from coachdesk.ui.tokens import Points

_ROW, _BAR, _GAP = 30, 15, 12
_LEAST_BAR = 60  # what a bar stands for is worth more than how long it can get: words have the rest


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``words`` stand at its end instead of the number, as "fewer than 5" must."""

    label: str
    value: float
    words: str = ""

    def spoken(self) -> str:
        """Return the number as it is written at the bar's end."""
        return self.words or f"{self.value:,g}"


@dataclass(frozen=True, slots=True)
class BarChart:
    """A title, bars from the top down, and a unit in words for those who listen."""

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    most: float = 0
    """What the whole width stands for; without it, the longest bar."""

    def spoken(self) -> str:
        """Return the whole chart in words."""
        parts = [f"{bar.label} {bar.spoken()} {self.unit}".strip() for bar in self.bars]
        return f"{self.title}: {'; '.join(parts)}" if parts else self.title


class Bars(QWidget):
    """The chart on a page. A screen reader reads the whole chart as the name of a picture."""

    def __init__(self, chart: BarChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _install()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chart = chart
        self.show_chart(chart)

    def show_chart(self, chart: BarChart) -> None:
        """Draw another chart."""
        self.chart = chart
        self.setAccessibleName(chart.spoken())
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(_ROW) * len(self.chart.bars))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_bars(painter, QRectF(self.rect()), self.chart, look())
        painter.end()


def draw_bars(painter: QPainter, area: QRectF, chart: BarChart, now: Look) -> None:
    """Draw a chart on anything a painter paints on: a widget, a picture, a page."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font, strong = now.font(Points.META), now.font(Points.META, 600)
    numbers = widest([bar.spoken() for bar in chart.bars], strong)
    for_words = int(area.width()) - numbers - _GAP - 8 - now.px(_LEAST_BAR)
    labels = max(min(widest([bar.label for bar in chart.bars], font), for_words), 0)
    room = max(area.width() - labels - numbers - _GAP - 8, 10)
    most = chart.most or max((bar.value for bar in chart.bars), default=0) or 1
    height = now.px(_ROW)
    for place, bar in enumerate(chart.bars):
        top = area.top() + place * height
        words = QRectF(area.left(), top, labels, height)
        painter.setFont(font)
        painter.setPen(QColor(now.colours.text))
        shown = QFontMetricsF(font).elidedText(bar.label, Qt.TextElideMode.ElideRight, labels)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, shown)
        length = room * max(bar.value, 0) / most
        strip = QRectF(words.right() + _GAP, top + (height - now.px(_BAR)) / 2, length, now.px(_BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.colours.primary))
        painter.drawRoundedRect(strip, 4, 4)
        painter.setFont(strong)
        painter.setPen(QColor(now.colours.text))
        at_end = QRectF(strip.right() + 6, top, numbers + 2, height)
        painter.drawText(at_end, middle | Qt.AlignmentFlag.AlignLeft, bar.spoken())


def widest(words: list[str], font: QFont) -> int:
    """Return the whole pixels that the longest words take: rounded down, they would lose their end."""
    metrics = QFontMetricsF(font)
    return math.ceil(max((metrics.horizontalAdvance(one) for one in words), default=0))


class _ReadBars(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic)


_kept: list[QAccessibleInterface] = []  # Qt does not own what Python made: a lost reference is a crash
_installed: list[bool] = []


def _read(_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(thing, Bars):
        return None
    made = _ReadBars(thing)
    _kept.append(made)
    return made


def _install() -> None:
    if not _installed:
        QAccessible.installFactory(_read)
        _installed.append(True)
