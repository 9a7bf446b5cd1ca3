"""History as a person uses it: what was done in words, how it stood, and yesterday's mistake taken back."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.casework.details import SaveDetails, save_details
from coachdesk.casework.plans import AddAction, StartPlan, add_action, start_plan
from coachdesk.clock import FixedClock
from coachdesk.models import Client, Coach
from coachdesk.terms import Role
from coachdesk.ui.clients.history_actions import PAGE
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.makers import do, found

pytestmark = pytest.mark.journey

MOST_ACTIONS = 4
YESTERDAY = dt.datetime(2026, 10, 4, 15, 40, tzinfo=dt.UTC)


def changed(vault: OpenVault, caseload: Caseload, **values: str) -> None:
    do(vault, save_details, SaveDetails(client_id=caseload.today, values=values))


def titles(desk: DeskWindow) -> list[str]:
    settle()
    return [item.title for item in desk.view.history_tab.past.list.items()]


def test_something_saved_wrongly_yesterday_is_put_right_in_four_actions(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, clock: FixedClock
) -> None:
    vault.clock = FixedClock(YESTERDAY)
    changed(vault, caseload, phone="07700 900 111", town="Kendal")
    vault.clock = clock
    do(
        vault,
        add_action,
        AddAction(client_id=caseload.today, goal_id=None, what="Ring", who="coach", due_on=None),
    )
    desk = open_desk(vault)
    desk.open(caseload.today)
    desk.actions = 0
    desk.control(Qt.Key.Key_H)
    assert QApplication.focusWidget() is desk.view.history_tab.past.list
    desk.key(Qt.Key.Key_Down)
    assert "Town: Barrow-in-Furness → Kendal" in desk.words(desk.view.history_tab)
    desk.key(Qt.Key.Key_Return)
    assert "nothing else goes" in desk.view.history_tab.past.way_back.words.text()
    desk.key(Qt.Key.Key_Return)
    assert desk.actions <= MOST_ACTIONS
    client = found(vault, Client, caseload.today)
    assert (client.phone, client.town) == ("", "Barrow-in-Furness")
    assert not desk.view.history_tab.past.way_back.isVisible()
    assert titles(desk)[0].startswith("Took back")


def test_each_action_is_told_with_who_when_why_and_before_and_after(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    changed(vault, caseload, town="Kendal")
    changed(vault, caseload, town="Ulverston")
    with unit_of_work(vault, reason="They moved again") as work:
        work.session.get_one(Client, caseload.today).town = ""
    desk.open(caseload.today)
    desk.view.show_history(None)
    settle()
    past = desk.view.history_tab.past
    words = desk.words(past)
    assert "Ulverston → nothing" in words
    assert "Why: They moved again" in words
    assert f"{vault.person}, Mon 5 Oct 2026" in words
    past.list.setCurrentIndex(past.list.model().index(2, 0))
    assert "Kendal → Ulverston" in desk.words(past)
    past.list.setCurrentIndex(past.list.model().index(3, 0))
    assert "Town: Barrow-in-Furness → Kendal" in desk.words(past)
    assert past.list.items()[0].detail.startswith(vault.person)


def test_what_was_built_on_it_is_listed_and_goes_too(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    changed(vault, caseload, town="Kendal")
    changed(vault, caseload, town="Ulverston")
    desk.open(caseload.today)
    desk.view.show_history(None)
    settle()
    past = desk.view.history_tab.past
    past.list.setCurrentIndex(past.list.model().index(2, 0))
    desk.click(past.take_button)
    assert "1 later action was built on it" in past.way_back.words.text()
    assert vault.person in desk.words(past.way_back)
    desk.key(Qt.Key.Key_Escape)
    assert not past.way_back.isVisible()
    assert found(vault, Client, caseload.today).town == "Ulverston"
    desk.click(past.take_button)
    desk.click(past.way_back.no_button)
    desk.click(past.take_button)
    desk.click(past.way_back.yes_button)
    assert found(vault, Client, caseload.today).town == "Barrow-in-Furness"


def test_what_was_taken_back_already_says_why_it_stays(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    changed(vault, caseload, town="Kendal")
    desk.open(caseload.today)
    desk.view.show_history(None)
    settle()
    past = desk.view.history_tab.past
    desk.click(past.take_button)
    desk.click(past.way_back.yes_button)
    settle()
    past.list.setCurrentIndex(past.list.model().index(2, 0))
    desk.click(past.take_button)
    assert "taken back already" in past.way_back.words.text()
    assert not past.way_back.yes_button.isVisible()
    desk.key(Qt.Key.Key_Return)
    assert not past.way_back.isVisible()


def test_a_change_made_meanwhile_refuses_with_a_sentence(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    changed(vault, caseload, town="Kendal")
    desk.open(caseload.today)
    desk.view.show_history(None)
    settle()
    past = desk.view.history_tab.past
    desk.click(past.take_button)
    changed(vault, caseload, town="Ulverston")
    desk.click(past.way_back.yes_button)
    assert "Look at the new list" in past.way_back.refusal.text()
    assert past.way_back.yes_button.isEnabled()
    assert found(vault, Client, caseload.today).town == "Ulverston"


def test_openings_change_nothing_and_offer_no_way_back(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.view.show_history(None)
    settle()
    past = desk.view.history_tab.past
    assert titles(desk)[0].startswith("Opened the record")
    past.list.setCurrentIndex(past.list.model().index(0, 0))
    assert not past.take_button.isVisible()
    assert "nothing to take back" in desk.words(past)
    past.list.opened.emit(past.list.current_id())
    assert not past.way_back.isVisible()


@pytest.mark.parametrize("tab", ["timeline", "plan", "work", "details"])
def test_a_records_own_history_is_one_press_away(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tab: str
) -> None:
    do(vault, start_plan, StartPlan(client_id=caseload.late, kind="into_work"))
    desk.open(caseload.late)
    desk.tab(tab)
    button = seen(desk.view, HistoryButton)[0]
    desk.click(button)
    past = desk.view.history_tab.past
    assert past.only_row.isVisible()
    assert past.only.text().startswith("Only the history of")
    alone = len(titles(desk))
    assert alone >= 1
    assert not any(title.startswith("Opened") for title in titles(desk)) or tab == "details"
    desk.click(past.everything_button)
    assert not past.only_row.isVisible()
    assert len(titles(desk)) > alone or tab == "details"


def test_a_long_history_comes_in_pages(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    for number in range(PAGE):
        changed(vault, caseload, town=f"Town {number}")
    desk.open(caseload.today)
    desk.view.show_history(None)
    assert len(titles(desk)) == PAGE
    desk.click(desk.view.history_tab.past.more_button)
    assert len(titles(desk)) == PAGE + 4  # opened; registered, enrolled and an action before
    assert not desk.view.history_tab.past.more_button.isVisible()


def test_nothing_yet_is_said(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    past = desk.view.history_tab.past
    desk.view.show_history(None)
    past._show(())  # no client is without any history: registering is one
    assert past.nothing.isVisible()
    assert not past.detail.isVisible()


def test_everything_as_it_stood_on_a_day(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, clock: FixedClock
) -> None:
    changed(vault, caseload, town="Kendal")
    vault.clock = FixedClock(clock.now() + dt.timedelta(days=3))
    changed(vault, caseload, town="Ulverston")
    desk = open_desk(vault)
    desk.open(caseload.today)
    desk.view.header.menu_button.stood.emit()
    settle()
    stood = desk.view.history_tab.stood
    assert "Kendal" in desk.words(stood)
    assert "Ulverston" not in desk.words(stood)
    assert "Tariq" in desk.words(stood)
    desk.fill(stood.form, on="today")
    desk.key(Qt.Key.Key_Return)
    assert "Ulverston" in desk.words(stood)
    desk.fill(stood.form, on="1/1/2020")
    desk.click(stood.show_button)
    assert "Nothing was recorded yet" in desk.words(stood)
    desk.fill(stood.form, on="some day")
    desk.click(stood.show_button)
    assert stood.form.refusals()


def test_managers_see_who_opened_the_record(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("history")
    history = desk.view.history_tab
    desk.click(history.chips["openings"])
    (item,) = history.openings.list.items()
    assert item.title.startswith(vault.person)
    assert item.detail == "No reason was needed"
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk.view.refresh()
    settle()
    assert not history.chips["openings"].isVisible()
    assert history.past.isVisible()
