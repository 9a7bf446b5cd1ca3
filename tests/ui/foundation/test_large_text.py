"""What a page keeps when the text is twice as large: words at the middle of their line, and nothing beyond the edge."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QRectF, QSettings
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QHeaderView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.casework.today import DueItem, DueRef
from coachdesk.clock import FixedClock
from coachdesk.desk.inline import InlineExecutor
from coachdesk.ui.charts import Bar, BarChart, draw_bars, widest
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.tables import Column, RowTable, TableView
from coachdesk.ui.theme import Theme, look
from coachdesk.ui.today.due_list import DueLine
from coachdesk.ui.tokens import Points
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.ui.widgets import Flow

DAY = dt.date(2026, 10, 5)
ROOM = 1096
"""Pixels inside a card of Today, in the smallest window our users have."""


def piece(width: int, height: int) -> QWidget:
    made = QWidget()
    made.setFixedSize(width, height)
    return made


class LineUp(QWidget):
    """A pill, a button, and one that goes on in the next line."""

    def __init__(self) -> None:
        super().__init__()
        self.pill, self.button, self.below = piece(40, 20), piece(60, 40), piece(90, 30)
        self.flow = Flow(self.pill, self.button, self.below, spacing=8)
        self.setLayout(self.flow)
        self.resize(120, 200)


@pytest.fixture
def line_up(theme: Theme, qtbot: QtBot) -> LineUp:
    made = LineUp()
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_stands_side_by_side_has_one_middle(line_up: LineUp) -> None:
    assert (line_up.pill.y(), line_up.button.y()) == (10, 0)
    assert (line_up.below.x(), line_up.below.y()) == (0, 48)


def test_what_is_hidden_takes_no_room(line_up: LineUp) -> None:
    flow = line_up.flow
    assert flow.sizeHint().width() == 40 + 8 + 60 + 8 + 90
    line_up.button.hide()
    assert flow.sizeHint().width() == 40 + 8 + 90
    assert flow.heightForWidth(300) == 30
    line_up.pill.hide()
    line_up.below.hide()
    assert flow.heightForWidth(300) == 0


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_the_longest_words_of_a_chart_have_their_whole_room(
    qapp: QApplication, theme: Theme, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    font = look().font(Points.META)
    for words in ("17 May 2026", "20 Jul 2026", "Getting to know each other"):
        assert widest(["9 Jul", words], font) >= QFontMetricsF(font).horizontalAdvance(words)
    assert widest([], font) == 0


def first_dark_of_bars(width: int) -> int:
    """Return how far from the left the bars begin in a chart with one long and one short label."""
    picture = QImage(width, 80, QImage.Format.Format_RGB32)
    picture.fill(QColor(look().colours.surface))
    painter = QPainter(picture)
    bars = (Bar("Getting to know each other", 1), Bar("In work", 1))
    draw_bars(painter, QRectF(picture.rect()), BarChart("Clients by stage", bars), look())
    painter.end()
    bar = QColor(look().colours.primary)
    return next(x for x in range(width) if picture.pixelColor(x, look().px(15)) == bar)


def test_a_bar_gives_way_to_its_words_as_far_as_it_can(theme: Theme) -> None:
    words = widest(["Getting to know each other"], look().font(Points.META))
    assert first_dark_of_bars(268) > words, "in a card of Today the longest stage is written whole"
    assert first_dark_of_bars(160) < 160 - 60, "where there is no room for both, the bar stays"


def a_table() -> TableView[str]:
    columns: list[Column[str]] = [Column("Service", str, stretch=True), Column("Sort", str, width=30)]
    return TableView(RowTable(columns, identify=str), "Services")


def test_a_name_is_never_squeezed_out_of_its_table(qtbot: QtBot, theme: Theme) -> None:
    table = a_table()
    qtbot.addWidget(table)
    table.show_rows(["Debt Line of the practice world"])
    table.resize(1000, 200)
    table.show()
    header = table.horizontalHeader()
    assert header.sectionResizeMode(0) is QHeaderView.ResizeMode.Stretch
    assert header.length() == table.viewport().width()
    table.resize(header.sectionSize(1) + 40, 200)
    assert header.sectionSize(0) >= table.fontMetrics().horizontalAdvance("Debt Line of")
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(1000, 200)
    assert header.length() == table.viewport().width()


def a_line() -> DueItem:
    return DueItem(
        ref=DueRef("action", UUID(int=1), DAY),
        client_id=UUID(int=2),
        client_name="Stephen Featherstonehaugh",
        initials="SF",
        stage="Getting to know each other",
        on=DAY,
        words="16 days late",
        what="Begin the vocational profile",
        kind="action",
        origin="The plan",
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_button_of_a_line_of_today_stays_on_the_page(
    qapp: QApplication, theme: Theme, qtbot: QtBot, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    line = DueLine(a_line(), DAY + dt.timedelta(days=16))
    qtbot.addWidget(line)
    assert line.minimumSizeHint().width() <= ROOM


def test_a_vault_is_opened_in_large_text_without_scrolling_sideways(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.apply(qapp, "light", 2.0)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    known = KnownVaults(settings, tmp_path)
    window = UnlockWindow(InlineExecutor(), ScriptedDialogs(), FixedClock.on(DAY), known)
    qtbot.addWidget(window)
    window.show()
    area = window.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    assert window.card.width() < window.width()
