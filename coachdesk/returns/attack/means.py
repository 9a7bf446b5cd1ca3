"""What printed means give away: the sum behind each is a second number on the same cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from coachdesk.returns.attack.findings import Violation
from coachdesk.returns.attack.form import RECORD, Key, at, records, refuse, text, whole
from coachdesk.returns.attack.knowledge import Knowledge, named
from coachdesk.returns.attack.ties import small_base


@dataclass(frozen=True, slots=True)
class MeanTarget:
    """A withheld mean: the sum behind it, the count it is over, and how wide it must stay."""

    total: int
    count: int
    table: str
    key: Key
    width: float


def read_means(knowledge: Knowledge, release: RECORD) -> tuple[list[Violation], list[MeanTarget]]:
    """Say what the means give away; return those printed for a small base, and the withheld ones."""
    found: list[Violation] = []
    targets: list[MeanTarget] = []
    for told in records(release, "means"):
        table = text(told, "of")
        if table not in knowledge.tables:
            raise refuse(f"there is no table {table}")
        shown = {at(cell): cell["value"] for cell in records(told, "cells") if cell.get("value") is not None}
        for key in shown:
            words = f"A mean is printed for {named(knowledge.tables[table], key)}"
            knowledge.number(table, key)
            found += small_base(knowledge, (table, key), (table, key), words)
        if told.get("integer", False):
            targets += _sums(knowledge, told, table, shown)
    return found, targets


def _sums(knowledge: Knowledge, told: RECORD, table: str, shown: dict[Key, float]) -> Iterable[MeanTarget]:
    """Add the sum behind every cell; return the means that are not printed."""
    ends = told.get("range")
    pair = 2
    if not isinstance(ends, list) or len(ends) != pair:
        raise refuse("a mean has no range")
    least, most = (whole(end, "range") for end in ends)
    if least < 0:
        raise refuse("the range of a mean starts below zero")
    places = whole(told.get("decimals", 1), "decimals")
    width = float(told.get("min_width", knowledge.policy.mean_width * (most - least)))
    sums: dict[Key, int] = {}
    for key in knowledge.tables[table].every_key():
        count = knowledge.number(table, key)
        sums[key] = knowledge.system.unknown()
        knowledge.system.tie([(1, sums[key]), (-least, count)], 0, None)
        knowledge.system.tie([(1, sums[key]), (-most, count)], None, 0)
        if key in shown:
            scaled = 2 * int((Decimal(str(shown[key])) * 10**places).to_integral_value())
            unit = 2 * 10**places
            knowledge.system.tie([(unit, sums[key]), (-(scaled - 1), count)], 0, None)
            knowledge.system.tie([(unit, sums[key]), (-(scaled + 1), count)], None, 0)
    _add_up(knowledge, table, sums)
    if knowledge.tables[table].known:
        return []
    return [
        MeanTarget(total, knowledge.number(table, key), table, key, width)
        for key, total in sums.items()
        if key not in shown
    ]


def _add_up(knowledge: Knowledge, table: str, sums: dict[Key, int]) -> None:
    dims = knowledge.tables[table].dims
    for place, dim in enumerate(dims):
        if dim.multi or not dim.complete:
            continue
        lines: dict[Key, list[tuple[int, int]]] = {}
        for key, total in sums.items():
            sign = -1 if key[place] == dim.total else 1
            if sign < 0 or key[place] in dim.leaves:
                lines.setdefault((*key[:place], *key[place + 1 :]), []).append((sign, total))
        for line in lines.values():
            knowledge.system.tie(line, 0, 0)
