"""One working story through the window: sick, back step by step, two needs, another employer, and four funders' rules."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.outcome_rules import SaveRule, save_rule
from coachdesk.models import AdjustmentStep, CheckIn, Job
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.health_at_work.tab import HealthTab
from coachdesk.ui.outcomes.answer_line import AnswerLine
from coachdesk.ui.outcomes.sustained_card import SustainedCard
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import a_client, a_consent, an_enrolment, ask, do, furnished, keep, programme_id
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.slow]

TRUST = "a-trust-13-weeks-a-week-between-jobs"


@pytest.fixture
def maya(vault: OpenVault) -> UUID:
    """Return a client on IPS in primary care whose charity also has a trust's grant with a rule of its own."""
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session, "ips-primary-care")
    client = a_client(first_name="Maya", last_name="Okonkwo", coach_id=vault.coach_id)
    covered = "What they need at work"
    permission = a_consent(client, purpose="share_employer", data_covered=covered)
    keep(vault, client, an_enrolment(client, programme), permission)
    told = {"weeks": 13, "gap_days": 7}
    trust = SaveRule(
        key="", title="A trust: 13 weeks, a week between jobs", sort="milestone", told=told, source_note="Grant letter"
    )  # fmt: skip
    do(vault, save_rule, trust)
    return client.id


def work(desk: DeskWindow) -> WorkTab:
    desk.tab("work")
    return page(desk.view.parts[TABS.index("work")], WorkTab)


def health(desk: DeskWindow) -> HealthTab:
    desk.tab("health")
    return page(desk.view.parts[TABS.index("health")], HealthTab)


def save(desk: DeskWindow, side: SideForm, **typed: str) -> None:
    desk.fill(side.form, **typed)
    desk.click(side.save_button)
    desk.until(lambda: side.form is None)


def starts_work(desk: DeskWindow, employer: str, on: str, hours: str, pay: str) -> None:
    tab = work(desk)
    tab.start_job({})
    job = {"employer_name": employer, "started_on": on, "usual_hours": hours, "hourly_pay": pay}
    save(desk, tab.form, title="Baker", contract="permanent", employment_type="employee", **job)
    desk.until(lambda: f"Baker at {employer}" in desk.words(tab))


def off_sick_and_back(desk: DeskWindow, paper: Path) -> None:
    card = health(desk).absences
    desk.press("Record time off", card)
    spell = {"from_on": "15/6/2026", "fit_note_until": "28/6/2026", "may_be_fit": "yes"}
    save(desk, card.form, own_words="My back went", would_help="A lift to work", **spell)
    desk.press("Propose a phased return", card)
    save(desk, card.form, from_on="29/6/2026")
    assert "16 hours a week" in desk.words(card)
    desk.press("Back at work", card)
    save(desk, card.form, on="29/6/2026")
    desk.press("Agreed", card)
    save(desk, card.form, with_whom="Sam, shift lead")
    desk.press("Return plan…", card)
    desk.dialogs.script(paper)
    desk.click(card.plan.side.save_button)
    desk.until(lambda: "Ready to print" in card.plan.printing.found.text())


def two_needs(desk: DeskWindow) -> None:
    """Ask for two adjustments: one is agreed at once, one refused and agreed when it is asked again."""
    card = health(desk).adjustments
    for need, first in (("A stool at the counter", "Agreed"), ("Starting at ten", "Refused")):
        desk.press("Add a need", card)
        save(desk, card.form, need=need, why="My back")
        desk.press(f"Asked: {need}", card)
        save(desk, card.form, happened_on="29/6/2026")
        desk.press(f"{first}: {need}", card)
        save(
            desk,
            card.form,
            happened_on="1/7/2026",
            note="Not on the early shift" if first == "Refused" else "",
        )
    desk.press("Asked again: Starting at ten", card)
    save(desk, card.form, happened_on="6/7/2026")
    desk.press("Agreed: Starting at ten", card)
    save(desk, card.form, happened_on="8/7/2026")
    for need in ("A stool at the counter", "Starting at ten"):
        desk.press(f"In place: {need}", card)
        save(desk, card.form, happened_on="13/7/2026")
    words = desk.words(card)
    assert "14 days from asked to in place" in words
    assert "Refused: Not on the early shift" in words


def adjustments_paper(desk: DeskWindow, paper: Path) -> None:
    card = health(desk).adjustments
    desk.press("Adjustments plan…", card)
    desk.dialogs.script(paper)
    desk.click(card.plan.side.save_button)
    desk.until(lambda: "Ready to print" in card.plan.printing.found.text())


def changes_employer(desk: DeskWindow) -> None:
    """Leave in week 9; five days later the next job begins, and both needs go along."""
    tab = work(desk)
    desk.press("Baker at Bay Bakery has ended", tab)
    save(desk, tab.form, ended_on="9/8/2026", end_reason="chose_new_job")
    starts_work(desk, "Lake Hotel", "15/8/2026", "20", "13.00")
    card = health(desk).adjustments
    assert "2 needs could go along" in desk.words(card)
    desk.press("Take along…", card)
    desk.click(card.form.save_button)
    desk.until(lambda: "could go along" not in desk.words(card))


def still_there(desk: DeskWindow) -> None:
    tab = work(desk)
    desk.press("Record it", tab.check_ins)
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.fill(desk.view.contact_form.form, still_there="yes")
    desk.click(desk.view.contact_form.save_button)
    desk.until(lambda: desk.view.contact_form.form is None)


def verdicts(desk: DeskWindow) -> dict[str, AnswerLine]:
    work(desk)
    (card,) = seen(desk.view, SustainedCard)
    return {line.answer.key: line for line in card.answers()}


def look_at(desk: DeskWindow, key: str) -> None:
    (card,) = seen(desk.view, SustainedCard)
    place = card.others.findData(key)
    card.others.setCurrentIndex(place)
    card.others.activated.emit(place)


def read(path: Path) -> str:
    return " ".join(" ".join(words for _, words in Paper(path.read_bytes()).read()).split())


def test_a_working_story_is_counted_by_each_funder_in_its_own_way(
    vault: OpenVault, maya: UUID, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault)
    desk.open(maya)
    starts_work(desk, "Bay Bakery", "8/6/2026", "16", "12.71")
    off_sick_and_back(desk, tmp_path / "return.pdf")
    two_needs(desk)
    adjustments_paper(desk, tmp_path / "adjustments.pdf")
    changes_employer(desk)
    still_there(desk)
    look_at(desk, "whp-earnings")
    said = {key: line.verdict.text() for key, line in verdicts(desk).items()}
    assert said["in-work-13"] == "Not reached, and cannot be any more"
    assert said[TRUST] == "Reached on 7 Sep 2026"
    assert said["ipspc-baseline"].startswith("Reached on ")
    assert said["whp-earnings"].startswith("Not reached yet: ")
    for line in list(verdicts(desk).values()):
        if line.answer.key in ("in-work-13", TRUST, "ipspc-baseline", "whp-earnings"):
            shown = verdicts(desk)[line.answer.key]
            if shown.how_button.accessibleName().startswith("Show how"):
                desk.click(shown.how_button)
            shown = verdicts(desk)[line.answer.key]
            assert shown.height() < desk.window.height(), line.answer.key
    desk.click(verdicts(desk)["in-work-13"].how_button)
    assert "Days in no job from then to 7 Sep 2026: 5 days; allowed: 0." in desk.words(
        verdicts(desk)["in-work-13"]
    )

    jobs = ask(vault, lambda s, _: list(s.scalars(select(Job).order_by(Job.started_on))))
    assert [(job.started_on.isoformat(), job.ended_on and job.ended_on.isoformat()) for job in jobs] == [
        ("2026-06-08", "2026-08-09"),
        ("2026-08-15", None),
    ]
    held = ask(vault, lambda s, _: s.scalars(select(CheckIn)).one())
    assert (held.job_id, held.done_on, held.still_there) == (jobs[1].id, TODAY, "yes")
    events = ask(vault, lambda s, _: list(s.scalars(select(AdjustmentStep.event))))
    # each need says it twice: in the story it leaves and in the one that begins
    assert (events.count("refused"), events.count("agreed"), events.count("moved")) == (1, 2, 4)
    plan, back = read(tmp_path / "adjustments.pdf"), read(tmp_path / "return.pdf")
    assert "A stool at the counter" in plan
    assert "Starting at ten" in plan
    assert "A lift to work" in back
    assert "My back" not in plan + back  # why stays between the two of them
