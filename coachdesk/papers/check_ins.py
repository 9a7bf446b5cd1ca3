"""How work is going, on paper: the charts of a client's check-ins, to look at together and to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from coachdesk.casework.check_in_story import CheckInStory, JobCheckIns, Trend, read_check_ins
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.errors import Refusal
from coachdesk.papers.health_paper import Issue, health_document, issue, printable, size_for
from coachdesk.press.blocks import (
    Block,
    Chart,
    ChartBlock,
    Document,
    Heading,
    Note,
    TableBlock,
    Text,
)
from coachdesk.press.cells import date_words
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

CHECK_INS_TITLE = "How work is going"
CHECK_INS_FILE = "how-work-is-going.pdf"
"""What the file is called: a name on a stick or in a list of print jobs names nobody."""
NOTHING_YET = "No check-in has been held yet: there is nothing to print."
_MOST_BARS = 10
_MOST_DAYS = 4


@dataclass(frozen=True, slots=True)
class PrintCheckIns:
    """Set the charts of a client's check-ins on paper; ``target`` is the file, or a folder that gets one."""

    question: ClientQuestion
    target: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInsPaper:
    """All that the check-ins tell on paper: numbers over time and answers in words, nothing that was said besides."""

    story: CheckInStory
    around: PlanAround
    question: ClientQuestion


def read_check_ins_paper(session: Session, question: ClientQuestion) -> CheckInsPaper:
    """Return what the check-ins tell on paper.

    Raises Refusal where none was held, and for a client who is gone; ReasonNeeded for a colleague's client.
    """
    story = read_check_ins(session, question)
    if not any(job.trends or job.areas for job in story.jobs) and not story.wellbeing:
        raise Refusal(NOTHING_YET)
    around = read_plan_around(session, question.client_id, None)
    return CheckInsPaper(story=story, around=around, question=question)


def check_ins_document(paper: CheckInsPaper) -> Document:
    """Return the charts as a document; its title names nobody, for a viewer shows it in its window."""
    return health_document(
        CHECK_INS_TITLE, "Check-ins in work", paper.around, _blocks(paper), paper.question.today
    )


def _blocks(paper: CheckInsPaper) -> Iterator[Block]:
    yield Heading(1, CHECK_INS_TITLE)
    yield Text(
        f"What {printable(paper.around.name)} said at check-ins. It is theirs, and nobody gets it from us."
    )
    for job in paper.story.jobs:
        yield from _job(job, paper.story.areas)
    if paper.story.wellbeing:
        yield Heading(2, "Wellbeing")
        yield from map(_chart, paper.story.wellbeing)
    yield Note(
        f"Printed on {date_words(paper.question.today)}. There is no score and no grade of anybody here."
    )


def _job(job: JobCheckIns, areas: tuple[str, ...]) -> Iterator[Block]:
    if not job.trends and not job.areas:
        return
    yield Heading(2, printable(job.called))
    yield from map(_chart, job.trends)
    if job.areas:
        days = job.areas[-_MOST_DAYS:]
        yield TableBlock(
            "What work is like",
            ("Area", *(date_words(one.on) for one in days)),
            [(area, *(one.answers[place] or "–" for one in days)) for place, area in enumerate(areas)],
        )


def _chart(trend: Trend) -> Block:
    """Return a small chart: the first reading, and the latest ones."""
    points = trend.points
    shown = points if len(points) <= _MOST_BARS else (points[0], *points[1 - _MOST_BARS :])
    told = "; ".join(f"{date_words(on)}: {words}" for on, _, words in shown)
    chart = Chart(
        title=trend.title,
        categories=tuple(date_words(on) for on, _, _ in shown),
        values=tuple(value for _, value, _ in shown),
        alt=f"{trend.title}. {told}",
        most=trend.most,
    )
    return ChartBlock(chart)


def write_check_ins(vault: OpenVault, wish: PrintCheckIns, watch: Watch) -> Path:
    """Write the charts into one file, in large print where the client needs it, and return where it lies.

    Raises Refusal as ``read_check_ins_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the check-ins")
    with reading(vault) as session:
        paper = read_check_ins_paper(session, wish.question)
    told = Issue(
        client_id=paper.question.client_id,
        document=check_ins_document(paper),
        size=size_for(paper.around.needs),
        target=wish.target,
        file_name=CHECK_INS_FILE,
        did="Printed how work is going",
    )
    return issue(vault, told, _stays, watch)


def _stays(_session: Session) -> None:
    """Write nothing down as passed on: the paper is the client's own."""
