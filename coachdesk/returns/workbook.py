"""The tables of a return as a workbook: cover, contents, notes, figures, then one table a sheet.

After the Analysis Function's guidance for spreadsheets (disclosure.md 1): a title in A1, one table a sheet with
a name of its own, one header row, no merged or hidden anything, no colour that means something.
"""

import datetime as dt

from coachdesk.press.cells import cell_words
from coachdesk.returns.report import (
    NONE_GIVEN,
    cover_facts,
    quality_rows,
    reading_notes,
    title_of,
    watermark,
)
from coachdesk.returns.spreadsheet import Book, Sheet
from coachdesk.returns.wishes import PreparedReturn, ShownTable

CONTENTS = "Contents"
FIGURES = "Figures"
NOTES = "Notes"


def book(prepared: PreparedReturn, made: dt.date, *, draft: bool = False) -> Book:
    """Return the workbook of the pack, as sheets of text and printed numbers."""
    tables = [_table(number, table) for number, table in enumerate(prepared.tables, 1)]
    listed = (_notes(prepared), _figures(prepared), *tables)
    return Book(
        title=title_of(prepared),
        made=made,
        sheets=(_cover(prepared, made, draft=draft), _contents(listed), *listed),
    )


def _cover(prepared: PreparedReturn, made: dt.date, *, draft: bool) -> Sheet:
    behind = watermark(prepared, draft=draft)
    return Sheet(
        name="Cover",
        title=title_of(prepared),
        lines=(behind,) if behind else (),
        columns=("Fact", "Answer"),
        rows=(
            *((label, cell_words(answer)) for label, answer in cover_facts(prepared, made)),
            *(("How people are protected", sentence) for sentence in prepared.safety),
        ),
        widths=(28, 90),
    )


def _contents(sheets: tuple[Sheet, ...]) -> Sheet:
    return Sheet(
        name=CONTENTS,
        title=CONTENTS,
        lines=("Each line leads to its sheet.",),
        columns=("Sheet", "What it holds"),
        rows=tuple((sheet.name, sheet.title) for sheet in sheets),
        widths=(16, 90),
        links=tuple(sheet.name for sheet in sheets),
    )


def _notes(prepared: PreparedReturn) -> Sheet:
    notes = [*reading_notes(), *prepared.safety]
    missing = [
        f"{question}: {number} of the people supported have not stated an answer ({share})."
        for question, number, share in quality_rows(prepared)
    ]
    return Sheet(
        name=NOTES,
        title="Notes",
        lines=("How to read the tables, how people are protected, and how complete the answers are.",),
        columns=("Note", "What it says"),
        rows=tuple((f"note {number}", text) for number, text in enumerate([*notes, *missing], 1)),
        widths=(12, 110),
    )


def _figures(prepared: PreparedReturn) -> Sheet:
    return Sheet(
        name=FIGURES,
        title="Figures, each with how it is worked out",
        lines=("[c] stands for a number that is withheld to protect people.",),
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
        widths=(34, 28, 60, 60, 18, 40, 18, 40),
    )


def _table(number: int, table: ShownTable) -> Sheet:
    labels = len(table.header) - sum(word in {"Number", "Share"} for word in table.header)
    return Sheet(
        name=f"Table {number}",
        title=table.title,
        lines=tuple(text for text in (f"Proof: {table.proof}", table.note) if text),
        columns=table.header,
        rows=tuple((*row[:labels], *(_number(cell) for cell in row[labels:])) for row in table.rows),
        widths=(*((44,) * labels), *((14,) * (len(table.header) - labels))),
    )


def _number(cell: str) -> str | int | float:
    """Return a printed number to calculate with; a percentage as a share, a mark as it is."""
    plain = cell.replace(",", "")
    if plain.isdigit():
        return int(plain)
    return int(plain[:-1]) / 100 if plain.endswith("%") else cell
