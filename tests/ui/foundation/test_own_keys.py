"""Of two forms with the same Alt keys, the one with the keyboard has them."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.forms.own_keys import OwnKeys
from tests.ui import accessibility_walk

ALT = Qt.KeyboardModifier.AltModifier


class SmallForm(QWidget):
    """A field that Alt+N goes to, another to type in, and a button that Alt+S presses."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.other = QLineEdit(), QLineEdit()
        words = QLabel("&Name")
        words.setBuddy(self.name)
        self.save = QPushButton("&Save")
        self.presses = 0
        self.save.clicked.connect(self._press)
        self.box = box = QVBoxLayout(self)
        for piece in (words, self.name, self.other, self.save):
            box.addWidget(piece)

    def _press(self) -> None:
        self.presses += 1


class Page(QWidget):
    """Two forms and a button of the page, all with the same keys."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = SmallForm(self), SmallForm(self)
        self.page_button = QPushButton("&Send", self)
        box = QVBoxLayout(self)
        for piece in (self.first, self.second, self.page_button):
            box.addWidget(piece)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    OwnKeys(made.first)
    OwnKeys(made.second)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made).__enter__().__exit__(None, None, None)
    return made


def press(at: QWidget, key: Qt.Key) -> None:
    """Press Alt and a key; a button that is pressed by key springs back before it counts."""
    at.setFocus()
    QTest.keyClick(at, key, ALT)
    QApplication.processEvents()
    for button in at.window().findChildren(QPushButton):
        if button.isDown():
            button.setDown(False)
            button.click()


@pytest.mark.parametrize("which", ["first", "second"])
def test_the_form_with_the_keyboard_has_the_keys(page: Page, which: str) -> None:
    here = page.first if which == "first" else page.second
    there = page.second if which == "first" else page.first
    press(here.other, Qt.Key.Key_S)
    assert (here.presses, there.presses) == (1, 0)
    press(here.other, Qt.Key.Key_N)
    assert here.name.hasFocus()
    assert here.other.text() == ""


def test_everything_has_its_keys_back_afterwards(page: Page) -> None:
    press(page.first.other, Qt.Key.Key_S)
    press(page.first.other, Qt.Key.Key_N)
    press(page.second.other, Qt.Key.Key_S)
    press(page.second.other, Qt.Key.Key_N)
    assert page.second.presses == 1
    assert page.second.name.hasFocus()
    assert page.page_button.shortcut().toString() == "Alt+S"


def test_a_key_the_form_does_not_have_goes_to_the_page(page: Page, qtbot: QtBot) -> None:
    page.page_button.setText("&Quit")
    with qtbot.waitSignal(page.page_button.clicked):
        QTest.keyClick(page.first.other, Qt.Key.Key_Q, ALT)


def test_what_is_gone_by_then_gets_nothing_back(page: Page) -> None:
    press(page.first.other, Qt.Key.Key_S)
    page.first.other.setFocus()
    QTest.keyClick(page.first.other, Qt.Key.Key_N, ALT)
    QTest.keyClick(page.first.other, Qt.Key.Key_S, ALT)
    shiboken6.delete(page.second)
    QApplication.processEvents()
    assert page.page_button.shortcut().toString() == "Alt+S"
    assert page.first.name.hasFocus()


def test_the_walk_counts_the_keys_of_such_a_form_by_themselves(page: Page) -> None:
    assert accessibility_walk.shortcut_findings(page) == []
    page.first.other.setObjectName("other")
    twice = QLabel("&Name again")
    twice.setBuddy(page.first.other)
    page.first.box.addWidget(twice)
    QApplication.processEvents()
    assert accessibility_walk.shortcut_findings(page) == ["Alt+N belongs to &Name and &Name again"]
