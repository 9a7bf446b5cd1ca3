"""The own calendar as a file: how clients are called is asked once, by keyboard alone, and can be changed."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.appointments import Naming, choose_naming, read_naming
from coachdesk.desk.counter import Executors
from coachdesk.errors import Refusal
from coachdesk.ui.week.page import WeekPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import a_client, a_contact, ask, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_ACTIONS_FIRST = 5
MOST_ACTIONS_THEN = 2
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def week_of(desk: DeskWindow) -> WeekPage:
    return page(desk.window.pages["week"], WeekPage)


def one_appointment(vault: OpenVault) -> None:
    client = a_client(first_name="Sylvia", last_name="Hall", reference="C-0012", coach_id=vault.coach_id)
    keep(vault, client)
    keep(vault, a_contact(client, next_on=TODAY + dt.timedelta(days=2)))


def test_the_first_file_asks_how_clients_are_called_and_the_next_only_where(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    one_appointment(vault)
    desk = open_desk(vault, Executors.threads())
    desk.dialogs.script(tmp_path / "first.ics", tmp_path / "second.ics")
    desk.key(Qt.Key.Key_W, CTRL, SHIFT)
    week = week_of(desk)
    desk.until(week.isVisible)
    desk.actions = 0
    desk.key(Qt.Key.Key_C, ALT)
    desk.until(lambda: week.calendar.form.form is not None)
    assert "not encrypted" in desk.words(week.calendar)
    desk.key(Qt.Key.Key_Down)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "1 entry saved" in week.calendar.found.text())
    assert desk.actions <= MOST_ACTIONS_FIRST
    assert b"SUMMARY:Contact: SH" in (tmp_path / "first.ics").read_bytes()
    desk.until(week.calendar_button.hasFocus)
    desk.actions = 0
    desk.key(Qt.Key.Key_C, ALT)
    desk.until(lambda: "second.ics" in week.calendar.found.text())
    assert desk.actions <= MOST_ACTIONS_THEN
    assert week.calendar.form.isHidden()


def test_thinking_better_of_it_writes_nothing(desk: DeskWindow, vault: OpenVault, tmp_path: Path) -> None:
    desk.window.go("week")
    week = week_of(desk)
    desk.press("Save my calendar…")
    desk.press("Put away", week.calendar)
    assert week.calendar.isHidden()
    with unit_of_work(vault) as work:
        choose_naming(work.session, Naming.INITIALS)
    desk.dialogs.script(None)
    desk.press("Save my calendar…")
    assert list(tmp_path.glob("*.ics")) == []
    week.calendar._is_working = True
    desk.press("Save my calendar…")
    assert desk.dialogs.is_done()


def test_a_refusal_stands_where_it_was_asked_and_the_choice_is_changed_in_settings(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault)
    desk.window.go("settings")
    card = desk.settings.calendar_card
    card.choice.setCurrentIndex(2)
    card.choice.activated.emit(2)
    assert ask(vault, read_naming) is Naming.REFERENCE
    card.choice.setCurrentIndex(0)
    card.choice.activated.emit(0)
    assert card.choice.currentIndex() == 2
    card._refused(Refusal("The vault is full."))
    assert desk.said[-1].words == "The vault is full."
    desk.window.go("week")
    desk.dialogs.script(tmp_path / "none.ics")
    desk.press("Save my calendar…")
    assert "Nothing is known of the next 90 days" in desk.words(week_of(desk).calendar)
