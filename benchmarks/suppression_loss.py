"""What protection costs the reader: ten linked two-way tables of five headings, beside the figures of the paper the method is from.

``python -m benchmarks.suppression_loss``; ``--hubs 5 --seconds 10`` as measured, ``--only fine-200-5`` for one row. The clients are
invented and the headings independent, so these are not the paper's own hubs: its figures are compared by the ratio to what hiding one
more number in each row and column takes on the same tables, which is worked out here for ours and was for theirs.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import mean

from coachdesk.returns.attack import attack
from coachdesk.returns.protection import protect, render_release, round_to
from coachdesk.returns.tables import CountTable, Dimension, Key, Place, Rule

BANDS = {"fine": (8, 10, 10, 8, 6), "coarse": (3, 4, 4, 4, 2)}
HEADINGS = ("age", "ethnic", "district", "source", "condition")
HUBS = 5
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A row of the paper (disclosure.md 3.3, marks not 0): hidden by the plain way, the best way, margins, seconds."""

    plain: int | None
    hidden: int
    margins: int
    seconds: float


PAPER = {
    ("fine", 60, 5): Paper(275, 310, 31, 0.84),
    ("fine", 200, 5): Paper(365, 400, 16, 2.7),
    ("fine", 500, 5): Paper(314, 342, 4, 1.5),
    ("fine", 5000, 5): Paper(68, 67, 0, 2.6),
    ("fine", 500, 10): Paper(None, 471, 9, 1.9),
    ("fine", 5000, 10): Paper(None, 147, 0, 1.3),
    ("coarse", 60, 5): Paper(None, 89, 3, 0.23),
    ("coarse", 200, 5): Paper(26, 27, 0, 0.17),
    ("coarse", 500, 5): Paper(0, 0, 0, 0.0),
    ("coarse", 60, 10): Paper(None, 114, 9, 0.30),
    ("coarse", 200, 10): Paper(None, 59, 0, 0.13),
    ("coarse", 500, 10): Paper(None, 14, 0, 0.13),
}


def hub(people: int, bands: str, seed: int) -> list[CountTable]:
    """Return ten linked two-way tables of invented clients: the n-th label of a heading is 1/n as frequent as the first."""
    dice = random.Random(seed)  # noqa: S311  invented people
    dims = [
        Dimension(name=name, title=name, labels=tuple(f"{name} {label}" for label in range(size)))
        for name, size in zip(HEADINGS, BANDS[bands], strict=True)
    ]
    odds = [[1 / (1 + label) for label in range(len(dim.labels))] for dim in dims]
    clients = [
        {dim.name: dice.choices(dim.labels, shares)[0] for dim, shares in zip(dims, odds, strict=True)}
        for _ in range(people)
    ]
    tables = []
    for pair in combinations(dims, 2):
        seen: Counter[Key] = Counter()
        for client in clients:
            seen.update(product(*((client[dim.name], dim.total_label) for dim in pair)))
        name = "-".join(dim.name for dim in pair)
        tables.append(
            CountTable(
                id=name,
                title=name,
                measure="starts",
                period="q1",
                universe="hub",
                dims=pair,
                counts={key: seen[key] for key in product(*(dim.every_label for dim in pair))},
            )
        )
    return tables


def plainly(tables: Sequence[CountTable], threshold: int) -> int:
    """Return how many numbers the usual way hides: in each row and column with one mark, its smallest other number too.

    It is not safe; it is what loss is compared with.
    """
    hidden: set[Place] = set()
    for table in tables:
        hidden |= {table.place(key) for key, value in table.counts.items() if 1 <= value < threshold}
    changed = True
    while changed:
        changed = False
        for table in tables:
            for line in _lines(table):
                marked = [key for key in line if table.place(key) in hidden]
                others = [key for key in line if table.counts[key] and table.place(key) not in hidden]
                if len(marked) == 1 and others:
                    smallest = min(
                        others, key=lambda key: (len(table.place(key)) < 2, table.counts[key], key)
                    )
                    hidden.add(table.place(smallest))
                    changed = True
    return len(hidden)


def _lines(table: CountTable) -> list[list[Key]]:
    """Return the rows and columns of a table, totals in them, but for the lines of totals."""
    first, second = table.dims
    rows: list[list[Key]] = [[(label, other) for other in second.every_label] for label in first.labels]
    return rows + [[(other, label) for other in first.every_label] for label in second.labels]


def measured(bands: str, people: int, threshold: int, hubs: int, seconds: float) -> dict[str, object]:
    """Return one row: what the first answer and the refined one withhold, their time, and what the attacker says."""
    rule = Rule(threshold=threshold)
    rows = []
    for seed in range(1, hubs + 1):
        tables = hub(people, bands, seed)
        begun = time.process_time()
        first = protect(tables, [], rule, seconds=0)
        between = time.process_time()
        best = protect(tables, [], rule, seconds=seconds)
        took = time.process_time() - between
        release = render_release(best.tables, [], rule)
        readers = ["suppressible"] if best.cost.zeros_hidden else ["suppressible", "worst"]
        assert all(attack(release, zeros=reader).verdict == "safe" for reader in readers)
        assert best.gap is not None
        rows.append(
            (
                best.cost.cells,
                best.primaries,
                plainly(tables, threshold),
                first.cost.hidden,
                best.cost.hidden,
                best.cost.margins_hidden,
                first.weight / best.weight - 1 if best.weight else 0.0,
                best.gap,
                between - begun,
                took,
            )
        )
    names = [
        "cells",
        "small",
        "plain",
        "first",
        "best",
        "margins",
        "spared",
        "gap",
        "first_seconds",
        "best_seconds",
    ]
    told: dict[str, object] = {"bands": bands, "clients": people, "k": threshold, "hubs": hubs}
    told |= {
        name: round(mean(column), 3) for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    told["proven"] = sum(row[7] == 0 for row in rows)
    return told


def rounded(bands: str, people: int, hubs: int) -> dict[str, object]:
    """Return the loss of controlled rounding to 5 on the same tables."""
    rule = Rule(threshold=5)
    errors, largest, times = [], [], []
    for seed in range(1, hubs + 1):
        tables = hub(people, bands, seed)
        begun = time.process_time()
        done = round_to(tables, [], rule)
        times.append(time.process_time() - begun)
        assert attack(render_release(done.tables, [], rule)).verdict == "safe"
        assert done.gap == 0
        errors.append(done.mean_error)
        largest.append(done.largest_error)
    told: dict[str, object] = {"bands": bands, "clients": people, "rounded to": 5, "hubs": hubs}
    return told | {
        "mean error": round(mean(errors), 2),
        "largest": max(largest),
        "seconds": round(mean(times), 3),
    }


def main() -> int:
    """Return 0 when every pattern is proven to be the cheapest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suppression_loss")
    parser.add_argument("--hubs", type=int, default=HUBS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", default="")
    wish = parser.parse_args()
    unproven = 0
    for (bands, people, threshold), paper in PAPER.items():
        if wish.only not in {"", f"{bands}-{people}-{threshold}"}:
            continue
        told = measured(bands, people, threshold, wish.hubs, wish.seconds)
        told["paper"] = [paper.plain, paper.hidden, paper.margins, paper.seconds]
        if paper.plain:
            told["beside plain"] = round(float(str(told["best"])) / max(1.0, float(str(told["plain"]))), 3)
            told["paper beside plain"] = round(paper.hidden / paper.plain, 3)
        print(json.dumps(told), flush=True)
        unproven += told["proven"] != wish.hubs
    for bands, people in product(BANDS, (60, 200, 500)) if not wish.only else ():
        print(json.dumps(rounded(bands, people, wish.hubs)), flush=True)
    return 1 if unproven else 0


if __name__ == "__main__":
    sys.exit(main())
