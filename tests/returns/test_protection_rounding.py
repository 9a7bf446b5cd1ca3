"""Rounded tables add up, stay near the truth and keep to what was printed before; the attack reads them."""

import random
from collections.abc import Iterator
from itertools import count, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Cancelled, Refusal
from coachdesk.returns.attack import attack
from coachdesk.returns.protection import Rounded, render_release, round_to, rounding
from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation, Rounding, Rule

RULE = Rule(threshold=5)
A, B, C = (Dimension(name=name, title=name, labels=("p", "q", "r")) for name in "abc")
NEEDS = Dimension(name="need", title="need", labels=("x", "y"), kind="multi", covers=True)


def one_way(name: str, *counts: int, total: int | None = None, period: str = "q", **more: Any) -> CountTable:
    labels = tuple("abcdefgh"[: len(counts)])
    dims = (Dimension(name="x", title="X", labels=labels, **more),)
    values: dict[Key, int] = {(label,): value for label, value in zip(labels, counts, strict=True)}
    values["Total",] = sum(counts) if total is None else total
    return CountTable(
        id=name, title=name, measure=name[0], period=period, universe="h", dims=dims, counts=values
    )


def linked(people: int, seed: int) -> tuple[list[CountTable], list[Relation]]:
    """Return starts and outcomes by every pair of three headings, and by a need that people share."""
    dice = random.Random(seed)  # noqa: S311 - invented clients
    clients = [
        {
            **{dim.name: {dice.choice("ppppqqr")} for dim in (A, B, C)},
            "need": dice.choice(({"x"}, {"y"}, {"x", "y"})),
            "done": {"yes"} if dice.random() < 0.4 else set(),
        }
        for _ in range(people)
    ]
    tables = []
    for measure, counted in (("starts", clients), ("ends", [c for c in clients if c["done"]])):
        for dims in ((A, B), (A, C), (B, C), (NEEDS, A)):
            name = f"{measure}-{dims[0].name}{dims[1].name}"
            told = {
                key: sum(
                    all(k == "Total" or k in c[d.name] for k, d in zip(key, dims, strict=True))
                    for c in counted
                )
                for key in product(*(dim.every_label for dim in dims))
            }
            tables.append(
                CountTable(
                    id=name, title=name, measure=measure, period="q", universe="h", dims=dims, counts=told
                )
            )
    return tables, [Relation.subset("ends-ab", "starts-ab")]


def attacked(rounded: Rounded, relations: list[Relation]) -> str:
    return attack(render_release(rounded.tables, relations, RULE)).verdict


@settings(max_examples=40, deadline=None)
@given(people=st.integers(0, 150), seed=st.integers(0, 10_000))
def test_any_rounded_pack_adds_up_and_withstands_the_attack(people: int, seed: int) -> None:
    tables, relations = linked(people, seed)
    rounded = round_to(tables, relations, RULE)
    for each in rounded.tables:
        assert all(value is not None and value % 5 == 0 for value in each.values.values())
        assert all(abs((value or 0) - each.table.counts[key]) <= 4 for key, value in each.values.items())
    printed = [
        CountTable(
            id=each.table.id,
            title="printed",
            measure=each.table.measure,
            period="q",
            universe="h",
            dims=each.table.dims,
            counts={key: value or 0 for key, value in each.values.items()},
        )
        for each in rounded.tables
    ]
    # The system itself refuses counts that do not add up or parts larger than their whole.
    assert Pack(printed, relations).rows
    assert attacked(rounded, relations) == "safe"
    assert rounded.gap == 0
    assert rounded.largest_error <= 4
    assert rounded.cost.hidden == 0


def test_the_least_possible_is_lost() -> None:
    rounded = round_to([one_way("t", 6, 8, 11)], [], RULE)
    assert list(rounded.tables[0].values.values()) == [5, 10, 10, 25]
    assert rounded.tables[0].rounding == Rounding(5, 4)
    assert (rounded.mean_error, rounded.largest_error) == (1.0, 2)


def test_nobody_stays_nobody_and_the_form_says_how_it_was_rounded() -> None:
    rounded = round_to([one_way("t", 0, 7, 12)], [], RULE)
    assert rounded.tables[0].values["a",] == 0
    told = render_release(rounded.tables, [], RULE)
    assert told["tables"][0]["rounding"] == {"method": "random", "base": 5}
    assert told["policy"]["min_values_rounded"] == 3


def test_a_year_is_the_sum_of_its_rounded_quarters_and_says_how_far_off_it_is() -> None:
    quarters = [one_way(f"s{n}", 3 + n, 8, 11 + n, period=f"q{n}") for n in range(4)]
    year = one_way("sy", *(sum(q.counts[label,] for q in quarters) for label in "abc"), period="year")
    relations = [Relation.sum_of("sy", [q.id for q in quarters]), Relation.equal("sy", "sy")]
    rounded = round_to([*quarters, year], relations, RULE)
    for key in year.every_key():
        assert rounded.tables[4].values[key] == sum(each.values[key] or 0 for each in rounded.tables[:4])
    assert rounded.tables[4].rounding == Rounding(5, 16)
    told = render_release(rounded.tables, relations, RULE)
    assert {"method": "perturb", "base": 5, "max": 16} in [each.get("rounding") for each in told["tables"]]
    assert attack(told).verdict == "safe"


def frozen(*values: int | None, name: str = "t") -> dict[tuple[str, Key], int | None]:
    return {
        (name, (label,)): value
        for label, value in zip((*"abcdefgh"[: len(values) - 1], "Total"), values, strict=True)
    }


def test_what_was_rounded_before_is_printed_again() -> None:
    new = CountTable(
        id="t2", title="t2", measure="t", period="q", universe="h", dims=(A,),
        counts={("p",): 10, ("q",): 9, ("r",): 6, ("Total",): 25},
    )  # fmt: skip
    rounded = round_to([one_way("t", 6, 7, 12), new], [], RULE, frozen=frozen(10, 5, 10, 25))
    assert list(rounded.tables[0].values.values()) == [10, 5, 10, 25]
    assert rounded.tables[1].values["Total",] == 25
    assert rounded.tables[0].rounding == Rounding(5, 4)


def test_what_was_printed_exactly_stays_exact_and_a_mark_a_mark() -> None:
    rounded = round_to(
        [one_way("t", 2, 3, 12), one_way("u", 3, 9)], [], RULE, frozen=frozen(None, None, 12, 17)
    )
    assert list(rounded.tables[0].values.values()) == [None, None, 12, 17]
    assert rounded.tables[0].rounding is None
    assert (rounded.cost.hidden, rounded.cost.margins_hidden, rounded.cost.zeros_hidden) == (2, 0, 0)
    told = render_release(rounded.tables, [], RULE)
    assert ["rounding" in each for each in told["tables"]] == [False, True]


def test_a_number_farther_off_serves_where_the_nearest_do_not_add_up() -> None:
    before = {place: value for place, value in frozen(0, 0, 5, 10).items() if place[1] != ("c",)}
    rounded = round_to([one_way("t", 4, 4, 4)], [], RULE, frozen=before)
    assert rounded.tables[0].values["c",] == 10
    assert rounded.tables[0].rounding == Rounding(5, 9)


def test_what_was_printed_farther_off_before_is_said_to_be() -> None:
    rounded = round_to([one_way("t", 4, 4, 4)], [], RULE, frozen=frozen(0, 0, 10, 10))
    assert rounded.tables[0].rounding == Rounding(5, 9)


def test_what_cannot_add_up_beside_earlier_numbers_is_refused() -> None:
    with pytest.raises(Refusal, match="Withhold small numbers instead"):
        round_to([one_way("t", 6, 6)], [], RULE, frozen={("t", ("Total",)): 12})
    with pytest.raises(Refusal, match="has changed since it was issued"):
        round_to([one_way("t", 6, 6)], [], RULE, frozen={("t", ("a",)): 20})


def test_a_base_below_the_threshold_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="below the threshold"):
        round_to([one_way("t", 6, 6)], [], Rule(threshold=10))
    assert round_to([one_way("t", 6, 6)], [], Rule(threshold=10), base=10).tables[0].values["Total",] == 10


def test_rounding_speaks_and_can_be_stopped() -> None:
    heard: list[str] = []
    round_to(
        [one_way("t", 6, 6)], [], RULE, progress=lambda _, words: heard.append(words), cancelled=lambda: False
    )
    assert heard == ["Rounding every number so that all tables add up"]
    with pytest.raises(Cancelled):
        round_to([one_way("t", 6, 6)], [], RULE, cancelled=lambda: True)


def test_the_solver_stops_in_the_middle_of_rounding() -> None:
    class Event:
        stopped = False

        def interrupt(self) -> None:
            self.stopped = True

    turns = count()
    work = rounding._Rounding(Pack([one_way("t", 6, 6)], []), 5, {}, {}, lambda: next(turns) > 0)
    for stopped in (False, True):
        event = Event()
        work._ask(event)  # type: ignore[arg-type]  # a stand-in for the solver's event
        assert event.stopped == stopped


def every_truth(printed: dict[Key, int]) -> Iterator[np.ndarray]:
    """Return what the four inner counts can be, their totals too, where each was rounded to 3 either way."""
    inner = [range(max(0, printed[key] - 2), printed[key] + 3) for key in product("pq", "pq")]
    for p, q, r, s in product(*inner):
        told = (p, q, p + q, r, s, r + s, p + r, q + s, p + q + r + s)
        if all(abs(value - shown) <= 2 for value, shown in zip(told, printed.values(), strict=True)):
            yield np.array(told)


@settings(max_examples=60, deadline=None)
@given(counts=st.tuples(*[st.integers(0, 5)] * 4), ups=st.tuples(*[st.booleans()] * 9))
def test_the_attack_learns_of_rounded_numbers_what_trying_everything_learns(
    counts: tuple[int, ...], ups: tuple[bool, ...]
) -> None:
    p, q, r, s = counts
    truth = (p, q, p + q, r, s, r + s, p + r, q + s, p + q + r + s)
    keys = list(product(("p", "q", "Total"), repeat=2))
    printed = {key: (v // 3 + (up and v % 3 > 0)) * 3 for key, v, up in zip(keys, truth, ups, strict=True)}
    labels = ["p", "q", "Total"]
    release = {
        "policy": {"threshold": 3, "min_values_rounded": 3},
        "tables": [
            {
                "id": "t",
                "dims": [{"name": "a", "labels": labels}, {"name": "b", "labels": labels}],
                "values": [[printed[a, b] for b in labels] for a in labels],
                "rounding": {"method": "random", "base": 3},
            }
        ],
    }
    possible = np.array(list(every_truth(printed)))
    low, high = possible.min(axis=0), possible.max(axis=0)
    expected = {
        (key, low[n], high[n])
        for n, key in enumerate(keys)
        if low[n] < 3 and high[n] >= 1 and high[n] - low[n] + 1 < 3
    }
    assert {(v.cell, v.low, v.high) for v in attack(release, mode="exact").violations} == expected


@pytest.mark.parametrize("told", [{"base": 0}, {"base": 5, "max": -1}])
def test_a_rounding_that_makes_no_sense_is_refused(told: dict[str, int]) -> None:
    table = {"id": "t", "dims": [], "values": 5, "rounding": {"method": "perturb", **told}}
    with pytest.raises(Refusal, match="makes no sense"):
        attack({"policy": {"threshold": 5}, "tables": [table]})
