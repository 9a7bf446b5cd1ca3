"""What a reader could set against an earlier return, and what only looks as if they could."""

import pytest

from coachdesk.returns.earlier import past, ties
from coachdesk.returns.tables import Relation
from tests.returns.test_safety import SALT, count, ids, issued


def told(relations: tuple[Relation, ...], table: str) -> dict[tuple[str, ...], tuple[str, bool]]:
    return {
        each.terms[0][2]: (each.op, each.protect)
        for each in relations
        if table in {term[1] for term in each.terms}
    }


def test_two_small_groups_of_different_people_are_not_tied() -> None:
    """The cohorts of two quarters differ by few only because they are few: nobody is in both."""
    before = past([issued(count("Q1", starts=ids(6)))[1]])
    assert ties(count("Q2", starts=ids(3, 6)), before, SALT, 5) == ()
    assert ties(count("Q2", starts=ids(3, 4)), before, SALT, 5) != ()


def test_headings_that_happen_to_count_as_many_are_not_said_to_be_equal() -> None:
    """A quarter within the year so far: where the year adds nobody under a heading, no reader knows it."""
    before = past([issued(count("Q1", starts=ids(60)))[1]])
    within = told(ties(count("Q1..Q2", starts=ids(70)), before, SALT, 5), "starts-by-hub")
    assert within
    assert set(within.values()) == {(">=", True)}
    again = told(ties(count("Q1", starts=ids(60)), before, SALT, 5), "starts-by-hub")
    assert set(again.values()) == {("==", False)}


@pytest.mark.parametrize(("everybody", "op"), [(130, "=="), (131, ">=")])
def test_a_year_is_said_to_be_its_quarters_only_where_it_is(everybody: int, op: str) -> None:
    kept = [
        issued(count(f"Q{n}", starts=ids(size, first)))[1] for n, size, first in ((1, 60, 0), (2, 70, 60))
    ]
    found = ties(count("year", starts=ids(everybody)), past(kept), SALT, 5)
    sums = [each for each in found if len(each.terms) == 3]
    assert {each.op for each in sums} == {op}
