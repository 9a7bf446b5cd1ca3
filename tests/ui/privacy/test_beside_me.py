"""Beside me: one client's page and no other name, until somebody means to leave."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from coachdesk.ui.theme import Theme
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, settle
from tests.ui import accessibility_walk

OTHERS = ("Hussain", "Tariq", "Postlethwaite")


def go_beside(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)
    desk.key(Qt.Key.Key_F8)
    assert desk.window.beside.is_on


def test_one_client_is_shown_and_nobody_else(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)
    assert any(name in desk.words() or desk.window.clients.pane.isVisible() for name in OTHERS)
    desk.key(Qt.Key.Key_F8)
    words = desk.words()
    assert "Maya Okonkwo" in words
    assert not [name for name in OTHERS if name in words]
    assert not desk.window.rail.isVisible()
    assert not desk.window.clients.pane.isVisible()
    assert desk.window.status.state.text() == "Beside me (F8)"
    assert not desk.window.status.beside_button.isVisible()
    assert "Okonkwo" not in desk.window.windowTitle()
    desk.key(Qt.Key.Key_F8)
    assert not desk.window.beside.is_on
    assert desk.window.rail.isVisible()
    assert desk.window.clients.pane.isVisible()
    assert desk.window.clients.client_id == people.late
    assert desk.window.stack.currentWidget() is desk.window.clients


def test_no_key_and_no_call_wanders_to_others(desk: DeskWindow, people: Caseload) -> None:
    go_beside(desk, people)
    for key in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_Down, Qt.Key.Key_Up):
        desk.control(key)
    for number in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        desk.key(number, Qt.KeyboardModifier.AltModifier)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.window.go("today")
    assert desk.window.beside.is_on
    assert desk.window.stack.currentWidget() is desk.window.beside.page
    assert not desk.window.find_box.isVisible()
    assert desk.view.client_id == people.late


def test_what_was_being_typed_comes_along_and_back(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)
    desk.window.contact_shortcut()
    note = desk.view.contact_form.findChild(QPlainTextEdit)
    assert note is not None
    note.setPlainText("We looked at it together")
    desk.key(Qt.Key.Key_F8)
    assert note.isVisible()
    desk.key(Qt.Key.Key_F8)
    assert note.isVisible()
    assert note.toPlainText() == "We looked at it together"


def test_a_contact_is_recorded_together(desk: DeskWindow, people: Caseload) -> None:
    go_beside(desk, people)
    desk.control(Qt.Key.Key_R)
    assert desk.view.contact_form.isVisible()
    assert desk.window.beside.is_on


def test_the_button_asks_before_lists_are_shown(desk: DeskWindow, people: Caseload) -> None:
    go_beside(desk, people)
    desk.dialogs.script(False, True)
    shown = []
    for _ in range(2):
        desk.click(desk.window.beside.page.leave_button)
        shown.append(desk.window.rail.isVisible())
    assert shown == [False, True]
    assert desk.dialogs.is_done()


def test_nobody_on_the_page_is_said(desk: DeskWindow) -> None:
    desk.click(desk.window.status.beside_button)
    assert not desk.window.beside.is_on
    assert "Open a client first" in desk.said[-1].words


def test_messages_about_others_are_not_taken_along(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)
    desk.window.office.messages.say("Tariq Hussain has a new phone number")
    desk.window.office.messages.say_done("Recorded a contact with Tariq Hussain")
    desk.key(Qt.Key.Key_F8)
    assert "Hussain" not in desk.words()
    desk.key(Qt.Key.Key_F8)
    assert "Hussain" in desk.words(desk.window.banners)


def test_the_page_follows_what_changes_and_gives_back_when_locked(desk: DeskWindow, people: Caseload) -> None:
    go_beside(desk, people)
    desk.control(Qt.Key.Key_R)
    desk.window.beside.page.refresh()
    desk.key(Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    desk.key(Qt.Key.Key_F9)
    assert desk.window.beside.is_on
    assert desk.window.status.state.text() == "Beside me (F8)"
    assert desk.window.place() == ("beside", people.late)
    desk.lock()
    assert desk.desk.is_locked


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_can_be_read_named_and_reached(
    desk: DeskWindow, people: Caseload, theme: Theme, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    go_beside(desk, people)
    settle()
    assert accessibility_walk.walk(desk.window) == []
