"""Where the keyboard is, the ring alone says: a button that has it looks as it does without."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.notice import Notice
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import primary_button, quiet_button, row, secondary_button
from tests.ui import accessibility_walk


@pytest.mark.parametrize("make", [primary_button, secondary_button, quiet_button])
def test_a_button_draws_no_mark_of_its_own_inside_the_ring(
    make: Callable[[str, str], QPushButton], qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    one, other = make("Close", "x"), make("Save", "x")
    window.setLayout(row(one, other))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert other.hasFocus()
    without = one.grab().toImage()
    QTest.keyClick(other, Qt.Key.Key_Tab)
    assert one.hasFocus()
    assert one.grab().toImage() == without


def test_a_notice_shows_where_the_keyboard_is(qtbot: QtBot, theme: Theme) -> None:
    notice = Notice("What is new", "One line")
    qtbot.addWidget(notice)
    notice.show()
    notice.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is notice)
    assert accessibility_walk.focus_findings(notice) == []
