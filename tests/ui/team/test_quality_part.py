"""Service quality in the window: figures with the people behind them, targets and working time by keyboard."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.coach_time import SetCoachTime, list_coach_times, set_coach_time
from coachdesk.casework.service_quality.ground import quality_settings
from coachdesk.terms import Role
from coachdesk.ui.team.page import TeamPage
from coachdesk.ui.team.quality_part import QualityPart
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import ask, do
from tests.ui.team.team_world import TeamWorld

pytestmark = pytest.mark.journey

ALT = Qt.KeyboardModifier.AltModifier
MOST_ACTIONS_TO_PEOPLE = 4


def part(desk: DeskWindow) -> QualityPart:
    desk.window.go("team")
    shown = page(desk.window.pages["team"], TeamPage)
    shown.tabs.setCurrentIndex(shown.tabs.count() - 1)
    assert shown.quality.isVisible()
    return shown.quality


def titles(shown: QualityPart) -> list[str]:
    return [one.title for one in shown.table.table.rows()]


def test_the_page_claims_no_score_and_leads_from_a_figure_to_its_people(
    desk: DeskWindow, vault: OpenVault, world: TeamWorld
) -> None:
    for coach in (vault.coach_id, world.iqra):
        wish = SetCoachTime(coach_id=coach, from_on=dt.date(2026, 4, 1), hundredths=100)
        do(vault, set_coach_time, wish)
    shown = part(desk)
    assert "no fidelity score is claimed" in desk.words(shown)
    assert "Thu 1 Oct 2026 to Thu 31 Dec 2026" in shown.which.text()
    assert titles(shown)[0] == "Caseload for each full-time coach"
    row = shown.table.table.rows()[0]
    data = shown.table.table
    assert data.data(data.index(0, 2)) == f"5 of 5: {row.band.words if row.band else ''}"
    assert "Iqra Malik" in desk.words(shown.card)
    assert not shown.card.definition.isVisible()
    desk.actions = 0
    desk.key(Qt.Key.Key_U, ALT)
    desk.until(shown.card.source.isVisible)
    assert "Supported Employment Fidelity Scale" in shown.card.source.text()
    chip = shown.card._chips[0]
    chip.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert len(shown.card.people.shown()) == len(row.parts[0].clients)
    desk.key(Qt.Key.Key_Space)
    assert not shown.card.people.isVisible()
    desk.key(Qt.Key.Key_Space)
    shown.card.people.setFocus()
    shown.card.people.choose(world.far)
    desk.actions -= 2  # looked away and back only for the test
    desk.key(Qt.Key.Key_Return)
    assert desk.actions <= MOST_ACTIONS_TO_PEOPLE
    assert desk.window.clients.client_id == world.far


def test_quarters_are_walked_and_the_chosen_line_stays(desk: DeskWindow) -> None:
    shown = part(desk)
    assert not shown.later_button.isEnabled()
    assert shown.table.choose("rule-connect-to-work-earnings")
    assert "This rule judges nobody" in desk.words(shown.card)
    assert shown.table.choose("retention")
    assert shown.card.name.text() == "Clients who are keeping a job"
    desk.press("Earlier quarter", shown)
    assert "Wed 1 Jul 2026 to Wed 30 Sep 2026" in shown.which.text()
    current = shown.table.current_row()
    assert current is not None
    assert current.key == "retention"
    desk.press("Later quarter", shown)
    for column in range(shown.table.table.columnCount()):
        shown.table.table.sort(column, Qt.SortOrder.DescendingOrder)


def test_a_manager_sets_targets_and_working_time(desk: DeskWindow, vault: OpenVault) -> None:
    shown = part(desk)
    assert "working time is set" in desk.words(shown.card)
    desk.press("Targets and what counts", shown)
    desk.fill(shown.form.form, first_contact_days="30", contacts_a_week="6")
    desk.press("Save", shown.form)
    settings = ask(vault, quality_settings)
    assert (settings.first_contact_days, settings.contacts_a_week) == (30, 6)
    assert settings.hub_is_community
    desk.press("Set working time", shown)
    desk.fill(shown.form.form, coach_id=str(vault.coach_id), hundredths="80", from_on="1/9/2026")
    desk.press("Save", shown.form)
    words = "Ruth Ellison: 80% of full time from Tue 1 Sep 2026"
    assert words in desk.words(shown.time)
    desk.press(f"Correct: {words}", shown)
    desk.fill(shown.form.form, hundredths="60")
    desk.press("Save", shown.form)
    assert ask(vault, list_coach_times)[0].hundredths == 60
    desk.press("Take out: " + words.replace("80", "60"), shown)
    assert ask(vault, list_coach_times) == ()
    assert "Nobody’s working time is set" in desk.words(shown.time)


def test_others_change_nothing_and_a_refusal_stands_on_the_page(
    desk: DeskWindow, vault: OpenVault, world: TeamWorld
) -> None:
    wish = SetCoachTime(coach_id=vault.coach_id, from_on=dt.date(2026, 4, 1), hundredths=100)
    entry, _ = do(vault, set_coach_time, wish)
    shown = part(desk)
    world.act_as(Role.COACH)
    words = "Ruth Ellison: 100% of full time from Wed 1 Apr 2026"
    desk.press(f"Take out: {words}", shown)
    assert "Only a manager" in desk.said[-1].words
    assert ask(vault, list_coach_times)[0].id == entry
    shown = part(desk)
    page(desk.window.pages["team"], TeamPage).refresh()
    assert not shown.targets_button.isVisible()
    assert not shown.time.set_button.isVisible()
    world.act_as(Role.TRUSTEE)
    page(desk.window.pages["team"], TeamPage).refresh()
    assert "trustee" in desk.words(page(desk.window.pages["team"], TeamPage).refusal)
