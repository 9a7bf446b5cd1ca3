"""The tidy file: one line for each printed cell, with its number or its mark."""

from collections.abc import Iterator
from typing import Any

from coachdesk.press.cells import Cell
from coachdesk.returns.report import DRAFT
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import PreparedReturn

COLUMNS = (
    "table",
    "period",
    "dimension_1",
    "label_1",
    "dimension_2",
    "label_2",
    "unit",
    "value",
    "mark",
    "note",
)
MOST_DIMENSIONS = 2


def cell_rows(prepared: PreparedReturn, *, draft: bool) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return headings and rows for every cell of the public form."""
    units = {table.id: table.unit for table in prepared.tables}
    note = DRAFT if draft else ""
    return COLUMNS, [
        _row(table, labels, value, units.get(table["id"], _headline_unit(table["id"])), note)
        for table in prepared.release["tables"]
        for labels, value in _cells(table["dims"], table["values"], ())
    ]


def _headline_unit(table: str) -> str:
    return "job starts" if table == "all-job-starts" else "people"


def _cells(dims: list[Any], values: Any, labels: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if len(labels) == len(dims):
        yield labels, values
        return
    for label, inner in zip(dims[len(labels)]["labels"], values, strict=True):
        yield from _cells(dims, inner, (*labels, label))


def _row(table: Any, labels: tuple[str, ...], value: Any, unit: str, note: str) -> tuple[Cell, ...]:
    pairs = [text for dim, label in zip(table["dims"], labels, strict=True) for text in (dim["name"], label)]
    pairs += [""] * (2 * MOST_DIMENSIONS - len(pairs))
    hidden = value is None or value == MARK
    return (
        table["id"],
        table["period"],
        *pairs,
        unit,
        None if hidden else value,
        MARK if hidden else "",
        note,
    )
