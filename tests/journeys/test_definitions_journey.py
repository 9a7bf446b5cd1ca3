"""What is counted: a wording written, tried, compared and adopted; what a return holds; what is typed."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.casework.programmes import list_programmes, profile_figures
from coachdesk.models import Coach
from coachdesk.returns.definitions import IndicatorRow, list_indicators
from coachdesk.returns.layouts import layout_row
from coachdesk.returns.manual_figures import list_manual_figures
from coachdesk.terms import Role
from coachdesk.ui.returns.definitions import DefinitionsPart
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import ask
from tests.returns.test_definitions import two_who_answered
from tests.returns.test_prepare import people

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def the_room(desk: DeskWindow) -> DefinitionsPart:
    desk.window.go("returns")
    room = desk.returns.rooms.room("definitions")
    assert isinstance(room, DefinitionsPart)
    desk.until(lambda: "Its wordings" in desk.words(room))
    settle()
    return room


def happy(vault: OpenVault) -> IndicatorRow:
    return next(each for each in ask(vault, list_indicators) if each.id == "ons4-happy")


def test_wording_is_tried_compared_and_then_adopted(vault: OpenVault, open_desk: Opener) -> None:
    two_who_answered(vault)
    desk = open_desk(vault)
    room = the_room(desk)
    wordings = room.wordings
    wordings.table.choose("ons4-happy")
    assert "Office for National Statistics" in desk.words(wordings)
    desk.press("Try the examples: Wellbeing: happy yesterday")
    desk.until(lambda: "Holds: A better answer" in desk.words(wordings))
    desk.press("Write a wording of your own: Wellbeing: happy yesterday")
    form = wordings.form
    desk.fill(
        form.form,
        title="Happier",
        intervention="IV-24",
        source_note="Letter of the council",
        pair_days="60",
        valid_from="1 Aug 2026",
    )
    desk.click(form.save_button)
    assert "Compare it with the wording in force first" in desk.words(form)
    assert happy(vault).now.title == "Wellbeing: happy yesterday"
    desk.click(wordings.before.try_button)
    desk.until(lambda: "Does not hold: A better answer" in desk.words(wordings.before))
    desk.click(wordings.before.compare_button)
    desk.until(lambda: "Go out: Ana Invented (R0001)" in desk.words(wordings.before))
    said = desk.words(wordings.before)
    assert "July 2026 to 30 September 2026, by both wordings" in said
    assert "Wording in force: Better: 2" in said
    assert "New wording: Better: 1" in said
    assert "Difference: −1" in said
    desk.click(form.save_button)
    desk.until(lambda: happy(vault).now.title == "Happier")
    desk.until(lambda: "Your own wording, from Sat 1 Aug 2026" in desk.words(wordings))
    assert "Intervention code: IV-24" in desk.words(wordings)
    desk.press("Change the wording from Sat 1 Aug 2026: Happier")
    desk.until(form.isVisible)
    desk.fill(form.form, title="Happier people", examples="[[example")
    desk.click(wordings.before.compare_button)
    assert "The examples cannot be read" in str(form.form.refusals() if form.form else "")
    desk.fill(form.form, examples="")
    desk.click(wordings.before.compare_button)
    desk.until(lambda: "The same figure and the same people" in desk.words(wordings.before))
    desk.click(form.save_button)
    desk.until(lambda: happy(vault).now.title == "Happier people")
    desk.press("Write a wording of your own: Happier people")
    desk.fill(form.form, valid_from="1 Aug 2026")
    desk.click(wordings.before.compare_button)
    desk.until(lambda: "Another wording of yours begins on this day" in desk.words(form))
    assert wordings.before.compare_button.isEnabled()


def test_what_a_return_holds_and_what_is_typed(vault: OpenVault, open_desk: Opener) -> None:
    people(vault, 12)
    desk = open_desk(vault)
    room = the_room(desk)
    card = room.layout_card
    desk.until(lambda: "Indicators: all of them." in desk.words(card))
    assert "Every quarter, from April." in desk.words(card)
    desk.press("Change what it holds", card)
    form = card.form.form
    assert form is not None
    form.input("indicators").set_value(("starts", "reach"))
    form.input("every").set_value("month")
    form.input("pair_0_0").set_value("sex")
    form.input("pair_0_1").set_value("hub")
    form.input("pair_1_0").set_value(None)
    form.input("pair_1_1").set_value(None)
    desk.click(card.form.save_button)
    desk.until(lambda: ask(vault, layout_row, "grant").layout.indicators == ("starts", "reach"))
    desk.until(lambda: "Set against each other: Sex by" in desk.words(card))
    desk.press("Move down: Starts", card)
    desk.until(lambda: ask(vault, layout_row, "grant").layout.indicators == ("reach", "starts"))
    row = ask(vault, layout_row, "grant")
    assert (row.every, row.layout.crossed) == ("month", (("sex", "hub"),))
    desk.until(lambda: "1. Reach" in desk.words(card))
    desk.press("Move up: Starts", card)
    desk.until(lambda: ask(vault, layout_row, "grant").layout.indicators == ("starts", "reach"))
    (programme,) = ask(vault, list_programmes)
    assert programme.period_kind == "month"
    planned(desk, room, vault)
    typed(desk, room, vault)


def planned(desk: DeskWindow, room: DefinitionsPart, vault: OpenVault) -> None:
    card = room.profile
    assert "Nothing planned yet" in desk.words(card)
    desk.press("Add a planned figure", card)
    desk.fill(card.form.form, figure="14", source_note="Agreement, page 9")
    desk.click(card.form.save_button)
    desk.until(lambda: "Starts: 14" in desk.words(card))
    change = next(one for one in names(card) if one.startswith("Change: Starts: 14"))
    desk.press(change, card)
    desk.fill(card.form.form, figure="15")
    desk.click(card.form.save_button)
    desk.until(lambda: [one.figure for one in ask(vault, profile_figures, "grant")] == [15])
    assert "Agreement, page 9" in desk.words(card)


def typed(desk: DeskWindow, room: DefinitionsPart, vault: OpenVault) -> None:
    card = room.manual
    assert "No figure typed by hand" in desk.words(card)
    desk.press("Type a figure by hand", card)
    desk.fill(card.form.form, title="Volunteers trained", unit="People", figure="7", reason="No record here")
    desk.click(card.form.save_button)
    desk.until(lambda: "Volunteers trained: 7 people" in desk.words(card))
    desk.press("Change: Volunteers trained", card)
    desk.fill(card.form.form, figure="8")
    desk.click(card.form.save_button)
    desk.until(lambda: [one.figure for one in ask(vault, list_manual_figures, "grant")] == [8])
    desk.press("Take out: Volunteers trained", card)
    desk.until(lambda: not ask(vault, list_manual_figures, "grant"))
    desk.until(lambda: "No figure typed by hand" in desk.words(card))


def names(within: QWidget) -> list[str]:
    return [one.accessibleName() for one in within.findChildren(QPushButton) if one.isVisible()]


def test_coach_reads_the_definitions_and_works_out_days_of_her_own(
    vault: OpenVault, open_desk: Opener
) -> None:
    people(vault, 60)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk = open_desk(vault)
    room = the_room(desk)
    assert not [one for one in names(room) if one.startswith(("Write", "Change", "Add", "Type", "Move"))]
    assert room.wordings.table.isVisible()
    page = desk.returns
    page.rooms.tabs.setCurrentIndex(0)
    page.period.setCurrentIndex(page.period.count() - 1)
    page.period.activated.emit(page.period.count() - 1)
    assert page.own_dates.isVisible()
    page.own_dates.first.line.setText("1 July 2026")
    page.own_dates.last.line.setText("soon")
    desk.click(page.work_button)
    assert page.own_dates.last.refusal.isVisible()
    page.own_dates.last.line.setText("1 June 2026")
    desk.click(page.work_button)
    assert "ends" in page.own_dates.last.refusal.text()
    page.own_dates.last.line.setText("15 September 2026")
    desk.click(page.work_button)
    desk.until(lambda: page.prepared is not None)
    prepared = page.prepared
    assert prepared is not None
    assert str(prepared.wish.to_on) == "2026-09-15"
