"""A scroll area may be read while its scroll bar comes and goes."""

import gc

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coachdesk.ui.accessible_areas import read_scroll_areas_safely
from coachdesk.ui.widgets.surfaces import ScrollPage
from tests.journeys.desk_window import settle


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    read_scroll_areas_safely()


def test_the_parts_of_a_scroll_area_stay_when_its_scroll_bar_goes(qtbot: QtBot) -> None:
    page = ScrollPage()
    qtbot.addWidget(page)
    words = QLabel("a line\n" * 100)
    page.setWidget(words)
    page.resize(200, 200)
    page.show()
    settle()
    assert page.verticalScrollBar().isVisible()
    counted = QAccessible.queryAccessibleInterface(page).childCount()
    words.setText("a line")
    words.resize(10, 10)
    settle()
    assert not page.verticalScrollBar().isVisible()
    gc.collect()
    read = QAccessible.queryAccessibleInterface(page)
    assert read.childCount() == counted, (
        "else a part that was counted is asked for in vain, which ends the program"
    )
    parts = [read.child(place) for place in range(counted)]
    assert [part.state().invisible for part in parts].count(False) == 1
    assert read.child(counted) is None
    assert read.role() == QAccessible.Role.Client


def test_other_parts_of_the_window_are_read_by_qt(qtbot: QtBot) -> None:
    words = QLabel("a line")
    qtbot.addWidget(words)
    assert QAccessible.queryAccessibleInterface(words).role() == QAccessible.Role.StaticText
