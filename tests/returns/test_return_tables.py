from typing import Any

import pytest

from coachdesk.returns.tables import CountTable, Dimension, Protected, Relation, Rule

SEX = Dimension(name="sex", title="Sex", labels=("F", "M"), sensitive=frozenset({"F"}))
COUNTS = {("F",): 2, ("M",): 9, ("Total",): 11}


def starts(**changes: Any) -> CountTable:
    values: dict[str, Any] = {
        "id": "starts-by-sex",
        "title": "Starts by sex",
        "measure": "starts",
        "period": "2026 Q1",
        "universe": "Leeds",
        "dims": (SEX,),
        "counts": COUNTS,
    }
    return CountTable(**{**values, **changes})


def test_a_table_knows_its_cells_places_and_total() -> None:
    table = starts()
    assert list(table.every_key()) == [("F",), ("M",), ("Total",)]
    assert table.place(("F",)) == {("sex", "F")}
    assert table.place(("Total",)) == frozenset()
    assert (table.total_key, table.total) == (("Total",), 11)


def test_a_headline_is_a_table_without_dimensions() -> None:
    assert starts(dims=(), counts={(): 40}).total == 40


def test_counts_cannot_be_changed_afterwards() -> None:
    counts = dict(COUNTS)
    table = starts(counts=counts)
    counts["F",] = 7
    assert table.counts["F",] == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"counts": {("F",): 2}}, "do not match the labels"),
        ({"counts": {**COUNTS, ("F",): -1}}, "below zero"),
        ({"dims": (SEX, SEX)}, "dimension is used twice"),
        ({"id": "a|b"}, "must not be empty or hold"),
    ],
)
def test_a_table_that_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        starts(**changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"labels": ("F", "F")}, "label is used twice"),
        ({"labels": ("F", "Total")}, "label is used twice"),
        ({"labels": ("F|M",)}, "must not be empty or hold"),
        ({"sensitive": frozenset({"X"})}, "sensitive label"),
    ],
)
def test_a_dimension_that_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    values: dict[str, Any] = {"name": "sex", "title": "Sex", "labels": ("F", "M")}
    with pytest.raises(ValueError, match=sentence):
        Dimension(**{**values, **changes})


def test_a_rule_asks_for_as_many_values_as_its_threshold_unless_told() -> None:
    assert Rule(threshold=5).width == 5
    assert Rule(threshold=5, min_values=3).width == 3
    with pytest.raises(ValueError, match="at least 2"):
        Rule(threshold=1)
    with pytest.raises(ValueError, match="at least 2"):
        Rule(threshold=5, min_values=1)


def test_a_protected_table_shows_marks_and_what_they_cost() -> None:
    age = Dimension(name="age", title="Age", labels=("young", "old"))
    counts = {
        ("F", "young"): 0, ("F", "old"): 2, ("F", "Total"): 2,
        ("M", "young"): 5, ("M", "old"): 4, ("M", "Total"): 9,
        ("Total", "young"): 5, ("Total", "old"): 6, ("Total", "Total"): 11,
    }  # fmt: skip
    table = starts(dims=(SEX, age), counts=counts)
    hidden = {("F", "young"), ("F", "old"), ("F", "Total"), ("M", "Total")}
    protected = Protected(table=table, values={k: None if k in hidden else v for k, v in counts.items()})
    assert protected.shown(("F", "old")) == "[c]"
    assert protected.shown(("M", "young")) == "5"
    cost = protected.cost
    assert (cost.cells, cost.hidden, cost.margins_hidden, cost.zeros_hidden) == (9, 4, 2, 1)
    assert cost.hidden_share == pytest.approx(4 / 9)
    assert Protected(table=table, values={}).cost.hidden_share == 0


def test_relations_name_their_members_in_order() -> None:
    assert Relation.shared("a", "b").members == ("a", "b")
    assert Relation.sum_of("ytd", ["q1", "q2"]).members == ("ytd", "q1", "q2")
    assert Relation.union_of("ytd", ["q1"]).kind == "union"
    assert Relation.subset("outcomes", "starts", sensitive=True).sensitive
    assert Relation.equal("a", "b").members == ("a", "b")
    linear = Relation.linear([(1, "a", ("F",))], op="<=", rhs=3, protect=True)
    assert (linear.terms, linear.op, linear.rhs, linear.protect) == (((1, "a", ("F",)),), "<=", 3, True)
