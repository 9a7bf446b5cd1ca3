"""At risk in work, in the window: on Today and on the team's page, each with its reasons, and what a manager may set."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.risk_thresholds import risk_thresholds
from coachdesk.models import Client
from coachdesk.terms import Role
from coachdesk.ui.team.page import TeamPage
from coachdesk.ui.team.work_risk_part import WorkRiskPart
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import a_check_in, a_job, an_adjustment, an_employer, ask, days_ago, keep
from tests.ui.team.team_world import TeamWorld

pytestmark = pytest.mark.journey


def at_risk(vault: OpenVault, client_id: UUID, **said: object) -> None:
    client = ask(vault, lambda s, _: s.get_one(Client, client_id))
    employer = an_employer(name=f"Elm Care {client.first_name}")
    job = a_job(client, employer, started_on=days_ago(6))
    keep(vault, employer, job, a_check_in(job, done_on=days_ago(1), due_on=days_ago(-1), **said))
    if client.first_name == "Far":
        keep(vault, an_adjustment(client, need="A stool", decision="refused", decided_on=days_ago(3)))


def part(desk: DeskWindow) -> WorkRiskPart:
    return page(desk.window.pages["team"], TeamPage).work_risk


def test_today_tells_the_most_pressing_and_leads_to_all_of_them(
    desk: DeskWindow, vault: OpenVault, world: TeamWorld
) -> None:
    assert not desk.today.work_risk.isVisible()
    at_risk(vault, world.mine, areas={"role": "hard"})
    at_risk(vault, world.far, risk_of_leaving=8)
    desk.today.refresh()
    card = desk.today.work_risk
    assert card.count.text() == "1 job"
    assert "Hard, said on 4 Oct: Knowing what is expected of you" in desk.words(card)
    desk.click(card.all_button)
    shown = part(desk)
    assert shown.isVisible()
    assert [one.name for one in shown.jobs.table.rows()] == ["Far Nowak", "Maya Okonkwo"]
    assert shown.summary.text() == "2 of 3 jobs that go on"
    assert shown.whole.text() == (
        "Far Nowak\n• 8 of 10 likely to leave, said on 4 Oct\n• Asked for and refused: A stool"
    )
    shown.jobs.choose(shown.jobs.table.rows()[1].job_id)
    assert shown.whole.text().startswith("Maya Okonkwo\n• Hard")
    desk.click(shown.open_button)
    desk.until(lambda: desk.view.header.name.text() == "Maya Okonkwo")
    desk.window.go("today")
    desk.press("Open Maya Okonkwo’s page: Hard, said on 4 Oct: Knowing what is expected of you", desk.today)
    desk.until(lambda: desk.view.header.name.text() == "Maya Okonkwo")


def test_nobody_at_risk_is_said_and_enter_opens_who_is(
    desk: DeskWindow, vault: OpenVault, world: TeamWorld
) -> None:
    desk.window.go("team")
    page(desk.window.pages["team"], TeamPage).tabs.setCurrentIndex(1)
    shown = part(desk)
    assert "Nobody stands here" in desk.words(shown)
    assert not shown.open_button.isVisible()
    at_risk(vault, world.near, still_there="not_known")
    shown.refresh()
    shown.jobs.setFocus()
    shown.jobs.choose(shown.jobs.table.rows()[0].job_id)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Near Nowak")


def test_a_manager_sets_when_a_reason_counts_and_a_coach_only_reads_it(
    desk: DeskWindow, vault: OpenVault, world: TeamWorld
) -> None:
    at_risk(vault, world.mine, risk_of_leaving=7)
    desk.window.go("team")
    page(desk.window.pages["team"], TeamPage).tabs.setCurrentIndex(1)
    shown = part(desk)
    assert "Likely to leave: 7 of 10 or more" in shown.limits_words.text()
    desk.press("Change when a reason counts", shown)
    desk.fill(shown.form.form, leaving_from="9", source="Agreed in March")
    desk.press("Save", shown.form)
    assert "Likely to leave: 9 of 10 or more" in shown.limits_words.text()
    assert shown.limits_words.text().endswith("Source: Agreed in March.")
    assert ask(vault, risk_thresholds).leaving_from == 9
    assert not shown.jobs.table.rows()
    world.act_as(Role.COACH)
    desk.window.pages["team"].refresh()
    assert not shown.limits_button.isVisible()
