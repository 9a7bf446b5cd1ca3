"""The keys that hide everybody are heard over menus, lists and questions, and nothing is asked while none is there."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu

from coachdesk.ui.privacy.screen import PrivacyScreen
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, settle


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[QObject]:
    """Return who had an event that the privacy screen was asked about."""
    found: list[QObject] = []
    asked = PrivacyScreen.eventFilter

    def remembered(screen: PrivacyScreen, watched: QObject, event: QEvent) -> bool:
        found.append(watched)
        return asked(screen, watched, event)

    monkeypatch.setattr(PrivacyScreen, "eventFilter", remembered)
    return found


def test_a_page_is_made_without_a_question(desk: DeskWindow, people: Caseload, heard: list[QObject]) -> None:
    desk.window.today.find_button.setFocus()
    settle()
    heard.clear()
    desk.open(people.late)
    desk.tab("details")
    assert len(heard) < 50
    desk.window.privacy.hide_page()
    settle()
    assert heard
    desk.window.privacy.show_again()
    settle()
    heard.clear()
    desk.window.go("returns")
    assert len(heard) < 50


def test_a_menu_is_seen_though_nothing_has_the_keyboard(desk: DeskWindow) -> None:
    desk.window.setFocus()
    desk.window.clearFocus()
    menu = QMenu(desk.window)
    menu.addAction("Maya Okonkwo")
    menu.popup(QPoint(5, 5))
    QTest.keyClick(menu, Qt.Key.Key_F9)
    assert desk.window.privacy.is_on


def test_a_second_menu_and_a_question_that_comes_after_are_seen(desk: DeskWindow) -> None:
    desk.window.today.find_button.setFocus()
    for _ in range(2):
        menu = QMenu(desk.window)
        menu.addAction("Maya Okonkwo")
        menu.popup(QPoint(5, 5))
        menu.close()
    question = QDialog(desk.window)
    question.open()
    QTest.keyClick(question, Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    question.done(QDialog.DialogCode.Rejected)
