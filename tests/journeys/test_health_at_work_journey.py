"""Health at work through the window: refused and later agreed, printed with permission; sick, and back step by step."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from coachdesk.casework.access_to_work_sheet import sheet_form
from coachdesk.models import AccessToWork, Adjustment, AdjustmentStep, Client, Employer, Job, Sharing
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.form import Form
from coachdesk.ui.health_at_work.tab import HealthTab
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import a_consent, a_job, an_adjustment, an_employer, ask, days_ago, found, job_terms, keep
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_FOR_A_STEP = 4
MOST_TO_CHASE = 1


def health(desk: DeskWindow, client: UUID) -> HealthTab:
    desk.open(client)
    desk.tab("health")
    return page(desk.view.parts[TABS.index("health")], HealthTab)


def form_of(side: SideForm) -> Form:
    assert side.form is not None
    return side.form


def save(desk: DeskWindow, side: SideForm, **typed: str) -> None:
    desk.fill(side.form, **typed)
    desk.click(side.save_button)
    assert side.form is None


def read(path: Path) -> str:
    return " ".join(" ".join(words for _, words in Paper(path.read_bytes()).read()).split())


def the_client(vault: OpenVault, caseload: Caseload) -> Client:
    return found(vault, Client, caseload.late)


def test_refused_then_agreed_in_place_and_printed_for_the_employer(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    tab = health(desk, caseload.late)
    card = tab.adjustments
    assert "Now: Bay Bakery" in tab.job.text()
    assert "No adjustments yet" in desk.words(card)
    desk.press("Add a need", card)
    save(desk, card.form, need="A quiet corner & a lamp", why="Noise hurts", category="premises")
    assert "Not asked yet" in desk.words(card)
    before = desk.actions
    desk.press("Asked", card)
    form_of(card.form).focus_first()
    desk.control(Qt.Key.Key_Return)
    assert desk.actions - before <= MOST_FOR_A_STEP
    desk.press("Refused", card)
    desk.click(card.form.save_button)
    assert "note" in form_of(card.form).refusals()
    save(desk, card.form, note="No room", with_whom="Sam")
    words = desk.words(card)
    assert "What else can be tried" in words
    assert "Refused, Sam: No room" in words
    desk.press("Asked again", card)
    desk.click(card.form.save_button)
    desk.press("Agreed", card)
    save(desk, card.form, note="The back office", owner="Sam")
    desk.press("In place", card)
    desk.click(card.form.save_button)
    words = desk.words(card)
    assert "0 days from asked to in place" in words
    assert "Agreed: The back office" in words
    assert "Why (only here): Noise hurts" in words
    events = ask(
        vault, lambda s, _: list(s.scalars(select(AdjustmentStep.event).order_by(AdjustmentStep.id)))
    )
    assert events == ["asked", "refused", "asked", "agreed", "in_place"]

    desk.press("Adjustments plan…", card)
    plan = card.plan
    assert "The client has given no permission" in desk.words(plan)
    assert "1. A quiet corner & a lamp" in plan.text.text()
    assert "Noise hurts" not in plan.text.text()
    desk.click(plan.side.save_button)
    assert "override_reason" in form_of(plan.side).refusals()
    client = the_client(vault, caseload)
    keep(
        vault,
        a_consent(client, purpose="share_employer", data_covered="What they need at work"),
    )
    form_of(plan.side).changed.emit()
    assert "The client agreed to this on" in desk.words(plan)
    form_of(plan.side).input("say_why").set_raw(
        [ask(vault, lambda s, _: s.scalar(select(Adjustment.id))).hex]
    )
    form_of(plan.side).changed.emit()
    assert "Why: Noise hurts" in plan.text.text()
    assert "does not cover this: Health" in desk.words(plan)
    form_of(plan.side).input("say_why").set_raw([])
    desk.dialogs.script(tmp_path / "plan.pdf")
    desk.click(plan.side.save_button)
    assert "Ready to print" in plan.printing.found.text()
    told = read(tmp_path / "plan.pdf")
    assert "Tailored adjustments plan" in told
    assert "A quiet corner & a lamp" in told
    assert "Noise hurts" not in told
    (sharing,) = ask(vault, lambda s, _: list(s.scalars(select(Sharing))))
    assert (sharing.recipient, sharing.override_reason) == ("Bay Bakery", "")
    assert sharing.consent_id is not None


def test_sick_and_back_step_by_step_with_a_plan_printed(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    keep(vault, job_terms(found(vault, Job, caseload.job), usual_minutes=1800))
    tab = health(desk, caseload.late)
    card = tab.absences
    desk.press("Record time off", card)
    save(
        desk, card.form, from_on=days_ago(10).strftime("%d/%m/%Y"),
        own_words="Could not sleep", fit_note_until=days_ago(-3).strftime("%d/%m/%Y"), may_be_fit="yes",
        fit_note_advice="Shorter days", would_help="A lift to work",
    )  # fmt: skip
    words = desk.words(card)
    assert "Away for 11 days" in words
    assert "The fit note ends on 8 October 2026" in words
    desk.press("Propose a phased return", card)
    save(desk, card.form, from_on=TODAY.strftime("%d/%m/%Y"))
    words = desk.words(card)
    assert "12 hours a week" in words
    assert "30 hours a week" in words
    desk.press("Change: Step 2", card)
    save(desk, card.form, hours="16", days="Mon to Thu", duties="No heavy trays")
    desk.press("Back at work", card)
    desk.click(card.form.save_button)
    assert "Back after 10 days" in desk.words(card)
    desk.press("How did it go?: Step 1", card)
    save(desk, card.form, how_it_went="Tired, but glad")
    desk.press("Agreed", card)
    save(desk, card.form, with_whom="Sam, shift lead")
    assert "Plan agreed on Mon 5 Oct 2026 with Sam, shift lead" in desk.words(card)
    desk.press("Return plan…", card)
    form = form_of(card.plan.side)
    assert "A lift to work" in card.plan.text.text()
    assert "Shorter days" not in card.plan.text.text()
    desk.fill(form, whom="client", size="large")
    form.input("say_fit_note").set_raw(raw=True)
    form.changed.emit()
    assert "A copy for the client needs no permission." in desk.words(card.plan)
    assert "What the fit note says: Shorter days" in card.plan.text.text()
    desk.dialogs.script(tmp_path / "return.pdf")
    desk.click(card.plan.side.save_button)
    told = read(tmp_path / "return.pdf")
    for said in ("16 hours", "Mon to Thu", "No heavy trays", "A lift to work", "Shorter days"):
        assert said in told
    for kept in ("Could not sleep", "Tired, but glad"):
        assert kept not in told
    assert ask(vault, lambda s, _: list(s.scalars(select(Sharing.id)))) == []
    desk.press("Remove: Step 4", card)
    assert "Step 4" not in desk.words(card)
