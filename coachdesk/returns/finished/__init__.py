"""The checker of finished files: opens what was written and proves that it says what was checked, and nothing besides.

It runs each time a pack is written (disclosure.md 5.5 and 5.6). The bytes are taken apart without the code that
wrote them; the true numbers it looks for come from the register's own entry and stay in the vault.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from coachdesk.errors import Trouble
from coachdesk.press.blocks import Document
from coachdesk.press.sheets import Workbook
from coachdesk.returns.finished.pdf_file import pdf_faults
from coachdesk.returns.finished.public_form import cells_faults, release_faults
from coachdesk.returns.finished.released import Released
from coachdesk.returns.finished.words import figure_faults, sentence_faults, table_faults
from coachdesk.returns.finished.workbook_file import workbook_faults
from coachdesk.returns.report import DRAFT, document
from coachdesk.returns.summary import summary
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.returns.workbook import book

__all__ = ["finished_faults", "require_finished"]

SUMMARY = "summary.pdf"
FILES: Mapping[str, Callable[[PreparedReturn, dt.date, bool], Document | Workbook]] = {
    "report.pdf": lambda prepared, made, draft: document(prepared, made, draft=draft),
    SUMMARY: lambda prepared, made, draft: summary(prepared, made, draft=draft),
    "tables.xlsx": lambda prepared, made, draft: book(prepared, made, draft=draft),
}


def require_finished(
    files: Mapping[str, bytes], prepared: PreparedReturn, made: dt.date, *, draft: bool
) -> None:
    """Raise Trouble when a finished file holds anything that was not checked, so that the pack is taken back."""
    faults = tuple(dict.fromkeys(finished_faults(files, prepared, made, draft=draft)))
    if faults:
        raise Trouble(
            f"The written return was taken back: the files hold more than they should. {' '.join(faults)}",
            advice="Prepare the return again, and tell whoever looks after CoachDesk.",
        )


def finished_faults(
    files: Mapping[str, bytes], prepared: PreparedReturn, made: dt.date, *, draft: bool
) -> Iterator[str]:
    """Return what is wrong with the files of a pack, in sentences that name nobody and no number."""
    released = Released.of(prepared)
    note = DRAFT if draft else ""
    readers: dict[str, Callable[[bytes], Iterator[str]]] = {
        "release.json": partial(release_faults, released=released, note=note),
        "cells.csv": partial(cells_faults, released=released, note=note),
    }
    for name, made_of in FILES.items():
        if name == SUMMARY and prepared.question:  # the answer to one question needs no summary
            continue
        content = made_of(prepared, made, draft)
        readers[name] = (
            partial(pdf_faults, document=content)
            if isinstance(content, Document)
            else partial(workbook_faults, content=content)
        )
    if set(files) != set(readers):
        yield "The pack holds other files than it should."
        return
    yield from said_faults(prepared, released)
    for name, faults in readers.items():
        yield from faults(files[name])


def said_faults(prepared: PreparedReturn, released: Released) -> Iterator[str]:
    """Return what the return says, before it is drawn, that the public form does not print."""
    yield from table_faults(prepared, released)
    yield from figure_faults(prepared, released)
    texts = [
        *prepared.safety,
        *(figure.printed_words for figure in prepared.figures),
        *(table.note for table in prepared.tables),
        *(words.text for words in prepared.narratives),
        *(story.text for story in prepared.stories),
    ]
    yield from sentence_faults(texts, released)
