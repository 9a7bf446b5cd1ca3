"""What protection withholds in tables that others have published, beside what their methods withhold there.

``python -m benchmarks.published_tables FILE.csv --count ant --by region hovedint mnd --within fylke=region mnd2=mnd --small 3``: one
line for each inner cell, ``--within`` names a column whose labels are sums of another's, ``--small`` is the largest number that is
small. The tables themselves stay where they are published.

Their question is narrower than ours: that no small number can be worked out exactly (``min_values=2``), zeros being printed. Both
it and our own, as many values as the rule's threshold, are answered here, each with its gap: 0 is the proof that no safe pattern weighs less. What a pattern weighs counts
totals more than numbers inside a table, so that fewer marks can weigh more.
"""

import argparse
import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from coachdesk.returns.attack import attack
from coachdesk.returns.protection import protect, render_release
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation, Rule, Term

Row = Mapping[str, str]
Levels = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which columns divide the people, which of them are sums of another's labels, and which holds the number."""

    by: tuple[str, ...]
    within: Mapping[str, str]
    count: str

    def levels(self) -> Iterator[Levels]:
        """Give every table: one column for each heading, the narrow one or a wider one."""
        each = [[narrow, *(wide for wide, of in self.within.items() if of == narrow)] for narrow in self.by]
        yield from product(*each)


def tables_of(rows: Sequence[Row], layout: Layout) -> dict[Levels, CountTable]:
    """Return the tables of every level, each with all its totals."""
    return {levels: _table(rows, levels, layout.count) for levels in layout.levels()}


def _table(rows: Sequence[Row], levels: Levels, count: str) -> CountTable:
    dims = tuple(
        Dimension(name=name, title=name, labels=tuple(sorted({row[name] for row in rows}))) for name in levels
    )
    seen: Counter[Key] = Counter()
    for row in rows:
        for key in product(*((row[dim.name], dim.total_label) for dim in dims)):
            seen[key] += int(row[count])
    name = "-".join(levels)
    return CountTable(
        id=name,
        title=name,
        measure="people",
        period="published",
        universe="all",
        dims=dims,
        counts={key: seen[key] for key in product(*(dim.every_label for dim in dims))},
    )


def sums(tables: Mapping[Levels, CountTable], rows: Sequence[Row], layout: Layout) -> Iterator[Relation]:
    """Give what a reader knows of levels: a wider label is the sum of those within it, whatever the other headings say."""
    for levels, table in tables.items():
        for place, wide in enumerate(levels):
            if wide not in layout.within:
                continue
            narrow = layout.within[wide]
            finer = tables[(*levels[:place], narrow, *levels[place + 1 :])]
            inside: dict[str, set[str]] = {}
            for row in rows:
                inside.setdefault(row[wide], set()).add(row[narrow])
            for key in table.every_key():
                if key[place] in inside:
                    parts: list[Term] = [
                        (1, finer.id, (*key[:place], label, *key[place + 1 :]))
                        for label in sorted(inside[key[place]])
                    ]
                    yield Relation.linear([(-1, table.id, key), *parts])


def measured(rows: Sequence[Row], layout: Layout, rule: Rule, seconds: float) -> dict[str, object]:
    """Return what is withheld, at what proof, in what time; stops where the attacker finds the pattern unsafe."""
    by_levels = tables_of(rows, layout)
    tables, relations = list(by_levels.values()), list(sums(by_levels, rows, layout))
    begun = time.process_time()
    first = protect(tables, relations, rule, seconds=0)
    between = time.process_time()
    best = protect(tables, relations, rule, seconds=seconds)
    took = time.process_time() - between
    release = render_release(best.tables, relations, rule)
    verdicts = {reader: attack(release, zeros=reader).verdict for reader in ("suppressible", "worst")}
    assert set(verdicts.values()) == {"safe"}, verdicts
    return {
        "cells": best.cost.cells,
        "small": best.primaries,
        "values left at least": rule.width,
        "first answer": first.cost.hidden,
        "withheld": best.cost.hidden,
        "margins": best.cost.margins_hidden,
        "gap": best.gap,
        "seconds": [round(between - begun, 2), round(took, 2)],
    }


def main() -> int:
    """Print one line for their question and one for ours; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published_tables")
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", required=True)
    parser.add_argument("--by", nargs="+", required=True)
    parser.add_argument("--within", nargs="*", default=[])
    parser.add_argument("--small", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=60.0)
    wish = parser.parse_args()
    with wish.file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    within = dict(pair.split("=", 1) for pair in wish.within)
    layout = Layout(by=tuple(wish.by), within=within, count=wish.count)
    for width in (2, wish.small + 1):
        rule = Rule(threshold=wish.small + 1, min_values=width, zeros="published")
        print(json.dumps(measured(rows, layout, rule, wish.seconds)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
