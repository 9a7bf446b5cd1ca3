"""Health at work through the window: refused and later agreed, printed with permission; sick, and back step by step."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sqlalchemy import select

from coachdesk.models import (
    Absence,
    AccessToWork,
    Adjustment,
    AdjustmentStep,
    Client,
    DisclosureDecision,
    Job,
    ReturnStep,
    Sharing,
    new_id,
)
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.form import Form
from coachdesk.ui.health_at_work.tab import HealthTab
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
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
        [ask(vault, lambda s, _: s.scalars(select(Adjustment.id)).one()).hex]
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


def test_what_is_still_needed_goes_along_to_the_next_job(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    client, job = the_client(vault, caseload), found(vault, Job, caseload.job)
    shop, cafe = an_employer(name="Corner Shop"), an_employer(name="Cafe & Co")
    keep(vault, shop, cafe)
    with unit_of_work(vault, label="Ended") as work:
        work.session.merge(job).ended_on = days_ago(5)
    keep(
        vault,
        a_job(client, shop, started_on=days_ago(1), title="Baker"),
        a_job(client, cafe, started_on=days_ago(2)),
        an_adjustment(
            client, job_id=job.id, is_working="yes", review_on=TODAY, may_say_why=True, why="Noise"
        ),
        an_adjustment(client, need="A fan", job_id=job.id, in_place_on=days_ago(9), ended_on=days_ago(6)),
        DisclosureDecision(
            client_id=client.id, employer_id=shop.id, decision="tell", what="My needs", decided_on=days_ago(1)
        ),
    )
    tab = health(desk, caseload.late)
    card = tab.adjustments
    assert "Now: Baker at Corner Shop" in tab.job.text()
    assert "What Corner Shop may be told: " in tab.job.text()
    words = desk.words(card)
    assert "1 need could go along to Baker at Corner Shop." in words
    assert "Until Tue 29 Sep 2026" in words
    assert "Why (may be told): Noise" in words
    assert "Does it work? Yes" in words
    assert "It is time to look at it again." in words
    desk.press("Take along…", card)
    desk.click(card.form.save_button)
    words = desk.words(card)
    assert "could go along" not in words
    assert "Taken along to the next job: From the job before" in words
    desk.press("Change: A quiet corner", card)
    save(desk, card.form, owner="Ola", category="premises")
    assert "Who sees to it: Ola" in desk.words(card)
    desk.press("Add a need", card)
    save(desk, card.form, need="A stool", job_id="")
    assert "Not for one job yet" in desk.words(card)
    assert "1 need could go along" in desk.words(card)
    desk.press("Remove: A stool", card)
    assert "A stool" not in desk.words(card)
    desk.press("In place: A quiet corner", card)
    desk.click(card.form.save_button)
    desk.press("Looked at again: A quiet corner", card)
    save(desk, card.form, is_working="no", note="Still too loud")
    assert "Does it work? No" in desk.words(card)
    desk.press("No longer needed: A quiet corner", card)
    desk.click(card.form.save_button)
    assert "Until Mon 5 Oct 2026" in desk.words(card)
    desk.press("History of “A fan”", card)
    desk.until(lambda: "Kept for a test" in desk.words(desk.view))


def test_access_to_work_from_the_draft_to_the_money(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    tab = health(desk, caseload.late)
    card = tab.access
    assert "best between Tue 23 Jun 2026 and Tue 27 Oct 2026" in desk.words(card)
    desk.press("Begin a case", card)
    save(desk, card.form, reference="AtW 1")
    assert "Apply by 27 October 2026" in desk.words(card)
    called = "Access to Work for Bay Bakery"
    desk.press(f"Draft sheet: {called}", card)
    sheet = card.sheet
    for said in ("90 minutes", "0800 121 7479", "No diagnosis is needed", "From the record."):
        assert said in desk.words(sheet)
    desk.press("Copy: Additional information", sheet)
    assert "Nothing is written in “Additional information” yet." in sheet.copied.text()
    desk.fill(sheet.side.form, hard="The noise after two")
    desk.press("Copy: Support from Access to Work", sheet)
    assert QGuiApplication.clipboard().text().endswith("and why\nThe noise after two")
    assert "leaves the clipboard after 60 seconds, and when the vault is locked" in sheet.copied.text()
    desk.dialogs.script(tmp_path / "draft.pdf")
    desk.press("Save and print…", sheet)
    assert "Ready to print" in sheet.printing.found.text()
    assert "The noise after two" in read(tmp_path / "draft.pdf")
    case = ask(vault, lambda s, _: s.scalars(select(AccessToWork)).one())
    assert case.draft == {"hard": "The noise after two"}
    desk.press(f"Go on with the draft sheet: {called}", card)
    desk.press("Put away", sheet)
    assert not sheet.copying.isVisible()
    desk.press(f"Change: {called}", card)
    desk.fill(card.form.form, stage="submitted")
    desk.click(card.form.save_button)
    assert "submitted_on" in form_of(card.form).refusals()
    save(desk, card.form, submitted_on=days_ago(28).strftime("%d/%m/%Y"))
    assert "It is time to ask how it stands." in desk.words(card)
    before = desk.actions
    desk.press(f"Chased today: {called}", card)
    assert desk.actions - before <= MOST_TO_CHASE
    assert "Asked how it stands: Mon 5 Oct 2026" in desk.words(card)
    desk.press(f"Change: {called}", card)
    save(desk, card.form, stage="refused", decided_on="today")
    desk.press(f"Ask them to look again: {called}", card)
    desk.press(f"Change: {called}", card)
    save(desk, card.form, stage="awarded", employer_share="250", expires_on="1/1/2027", note="Chair and taxi")
    assert "£250.00" in desk.words(card)
    desk.press(f"Add an item: {called}", card)
    save(
        desk,
        card.form,
        what="Taxi",
        amount="84.50",
        per="week",
        sort="travel",
        from_on="today",
        until_on="1/1/2027",
    )
    desk.press("Change: Taxi", card)
    save(desk, card.form, in_place_on="today")
    assert "£84.50 a week" in desk.words(card)
    assert "in place since Mon 5 Oct 2026" in desk.words(card)
    desk.press(f"Add a claim: {called}", card)
    save(desk, card.form, amount="169", sent_on="today")
    assert "not paid yet" in desk.words(card)
    desk.press("Change: Claim", card)
    save(desk, card.form, amount="170")
    desk.press("Paid today: Claim", card)
    assert "Claim of £170.00  ·  sent Mon 5 Oct 2026  ·  paid Mon 5 Oct 2026" in desk.words(card)
    desk.press("Remove: Claim", card)
    desk.press("Remove: Taxi", card)
    assert "Taxi" not in desk.words(card).replace("Chair and taxi", "")
    desk.press("Begin another case", card)
    save(desk, card.form, job_id="")
    desk.press("Remove: Access to Work", card)
    desk.press(f"Change: {called}", card)
    save(desk, card.form, stage="refused")
    desk.press(f"Leave it at that: {called}", card)
    assert "Ended" in desk.words(card)
    assert ask(vault, lambda s, _: s.scalars(select(AccessToWork.closed_on)).first()) == TODAY


def test_what_was_typed_is_found_again_and_another_client_sees_none_of_it(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    client = the_client(vault, caseload)
    one = an_adjustment(client, job_id=caseload.job, why="Noise")
    case = AccessToWork(client_id=client.id)
    spell = Absence(client_id=client.id, job_id=caseload.job, from_on=days_ago(9), fit_note_advice="Less")
    keep(vault, one, case, spell)
    step = ReturnStep(client_id=client.id, absence_id=spell.id, from_on=TODAY)
    keep(vault, step)
    tab = health(desk, caseload.late)
    opened = {
        f"need:{client.id.hex}": tab.adjustments.form,
        f"asked:{one.id.hex}": tab.adjustments.form,
        f"plan:{caseload.job.hex}": tab.adjustments.plan.side,
        f"sheet:{case.id.hex}": tab.access.sheet.side,
        f"case:{client.id.hex}": tab.access.form,
        f"off:{client.id.hex}": tab.absences.form,
        f"step:{spell.id.hex}": tab.absences.form,
        f"return:{spell.id.hex}": tab.absences.plan.side,
    }
    for key, side in opened.items():
        desk.view.go_on(f"health:{key}")
        assert side.form is not None, key
    plan, back = tab.adjustments.plan, tab.absences.plan
    for strange in (
        "need",
        "change",
        "remove",
        "asked",
        "along",
        "case-change",
        "claim-paid",
        "off-change",
        "went",
    ):
        desk.view.go_on(f"health:{strange}:{new_id().hex}")
    desk.open(caseload.coming)
    assert all(side.form is None for side in opened.values())
    assert "No job at the moment" in tab.job.text()
    assert "When there is a job" in desk.words(tab.absences)
    tab.adjustments.go_on("need", caseload.coming.hex)
    assert tab.adjustments.form.form is not None
    desk.open(caseload.late)
    tab.show_client(caseload.coming)
    tab.go_on("need", "")
    desk.open(caseload.late)

    desk.press("Adjustments plan…", tab.adjustments)
    form = form_of(plan.side)
    assert "Nothing yet" not in plan.text.text()
    form.input("chosen").set_raw([])
    form.input("whom").set_raw("client")
    form.input("say_hard_day").set_raw(raw=True)
    desk.fill(form, hard_day="Ten minutes alone")
    form.changed.emit()
    assert "Nothing yet: choose what stands on it." in plan.text.text()
    assert "On a hard day: Ten minutes alone" in plan.text.text()
    desk.click(plan.side.save_button)
    assert "chosen" in form.refusals()
    form.input("chosen").set_raw([one.id.hex])
    desk.dialogs.script(None)
    desk.click(plan.side.save_button)
    assert not plan.printing.isVisible()
    desk.press("Return plan…: Time off since Sat 26 Sep 2026", tab.absences)
    desk.fill(form_of(back.side), override_reason="It cannot wait")
    desk.dialogs.script(tmp_path / "no" / "such.pdf")
    (tmp_path / "no").write_text("in the way")
    desk.click(back.side.save_button)
    assert desk.said or back.printing.isVisible()
    assert ask(vault, lambda s, _: list(s.scalars(select(Sharing.id)))) == []
