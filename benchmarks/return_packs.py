"""Invented packs, each protected, attacked by both readers and, where it is small, compared with all that could be true.

``python -m benchmarks.return_packs --packs 10000 --seed 0``. Each seed is one pack, so a long run can be cut into pieces:
``--seed 2500 --packs 2500`` is the second quarter of it. ``--seconds`` is what the search for the optimum may take for each return.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from benchmarks.return_packs_invented import InventedPack, invented
from coachdesk.errors import Refusal
from coachdesk.returns.attack import attack
from coachdesk.returns.protection import protect, render_release
from coachdesk.returns.tables import CountTable, Key, Protected, Relation

PACKS = 10_000
SECONDS = 0.2
EVERY = 100
MUST_BE_NONE = ("narrow by attack", "narrow by enumeration", "undecided")


def examined(pack: InventedPack, seconds: float) -> Counter[str]:
    """Issue the returns of a pack one after the other and count what a reader learns of all of them together."""
    found: Counter[str] = Counter(packs=1)
    tables: list[CountTable] = []
    relations: list[Relation] = []
    frozen: dict[tuple[str, Key], int | None] = {}
    for release in pack.releases:
        trial = [*tables, *release.tables], [*relations, *release.relations]
        try:
            done = protect(*trial, pack.rule, frozen=frozen, seconds=seconds)
        except Refusal:
            # Nothing of this return is printed; the next one is protected beside what was.
            found["returns refused"] += 1
            if not tables:
                break
            continue
        tables, relations = trial
        found["returns"] += 1
        found["proven optimal"] += done.gap == 0
        found["cells"] += done.cost.cells
        found["withheld"] += done.cost.hidden
        frozen = {(each.table.id, key): value for each in done.tables for key, value in each.values.items()}
        found += attacked(pack, done.tables, relations)
        if pack.story == "tiny":
            found += tried_out(pack, done.tables)
    return found


def attacked(pack: InventedPack, printed: Sequence[Protected], relations: Sequence[Relation]) -> Counter[str]:
    """Return what the attacker finds as each reader: numbers narrower than the rule, and packs it cannot decide."""
    told = json.loads(json.dumps(render_release(printed, relations, pack.rule)))
    zeros_hidden = any(each.cost.zeros_hidden for each in printed)
    found: Counter[str] = Counter()
    for reader in ("suppressible",) if zeros_hidden else ("suppressible", "worst"):
        findings = attack(told, zeros=reader)
        found["attacks"] += 1
        found["narrow by attack"] += len(findings.violations)
        found["undecided"] += findings.verdict not in {"safe", "unsafe"}
    return found


def tried_out(pack: InventedPack, printed: Sequence[Protected]) -> Counter[str]:
    """Return how many withheld numbers are too narrow when everything that could be true is tried out.

    Not where how many started is withheld itself: then nothing limits what could be true.
    """
    starts, ends = printed
    people = starts.values[starts.table.total_key]
    if people is None:
        return Counter()
    found: Counter[str] = Counter(enumerations=1)
    for floor in (0,) if any(each.cost.zeros_hidden for each in printed) else (0, 1):
        began, ended = _grids(starts, people, floor), _grids(ends, people, floor)
        pairs = [(began[(began >= one).all(axis=1)], one) for one in ended]
        fitting = [(those, one) for those, one in pairs if len(those)]
        every = (
            (starts, np.vstack([those for those, _ in fitting])),
            (ends, np.array([one for _, one in fitting])),
            (None, np.vstack([those - one for those, one in fitting])),
        )
        for table, values in every:
            low, high = values.min(axis=0), values.max(axis=0)
            narrow = (low < pack.rule.threshold) & (high >= 1) & (high - low + 1 < pack.rule.width)
            if table is not None:
                narrow &= np.array([table.values[key] is None for key in table.table.every_key()])
            found["narrow by enumeration"] += int(narrow.sum())
    return found


@cache
def _every_grid(people: int, rows: int, columns: int) -> np.ndarray:
    """Return every two-way table of at most so many people, with its totals, one a line in printing order."""
    inner = np.indices((people + 1,) * (rows * columns), dtype=np.int8).reshape(rows * columns, -1).T
    grids = inner[inner.sum(axis=1) <= people].reshape(-1, rows, columns)
    grids = np.concatenate([grids, grids.sum(axis=2, keepdims=True)], axis=2)
    grids = np.concatenate([grids, grids.sum(axis=1, keepdims=True)], axis=1)
    return grids.reshape(len(grids), -1)


def _grids(printed: Protected, people: int, floor: int) -> np.ndarray:
    """Return every way of filling a table that fits what is printed of it."""
    rows, columns = (len(dim.labels) for dim in printed.table.dims)
    grids = _every_grid(people, rows, columns)
    for place, value in enumerate(printed.values.values()):
        grids = grids[grids[:, place] >= floor if value is None else grids[:, place] == value]
    return grids


def main() -> int:
    """Return 0 when nothing was narrower than the rule."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.return_packs")
    parser.add_argument("--packs", type=int, default=PACKS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    wish = parser.parse_args()
    total: Counter[str] = Counter()
    begun = time.perf_counter()
    for seed in range(wish.seed, wish.seed + wish.packs):
        pack = invented(seed)
        found = examined(pack, wish.seconds)
        total += found
        total[pack.story] += 1
        if any(found[name] for name in MUST_BE_NONE):
            sys.stderr.write(f"seed {seed}, {pack.story}: {dict(found)}\n")
        if total["packs"] % EVERY == 0:
            sys.stderr.write(f"{_told(wish.seed, total, begun)}\n")
    print(_told(wish.seed, total, begun))
    return 1 if any(total[name] for name in MUST_BE_NONE) else 0


def _told(seed: int, total: Counter[str], begun: float) -> str:
    """Return what was found so far as a line of JSON, so that a run that is stopped has told what it did."""
    told: dict[str, Any] = {"seeds": [seed, seed + total["packs"] - 1], **total}
    told |= {name: total[name] for name in (*MUST_BE_NONE, "returns refused")}
    told["packs a second"] = round(total["packs"] / (time.perf_counter() - begun), 2)
    return json.dumps(told)


if __name__ == "__main__":
    sys.exit(main())
