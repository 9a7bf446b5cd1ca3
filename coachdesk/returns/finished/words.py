"""What a return says in words and tables, before it is drawn, against the public form: nothing says a withheld number."""

import re
from collections.abc import Iterable, Iterator

from coachdesk.press.blocks import Chart
from coachdesk.returns.counting import HEADINGS
from coachdesk.returns.finished.released import Released
from coachdesk.returns.planner import LEAST_BASE
from coachdesk.returns.shown import SHARE
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import PreparedReturn, ShownTable

COUNTING = frozenset({"count", "share", "split"})
"""The kinds of figures whose numbers are numbers of people or events."""
_PLANNED = re.compile(r"profile [\d,]+")
ONE_HEADING = "under more than one heading: 0;"
_NUMBER = re.compile(r"(?<![\w.£])\d[\d,]*(?![\w%]|[.]\d)")


def numbers_in(text: str) -> frozenset[int]:
    """Return the whole numbers that stand by themselves in a text (not 12%, £4.50 or E33)."""
    return frozenset(int(found.replace(",", "")) for found in _NUMBER.findall(text))


def table_faults(prepared: PreparedReturn, released: Released) -> Iterator[str]:
    """Return what the tables, their proof rows and their charts say that the public form does not print."""
    for table in prepared.tables:
        if table.id not in released.tables:
            yield "A table is shown that the public form does not hold."
            continue
        yield from _row_faults(table, released)
        if numbers_in(_under(table, released)) & released.withheld_in(table.id, f"{table.id}-{HEADINGS}"):
            yield "The words under a table say a withheld number."
        if table.chart is not None:
            yield from chart_faults(table.chart, table.id, released)


def _under(table: ShownTable, released: Released) -> str:
    """Return the proof row of a table, without the 0 of headings that nobody could stand twice under.

    The note beside it is the fixed wording of a heading ("a condition lasting 12 months or more"): a number of it may
    happen to be one that is withheld, so it is read as a sentence is.
    """
    return (
        table.proof if f"{table.id}-{HEADINGS}" in released.tables else table.proof.replace(ONE_HEADING, "")
    )


def _row_faults(table: ShownTable, released: Released) -> Iterator[str]:
    dims = released.tables[table.id]["dims"]
    expected = [(key, value) for (name, key), value in released.cells.items() if name == table.id]
    at = len(dims)
    found = [(row[:at], None if row[at] == MARK else int(row[at].replace(",", ""))) for row in table.rows]
    if found != expected:
        yield "A table shows other numbers, or another order, than the public form."
        return
    if table.header[-1] == SHARE:
        total = expected[-1][1]
        shares = [_share(value, total) for _, value in expected]
        if any(row[-1] not in {MARK, share} for row, share in zip(table.rows, shares, strict=True)):
            yield "A share is not the one that the printed numbers give."


def _share(part: int | None, whole: int | None) -> str:
    if part is None or whole is None or whole < LEAST_BASE:
        return MARK
    return f"{(200 * part + whole) // (2 * whole)}%"


def chart_faults(chart: Chart, table: str, released: Released) -> Iterator[str]:
    """Return what a chart of a one-way table, or its alternative text, says that the table does not print."""
    labels = released.tables[table]["dims"][0]["labels"]
    printed = [released.cells[table, (label,)] for label in chart.categories if label in labels]
    if list(chart.values) != printed:
        yield "A chart shows other numbers than its table."
    said = ", ".join(
        f"{label} {MARK if value is None else value}"
        for label, value in zip(chart.categories, printed, strict=False)
    )
    if not chart.alt.endswith(f": {said}.") or numbers_in(chart.alt.removesuffix(f"{said}.")):
        yield "The words beside a chart say something else than its printed numbers."


def figure_faults(prepared: PreparedReturn, released: Released) -> Iterator[str]:
    """Return whether a figure in words says a number that its own tables withhold.

    What was planned is public, and medians, means and amounts count days, answers or money: such a number may happen to
    be one that is withheld.
    """
    for figure in prepared.figures:
        if figure.kind not in COUNTING:
            continue
        own = [name for name in released.tables if name == figure.id or name.startswith(f"{figure.id}-")]
        if numbers_in(_PLANNED.sub("", figure.printed_words)) & released.withheld_in(*own):
            yield "A figure says a withheld number."


def sentence_faults(texts: Iterable[str], released: Released) -> Iterator[str]:
    """Return whether a sentence sets a withheld number beside the words it belongs to."""
    pairs = {
        (label, count) for (_, key), count in released.withheld.items() for label in key
    } - released.printed_beside
    said = "\n".join(texts)
    if any(label in said and _beside(label, count).search(said) for label, count in pairs):
        yield "A sentence says a withheld number beside what it counts."


def _beside(label: str, count: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(label)}(?:: | |, | \(| = |=){count}(?![\w%]|[.,]\d)")
