"""A page that scrolls is as long as the tab in sight, however long the others are."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.clients.tab_stack import TabStack
from coachdesk.ui.widgets import ScrollPage

WIDE, HIGH = 400, 200


def tab(lines: int) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    words = QLabel("\n".join("A line" for _ in range(lines)))
    words.setWordWrap(True)
    box.addWidget(words)
    return made


@pytest.fixture
def area(qtbot: QtBot) -> ScrollPage:
    made = ScrollPage()
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    made.show()
    return made


def test_nobody_scrolls_into_emptiness_below_a_short_tab(area: ScrollPage) -> None:
    stack = TabStack()
    for lines in (2, 200):
        stack.add(tab(lines))
    area.body.addWidget(stack, 1)
    bar = area.verticalScrollBar()
    lengths = []
    for place in (0, 1, 0):
        stack.show_page(place)
        QApplication.sendPostedEvents()
        lengths.append(bar.maximum())
    assert lengths[0] == lengths[2] == 0
    assert lengths[1] > HIGH


def test_a_part_that_comes_later_takes_the_place_of_an_empty_one(area: ScrollPage) -> None:
    stack = TabStack()
    assert (stack.sizeHint().isValid(), stack.minimumSizeHint().isValid()) == (False, False)
    assert stack.heightForWidth(WIDE) == -1
    first, empty, late = tab(3), tab(4), tab(5)
    stack.add(first)
    stack.add(empty)
    area.body.addWidget(stack, 1)
    stack.exchange(1, late)
    assert not first.isHidden()
    stack.show_page(1)
    assert not late.isHidden()
    assert first.isHidden()
    assert stack.sizeHint() == late.sizeHint()
