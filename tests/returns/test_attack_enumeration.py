"""The attack compared with trying out every possibility, on small random releases."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.returns.attack import attack

THRESHOLD = 3
ROWS, COLUMNS = ("a", "b"), ("p", "q")
INNER = list(product(ROWS, COLUMNS))
Solution = dict[tuple[str, tuple[str, ...]], int]


def filled(counts: tuple[int, ...], outcomes: tuple[int, ...]) -> Solution:
    """Return every number of the two tables, totals and differences included."""
    inner = dict(zip(INNER, counts, strict=True))
    told: Solution = {}
    for row, column in product((*ROWS, "Total"), (*COLUMNS, "Total")):
        told["starts", (row, column)] = sum(
            count for (r, c), count in inner.items() if row in (r, "Total") and column in (c, "Total")
        )
    for row in (*ROWS, "Total"):
        part = sum(count for r, count in zip(ROWS, outcomes, strict=True) if row in (r, "Total"))
        told["outcomes", (row,)] = part
        told["rest", (row,)] = told["starts", (row, "Total")] - part
    return told


def every_solution(people: int) -> Iterator[Solution]:
    for counts in product(range(people + 1), repeat=4):
        if sum(counts) == people:
            rows = (counts[0] + counts[1], counts[2] + counts[3])
            for outcomes in product(range(rows[0] + 1), range(rows[1] + 1)):
                yield filled(counts, outcomes)


def release_of(printed: dict[Any, int | None]) -> dict[str, Any]:
    x = {"name": "x", "labels": [*ROWS, "Total"]}
    y = {"name": "y", "labels": [*COLUMNS, "Total"]}
    starts = [[printed["starts", (r, c)] for c in y["labels"]] for r in x["labels"]]
    return {
        "policy": {"threshold": THRESHOLD},
        "tables": [
            {"id": "starts", "dims": [x, y], "values": starts},
            {"id": "outcomes", "dims": [x], "values": [printed["outcomes", (r,)] for r in x["labels"]]},
        ],
        "relations": [{"type": "subset", "part": "outcomes", "whole": "starts"}],
    }


def expected(printed: dict[Any, int | None], people: int) -> set[Any]:
    """Return what is given away, by trying every possibility."""
    limits: dict[Any, tuple[int, int]] = {}
    for solution in every_solution(people):
        if all(value is None or solution[cell] == value for cell, value in printed.items()):
            for cell, value in solution.items():
                low, high = limits.get(cell, (value, value))
                limits[cell] = (min(low, value), max(high, value))
    found: set[Any] = set()
    for (table, key), (low, high) in limits.items():
        if printed.get((table, key)) is not None:
            if 1 <= low < THRESHOLD:
                found.add(("SMALL", table, key, low, high))
        elif low < THRESHOLD and high >= 1 and high - low + 1 < THRESHOLD:
            code = "DERIVED" if table == "rest" else "EXACT" if low == high else "NARROW"
            found.add((code, "outcomes" if table == "rest" else table, key, low, high))
    return found


@st.composite
def small_releases(draw: st.DrawFn) -> tuple[dict[Any, int | None], int]:
    counts = draw(st.tuples(*[st.integers(0, 2)] * 4))
    outcomes = (draw(st.integers(0, counts[0] + counts[1])), draw(st.integers(0, counts[2] + counts[3])))
    truth = {cell: value for cell, value in filled(counts, outcomes).items() if cell[0] != "rest"}
    shown = draw(st.lists(st.booleans(), min_size=len(truth), max_size=len(truth)))
    printed = {
        cell: value if show or cell == ("starts", ("Total", "Total")) else None
        for (cell, value), show in zip(truth.items(), shown, strict=True)
    }
    return printed, sum(counts)


@settings(max_examples=120, deadline=None)
@given(small_releases())
def test_the_attack_learns_exactly_what_trying_everything_learns(
    case: tuple[dict[Any, int | None], int],
) -> None:
    printed, people = case
    findings = attack(release_of(printed), mode="exact")
    found = {(v.code, v.table, v.cell, v.low, v.high) for v in findings.violations}
    assert found == expected(printed, people)
    assert attack(release_of(printed), mode="certify").verdict == findings.verdict
