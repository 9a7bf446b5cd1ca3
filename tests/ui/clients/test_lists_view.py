"""Lists over the whole width: chips with counts, sorted and narrowed, ticked, handed over, kept and printed."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.desk.counter import Desk
from coachdesk.models import Client
from coachdesk.ui.lists.view import ListsView
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import Button
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import settle
from tests.makers import a_client, a_coach, an_action, an_enrolment, ask, found, keep, programme_id
from tests.ui import accessibility_walk
from tests.ui.clients.list_desk import an_office, choose
from tests.vault_fixtures import PERSON, TODAY

IQRA = "Iqra Malik"


class Lists:
    """The view over a vault of four clients, and what can be read from it."""

    def __init__(self, office: Office, vault: OpenVault, clients: dict[str, Client]) -> None:
        self.office, self.vault, self.clients = office, vault, clients
        self.view = ListsView(office)
        self.view.resize(1200, 700)
        self.desk: Desk = office.desk

    def names(self) -> list[str]:
        table = self.view.table.table
        return [table.index(place, 0).data() for place in range(table.rowCount())]

    def titles(self) -> list[str]:
        table = self.view.table.table
        ways = Qt.Orientation.Horizontal
        return [table.headerData(place, ways) for place in range(table.columnCount())]

    def press(self, button: Button) -> None:
        assert button.isVisible()
        button.click()
        settle()


@pytest.fixture
def lists(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Lists:
    from tests.makers import furnished  # noqa: PLC0415  beside its only use

    furnished(vault)
    coach = a_coach(name=IQRA)
    people = {
        name: a_client(first_name=name, last_name="", coach_id=vault.coach_id, town=town)
        for name, town in (("Ash", "Kendal"), ("Bo", "Kendal"), ("Cy", "Barrow"), ("Di", ""))
    }
    keep(vault, coach, *people.values())
    theirs: UUID = ask(vault, lambda session, _: programme_id(session))
    keep(
        vault, *(an_enrolment(one, theirs) for one in people.values()), an_action(people["Cy"], due_on=TODAY)
    )
    made = Lists(an_office(vault, theme, tmp_path), vault, people)
    qtbot.addWidget(made.view)
    made.view.refresh()
    made.view.show()
    qtbot.waitExposed(made.view).__enter__().__exit__(None, None, None)
    settle()
    return made


def test_counts_are_of_what_is_listed(lists: Lists) -> None:
    view = lists.view
    assert lists.names() == ["Cy", "Ash", "Bo", "Di"]
    assert (view.heading.text(), view.count.text()) == ("Open", "4 clients")
    for key, chip in list(view.chips.items()):
        lists.press(chip)
        words, _, number = chip.text().rpartition(" ")
        assert view.heading.text() == words
        assert len(lists.names()) == int(number), key
        assert view.count.text() == ("1 client" if number == "1" else f"{number} clients")
    lists.press(view.chips["closed"])
    assert view.meaning.text().endswith("Nobody is on it.")
    assert not view.print_button.isEnabled()


def test_columns_are_chosen_and_any_is_sorted_by(lists: Lists) -> None:
    view = lists.view
    lists.press(view.columns_button)
    choose(view.menu_shown, "Town")
    lists.press(view.columns_button)
    choose(view.menu_shown, "Reference")
    assert "Town" in lists.titles()
    assert "Reference" not in lists.titles()
    place = lists.titles().index("Town")
    view.table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
    assert lists.names() == ["Cy", "Ash", "Bo", "Di"]
    view.table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    assert lists.names() == ["Ash", "Bo", "Cy", "Di"]
    assert view.table.horizontalHeader().sortIndicatorSection() == place
    view.table.table.sort(-1)
    assert lists.names() == ["Ash", "Bo", "Cy", "Di"]


def test_words_and_single_answers_narrow_the_list(lists: Lists) -> None:
    view = lists.view
    view.search.setText("kendal")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert lists.names() == ["Ash", "Bo"]
    assert view.table.hasFocus() or view.table.currentIndex().isValid()
    view.search.clear()
    view._pause.stop()
    view._words()
    lists.press(view.only_button)
    choose(view.menu_shown, "Town", "Barrow   1")
    assert lists.names() == ["Cy"]
    lists.press(view.only_button)
    choose(view.menu_shown, "Hub", "(nothing there)   1")
    narrowing = [one for one in view.findChildren(Button) if one.property("only") and one.isVisible()]
    said = [one.accessibleName() for one in narrowing]
    assert said == ["No longer only Town: Barrow", "No longer only Hub: nothing there"]
    lists.press(narrowing[0])
    lists.press(
        next(one for one in view.findChildren(Button) if one.property("only") == "hub" and one.isVisible())
    )
    assert lists.names() == ["Cy", "Ash", "Bo", "Di"]


def test_ticked_clients_are_handed_over_and_taken_back(lists: Lists) -> None:
    view = lists.view
    assert not view.give_button.isVisible()
    view.table.choose(lists.clients["Ash"].id)
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    view.table.choose(lists.clients["Di"].id)
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    assert view.give_button.text() == "&Hand 2 over…"
    lists.press(view.give_button)
    choose(view.menu_shown, IQRA)
    view.refresh()
    coaches = {name: found(lists.vault, Client, one.id).coach_id for name, one in lists.clients.items()}
    assert [name for name, coach in coaches.items() if coach != lists.vault.coach_id] == ["Ash", "Di"]
    assert not view.give_button.isVisible()
    view.whose.setCurrentIndex(view.whose.findText(IQRA))
    view.whose.activated.emit(view.whose.currentIndex())
    assert lists.names() == ["Ash", "Di"]
    lists.desk.undo()
    view.refresh()
    assert lists.names() == []


def test_everybody_is_ticked_and_unticked_by_key(lists: Lists) -> None:
    view = lists.view
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view.table, Qt.Key.Key_A, control)
    assert len(view._table.chosen) == 4
    lists.press(view.chips["due"])
    assert view.give_button.text() == "&Hand 1 over…", "who is not on the list is not ticked"
    QTest.keyClick(view.table, Qt.Key.Key_A, control)
    assert not view.give_button.isVisible()
    view._table.setData(view._table.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert view.give_button.isVisible()
    lists.press(view.none_button)
    assert view._table.chosen == set()


def test_a_list_is_kept_changed_and_removed(lists: Lists) -> None:
    view, saving = lists.view, lists.view.saving
    lists.press(view.chips["due"])
    lists.press(view.save_button)
    lists.press(saving.keep_button)
    assert "Give the list a name" in saving.refusal.text()
    saving.title_line.setText("Ring & visit")
    saving.everybody.setChecked(True)
    lists.press(saving.keep_button)
    assert not saving.isVisible()
    assert view.heading.text() == "Ring & visit"
    chip = next(one for one in view.chips.values() if one.text() == "Ring && visit")
    lists.press(view.chips["open"])
    assert (view.heading.text(), view.remove_button.isVisible()) == ("Open", False)
    lists.press(chip)
    assert (view.question.list, lists.names()) == ("due", ["Cy"])
    lists.press(view.save_button)
    assert (saving.title_line.text(), saving.everybody.isChecked()) == ("Ring & visit", True)
    saving.title_line.setText("Another")
    lists.press(saving.new_button)
    assert {"Another", "Ring && visit"} <= {one.text() for one in view.chips.values()}
    lists.press(view.remove_button)
    view.refresh()
    assert "Another" not in {one.text() for one in view.chips.values()}
    assert view.heading.text() == "Due today"
    view.remove_button.clicked.emit()
    lists.press(view.save_button)
    lists.press(saving.away_button)
    assert not saving.isVisible()


def test_a_list_is_printed_where_the_person_says(lists: Lists, tmp_path: Path) -> None:
    view, dialogs = lists.view, lists.office.dialogs
    script: Any = dialogs
    target = tmp_path / "paper.pdf"
    script.script(None, target)
    lists.press(view.print_button)
    assert not view.printing.found.isVisible()
    lists.press(view.print_button)
    assert target.read_bytes().startswith(b"%PDF")
    assert "It names people" in view.printing.found.text()


def test_somebody_is_opened_from_the_list(lists: Lists) -> None:
    opened: list[tuple[ListQuestion, UUID]] = []
    lists.view.chosen.connect(
        lambda question, client: opened.append((question, client))
    )  # the test's own ear
    lists.view.focus()
    QTest.keyClick(lists.view.table, Qt.Key.Key_Down)
    QTest.keyClick(lists.view.table, Qt.Key.Key_Return)
    assert opened == [(lists.view.question, lists.clients["Ash"].id)]


def test_a_screen_reader_hears_list_line_and_tick(lists: Lists) -> None:
    view = lists.view
    assert view.table.accessibleName() == "Open, 4 clients"
    table = view.table.table
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert table.index(0, 0).data(spoken) == "Cy"
    view._table.tick((lists.clients["Cy"].id,), on=True)
    assert table.index(0, 0).data(spoken) == "Cy, ticked"
    place = lists.titles().index("Coach")
    assert table.index(0, place).data(spoken) == f"Coach: {PERSON}"
    assert table.index(0, lists.titles().index("Last contact")).data(spoken) == "Last contact: nothing there"
    assert QModelIndex().data(spoken) is None
    assert table.data(QModelIndex(), spoken) is None
    assert not table.setData(table.index(0, 0), 2, Qt.ItemDataRole.DisplayRole)
    for piece in (view.whose, view.search, view.back_button):
        assert QAccessible.queryAccessibleInterface(piece).text(QAccessible.Text.Name)


def test_an_older_answer_is_not_shown(lists: Lists) -> None:
    before = lists.view.found
    assert before is not None
    lists.press(lists.view.chips["due"])
    lists.view._show(before)
    assert lists.names() == ["Cy"]
    lists.view.show_question(ListQuestion(today=TODAY, list="gone"))
    assert lists.view.refusal.text() == "There is no list of that name any more."
    lists.view.focus()
    assert lists.view._wants_keyboard
    lists.press(lists.view.chips["open"])
    assert not lists.view._wants_keyboard


def test_nothing_is_unnamed_too_small_or_cut(lists: Lists, theme: Theme, qapp: QApplication) -> None:
    assert accessibility_walk.walk(lists.view) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(lists.view) == []
    theme.apply(qapp, "light", 1.0)
    settle()
