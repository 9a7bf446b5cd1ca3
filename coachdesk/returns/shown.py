"""Protected tables as text: rows in their fixed order, totals, proof rows, charts from printed values."""

from collections.abc import Mapping, Sequence

from coachdesk.press.blocks import Chart
from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.counting import HEADINGS
from coachdesk.returns.planner import LEAST_BASE
from coachdesk.returns.tables import MARK, Key, Protected, in_a_sentence
from coachdesk.returns.wishes import ShownTable

NUMBER = "Number"
SHARE = "Share"
Printed = Mapping[str, Protected]


def value(printed: Printed, table: str, key: Key = ()) -> int | None:
    """Return a printed number; None where it is withheld or its table is not printed."""
    found = printed.get(table)
    return None if found is None else found.values[key]


def number_words(number: int | None) -> str:
    """Return a number as it is printed, or the mark."""
    return MARK if number is None else f"{number:,}"


def percent_words(part: int | None, whole: int | None) -> str:
    """Return a percentage worked out from printed numbers only, in whole numbers.

    It is marked where the part, the base or what is left of the base is withheld, and where fewer than ten
    people stand behind it (disclosure.md 5.1 and 5.3).
    """
    if part is None or whole is None or whole < LEAST_BASE:
        return MARK
    return f"{(200 * part + whole) // (2 * whole)}%"


def share_words(table: Protected, key: Key) -> str:
    """Return the share of a line in its table; marked as soon as any number of the table is withheld.

    With a number withheld beside it, a share could help to narrow that number down.
    """
    total = table.values[table.table.total_key]
    part = table.values[key]
    if part is None or total is None or len(table.table.dims) != 1:
        return MARK
    return percent_words(part, total)


def shown_tables(
    printed: Printed, breakdowns: Sequence[Breakdown], units: Mapping[str, str]
) -> tuple[ShownTable, ...]:
    """Return every table with at least one dimension, in the order of the pack."""
    bases = {each.name: each.basis for each in breakdowns}
    bases |= {each.coarse.name: each.coarse.basis for each in breakdowns if each.coarse is not None}
    return tuple(
        _shown(table, printed, bases, units.get(table.table.measure, "people"))
        for table in printed.values()
        if table.table.dims and not table.table.dims[0].name.endswith(f"-{HEADINGS}")
    )


def _shown(table: Protected, printed: Printed, bases: Mapping[str, str], unit: str) -> ShownTable:
    one_way = len(table.table.dims) == 1
    header = (*(dimension.title for dimension in table.table.dims), NUMBER, *((SHARE,) if one_way else ()))
    rows = tuple(
        (*key, table.shown(key), *((share_words(table, key),) if one_way else ()))
        for key in table.table.every_key()
    )
    names = [dimension.name for dimension in table.table.dims]
    return ShownTable(
        id=table.table.id,
        title=table.table.title,
        header=header,
        rows=rows,
        proof=proof_words(table, printed, unit),
        unit=unit,
        note=" ".join(dict.fromkeys(bases[name] for name in names if name in bases)),
        chart=_chart(table, unit) if one_way else None,
    )


def proof_words(table: Protected, printed: Printed, unit: str) -> str:
    """Return the proof row: unique people, under more than one heading, not stated, total.

    Every number of it is one that the tables print, or the mark where they withhold it.
    """
    total = table.shown(table.table.total_key)
    if unit != "people":
        return f"Total: {total} {unit}. These are {unit}, not people: one person can have several."
    parts = [f"Unique people: {total}", f"under more than one heading: {_more(table, printed)}"]
    parts += [
        f"{in_a_sentence(dimension.title)} not stated: {table.shown(_only(table, place))}"
        for place, dimension in enumerate(table.table.dims)
        if NOT_STATED in dimension.labels
    ]
    return f"{'; '.join(parts)}; total: {total}."


def _only(table: Protected, place: int) -> Key:
    totals = list(table.table.total_key)
    totals[place] = NOT_STATED
    return tuple(totals)


def _more(table: Protected, printed: Printed) -> str:
    multi = [dimension for dimension in table.table.dims if dimension.kind == "multi"]
    if not multi:
        return "0"
    headings = f"{table.table.id}-{HEADINGS}"
    _, more, _ = printed[headings].table.dims[0].labels
    return number_words(value(printed, headings, (more,)))


def _chart(table: Protected, unit: str) -> Chart:
    labels = table.table.dims[0].labels
    values = [table.values[(label,)] for label in labels]
    said = ", ".join(f"{label} {table.shown((label,))}" for label in labels)
    return Chart(
        title=table.table.title,
        categories=labels,
        values=values,
        alt=f"Bar chart of {unit}, in the order of the table: {said}.",
        withheld_mark=MARK,
    )
