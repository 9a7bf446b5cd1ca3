"""Nobody missed, by keyboard alone: who needs me, who is fading by coach, and a leaver's caseload handed over."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.casework.endings import EndSupport, end_support
from coachdesk.casework.enrolments import list_enrolments
from coachdesk.casework.fading import Touch
from coachdesk.desk.counter import Executors
from coachdesk.models import Client
from coachdesk.ui.team.page import TeamPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import (
    a_client,
    a_coach,
    a_contact,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_TO_SEE, MOST_TO_START = 0, 1
MOST_TO_SEE_FADING = 1
MOST_TO_HAND_OVER = 6
A_CASELOAD = 30


@pytest.fixture
def leaver(vault: OpenVault, caseload: Caseload) -> list[Client]:
    """Give Iqra, who leaves, thirty clients; one of them has not been heard of for long."""
    del caseload
    coach = a_coach(name="Iqra Malik", ended_on=TODAY)
    clients = [a_client(first_name=f"Client {number:02}", coach_id=coach.id) for number in range(A_CASELOAD)]
    keep(vault, coach, *clients)
    programme = ask(vault, lambda session, _: programme_id(session))
    keep(vault, *(an_enrolment(one, programme, coach_id=coach.id) for one in clients))
    keep(vault, *(a_contact(one, happened_on=days_ago(3)) for one in clients[1:]))
    keep(vault, a_contact(clients[0], happened_on=days_ago(70)))
    return clients


def team(desk: DeskWindow) -> TeamPage:
    return page(desk.window.pages["team"], TeamPage)


def test_who_needs_me_is_seen_at_once_and_started_with_one_key(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    assert next(iter(desk.due())) == "Maya Okonkwo"
    assert desk.actions == MOST_TO_SEE
    first = desk.due()["Maya Okonkwo"].record_button
    desk.awake()
    desk.until(lambda: QApplication.focusWidget() is first)
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: desk.view.contact_form.form is not None)
    assert desk.actions <= MOST_TO_START
    assert desk.view.client_id == caseload.late


def test_who_is_fading_by_coach_is_one_key_away(
    vault: OpenVault, leaver: list[Client], open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.key(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    desk.until(team(desk).fading.coaches.table.rows)
    assert desk.actions <= MOST_TO_SEE_FADING
    counts = {one.name: one.fading for one in team(desk).fading.coaches.table.rows()}
    assert counts["Iqra Malik"] == 1
    people = team(desk).fading.people.table.rows()
    assert [one.touch for one in people] == [Touch.FADING] * sum(counts.values())
    assert leaver[0].id in [one.id for one in people]
    assert team(desk).fading.people.isVisible()


def test_a_leavers_caseload_is_handed_over_with_a_page_each_and_taken_back(
    vault: OpenVault, leaver: list[Client], open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.dialogs.script(tmp_path / "handover.pdf")
    desk.key(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    desk.until(team(desk).fading.coaches.table.rows)
    desk.key(Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    part = team(desk).handover
    desk.until(lambda: part.form.input("to_id").target.count() > 1)  # type: ignore[attr-defined]  # a choice is a box
    choose(desk, "Iqra")
    desk.until(lambda: len(part.ticked()) == A_CASELOAD)
    desk.key(Qt.Key.Key_Tab)
    choose(desk, "Ruth")
    desk.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    desk.until((tmp_path / "handover.pdf").exists)
    desk.actions += 1  # the place of the file is confirmed in the system's own window
    desk.until(lambda: "The pages are ready" in part.said.text())
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: found(vault, Client, leaver[-1].id).coach_id == vault.coach_id)
    assert desk.actions <= MOST_TO_HAND_OVER
    assert {found(vault, Client, one.id).coach_id for one in leaver} == {vault.coach_id}
    desk.until(lambda: desk.said)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.until(lambda: found(vault, Client, leaver[-1].id).coach_id != vault.coach_id)


def choose(desk: DeskWindow, letters: str) -> None:
    """Type the first letters of an answer, as free text, where a choice has the keyboard."""
    before = desk.actions
    for letter in letters:
        desk.key(Qt.Key[f"Key_{letter.upper()}"])
    desk.actions = before


def test_the_day_to_ask_is_answered_in_one_form(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    (enrolment,) = ask(vault, list_enrolments, caseload.coming)
    told = EndSupport(
        enrolment_id=enrolment.id,
        exit_on=days_ago(90),
        exit_reason="into_work_complete",
        what_stands="Rings the hub when hours change",
        may_ask_later="yes",
        ask_on=TODAY,
    )
    do(vault, end_support, told)
    desk.today.refresh()
    line = desk.due()["Jean Postlethwaite"]
    assert "Rings the hub when hours change" in line.item.what
    desk.click(line.record_button)
    desk.type("Still at the bakery, more hours")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.contact_form.form is None)
    desk.tab("programmes")
    desk.until(lambda: "5 Oct 2026: Still at the bakery, more hours" in desk.words(desk.view))
    desk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: "Jean Postlethwaite" not in desk.due())


def test_the_furthest_past_stands_on_today_and_leads_to_all(desk: DeskWindow, caseload: Caseload) -> None:
    card = desk.today.fading
    assert card.isVisible()
    said = desk.words(card)
    assert "3 people" in said
    assert "days past the rhythm, last in touch never" in said
    desk.click(card.all_button)
    assert len(team(desk).fading.people.table.rows()) == 3
    desk.window.go("today")
    desk.press(next(one for one in buttons(desk) if one.startswith("Open Maya Okonkwo")), card)
    assert desk.view.client_id == caseload.late


def buttons(desk: DeskWindow) -> list[str]:
    return [
        one.accessibleName() for one in desk.today.fading.findChildren(type(desk.today.fading.all_button))
    ]
