import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from coachdesk.ui import spoken
from coachdesk.ui.tables import Column, ListItem, RowTable, TableView, TwoLineList, fold
from coachdesk.ui.theme import Theme, look
from coachdesk.ui.tokens import Tone


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    due: dt.date | None


DAY = dt.date(2026, 10, 5)
PEOPLE = (
    Person(1, "Lucía Fernández", DAY),
    Person(2, "amara okafor", None),
    Person(3, "Zofia Łoś", DAY - dt.timedelta(days=3)),
)


def a_table() -> RowTable[Person]:
    return RowTable(
        [
            Column("Name", lambda row: row.name, stretch=True),
            Column(
                "Due",
                lambda row: spoken.day(row.due),
                lambda row: row.due,
                tone=lambda row: Tone.DANGER if row.due and row.due < DAY else None,
                align=Qt.AlignmentFlag.AlignRight,
                width=18,
            ),
        ]
    )


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> TableView[Person]:
    made = TableView(a_table(), "People")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_rows(PEOPLE)
    made.show()
    return made


def names(view: TableView[Person]) -> list[str]:
    return [row.name for row in view.table.rows()]


def test_the_model_keeps_qt_rules(qtmodeltester: ModelTester) -> None:
    table = a_table()
    table.show(PEOPLE)
    qtmodeltester.check(table, force_py=True)


def test_a_cell_says_reads_and_shows_its_row(theme: Theme) -> None:
    table = a_table()
    table.show(PEOPLE)
    late = table.index(2, 1)
    assert table.data(late) == "Fri 2 Oct 2026"
    assert table.data(late, Qt.ItemDataRole.ForegroundRole).name().upper() == look().colours.danger.ink
    assert table.data(table.index(0, 1), Qt.ItemDataRole.ForegroundRole) is None
    assert table.data(late, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert table.data(late, Qt.ItemDataRole.EditRole) is None
    assert table.data(QModelIndex()) is None
    assert table.headerData(1, Qt.Orientation.Horizontal) == "Due"
    assert table.headerData(1, Qt.Orientation.Vertical) is None
    assert table.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.EditRole) is None


def test_rows_sort_by_their_key_and_the_unknown_come_last(view: TableView[Person]) -> None:
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [row.id for row in view.table.rows()] == [3, 1, 2]
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in view.table.rows()] == [1, 3, 2]
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row.id for row in view.table.rows()] == [2, 1, 3]
    view.table.sort(9)
    assert [row.id for row in view.table.rows()] == [2, 1, 3]


def test_accents_and_case_do_not_hide_anybody(view: TableView[Person]) -> None:
    view.filter("FERNANDEZ luc")
    assert names(view) == ["Lucía Fernández"]
    view.filter("")
    assert len(names(view)) == 3
    assert fold("É") == "e"


def test_the_chosen_row_stays_chosen_by_its_id(view: TableView[Person], qtbot: QtBot) -> None:
    assert view.choose(3)
    with qtbot.assert_not_emitted(view.chosen):
        view.show_rows(tuple(reversed(PEOPLE)))
        view.filter("zofia")
        view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert view.current_row() == PEOPLE[2]
    with qtbot.wait_signal(view.chosen) as told:
        view.filter("amara")
    assert told.args == [None]
    assert view.current_row() is None
    assert not view.choose(3)


def test_a_choice_is_told_and_return_opens(view: TableView[Person], qtbot: QtBot) -> None:
    with qtbot.wait_signal(view.chosen) as chosen:
        view.choose(3)
    assert chosen.args == [PEOPLE[2]]
    with qtbot.wait_signal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[2]]
    with qtbot.wait_signal(view.chosen):
        QTest.keyClick(view, Qt.Key.Key_Up)


def test_a_short_table_takes_no_more_than_its_rows_at_any_size_of_the_text(
    qapp: QApplication, theme: Theme, view: TableView[Person]
) -> None:
    view.be_as_high_as_rows(400)
    low = view.height()
    assert view.verticalScrollBar().maximum() == 0
    theme.apply(qapp, "light", 2.0)
    assert low < view.height() < 400
    assert view.verticalScrollBar().maximum() == 0
    view.show_rows([Person(number, "Zofia Łoś", None) for number in range(30)])
    assert view.height() == 400
    assert view.verticalScrollBar().maximum() > 0


def test_tab_leaves_the_table(view: TableView[Person]) -> None:
    assert not view.tabKeyNavigation()


def test_an_empty_place_opens_nothing(view: TableView[Person], qtbot: QtBot) -> None:
    with qtbot.assert_not_emitted(view.opened):
        view._activated(QModelIndex())


ITEMS = (
    ListItem(1, "Amara Okafor", "Job ready", "Overdue 3 d", Tone.DANGER, keywords="Peckham"),
    ListItem(2, "Daniel Whitmore", "Exploring", "Today", Tone.WARNING),
    ListItem(3, "Lucía Fernández"),
)


@pytest.fixture
def people(theme: Theme, qtbot: QtBot) -> TwoLineList:
    made = TwoLineList("Caseload")
    qtbot.addWidget(made)
    made.resize(308, 400)
    made.show_items(ITEMS)
    made.show()
    return made


def test_a_list_item_is_read_out_whole(people: TwoLineList) -> None:
    index = people.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Amara Okafor, Job ready, Overdue 3 d"
    assert index.data() == "Amara Okafor"
    assert index.data(Qt.ItemDataRole.EditRole) is None


def test_the_list_keeps_its_choice(people: TwoLineList, qtbot: QtBot) -> None:
    with qtbot.wait_signal(people.chosen) as chosen:
        people.choose(2)
    assert chosen.args == [2]
    with qtbot.assert_not_emitted(people.chosen):
        people.show_items(tuple(reversed(ITEMS)))
        people.filter("whitmore")
    assert people.current_id() == 2
    with qtbot.wait_signal(people.chosen):
        people.filter("peckham")
    assert [item.id for item in people.items()] == [1]
    assert people.current_id() is None
    people.choose_first()
    assert people.current_id() == 1


def test_return_opens_an_item(people: TwoLineList, qtbot: QtBot) -> None:
    people.choose_first()
    with qtbot.wait_signal(people.opened) as opened:
        QTest.keyClick(people, Qt.Key.Key_Return)
    assert opened.args == [1]
    with qtbot.wait_signal(people.chosen):
        QTest.keyClick(people, Qt.Key.Key_Down)


def test_an_item_is_drawn_in_words_at_any_width(people: TwoLineList) -> None:
    people.choose(1)
    wide = people.grab().toImage()
    people.resize(190, 400)
    narrow = people.grab().toImage()
    colours = {wide.pixelColor(x, y).name().upper() for x in range(200, 308) for y in range(66)}
    assert look().colours.danger.ink in colours
    assert look().colours.selected in colours
    assert narrow.size() != wide.size()


def test_the_list_keeps_qt_rules(people: TwoLineList, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(people.model(), force_py=True)
