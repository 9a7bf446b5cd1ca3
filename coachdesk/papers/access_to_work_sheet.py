"""The draft sheet for Access to Work on paper: four sections to copy from, with room for what is still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from coachdesk.casework.access_to_work_sheet import SheetOf, SheetRow, read_sheet
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.papers.health_paper import HealthPrint, Issue, health_document, issue, printable
from coachdesk.press.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    KeepTogether,
    Note,
    Text,
    WritingLines,
)
from coachdesk.press.cells import date_words
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

SHEET_TITLE = "Access to Work: draft sheet"
SHEET_FILE = "access-to-work-draft.pdf"
"""What the file is called: a name on a stick or in a list of print jobs names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSheet:
    """Set a draft sheet on paper; ``target`` is the file, or a folder that gets one."""

    question: SheetOf
    target: Path
    size: HealthPrint = HealthPrint.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPaper:
    """All that a draft sheet tells on paper."""

    sheet: SheetRow
    around: PlanAround
    question: SheetOf


def read_sheet_paper(session: Session, question: SheetOf) -> SheetPaper:
    """Return what a sheet tells on paper; raises Refusal as read_sheet does."""
    sheet = read_sheet(session, question)
    return SheetPaper(sheet=sheet, around=read_plan_around(session, sheet.client_id, None), question=question)


def sheet_document(paper: SheetPaper) -> Document:
    """Return a sheet as a document."""
    return health_document(SHEET_TITLE, "Access to Work", paper.around, _blocks(paper), paper.question.today)


def _blocks(paper: SheetPaper) -> Iterator[Block]:
    """Give the sheet section by section, as the official form has them."""
    form = paper.sheet.form
    yield Heading(1, SHEET_TITLE)
    yield Text("A draft to copy from; it is not the form itself. It is yours: nobody else gets it from us.")
    yield BulletList(form.tells)
    for part in (one for one in form.parts if one.questions):
        first, *others = part.questions
        yield KeepTogether((Heading(2, part.title), *_answer(paper.sheet, first.key, first.words)))
        for one in others:
            yield KeepTogether(tuple(_answer(paper.sheet, one.key, one.words)))
    yield Note(f"Printed on {date_words(paper.question.today)}. Our own words; the form may ask in others.")


def _answer(sheet: SheetRow, key: str, words: str) -> Iterator[Block]:
    yield Heading(3, words)
    answer = sheet.answers.get(key, "").strip()
    if answer:
        yield Text(printable(answer))
    else:
        yield WritingLines(("",))


def write_sheet(vault: OpenVault, wish: PrintSheet, watch: Watch) -> Path:
    """Write a sheet into one file and return where it lies.

    Raises Refusal as ``read_sheet_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the sheet")
    with reading(vault) as session:
        paper = read_sheet_paper(session, wish.question)
    told = Issue(
        client_id=paper.sheet.client_id,
        document=sheet_document(paper),
        size=wish.size,
        target=wish.target,
        file_name=SHEET_FILE,
        did="Printed the draft for Access to Work",
    )
    return issue(vault, told, _stays, watch)


def _stays(_session: Session) -> None:
    """Write nothing down as passed on: the sheet is the client's own."""
