"""Whatever the clients, what the protection prints withstands the attack."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.returns.attack import attack
from coachdesk.returns.protection import Protection, protect, render_release
from coachdesk.returns.tables import CountTable, Dimension, Relation, Rule

RULE = Rule(threshold=5)
BARRIERS = Dimension(
    name="barrier",
    title="Barrier",
    labels=("travel", "health", "childcare"),
    kind="multi",
    sensitive=frozenset({"health"}),
)
Client = dict[str, tuple[str, ...]]


def dimensions(*sizes: int) -> list[Dimension]:
    """Return dimensions of these sizes; the first label of the last is sensitive."""
    last = len(sizes) - 1
    return [
        Dimension(
            name=f"d{place}",
            title=f"Dimension {place}",
            labels=tuple(f"l{label}" for label in range(size)),
            sensitive=frozenset({"l0"}) if place == last else frozenset(),
        )
        for place, size in enumerate(sizes)
    ]


def clients(count: int, dims: Sequence[Dimension], seed: int) -> list[Client]:
    dice = random.Random(seed)  # noqa: S311 - invented clients
    return [
        {
            **{
                d.name: (dice.choices(d.labels, [1 / (1 + n) for n in range(len(d.labels))])[0],)
                for d in dims
            },
            "barrier": tuple(label for label in BARRIERS.labels if dice.random() < 0.4),
            "outcome": ("yes",) if dice.random() < 0.5 else (),
        }
        for _ in range(count)
    ]


def counted(measure: str, people: Sequence[Client], dims: Sequence[Dimension], **more: str) -> CountTable:
    seen: Counter[tuple[str, ...]] = Counter()
    for client in people:
        seen.update(product(*((*client[d.name], d.total_label) for d in dims)))
    keys = product(*(d.every_label for d in dims))
    name = "-".join([more.get("period", "q1"), measure, *(d.name for d in dims)])
    return CountTable(
        id=name,
        title=name,
        measure=measure,
        period=more.get("period", "q1"),
        universe=more.get("universe", "hub"),
        dims=tuple(dims),
        counts={key: seen[key] for key in keys},
    )


def pack(
    count: int, sizes: Sequence[int], seed: int, *, two_way: bool
) -> tuple[list[CountTable], list[Relation]]:
    """Return starts and outcomes of one quarter by every breakdown."""
    dims = dimensions(*sizes)
    people = clients(count, dims, seed)
    breakdowns: list[tuple[Dimension, ...]] = [(), *((d,) for d in (*dims, BARRIERS))]
    if two_way:
        breakdowns += [*combinations(dims, 2), (BARRIERS, dims[0])]
    achieved = [client for client in people if client["outcome"]]
    tables = [counted("starts", people, chosen) for chosen in breakdowns]
    tables += [counted("outcomes", achieved, chosen) for chosen in breakdowns]
    return tables, [Relation.subset("q1-outcomes", "q1-starts")]


def attacked(protection: Protection, relations: Sequence[Relation], rule: Rule = RULE) -> dict[str, Any]:
    """Return the release after it withstood every reader it must withstand."""
    release: dict[str, Any] = json.loads(json.dumps(render_release(protection.tables, relations, rule)))
    findings = attack(release)
    assert (findings.verdict, findings.violations) == ("safe", ())
    if protection.cost.zeros_hidden == 0:
        worst = attack(release, zeros="worst")
        assert (worst.verdict, worst.violations) == ("safe", ())
    return release


def true_to_the_counts(protection: Protection) -> bool:
    return all(
        value in (None, protected.table.counts[key])
        for protected in protection.tables
        for key, value in protected.values.items()
    )


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(0, 90),
    sizes=st.lists(st.integers(2, 5), min_size=2, max_size=3),
    seed=st.integers(0, 10_000),
    two_way=st.booleans(),
)
def test_any_pack_withstands_the_attack(count: int, sizes: list[int], seed: int, two_way: bool) -> None:  # noqa: FBT001  drawn by hypothesis
    tables, relations = pack(count, sizes, seed, two_way=two_way)
    protection = protect(tables, relations, RULE)
    assert true_to_the_counts(protection)
    attacked(protection, relations)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(5, 60))
def test_a_pack_with_every_zero_shown_withstands_the_attack(seed: int, count: int) -> None:
    rule = Rule(threshold=5, zeros="published")
    dims = [Dimension(name=d.name, title=d.title, labels=d.labels) for d in dimensions(3, 3)]
    people = clients(count, dims, seed)
    tables = [counted("starts", people, [d]) for d in dims]
    protection = protect(tables, [], rule)
    assert protection.cost.zeros_hidden == 0
    attacked(protection, [], rule)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_small_hub_with_thirty_tables_withstands_the_attack(seed: int) -> None:
    tables, relations = pack(60, (3, 4, 4, 4, 2), seed, two_way=True)
    protection = protect(tables, relations, RULE, seconds=1)
    assert len(tables) > 30
    attacked(protection, relations)


@pytest.mark.slow
def test_a_large_programme_keeps_nearly_everything() -> None:
    tables, relations = pack(5000, (8, 10, 10, 8, 6), 1, two_way=True)
    protection = protect(tables, relations, RULE, seconds=1)
    assert protection.cost.hidden_share < 0.1
    assert protection.cost.margins_hidden == 0
    attacked(protection, relations)


def test_the_same_pack_always_gets_the_same_pattern() -> None:
    tables, relations = pack(70, (3, 4, 3), 5, two_way=True)
    one = protect(tables, relations, RULE)
    other = protect(tables[::-1], relations, RULE)
    assert {t.table.id: dict(t.values) for t in one.tables} == {
        t.table.id: dict(t.values) for t in other.tables
    }
    assert render_release(one.tables, relations, RULE) == render_release(other.tables, relations, RULE)


def test_a_year_protected_quarter_by_quarter_withstands_the_attack() -> None:
    dims = dimensions(3, 3)
    people = {f"q{n}": clients(40, dims, n) for n in (1, 2)}
    first = [counted("starts", people["q1"], [d], period="q1") for d in dims]
    earlier = protect(first, [], RULE)
    frozen = {(t.table.id, key): value for t in earlier.tables for key, value in t.values.items()}
    second = [counted("starts", people["q2"], [d], period="q2") for d in dims]
    year = [counted("starts", [*people["q1"], *people["q2"]], [d], period="ytd") for d in dims]
    relations = [
        Relation.sum_of(f"ytd-starts-{d.name}", [f"q1-starts-{d.name}", f"q2-starts-{d.name}"]) for d in dims
    ]
    both = protect([*first, *second, *year], relations, RULE, frozen=frozen)
    for issued, again in zip(earlier.tables, both.tables[:2], strict=True):
        assert dict(issued.values) == dict(again.values)
    attacked(both, relations)


def test_printing_a_needed_number_again_gives_somebody_away() -> None:
    tables, relations = pack(60, (3, 4), 3, two_way=True)
    release = attacked(protect(tables, relations, RULE), relations)
    truth = {table.id: table for table in tables}
    caught = []
    for told in release["tables"]:
        table = truth[told["id"]]
        for key in table.every_key():
            row: Any = told["values"]
            places = [d.every_label.index(label) for d, label in zip(table.dims, key, strict=True)]
            for place in places[:-1]:
                row = row[place]
            if places and row[places[-1]] == "[c]" and table.counts[key] >= RULE.threshold:
                row[places[-1]] = table.counts[key]
                caught.append(attack(release, zeros="worst").verdict != "safe")
                row[places[-1]] = "[c]"
    assert len(caught) > 5
    assert sum(caught) >= 0.8 * len(caught)
