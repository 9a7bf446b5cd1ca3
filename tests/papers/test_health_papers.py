"""The three papers of health at work: what they tell and never tell, in both sizes, tagged, written whole."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.access_to_work_sheet import SheetOf
from coachdesk.casework.adjustments_plan import PlanQuestion
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.return_plan import ReturnQuestion
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import (
    Absence,
    AccessToWork,
    Adjustment,
    Organisation,
    ReturnStep,
    Sharing,
)
from coachdesk.papers.access_to_work_sheet import PrintSheet, read_sheet_paper, sheet_document, write_sheet
from coachdesk.papers.adjustments_plan import (
    PrintAdjustmentsPlan,
    adjustments_document,
    read_adjustments_paper,
    write_adjustments_plan,
)
from coachdesk.papers.health_paper import BY_HAND, HealthPrint, health_print_choices, health_style, size_for
from coachdesk.papers.return_plan import (
    PrintReturnPlan,
    read_return_paper,
    return_document,
    write_return_plan,
)
from coachdesk.press.blocks import Document
from coachdesk.press.pdf import pdf
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_consent,
    a_job,
    an_adjustment,
    an_employer,
    ask,
    days_ago,
    furnished,
    job_terms,
    keep,
)
from tests.press.paper import Paper
from tests.vault_fixtures import TODAY

SIZES = tuple(HealthPrint)


class Papers:
    """A client with a need, a case and a spell away, and the questions of their papers."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.client = a_client(known_as="Mimi", coach_id=vault.coach_id, communication_needs="Large print")
        employer = an_employer()
        self.job = a_job(self.client, employer, title="Baker")
        self.need = an_adjustment(
            self.client, job_id=self.job.id, why="Noise hurts", category="premises", decision="agreed",
            decided_on=days_ago(3), agreed="The back office", in_place_on=days_ago(2), review_on=days_ago(-90),
        )  # fmt: skip
        self.spell = Absence(
            client_id=self.client.id, job_id=self.job.id, from_on=days_ago(10), own_words="Could not sleep",
            would_help="A lift", fit_note_advice="Shorter days", return_on=TODAY, plan_agreed_on=TODAY,
            plan_agreed_with="Sam",
        )  # fmt: skip
        self.case = AccessToWork(client_id=self.client.id, job_id=self.job.id, draft={"hard": "The noise"})
        keep(vault, self.client, employer)
        keep(vault, self.job)
        keep(vault, job_terms(self.job, usual_minutes=1800), self.need, self.spell, self.case)
        keep(vault, self._step(0, to_on=days_ago(-6), week_minutes=960, days="Mon", duties="No trays"))
        keep(vault, self._step(7, place="Home"))

    def _step(self, after: int, **values: object) -> ReturnStep:
        return ReturnStep(
            client_id=self.client.id,
            absence_id=self.spell.id,
            from_on=TODAY + dt.timedelta(days=after),
            **values,
        )

    @property
    def plan(self) -> PlanQuestion:
        return PlanQuestion(
            client_id=self.client.id, job_id=self.job.id, today=TODAY, say_why=(), override_reason="Asked"
        )

    @property
    def way_back(self) -> ReturnQuestion:
        return ReturnQuestion(absence_id=self.spell.id, today=TODAY, override_reason="Asked")

    @property
    def sheet(self) -> SheetOf:
        return SheetOf(case_id=self.case.id, today=TODAY)

    def change(self, kind: type, key: UUID, **values: object) -> None:
        with unit_of_work(self.vault, label="Changed") as work:
            record: Any = work.session.get_one(kind, key)
            for name, value in values.items():
                setattr(record, name, value)

    def documents(self, size: HealthPrint) -> tuple[Document, Document, Document]:
        with reading(self.vault) as session:
            return (
                adjustments_document(read_adjustments_paper(session, self.plan)),
                return_document(read_return_paper(session, self.way_back), size),
                sheet_document(read_sheet_paper(session, self.sheet)),
            )

    def shared(self) -> list[Sharing]:
        return ask(self.vault, lambda s, _: list(s.query(Sharing)))


@pytest.fixture
def papers(vault: OpenVault) -> Papers:
    return Papers(vault)


def heard(document: Document, size: HealthPrint = HealthPrint.STANDARD) -> str:
    paper = Paper(pdf(document, style=health_style(size)))
    assert paper.loose_paint() == []
    assert "Mimi" not in str(paper.pdf.docinfo.get("/Title"))
    return " ".join(" ".join(words for _, words in paper.read()).split())


def test_the_sizes_have_their_words_and_are_proposed_by_the_clients_needs() -> None:
    assert health_print_choices() == (("standard", "Standard"), ("large", "Large print (18 point)"))
    assert health_style(HealthPrint.LARGE).small == 18
    assert (size_for("LARGE PRINT please"), size_for("")) == (HealthPrint.LARGE, HealthPrint.STANDARD)


@pytest.mark.parametrize("size", SIZES)
def test_each_paper_tells_what_it_is_for_and_never_the_reason(papers: Papers, size: HealthPrint) -> None:
    plan, way_back, sheet = (heard(one, size) for one in papers.documents(size))
    for said in (
        "Tailored adjustments plan",
        "1. A quiet corner",
        "Agreed on 2 October 2026: The back office",
    ):
        assert said in plan
    for said in ("In place since 3 October 2026", "3 January 2027", "For the employer", "Date", "Baker"):
        assert said in plan
    assert "Why" not in plan
    for said in ("Return to work plan", "5 October 2026", "16 hours", "No trays", "Home", "Open", "A lift"):
        assert said in way_back
    assert "with Sam" in way_back
    for said in ("About you", "Employment", "Support from Access to Work", "Additional information"):
        assert said in sheet
    for said in ("90 minutes", "0800 121 7479", "The noise", "Maya Okonkwo", "30 hours a week"):
        assert said in sheet
    for kept in ("Noise hurts", "Could not sleep", "Shorter days"):
        assert kept not in plan + way_back + sheet


def test_what_is_ticked_is_told(papers: Papers) -> None:
    ticked = replace(papers.plan, say_why=(papers.need.id,), hard_day="Ten minutes", for_employer=False)
    noted = replace(papers.way_back, say_fit_note=True, for_employer=False, say_helps=False)
    papers.change(Absence, papers.spell.id, plan_agreed_on=None, return_on=None)
    with reading(papers.vault) as session:
        plan = heard(adjustments_document(read_adjustments_paper(session, ticked)))
        way_back = heard(return_document(read_return_paper(session, noted), HealthPrint.STANDARD))
    assert "Why Noise hurts" in plan
    assert "On a hard day Ten minutes" in plan
    assert "Who else agrees" in plan
    assert "Shorter days" in way_back
    assert "A lift" not in way_back
    assert "Not agreed yet: this is a draft to talk about" in way_back


def test_a_step_that_was_looked_at_says_when_and_an_agreement_may_name_nobody(papers: Papers) -> None:
    papers.change(Absence, papers.spell.id, plan_agreed_with="")
    with unit_of_work(papers.vault, label="Looked") as work:
        step = work.session.query(ReturnStep).order_by(ReturnStep.from_on).first()
        assert step is not None
        step.looked_at_on, step.how_it_went = TODAY, "Tired"
    for size in SIZES:
        told = heard(papers.documents(size)[1], size)
        assert "Agreed 5 October 2026" in told
        assert "Tired" not in told


def test_letters_no_face_holds_are_left_to_be_written_in(papers: Papers) -> None:
    papers.change(Adjustment, papers.need.id, need="我想工作", in_place_on=None, review_on=None)
    with unit_of_work(papers.vault, label="Practice") as work:
        work.session.query(Organisation).one().is_practice = True
    plan = papers.documents(HealthPrint.STANDARD)[0]
    assert plan.watermark is not None
    told = heard(plan)
    assert f"1. {BY_HAND}" in told
    assert "In place since" not in told


def test_a_paper_for_the_employer_is_written_down_as_passed_on(papers: Papers, tmp_path: Path) -> None:
    quiet = Watch.silent()
    first = write_adjustments_plan(
        papers.vault, PrintAdjustmentsPlan(question=papers.plan, target=tmp_path), quiet
    )
    again = write_adjustments_plan(
        papers.vault, PrintAdjustmentsPlan(question=papers.plan, target=tmp_path), quiet
    )
    back = write_return_plan(
        papers.vault, PrintReturnPlan(question=papers.way_back, target=tmp_path / "named"), quiet
    )
    assert [one.name for one in (first, again, back)] == [
        "adjustments-plan.pdf",
        "adjustments-plan-2.pdf",
        "named.pdf",
    ]
    shared = papers.shared()
    assert [one.what.split(".")[0] for one in shared] == [
        "Tailored adjustments plan", "Tailored adjustments plan", "Return to work plan",
    ]  # fmt: skip
    assert {(one.recipient, one.override_reason, one.sort) for one in shared} == {
        ("Bay Bakery", "Asked", "export")
    }
    assert shared[0].what == "Tailored adjustments plan. It tells: What they need at work."
    labels = [
        one.label for one in ask(papers.vault, read_history, HistoryQuestion(client_id=papers.client.id))
    ]
    assert labels[:2] == ["Printed the return to work plan of MO", "Printed the adjustments plan of MO"]


def test_a_copy_for_the_client_and_the_sheet_are_passed_on_to_nobody(papers: Papers, tmp_path: Path) -> None:
    own = replace(papers.plan, for_employer=False, override_reason="")
    mine = replace(papers.way_back, for_employer=False, override_reason="")
    quiet = Watch.silent()
    write_adjustments_plan(papers.vault, PrintAdjustmentsPlan(question=own, target=tmp_path), quiet)
    write_return_plan(papers.vault, PrintReturnPlan(question=mine, target=tmp_path), quiet)
    sheet = write_sheet(papers.vault, PrintSheet(question=papers.sheet, target=tmp_path / "own.pdf"), quiet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert papers.shared() == []


def test_without_permission_and_reason_nothing_is_written(papers: Papers, tmp_path: Path) -> None:
    wish = PrintAdjustmentsPlan(question=replace(papers.plan, override_reason=""), target=tmp_path)
    with pytest.raises(Refusal, match="no permission"):
        write_adjustments_plan(papers.vault, wish, Watch.silent())
    assert list(tmp_path.glob("*.pdf")) == []
    keep(
        papers.vault,
        a_consent(papers.client, purpose="share_employer", data_covered="What they need at work"),
    )
    assert write_adjustments_plan(papers.vault, wish, Watch.silent()).exists()
    (sharing,) = papers.shared()
    assert (sharing.consent_id is not None, sharing.override_reason) == (True, "")


def test_a_paper_that_is_stopped_leaves_nothing(papers: Papers, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_sheet(
            papers.vault,
            PrintSheet(question=papers.sheet, target=tmp_path),
            Watch(cancelled=lambda: True),
        )
    assert list(tmp_path.glob("*.pdf")) == []
