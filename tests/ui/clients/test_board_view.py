"""The board: stages side by side, cards moved by keyboard, by mouse and by menu, each move taken back as one."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.models import Client
from coachdesk.ui.board.stage_list import StageColumn
from coachdesk.ui.board.view import BoardView
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import settle
from tests.makers import a_client, a_coach, an_enrolment, ask, furnished, keep, programme_id
from tests.ui import accessibility_walk
from tests.ui.clients.list_desk import an_office, choose

CONTROL = Qt.KeyboardModifier.ControlModifier
NO_STAGE, FIRST, SECOND = "No stage yet", "Getting to know each other", "Vocational profile"


class OnBoard:
    """The board over a vault of three clients, and what can be read from it."""

    def __init__(self, office: Office, clients: dict[str, Client]) -> None:
        self.office, self.clients = office, clients
        self.view = BoardView(office)
        self.view.resize(1300, 700)

    def cards(self) -> dict[str, list[str]]:
        return {one.words: [item.title for item in one.list.items()] for one in self.view.columns}

    def column(self, words: str) -> StageColumn:
        return next(one for one in self.view.columns if one.words == words)

    def key(
        self, words: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.column(words).list, key, held)
        self.view.refresh()
        settle()


@pytest.fixture
def board(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> OnBoard:
    furnished(vault)
    people = {
        name: a_client(first_name=name, last_name="", coach_id=vault.coach_id) for name in ("Ash", "Bo", "Cy")
    }
    keep(vault, a_coach(name="Iqra Malik"), *people.values())
    theirs: UUID = ask(vault, lambda session, _: programme_id(session))
    keep(
        vault,
        an_enrolment(people["Ash"], theirs),
        an_enrolment(people["Bo"], theirs),
        an_enrolment(people["Cy"], theirs, stage="profiling"),
    )
    made = OnBoard(an_office(vault, theme, tmp_path), people)
    qtbot.addWidget(made.view)
    made.view.focus()
    made.view.refresh()
    made.view.show()
    qtbot.waitExposed(made.view).__enter__().__exit__(None, None, None)
    settle()
    return made


def test_everybody_stands_in_a_column_that_says_how_many(board: OnBoard) -> None:
    cards = board.cards()
    assert (cards[NO_STAGE], cards[FIRST], cards[SECOND]) == (["Ash", "Bo"], [], ["Cy"])
    assert board.view.count.text() == "3 clients"
    assert board.column(NO_STAGE).number.text() == "2"
    assert board.column(NO_STAGE).list.accessibleName() == "No stage yet, 2"
    assert board.column(FIRST).empty.isVisible()
    assert not board.column(SECOND).empty.isVisible()
    assert board.view._current() is board.column(NO_STAGE)


def test_a_card_moves_by_keyboard_and_is_followed(board: OnBoard) -> None:
    first = board.column(NO_STAGE).list
    first.setFocus(Qt.FocusReason.TabFocusReason)
    first.choose(board.clients["Bo"].id)
    board.key(NO_STAGE, Qt.Key.Key_Left, CONTROL)
    assert board.cards()[NO_STAGE] == ["Ash", "Bo"], "there is nothing on the left"
    board.key(NO_STAGE, Qt.Key.Key_Right, CONTROL)
    assert board.cards()[FIRST] == ["Bo"]
    assert board.column(FIRST).list.current_id() == board.clients["Bo"].id
    board.office.desk.undo()
    board.view.refresh()
    assert board.cards()[NO_STAGE] == ["Ash", "Bo"]


def test_left_and_right_go_to_the_next_stage(board: OnBoard) -> None:
    gone_to: list[int] = []
    board.column(NO_STAGE).list.neighbour_wanted.connect(gone_to.append)
    board.column(NO_STAGE).list.setFocus()
    board.key(NO_STAGE, Qt.Key.Key_Right)
    board.key(NO_STAGE, Qt.Key.Key_Left)
    assert gone_to == [1, -1]
    board.column(SECOND).list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(board.column(SECOND).list, Qt.Key.Key_Down)
    assert board.column(SECOND).list.current_id() == board.clients["Cy"].id


def test_enter_opens_a_client(board: OnBoard) -> None:
    opened: list[object] = []
    board.view.chosen.connect(lambda _question, client: opened.append(client))  # the test's own ear
    board.column(SECOND).list.choose(board.clients["Cy"].id)
    QTest.keyClick(board.column(SECOND).list, Qt.Key.Key_Return)
    assert opened == [board.clients["Cy"].id]


def test_a_card_is_carried_by_mouse(board: OnBoard) -> None:
    cards, target = board.column(NO_STAGE), board.column(FIRST)
    start = cards.list.visualRect(cards.list.model().index(0, 0)).center()
    there = cards.list.viewport().mapFromGlobal(target.mapToGlobal(QPoint(40, 80)))
    QTest.mousePress(cards.list.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(cards.list.viewport(), start + QPoint(1, 0))
    assert not target.hint.isVisible()
    far = start + QPoint(QApplication.startDragDistance() + 5, 0)
    move(cards, far)
    assert not cards.hint.isVisible(), "it would stay where it is"
    move(cards, there)
    assert target.hint.isVisible()
    QTest.mouseRelease(cards.list.viewport(), Qt.MouseButton.LeftButton, pos=there)
    board.view.refresh()
    settle()
    assert board.cards()[FIRST] == ["Ash"]
    assert not target.hint.isVisible()


def move(column: StageColumn, to: QPoint) -> None:
    """Move the mouse with its button held; QTest's own move holds none."""
    from PySide6.QtCore import QEvent, QPointF  # noqa: PLC0415  one use
    from PySide6.QtGui import QMouseEvent  # noqa: PLC0415  one use

    left = Qt.MouseButton.LeftButton
    view = column.list.viewport()
    at, on_screen = QPointF(to), QPointF(view.mapToGlobal(to))
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, on_screen, Qt.MouseButton.NoButton, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, event)


def test_a_card_let_go_nowhere_stays(board: OnBoard) -> None:
    cards = board.column(NO_STAGE)
    start = cards.list.visualRect(cards.list.model().index(0, 0)).center()
    QTest.mousePress(cards.list.viewport(), Qt.MouseButton.LeftButton, pos=start)
    outside = start + QPoint(0, -5000)
    move(cards, outside)
    QTest.mouseRelease(cards.list.viewport(), Qt.MouseButton.LeftButton, pos=outside)
    assert board.cards()[NO_STAGE] == ["Ash", "Bo"]


def test_a_card_moves_by_menu(board: OnBoard) -> None:
    board.column(SECOND).list.choose(board.clients["Cy"].id)
    for one in board.view.columns:
        if one.words != SECOND:
            one.list.setCurrentIndex(one.list.model().index(-1, 0))
            one.list.clearFocus()
    board.view.move_button.click()
    choose(board.view.menu_shown, FIRST)
    board.view.refresh()
    assert board.cards()[FIRST] == ["Cy"]


def test_words_and_whose_narrow_the_board(board: OnBoard) -> None:
    view = board.view
    view.search.setText("ash")
    view._pause.stop()
    view._words()
    assert view.count.text() == "1 client"
    view.whose.setCurrentIndex(view.whose.findText("Iqra Malik"))
    view.whose.activated.emit(view.whose.currentIndex())
    assert view.count.text() == "0 clients"
    view.focus()
    view.move_button.click()
    assert view.menu_shown is None
    before = view.question
    view.search.clear()
    assert view._pause.isActive()
    view._pause.stop()
    assert view.question == before


def test_what_cannot_be_moved_says_why(board: OnBoard, vault: OpenVault) -> None:
    from coachdesk.models import Enrolment  # noqa: PLC0415  one use
    from coachdesk.vault.work import unit_of_work  # noqa: PLC0415  one use

    with unit_of_work(vault, label="Ended") as work:
        for one in work.session.query(Enrolment):
            one.exit_on = one.started_on
    board.column(SECOND).list.choose(board.clients["Cy"].id)
    QTest.keyClick(board.column(SECOND).list, Qt.Key.Key_Left, CONTROL)
    assert "Support has ended" in board.view.refusal.text()
    assert board.view.refusal.isVisible()


def test_nothing_is_unnamed_too_small_or_cut(board: OnBoard, theme: Theme, qapp: QApplication) -> None:
    assert accessibility_walk.walk(board.view) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(board.view) == []
    theme.apply(qapp, "light", 1.0)
    settle()
