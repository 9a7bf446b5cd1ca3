"""The return-to-work plan on paper: step by step from when, how many hours, what and where; never what the illness is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from coachdesk.casework.absences import ReturnStepRow
from coachdesk.casework.employer_papers import goes
from coachdesk.casework.pay import hours_words
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.casework.return_plan import (
    RETURN_TITLE,
    ReturnPlan,
    ReturnQuestion,
    check_return_plan,
    employer_return,
    read_return_plan,
)
from coachdesk.papers.health_paper import (
    HealthPrint,
    Issue,
    facts,
    health_document,
    issue,
    printable,
    signatures,
)
from coachdesk.press.blocks import Block, Document, Heading, KeepTogether, Note, Quote, TableBlock, Text
from coachdesk.press.cells import date_words
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

RETURN_FILE = "return-to-work-plan.pdf"
"""What the file is called: a name on a stick or in a list of print jobs names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintReturnPlan:
    """Set a return plan on paper; ``target`` is the file, or a folder that gets one."""

    question: ReturnQuestion
    target: Path
    size: HealthPrint = HealthPrint.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPaper:
    """All that a return plan tells on paper."""

    plan: ReturnPlan
    around: PlanAround


def read_return_paper(session: Session, question: ReturnQuestion) -> ReturnPaper:
    """Return what a plan tells on paper; raises Refusal as check_return_plan does, ReasonNeeded for a colleague's client."""
    check_return_plan(session, question)
    plan = read_return_plan(session, question)
    return ReturnPaper(plan=plan, around=read_plan_around(session, plan.absence.client_id, None))


def return_document(paper: ReturnPaper, size: HealthPrint) -> Document:
    """Return a plan as a document: a table of steps in the standard print, one below the other in large print."""
    blocks = _blocks(paper.plan, paper.around, size)
    return health_document(RETURN_TITLE, "Return to work", paper.around, blocks, paper.plan.question.today)


def _blocks(plan: ReturnPlan, around: PlanAround, size: HealthPrint) -> Iterator[Block]:
    """Give the plan block by block, the steps before all that is said about them."""
    name, absence = printable(around.name), plan.absence
    yield Heading(1, RETURN_TITLE)
    yield Text(
        f"How {name} comes back to work, a step at a time. The plan belongs to {name}: it is passed on only with their "
        "agreement. After each step both look at how it went; a step can be longer, or be taken back."
    )
    yield facts(
        ("Name", around.name),
        ("Job", plan.job.title),
        ("Employer", plan.job.employer),
        ("First day back", date_words(absence.return_on) if absence.return_on is not None else ""),
        ("Usual hours", hours_words(plan.job.usual_minutes)),
        ("Agreed", _agreed(plan)),
        ("How to talk with me", around.needs),
    )
    if size is HealthPrint.LARGE:
        for number, step in enumerate(absence.steps, start=1):
            yield KeepTogether((Heading(2, f"Step {number}"), facts(*_step(step))))
    else:
        yield _table(absence.steps)
    if plan.helps:
        yield KeepTogether((Heading(2, "What would help"), Quote(printable(plan.helps))))
    if plan.fit_note:
        yield KeepTogether((Heading(2, "What the fit note says"), Text(printable(plan.fit_note))))
    yield KeepTogether(
        (Heading(2, "Signed"), *signatures(around.name, for_employer=plan.question.for_employer))
    )
    yield Note(f"Printed on {date_words(plan.question.today)}. It can be had in large print: please ask.")


def _agreed(plan: ReturnPlan) -> str:
    if plan.absence.plan_agreed_on is None:
        return "Not agreed yet: this is a draft to talk about"
    whom = f" with {plan.absence.plan_agreed_with}" if plan.absence.plan_agreed_with else ""
    return f"{date_words(plan.absence.plan_agreed_on)}{whom}"


def _table(steps: tuple[ReturnStepRow, ...]) -> TableBlock:
    return TableBlock(
        "Step by step",
        ("Step", "From", "Until", "Hours", "Days", "What and where", "Looked at"),
        [
            (
                str(number),
                date_words(step.from_on),
                _until(step),
                step.hours_words.removesuffix(" a week") or "To be agreed",
                printable(step.days) or "To be agreed",
                printable(_what(step)) or "As usual",
                _looked_at(step),
            )
            for number, step in enumerate(steps, start=1)
        ],
        flows_on=True,
        note="Hours are hours a week.",
    )


def _until(step: ReturnStepRow) -> str:
    return date_words(step.to_on) if step.to_on is not None else "Open"


def _what(step: ReturnStepRow) -> str:
    return "; ".join(part for part in (step.duties, step.place) if part)


def _looked_at(step: ReturnStepRow) -> str:
    """Return when a step was looked at, never how it went: that is for the client and the coach."""
    return date_words(step.looked_at_on) if step.looked_at_on is not None else "□"


def _step(step: ReturnStepRow) -> Iterator[tuple[str, str]]:
    yield "From", date_words(step.from_on)
    yield "Until", _until(step)
    yield "Hours", step.hours_words or "To be agreed"
    yield "Days", step.days or "To be agreed"
    yield "What and where", _what(step) or "As usual"
    yield "Looked at", date_words(step.looked_at_on) if step.looked_at_on is not None else "Not yet"


def write_return_plan(vault: OpenVault, wish: PrintReturnPlan, watch: Watch) -> Path:
    """Write a plan into one file and return where it lies; what goes to an employer is written down as passed on.

    Raises Refusal as ``read_return_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the plan")
    with reading(vault) as session:
        paper = read_return_paper(session, wish.question)
    question, plan = wish.question, paper.plan

    def leaves(session: Session) -> None:
        if question.for_employer:
            goes(session, employer_return(question, plan.absence, plan.fit_note))

    told = Issue(
        client_id=plan.absence.client_id,
        document=return_document(paper, wish.size),
        size=wish.size,
        target=wish.target,
        file_name=RETURN_FILE,
        did="Printed the return to work plan",
    )
    return issue(vault, told, leaves, watch)
