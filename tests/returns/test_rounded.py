"""A return that is rounded: it adds up, nothing is withheld, and it stands beside returns of its own kind only."""

import json
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.attack import attack
from coachdesk.returns.choice import ROUND, WITHHOLD, Method
from coachdesk.returns.earlier import past, stored
from coachdesk.returns.rounded import base_for, largest_distortion, rounded_sentences
from coachdesk.returns.safety import Safe, made_safe, rule_of, said_of
from coachdesk.vault.watch import Watch
from tests.returns.test_safety import SALT, count, ids, quarters

Kept = dict[str, Any]


def made(
    period: str, people: frozenset[UUID], *before: Kept, method: Method = ROUND, threshold: int = 5
) -> tuple[Safe, Kept]:
    counted = count(period, starts=people)
    safe = made_safe(counted, past(before), rule_of(threshold), SALT, Watch.silent(), method=method)
    kept: Kept = json.loads(json.dumps(stored(safe.counted, safe.protected, SALT)))
    return safe, kept


def numbers(safe: Safe, table: str) -> dict[tuple[str, ...], int | None]:
    return dict(next(each for each in safe.protected if each.table.id == table).values)


def test_every_number_is_a_multiple_of_five_and_every_table_adds_up() -> None:
    safe, _ = made("Q1", ids(143))
    for each in safe.protected:
        printed = list(each.values.values())
        assert all(value is not None and value % 5 == 0 for value in printed)
        if each.table.dims:
            assert sum(value or 0 for value in printed) == 2 * (each.values[each.table.total_key] or 0)
    assert 0 < largest_distortion(safe.protected) < 5
    assert safe.cost.hidden == 0
    assert attack(safe.release).verdict == "safe"
    assert safe.release["tables"][0]["rounding"] == {"method": "random", "base": 5}


def test_it_says_that_it_is_rounded_and_nothing_of_marks() -> None:
    safe, _ = made("Q1", ids(143))
    words = said_of(safe, 5)
    assert words[0].startswith("Every number, including totals, is a multiple of 5 within 4")
    assert "on its own" in words[1]
    assert "together with 2 earlier returns" in rounded_sentences(safe.protected, 2)[1]
    assert not [sentence for sentence in words if "[c]" in sentence]
    exact, _ = made("Q1", ids(143), method=WITHHOLD)
    assert "[c]" in " ".join(said_of(exact, 5))
    assert rounded_sentences(exact.protected) == ()


def test_the_same_return_again_prints_the_same_numbers() -> None:
    first, kept = made("Q1", ids(143))
    again, _ = made("Q1", ids(143), kept)
    assert numbers(again, "starts-by-hub") == numbers(first, "starts-by-hub")


def test_a_year_to_date_is_the_sum_of_the_printed_quarters() -> None:
    parts = quarters((60, 70, 50))
    kept: list[Kept] = []
    printed: list[dict[tuple[str, ...], int | None]] = []
    for number, part in enumerate(parts, 1):
        safe, one = made(f"Q{number}", part, *kept)
        kept.append(one)
        printed.append(numbers(safe, "starts-by-hub"))
    year, _ = made("Q1..Q3", frozenset().union(*parts), *kept)
    whole = numbers(year, "starts-by-hub")
    assert whole == {key: sum(one[key] or 0 for one in printed) for key in whole}


@pytest.mark.parametrize(
    ("first", "second", "words"), [(WITHHOLD, ROUND, "exact numbers"), (ROUND, WITHHOLD, "was rounded")]
)
def test_the_two_methods_do_not_stand_beside_each_other(first: Method, second: Method, words: str) -> None:
    _, kept = made("Q1", ids(60), method=first)
    with pytest.raises(Refusal, match=words):
        made("Q1", ids(70), kept, method=second)


@pytest.mark.parametrize(("threshold", "base"), [(3, 5), (5, 5), (8, 10), (10, 10), (20, 20)])
def test_the_base_hides_every_count_below_the_threshold(threshold: int, base: int) -> None:
    assert base_for(threshold) == base


def test_for_the_public_everything_is_rounded_to_ten() -> None:
    safe, _ = made("Q1", ids(143), threshold=10)
    assert {value for value in numbers(safe, "starts-by-hub").values() if value and value % 10} == set()
