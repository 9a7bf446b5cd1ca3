"""release.json and cells.csv read back: the form of disclosure.md's annex, and every cell once, in its fixed order."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from coachdesk.press.csv_file import FORMULA_STARTS, neutralised
from coachdesk.returns.cells import COLUMNS, MOST_DIMENSIONS
from coachdesk.returns.finished.released import Released
from coachdesk.returns.tables import MARK

POLICY = frozenset({"threshold", "min_values", "zeros", "group", "min_values_rounded", "min_mean_width"})
TOP = frozenset({"policy", "tables", "relations", "marks", "percentages", "means", "note"})
TABLE = frozenset({"id", "period", "dims", "values", "rounding"})
DIMENSION = frozenset({"name", "labels", "total", "kind", "covers", "complete", "sensitive", "groups"})
RELATIONS = {
    "shared": {"type", "tables"},
    "sum": {"type", "total", "parts"},
    "union": {"type", "total", "parts"},
    "subset": {"type", "part", "whole", "protect", "sensitive"},
    "equal": {"type", "tables"},
    "linear": {"type", "terms", "op", "rhs", "protect"},
}
_MARKED = "\N{BYTE ORDER MARK}"


def release_faults(data: bytes, released: Released, note: str) -> Iterator[str]:
    """Return what is wrong with release.json: it is the public form, holds what was checked and nothing besides."""
    told = json.loads(data)
    wanted = {**released.release, **({"note": note} if note else {})}
    if told != json.loads(json.dumps(wanted)):
        yield "The public form does not hold what was checked."
        return
    yield from form_faults(told)
    yield from _withheld_faults(released)
    yield from _order_faults(released)


def form_faults(told: Mapping[str, Any]) -> Iterator[str]:
    """Return where a release leaves the form of the annex (disclosure.md)."""
    if not set(told) <= TOP or not {"policy", "tables", "relations"} <= set(told):
        yield "The public form has other parts than it should."
    if not set(told.get("policy", ())) <= POLICY:
        yield "The rule in the public form says more than a rule."
    for table in told.get("tables", ()):
        if not set(table) <= TABLE or not all(set(dim) <= DIMENSION for dim in table["dims"]):
            yield "A table in the public form says more than its numbers."
        if not _fits(table["values"], [len(dim["labels"]) for dim in table["dims"]]):
            yield "A table in the public form has other cells than its labels ask for."
    if any(set(each) != RELATIONS.get(each.get("type"), set()) for each in told.get("relations", ())):
        yield "A tie in the public form is none of the annex."


def _fits(values: Any, sizes: list[int]) -> bool:
    if not sizes:
        whole = isinstance(values, int) and not isinstance(values, bool) and values >= 0
        return whole or values is None or values == MARK
    return isinstance(values, list) and len(values) == sizes[0] and all(_fits(v, sizes[1:]) for v in values)


def _withheld_faults(released: Released) -> Iterator[str]:
    """Return that a number the register calls withheld is printed."""
    if any(released.cells.get(place) is not None for place in released.withheld):
        yield "A number that is withheld stands in the public form."


def _order_faults(released: Released) -> Iterator[str]:
    """Return that the lines of one heading stand in another order in another table: an order by size tells."""
    orders: dict[str, set[tuple[str, ...]]] = {}
    for table in released.tables.values():
        for dim in table["dims"]:
            orders.setdefault(dim["name"], set()).add(tuple(dim["labels"]))
    for lists in orders.values():
        known = sorted(lists, key=len)
        longest = {label: at for at, label in enumerate(known[-1])}
        for labels in known[:-1]:
            places = [longest[label] for label in labels if label in longest]
            if places != sorted(places):
                yield "The lines of a table stand in another order than in the other tables."


def cells_faults(data: bytes, released: Released, note: str) -> Iterator[str]:
    """Return what is wrong with cells.csv: one heading row, every cell in its order, no formula, nothing besides."""
    text = data.decode("utf-8")
    if not text.startswith(_MARKED):
        yield "The CSV file does not begin with the mark that says how it is written."
    header, *rows = csv.reader(io.StringIO(text.removeprefix(_MARKED), newline=""))
    if tuple(header) != COLUMNS:
        yield "The CSV file has other columns than it should."
        return
    if any(cell.startswith(FORMULA_STARTS) for row in rows for cell in row):
        yield "A cell of the CSV file could be run as a formula."
    unit, said = COLUMNS.index("unit"), COLUMNS.index("note")
    found = [[cell for at, cell in enumerate(row) if at not in {unit, said}] for row in rows]
    if found != list(_lines(released)):
        yield "The CSV file does not hold the cells of the public form in their order."
    if any(row[said] != note or any(map(str.isdigit, row[unit])) for row in rows):
        yield "The CSV file says more beside its cells than it should."


def _lines(released: Released) -> Iterator[list[str]]:
    for (table, key), value in released.cells.items():
        told = released.tables[table]
        pairs = [
            neutralised(text)
            for dim, label in zip(told["dims"], key, strict=True)
            for text in (dim["name"], label)
        ]
        pairs += [""] * (2 * MOST_DIMENSIONS - len(pairs))
        number = "" if value is None else str(value)
        yield [neutralised(table), told["period"], *pairs, number, MARK if value is None else ""]
