"""The keys that hide everybody are heard over menus, lists and questions; the pieces of a page are never asked."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QDialog, QMenu

from coachdesk.ui.privacy.screen import PrivacyScreen
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, settle
from tests.ui.privacy.coming_keys import press


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


def test_the_pieces_of_a_page_are_never_asked(
    heard: list[QObject], desk: DeskWindow, people: Caseload
) -> None:
    desk.open(people.late)
    desk.tab("details")
    menu = QMenu(desk.window)
    menu.addAction("Maya Okonkwo")
    menu.popup(QPoint(5, 5))
    press(Qt.Key.Key_F9)
    settle()
    desk.window.privacy.show_again()
    desk.window.go("returns")
    settle()
    assert heard
    assert {one for one in heard if not isinstance(one, QWindow)} == {desk.window}


def test_a_menu_is_seen_though_nothing_has_the_keyboard(desk: DeskWindow) -> None:
    desk.window.setFocus()
    desk.window.clearFocus()
    menu = QMenu(desk.window)
    menu.addAction("Maya Okonkwo")
    menu.popup(QPoint(5, 5))
    settle()
    press(Qt.Key.Key_F9)
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
    settle()
    press(Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    question.done(QDialog.DialogCode.Rejected)
