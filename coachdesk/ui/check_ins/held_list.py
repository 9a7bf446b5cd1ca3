"""What was said at the check-ins of one job, and how it went: sentences, small charts, and a table in words."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from coachdesk.casework.check_in_story import AreasOn, HeldCheckIn, Trend
from coachdesk.terms import Kind, Ref
from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import column, label, row

SHOWN = 6  # points of a chart: the first and the latest ones


def date_words(on: dt.date) -> str:
    """Return a day without its weekday: what is far back has no use for it."""
    return day(on).partition(" ")[2]


def chart_of(trend: Trend) -> QWidget:
    """Return a small chart with its title above; a screen reader reads all of it as one text."""
    points = trend.points
    shown = points if len(points) <= SHOWN else (points[0], *points[1 - SHOWN :])
    bars = tuple(Bar(date_words(on), value, words) for on, value, words in shown)
    holder = QWidget()
    chart = Bars(BarChart(trend.title, bars, most=trend.most))
    box = column(label(trend.title, "label", wrap=True), chart, spacing=Space.HAIR)
    box.addStretch(1)
    holder.setLayout(box)
    return holder


def held_line(one: HeldCheckIn) -> tuple[QWidget, HistoryButton]:
    """Return what was said at a check-in, and the button of its history."""
    held = day(one.done_on)
    head = " · ".join(part for part in (held, one.how) if part)
    called = QCoreApplication.translate("CheckInsCard", "the check-in of {day}").format(day=held)
    past = HistoryButton(Ref(Kind.CHECK_IN, one.id), called)
    top = row(label(head, "strong", wrap=True), past)
    top.setStretch(0, 1)
    said = column(top, spacing=Space.HAIR)
    words = "  ·  ".join(one.lines) or QCoreApplication.translate("CheckInsCard", "Nothing was written down.")
    said.addWidget(label(words, wrap=True))
    holder = QWidget()
    holder.setLayout(said)
    return holder, past


def areas_table(titles: Iterable[str], days: Iterable[AreasOn]) -> QWidget:
    """Return the answers about the six areas, an area a line and a check-in a column, the latest first."""
    shown = tuple(days)[::-1][: SHOWN - 1]
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.GAP)
    grid.setVerticalSpacing(Space.HAIR)
    for place, one in enumerate(shown, start=1):
        grid.addWidget(label(date_words(one.on), "label"), 0, place)
    for line, title in enumerate(titles):
        grid.addWidget(label(title, "secondary", wrap=True), line + 1, 0)
        for place, one in enumerate(shown, start=1):
            grid.addWidget(label(one.answers[line] or "–", wrap=True), line + 1, place)
    grid.setColumnStretch(0, 2)
    for place in range(len(shown)):
        grid.setColumnStretch(place + 1, 1)
    holder = QWidget()
    holder.setLayout(grid)
    return holder
