"""Each tie between tables, each refusal, and what the person sees while the work goes on."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import numpy as np
import pytest

from coachdesk.errors import Cancelled, Refusal
from coachdesk.returns.attack import attack
from coachdesk.returns.protection import Protection, protect, protecting, render_release
from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.protection.proof import Reader, Weakness, _Part
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation, Rule

RULE = Rule(threshold=5)


def one_way(name: str, *counts: int, total: int | None = None, **more: Any) -> CountTable:
    """Return a table by one dimension with labels a, b, c...; ``more`` goes to the dimension."""
    labels = tuple("abcdefgh"[: len(counts)])
    dims = (Dimension(name="x", title="X", labels=labels, **more),)
    values: dict[Key, int] = {(label,): value for label, value in zip(labels, counts, strict=True)}
    values["Total",] = sum(counts) if total is None else total
    return table(name, dims, values)


def table(name: str, dims: tuple[Dimension, ...], counts: dict[Key, int], **more: str) -> CountTable:
    told = {"measure": name, "period": "q1", "universe": "hub", **more}
    return CountTable(id=name, title=f"Table {name}", dims=dims, counts=counts, **told)


def marks(protection: Protection, place: int = 0) -> set[Key]:
    return {key for key, value in protection.tables[place].values.items() if value is None}


def safe(protection: Protection, relations: Iterable[Relation] = (), rule: Rule = RULE) -> bool:
    return attack(render_release(protection.tables, list(relations), rule)).verdict == "safe"


def test_a_small_count_takes_another_with_it() -> None:
    protection = protect([one_way("t", 2, 20, 30)], [], RULE)
    assert marks(protection) == {("a",), ("b",)}
    assert protection.primaries == 1
    assert "primaries" not in repr(protection)


def test_nothing_small_nothing_withheld() -> None:
    protection = protect([one_way("t", 5, 20, 30)], [], RULE)
    assert protection.cost.hidden == 0


def test_nothing_is_printed_about_a_population_below_the_threshold() -> None:
    protection = protect([one_way("t", 1, 3, 0), one_way("u", 1, 1, 0)], [Relation.subset("u", "t")], RULE)
    assert protection.cost.hidden == protection.cost.cells == 8


def test_an_empty_population_is_printed_as_zeros() -> None:
    assert protect([one_way("t", 0, 0)], [], RULE).cost.hidden == 0


def test_everyone_in_a_sensitive_category_is_withheld() -> None:
    told = one_way("t", 12, 0, sensitive=frozenset({"a"}))
    protection = protect([told], [], RULE)
    assert ("a",) in marks(protection)
    assert safe(protection)


def test_everyone_in_a_sensitive_category_is_refused_when_zeros_must_show() -> None:
    told = one_way("t", 12, 0, sensitive=frozenset({"a"}))
    rule = Rule(threshold=5, zeros="published")
    with pytest.raises(Refusal, match="Use wider groups"):
        protect([told], [], rule)


def test_few_without_a_barrier_are_protected_too() -> None:
    told = one_way("t", 47, 20, total=49, kind="multi")
    protection = protect([told], [], RULE)
    assert ("a",) in marks(protection) or ("Total",) in marks(protection)
    assert safe(protection)


def test_barriers_that_cover_everyone_are_taken_into_account() -> None:
    told = one_way("t", 9, 3, total=11, kind="multi", covers=True)
    assert safe(protect([told], [], RULE))


def test_outcomes_within_starts_protect_the_rest() -> None:
    relations = [Relation.subset("o", "s")]
    protection = protect([one_way("s", 22, 30), one_way("o", 20, 10)], relations, RULE)
    assert ("a",) in marks(protection) | marks(protection, 1)
    assert safe(protection, relations)


def test_a_subset_holds_for_every_table_that_counts_the_same() -> None:
    y = Dimension(name="y", title="Y", labels=("p", "q"))
    by_y = table("s2", (y,), {("p",): 22, ("q",): 30, ("Total",): 52}, measure="s")
    o_by_y = table("o2", (y,), {("p",): 20, ("q",): 10, ("Total",): 30}, measure="o")
    tables = [one_way("s", 26, 26), one_way("o", 15, 15), by_y, o_by_y]
    relations = [Relation.subset("o", "s")]
    protection = protect(tables, relations, RULE)
    assert marks(protection, 2) | marks(protection, 3)
    written = render_release(protection.tables, relations, RULE)["relations"]
    assert {"type": "subset", "part": "o2", "whole": "s2", "protect": True, "sensitive": False} in written
    assert {"type": "shared", "tables": ["s", "s2"]} in written
    assert safe(protection, relations)


def test_a_tie_covers_only_what_both_tables_count() -> None:
    relations = [Relation.subset("o", "s"), Relation.equal("s", "s2"), Relation.shared("s", "s2")]
    band = Dimension(name="band", title="Band", labels=("p", "q"))
    tables = [
        one_way("s", 30, 30),
        one_way("s2", 30, 30),
        table("o", (band,), {("p",): 20, ("q",): 3, ("Total",): 23}),
    ]
    protection = protect(tables, relations, RULE)
    assert marks(protection, 2) == {("p",), ("q",)}
    assert safe(protection, relations)


def test_a_year_to_date_is_its_quarters() -> None:
    relations = [Relation.sum_of("ytd", ["q1", "q2"])]
    tables = [one_way("q1", 3, 20, 30), one_way("q2", 12, 20, 30), one_way("ytd", 15, 40, 60)]
    protection = protect(tables, relations, RULE)
    assert safe(protection, relations)
    assert len(marks(protection, 1) | marks(protection, 2)) >= 2


def test_a_union_counts_people_once() -> None:
    relations = [Relation.union_of("ytd", ["q1", "q2"])]
    tables = [one_way("q1", 3, 20), one_way("q2", 12, 20), one_way("ytd", 13, 35)]
    protection = protect(tables, relations, RULE)
    assert safe(protection, relations)


def test_equal_tables_are_withheld_together() -> None:
    relations = [Relation.equal("t", "u")]
    protection = protect([one_way("t", 2, 20, 30), one_way("u", 2, 20, 30)], relations, RULE)
    assert marks(protection) == marks(protection, 1)
    assert safe(protection, relations)


def test_tables_said_to_be_shared_have_one_margin() -> None:
    relations = [Relation.shared("t", "u")]
    protection = protect([one_way("t", 2, 20, 30), one_way("u", 2, 20, 30)], relations, RULE)
    assert protection.cost.cells == 4
    assert safe(protection, relations)


@pytest.mark.parametrize("op", ["<=", ">="])
def test_age_bands_that_nearly_agree_protect_the_year_between(op: Any) -> None:
    band = Dimension(name="band", title="Band", labels=("16-25", "26+"))
    newer = table("newer", (band,), {("16-25",): 23, ("26+",): 27, ("Total",): 50})
    terms = [(1, "newer", ("16-25",)), (-1, "older", ("a",))]
    if op == "<=":
        terms = [(-coefficient, name, key) for coefficient, name, key in terms]
    relations = [Relation.linear(terms, op=op, protect=True)]
    protection = protect([one_way("older", 20, 30), newer], relations, RULE)
    assert marks(protection) | marks(protection, 1)
    assert safe(protection, relations)


def test_a_linear_tie_without_slack_is_a_sum() -> None:
    relations = [Relation.linear([(1, "t", ("a",)), (1, "u", ("a",))], rhs=30)]
    protection = protect([one_way("t", 3, 20, 7), one_way("u", 27, 9, 8)], relations, RULE)
    assert ("a",) in marks(protection, 1)
    assert safe(protection, relations)


def test_what_was_printed_stays_printed_and_a_mark_stays_a_mark() -> None:
    told = one_way("t", 2, 20, 30, 40)
    frozen: dict[tuple[str, Key], int | None] = {("t", ("b",)): 20, ("t", ("d",)): None}
    protection = protect([told], [], RULE, frozen=frozen)
    assert marks(protection) == {("a",), ("d",)}


def test_a_changed_number_cannot_be_issued_again() -> None:
    with pytest.raises(Refusal, match="has changed since it was issued"):
        protect([one_way("t", 20, 30)], [], RULE, frozen={("t", ("a",)): 19})


def test_what_was_printed_can_make_protection_impossible() -> None:
    frozen: dict[tuple[str, Key], int | None] = {("t", ("b",)): 20, ("t", ("Total",)): 24}
    with pytest.raises(Refusal, match="cannot be protected") as refused:
        protect([one_way("t", 2, 20, 2)], [], RULE, frozen=frozen)
    assert "a in “Table t”" in refused.value.message


def test_what_two_printed_numbers_already_tell_is_not_refused_for_ever() -> None:
    frozen: dict[tuple[str, Key], int | None] = {("t", ("a",)): 20, ("o", ("a",)): 18}
    relations = [Relation.subset("o", "t")]
    protection = protect([one_way("t", 20, 30), one_way("o", 18, 10)], relations, RULE, frozen=frozen)
    assert not marks(protection)


def test_where_a_number_cannot_come_down_it_may_go_further_up() -> None:
    frozen: dict[tuple[str, Key], int | None] = {("u", ("a",)): 3, ("t", ("b",)): 20}
    relations = [Relation.subset("u", "t", protect=False)]
    protection = protect([one_way("t", 4, 20, 30), one_way("u", 3, 9, 9)], relations, RULE, frozen=frozen)
    assert ("a",) in marks(protection)
    release = render_release(protection.tables, relations, RULE)
    found = {violation.code for violation in attack(release).violations}
    assert found == {"SMALL"}  # only what was printed before


def test_an_earlier_mark_that_became_too_narrow_takes_another_number_with_it() -> None:
    rule = Rule(threshold=3, min_values=8)
    relations = [Relation.subset("u", "t", protect=False)]
    tables = [one_way("t", 5, 20, 30), one_way("u", 0, 9, 9)]
    protection = protect(tables, relations, rule, frozen={("u", ("a",)): None, ("u", ("b",)): None})
    assert ("a",) in marks(protection)
    assert safe(protection, relations, rule)


def test_an_earlier_mark_that_cannot_be_helped_is_left_to_the_attack() -> None:
    frozen: dict[tuple[str, Key], int | None] = {("t", ("a",)): 3, ("u", ("a",)): None, ("u", ("b",)): None}
    relations = [Relation.subset("u", "t", protect=False)]
    done = protect([one_way("t", 3, 20), one_way("u", 0, 9)], relations, RULE, frozen=frozen)
    assert [done.tables[1].shown((label,)) for label in ("a", "b")] == ["[c]", "[c]"]
    assert attack(render_release(done.tables, relations, RULE)).verdict == "unsafe"


def test_a_headline_of_its_own_is_simply_withheld() -> None:
    assert protect([table("h", (), {(): 3})], [], RULE).tables[0].shown(()) == "[c]"


@pytest.mark.parametrize(
    ("tables", "relations", "sentence"),
    [
        ([one_way("t", 5, 6, total=12)], [], "do not add up"),
        ([one_way("t", 5, 6), one_way("t", 5, 6)], [], "same id"),
        (
            [one_way("t", 5, 6), one_way("u", 7, 7)],
            [Relation.shared("t", "u")],
            "differs from the same margin",
        ),
        ([one_way("t", 5, 6), one_way("u", 7, 7)], [Relation.subset("u", "t")], "larger than its whole"),
        ([one_way("t", 5)], [Relation.linear([(1, "t", ("a",))], op="<=", rhs=4)], "does not hold"),
        ([one_way("t", 3, 3, total=7, kind="multi", covers=True)], [], "does not hold"),
    ],
)
def test_counts_that_contradict_each_other_are_our_own_mistake(
    tables: list[CountTable], relations: list[Relation], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        protect(tables, relations, RULE)


def test_progress_only_goes_forward_and_speaks() -> None:
    heard: list[tuple[float, str]] = []
    protect([one_way("t", 2, 20, 30)], [], RULE, progress=lambda part, words: heard.append((part, words)))
    fractions = [part for part, _ in heard]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] <= 1
    assert len({words for _, words in heard}) == 4


def test_the_person_can_stop_it() -> None:
    with pytest.raises(Cancelled):
        protect([one_way("t", 2, 20, 30)], [], RULE, cancelled=lambda: True)
    turns = count()
    with pytest.raises(Cancelled):
        protect([one_way("t", 2, 20, 30)], [], RULE, cancelled=lambda: next(turns) > 3)


def weak_for(turns: int) -> Callable[..., list[Weakness]]:
    """Return a check that finds the first cell too narrow for so many turns, whatever is withheld."""
    left = iter(range(turns))

    def check(pack: Pack, *_: object) -> list[Weakness]:
        low = pack.cells[0].value
        return [Weakness(0, low, low)] if next(left, None) is not None else []

    return check


def test_a_number_that_only_fractions_protect_takes_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [one_way("t", 2, 20, 30, 40), one_way("u", 30, 30)]
    plain = protect(tables, [], RULE, seconds=0)
    monkeypatch.setattr(protecting, "weaknesses", weak_for(2))
    assert marks(protect(tables, [], RULE, seconds=0)) > marks(plain)
    monkeypatch.setattr(protecting, "weaknesses", weak_for(4))
    assert len(marks(protect(tables, [], RULE, seconds=0))) == 5


def test_the_last_resort_is_to_withhold_the_whole_table(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [one_way("t", 2, 20, 30, 40, 50, 60, 70), one_way("u", 30, 30)]
    monkeypatch.setattr(protecting, "weaknesses", weak_for(5))
    protection = protect(tables, [], RULE, seconds=0)
    assert len(marks(protection)) == 8
    assert not marks(protection, 1)
    monkeypatch.setattr(protecting, "weaknesses", weak_for(6))
    with pytest.raises(Refusal, match="cannot be protected"):
        protect(tables, [], RULE, seconds=0)


def test_the_release_holds_only_what_is_printed() -> None:
    age = Dimension(name="x", title="X", labels=("a", "b"), total_label="All", sensitive=frozenset({"b"}))
    barrier = Dimension(name="y", title="Y", labels=("p",), kind="multi")
    counts: dict[Key, int] = {
        ("a", "p"): 2, ("a", "Total"): 20, ("b", "p"): 9, ("b", "Total"): 30,
        ("All", "p"): 11, ("All", "Total"): 50,
    }  # fmt: skip
    headline = table("h", (), {(): 50}, measure="t")
    protection = protect([table("t", (age, barrier), counts), headline], [], RULE)
    release = render_release(protection.tables, [], RULE)
    assert release == {
        "policy": {"threshold": 5, "min_values": 5, "zeros": "suppressible", "group": True},
        "tables": [
            {"id": "h", "period": "q1", "dims": [], "values": 50},
            {
                "id": "t",
                "period": "q1",
                "dims": [
                    {
                        "name": "x",
                        "labels": ["a", "b", "All"],
                        "total": "All",
                        "kind": "partition",
                        "sensitive": ["b"],
                    },
                    {
                        "name": "y",
                        "labels": ["p", "Total"],
                        "total": "Total",
                        "kind": "multi",
                        "covers": False,
                    },
                ],
                "values": [["[c]", 20], ["[c]", 30], [11, 50]],
            },
        ],
        "relations": [{"type": "shared", "tables": ["h", "t"]}],
    }


def test_relations_are_written_once_in_the_public_form() -> None:
    tables = [one_way("t", 20, 20), one_way("u", 20, 20), one_way("v", 40, 40)]
    relations = [
        Relation.equal("t", "u"),
        Relation.equal("t", "u"),
        Relation.sum_of("v", ["t", "u"]),
        Relation.union_of("v", ["t", "u"]),
        Relation.linear([(1, "t", ("a",)), (-1, "u", ("a",))]),
    ]
    protection = protect(tables, relations, RULE)
    assert render_release(protection.tables, relations, RULE)["relations"] == [
        {"type": "equal", "tables": ["t", "u"]},
        {"type": "sum", "total": "v", "parts": ["t", "u"]},
        {"type": "union", "total": "v", "parts": ["t", "u"]},
        {"type": "linear", "terms": [[1, "t|a"], [-1, "u|a"]], "op": "==", "rhs": 0, "protect": False},
    ]


def test_a_fractional_movement_is_not_taken_for_a_possibility() -> None:
    pack = Pack([one_way("t", 2, 20, 30)], [])
    reader = Reader(pack, RULE, [0, 1], {0, 1}, wary=True)
    reader.remember([np.array([4.5, -4.5, 0.0, 0.0])])
    assert not reader.wide(0)
    reader.remember([np.array([4.0, -4.0, 0.0, 0.0])])
    assert reader.wide(0)


def test_what_the_solver_gives_up_on_counts_as_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Part, "reach", staticmethod(lambda *_: (np.zeros(0), False)))
    pack = Pack([one_way("t", 2, 20, 30)], [])
    assert Reader(pack, RULE, [0, 1], {0, 1}, wary=True).judge(0) == Weakness(0, 2, 2)


def test_a_narrower_width_can_be_asked_for() -> None:
    rule = Rule(threshold=5, min_values=3)
    protection = protect([one_way("t", 4, 20, 30)], [], rule)
    assert ("a",) in marks(protection)
    assert safe(protection, rule=rule)
