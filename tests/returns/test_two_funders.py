"""Two funders whose clients partly overlap: what the one was told is set against what the other is told."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.returns.attack import attack, merge_releases
from coachdesk.returns.counting import Counted
from coachdesk.returns.earlier import past, stored, ties
from coachdesk.returns.protection import protect, render_release
from coachdesk.returns.safety import Safe, made_safe
from coachdesk.vault.watch import Watch
from tests.returns.test_safety import RULE, SALT, count, ids, issued

K = RULE.threshold
Told = dict[tuple[str, ...], int | None]
ALL = ()


def counted(common: int, own: int, first: int) -> Counted:
    """Return a return about the people in both, and some of its own."""
    return count("Q1", starts=ids(common) | ids(own, first))


def second(theirs: dict[str, Any], ours: Counted) -> Safe | None:
    """Return the return to the second funder; None where none is safe."""
    try:
        return made_safe(ours, past([theirs], of_others={0}), RULE, SALT, Watch.silent())
    except Refusal:
        return None


def printed(safe: Safe) -> dict[str, Told]:
    return {each.table.id: dict(each.values) for each in safe.protected}


def set_against(one: Safe, other: Safe) -> Iterator[dict[str, Any]]:
    """Yield the difference of every number that both returns hold, as a reader who sets them against each other.

    The reader takes the one with more people for the whole, and the later where both have as many.
    """
    theirs = {each.table.id: each.table for each in one.protected}
    for mine in (each.table for each in other.protected):
        for key in mine.counts.keys() & (theirs[mine.id].counts.keys() if mine.id in theirs else set()):
            cells = [f"1: {mine.id}", f"2: {mine.id}"]
            if theirs[mine.id].counts[key] <= mine.counts[key]:
                cells.reverse()
            terms = [[sign, "|".join((cell, *key))] for sign, cell in zip((1, -1), cells, strict=True)]
            yield {"type": "linear", "terms": terms, "op": ">=", "rhs": 0, "protect": True}


def together(one: Safe, other: Safe) -> dict[str, Any]:
    """Return both files as one, their tables under names of their own, with what sets them against each other."""
    files = []
    for number, safe in enumerate((one, other), 1):
        text = json.dumps(render_release(safe.protected, safe.counted.relations, RULE))
        for table in {each.table.id for each in safe.protected}:
            for end in ('"', "|"):
                text = text.replace(f'"{table}{end}', f'"{number}: {table}{end}')
        files.append(json.loads(text))
    merged = merge_releases(files)
    merged["relations"] = [*merged["relations"], *set_against(one, other)]
    return merged


def few_differ(one: frozenset[UUID], other: frozenset[UUID]) -> bool:
    """Whether the paper sets two groups against each other: all but a few of the one are in the other."""
    return bool(one & other) and min(len(one - other), len(other - one)) < 2 * K


@pytest.mark.parametrize("common", [0, 1, 30])
@pytest.mark.parametrize(
    ("only_one", "only_other"), list(product((0, 1, 2 * K - 1, 2 * K, 40), (1, 2 * K - 1, 2 * K)))
)
def test_the_tie_holds_wherever_either_remainder_is_small(
    common: int, only_one: int, only_other: int
) -> None:
    one, other = ids(common) | ids(only_one, 100), ids(common) | ids(only_other, 200)
    if not one:
        return
    kept = issued(count("Q1", starts=one))[1] if len(one) >= K else _kept(one)
    found = ties(count("Q1", starts=other), past([kept], of_others={0}), SALT, K)
    assert any(len(each.terms) == 2 for each in found) == few_differ(one, other)


def _kept(people: frozenset[UUID]) -> dict[str, Any]:
    """Return a register's entry about fewer people than are printed, as an older program might have left it."""
    few = count("Q1", starts=people)
    done = protect(few.tables, few.relations, RULE)
    told: dict[str, Any] = json.loads(json.dumps(stored(few, done.tables, SALT)))
    return told


def test_every_small_difference_of_two_totals_is_withheld() -> None:
    """Everything tried out: a total printed beside another of nearly the same people differs by none or by enough."""
    refused = 0
    for common, only_one, only_other in product((12, 25), (0, 1, 3, 9, 10), (1, 2, 5, 7)):
        one, kept = issued(counted(common, only_one, 100))
        two = second(kept, counted(common, only_other, 200))
        if two is None:
            refused += 1
            continue
        first, then = (printed(each)["starts"][ALL] for each in (one, two))
        if first is not None and then is not None:
            assert abs(first - then) not in range(1, K), (common, only_one, only_other)
    assert refused < 20


@settings(max_examples=12, deadline=None)
@given(
    common=st.integers(1, 120),
    only_one=st.integers(0, 60),
    only_other=st.integers(0, 30),
)
def test_files_of_two_funders_withstand_whoever_sets_them_against_each_other(
    common: int, only_one: int, only_other: int
) -> None:
    ours, theirs = counted(common, only_other, 400), counted(common, only_one, 200)
    if min(common + only_one, common + only_other) < K:
        return
    one, kept = issued(theirs)
    two = second(kept, ours)
    if two is None or min(only_one, only_other) >= 2 * K:
        return
    merged = together(one, two)
    worst = not any(each.cost.zeros_hidden for each in (*one.protected, *two.protected))
    for reader in ("suppressible", "worst") if worst else ("suppressible",):
        found = attack(merged, zeros=reader)
        assert [violation.words for violation in found.violations] == []
        assert found.verdict == "safe"


def test_a_total_printed_beside_the_other_gives_the_difference_away() -> None:
    """The attack can tell: printed without a look at the first funder's return, the same pack is found out."""
    one, kept = issued(counted(60, 4, 200))
    alone = made_safe(counted(60, 6, 400), past([]), RULE, SALT, Watch.silent())
    assert attack(together(one, alone)).verdict == "unsafe"
    beside = second(kept, counted(60, 6, 400))
    assert beside is not None
    assert attack(together(one, beside)).verdict == "safe"
