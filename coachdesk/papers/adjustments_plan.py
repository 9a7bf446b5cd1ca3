"""The tailored adjustments plan on paper: what is needed, what was agreed, who sees to it, and room to sign."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from coachdesk.casework.adjustments_plan import (
    PLAN_TITLE,
    AdjustmentsPlan,
    PlanLine,
    PlanQuestion,
    check_plan,
    employer_paper,
    keep_ticks,
    read_plan_of_adjustments,
)
from coachdesk.casework.employer_papers import goes
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.papers.health_paper import (
    HealthPrint,
    Issue,
    facts,
    health_document,
    issue,
    printable,
    signatures,
)
from coachdesk.press.blocks import Block, Document, Heading, KeepTogether, Note, Quote, Text
from coachdesk.press.cells import date_words
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

PLAN_FILE = "adjustments-plan.pdf"
"""What the file is called: a name on a stick or in a list of print jobs names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintAdjustmentsPlan:
    """Set an adjustments plan on paper; ``target`` is the file, or a folder that gets one."""

    question: PlanQuestion
    target: Path
    size: HealthPrint = HealthPrint.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentsPaper:
    """All that an adjustments plan tells on paper."""

    plan: AdjustmentsPlan
    around: PlanAround


def read_adjustments_paper(session: Session, question: PlanQuestion) -> AdjustmentsPaper:
    """Return what a plan tells on paper.

    Raises Refusal as check_plan does, ReasonNeeded for a colleague's client.
    """
    check_plan(session, question)
    plan = read_plan_of_adjustments(session, question)
    return AdjustmentsPaper(plan=plan, around=read_plan_around(session, question.client_id, None))


def adjustments_document(paper: AdjustmentsPaper) -> Document:
    """Return a plan as a document."""
    blocks = _blocks(paper.plan, paper.around)
    return health_document(PLAN_TITLE, "Adjustments at work", paper.around, blocks, paper.plan.question.today)


def _blocks(plan: AdjustmentsPlan, around: PlanAround) -> Iterator[Block]:
    """Give the plan block by block, what is needed first."""
    name = printable(around.name)
    yield Heading(1, PLAN_TITLE)
    yield Text(
        f"What helps {name} to do this job well. The plan belongs to {name}: it is passed on only with their "
        "agreement, never automatically, and it changes when the job or the needs change."
    )
    yield facts(
        ("Name", around.name),
        ("Job", plan.job.title),
        ("Employer", plan.job.employer),
        ("Made on", date_words(plan.question.today)),
        ("Looked at again", f"By {date_words(plan.review_on)}, or when the job or the needs change"),
        ("How to talk with me", around.needs),
    )
    for number, line in enumerate(plan.lines, start=1):
        yield KeepTogether(tuple(_line(number, line)))
    if plan.hard_day:
        yield KeepTogether((Heading(2, "On a hard day"), Quote(printable(plan.hard_day))))
    yield KeepTogether(
        (Heading(2, "Signed"), *signatures(around.name, for_employer=plan.question.for_employer))
    )
    yield Note(
        "If something here does not work, say so early; it can be changed. This plan can be had in large print: "
        "please ask."
    )


def _line(number: int, line: PlanLine) -> Iterator[Block]:
    yield Heading(2, f"{number}. {printable(line.need)}")
    review = date_words(line.review_on) if line.review_on is not None else ""
    yield facts(
        ("Kind", line.kind),
        ("What was agreed", line.stands),
        ("Who sees to it", line.owner or "To be agreed"),
        ("In place since", date_words(line.in_place_on) if line.in_place_on is not None else ""),
        ("Looked at again", review),
        ("Why", line.why),
    )


def write_adjustments_plan(vault: OpenVault, wish: PrintAdjustmentsPlan, watch: Watch) -> Path:
    """Write a plan into one file and return where it lies; what goes to an employer is written down as passed on.

    Raises Refusal as ``read_adjustments_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the adjustments")
    with reading(vault) as session:
        paper = read_adjustments_paper(session, wish.question)
    question, plan = wish.question, paper.plan

    def leaves(session: Session) -> None:
        if question.for_employer:
            goes(session, employer_paper(question, plan.job.employer, plan.lines))
        keep_ticks(session, plan)

    told = Issue(
        client_id=question.client_id,
        document=adjustments_document(paper),
        size=wish.size,
        target=wish.target,
        file_name=PLAN_FILE,
        did="Printed the adjustments plan",
    )
    return issue(vault, told, leaves, watch)
