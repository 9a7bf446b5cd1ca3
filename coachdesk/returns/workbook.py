"""The tables of a return as a workbook: cover, contents, notes, figures, then one table a sheet.

The press writes it after the Analysis Function's guidance for spreadsheets (disclosure.md 1); here is what it says.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from coachdesk.press.cells import Cell, cell_words
from coachdesk.press.sheets import Section, Sheet, Workbook
from coachdesk.returns.report import (
    NONE_GIVEN,
    WRITTEN_ON,
    cover_facts,
    quality_rows,
    reading_notes,
    title_of,
    watermark,
)
from coachdesk.returns.shown import NUMBER, SHARE
from coachdesk.returns.wishes import PreparedReturn, ShownTable

FIGURES = "Figures"
SHORTHAND = {
    "[c]": "[c] stands for a number that is withheld to protect people.",
    "[x]": "[x] stands for a number that is not available.",
    "[z]": "[z] stands where no number can apply.",
}
MARKS = SHORTHAND["[c]"]


def book(prepared: PreparedReturn, made: dt.date, *, draft: bool = False) -> Workbook:
    """Return the workbook of the pack, as sheets of text and printed numbers.

    It names no author: the file says nothing of who made it beyond the cover.
    """
    tables = [_table(number, table) for number, table in enumerate(prepared.tables, 1)]
    return Workbook(
        title=title_of(prepared),
        made=made,
        sheets=(_figures(prepared), *tables),
        cover=_cover(prepared, made),
        notes=_notes(prepared),
        mark=watermark(prepared, draft=draft),
    )


def _cover(prepared: PreparedReturn, made: dt.date) -> tuple[Section, ...]:
    facts = tuple(
        f"{label}: {cell_words(answer)}"
        for label, answer in cover_facts(prepared, made)
        if label != WRITTEN_ON  # the press says when the workbook was made
    )
    return (
        Section("About this return", facts),
        Section("How people are protected", prepared.safety),
    )


def _notes(prepared: PreparedReturn) -> tuple[str, ...]:
    missing = (
        f"{question}: {number} of the people supported have not stated an answer ({share})."
        for question, number, share in quality_rows(prepared)
    )
    return (
        *reading_notes(prepared),
        *(SHORTHAND[mark] for mark in ("[x]", "[z]")),
        *prepared.safety,
        *missing,
    )


def _shorthand(rows: Iterable[Sequence[str]]) -> str:
    """Return what the marks of a table stand for; [c] is always explained, for it may stand in any of them."""
    found = {cell for row in rows for cell in row}
    return " ".join(words for mark, words in SHORTHAND.items() if mark == "[c]" or mark in found)


def _figures(prepared: PreparedReturn) -> Sheet:
    return Sheet(
        name=FIGURES,
        title="Figures, each with how it is worked out",
        table_name="figures",
        introduction=(f"This sheet contains one table. {MARKS}",),
        columns=("Figure", "Value", "Formula", "Definition", "Unit", "Evidence", "Intervention", "Source"),
        rows=tuple(
            (
                figure.title,
                figure.printed_words,
                figure.formula,
                figure.definition,
                figure.unit,
                figure.evidence,
                figure.intervention or NONE_GIVEN,
                figure.source,
            )
            for figure in prepared.figures
        ),
    )


def _table(number: int, table: ShownTable) -> Sheet:
    labels = sum(word not in {NUMBER, SHARE} for word in table.header)
    proof = f"Proof: {table.proof}"
    return Sheet(
        name=f"Table {number}",
        title=table.title,
        table_name=re.sub(r"\W+", "_", table.id),
        introduction=(
            f"This sheet contains one table. {_shorthand(table.rows)}",
            *(text for text in (proof, table.note) if text),
        ),
        columns=table.header,
        rows=tuple((*row[:labels], *(_number(cell) for cell in row[labels:])) for row in table.rows),
        shares=tuple(word for word in table.header if word == SHARE),
    )


def _number(cell: str) -> Cell:
    """Return a printed number to calculate with; a percentage as a share, a mark as it is."""
    plain = cell.replace(",", "")
    if plain.isdigit():
        return int(plain)
    return int(plain[:-1]) / 100 if plain.endswith("%") else cell
