"""The caseload over the whole width by keyboard: a list, somebody on it, the next of the same list, and the board."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.caseload_lists import ListQuestion
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_ACTIONS = 7


def test_from_a_list_to_its_people_one_after_the_other(desk: DeskWindow, caseload: Caseload) -> None:
    page = desk.window.clients
    desk.control(Qt.Key.Key_T)
    desk.until(page.lists.table.hasFocus)
    names = [row.name for row in page.lists._table.rows()]
    assert names == ["Tariq Hussain", "Jean Postlethwaite", "Maya Okonkwo"]
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Jean Postlethwaite")
    assert page.client_id == caseload.coming
    assert page.pane.followed.text() == "Open"
    desk.control(Qt.Key.Key_Down)
    desk.until(lambda: desk.view.header.name.text() == "Maya Okonkwo")
    desk.control(Qt.Key.Key_Up)
    desk.control(Qt.Key.Key_Up)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_Up)
    assert page.client_id == caseload.today, "the first of the list stays"
    assert desk.actions <= MOST_ACTIONS
    desk.click(page.pane.chips["in_work"])
    assert not page.pane.followed.isVisible()
    assert [item.title for item in page.pane.list.items()] == ["Maya Okonkwo"]


def test_the_board_is_reached_left_and_opened_from_by_key(desk: DeskWindow, caseload: Caseload) -> None:
    page = desk.window.clients
    desk.window.go("clients")
    desk.click(page.pane.board_button)
    board = page.board
    desk.until(board.columns[0].list.hasFocus)
    assert page.client_id is None
    desk.control(Qt.Key.Key_Down)
    assert page.ways.currentWidget() is board, "going through clients is for when one is open"
    desk.control(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Escape)
    assert page.ways.currentWidget() is page.beside_list
    desk.control(Qt.Key.Key_B)
    desk.control(Qt.Key.Key_Right)
    desk.until(board.columns[1].list.hasFocus)
    moved = board.columns[1].list.current_id()
    assert moved == caseload.today
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.until(lambda: not board.columns[1].list.items())
    page.board.chosen.emit(ListQuestion(today=TODAY, list="due", columns=()), caseload.today)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    assert page.pane.followed.text() == "Board"
    desk.click(page.pane.lists_button)
    desk.window.new_client("Ola Nowak")
    assert page.new.isVisible()
    page.show_lists()
    page.show_list()
    assert page.nobody.isVisible()
