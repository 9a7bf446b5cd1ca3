"""The public form of a release: only what is printed, so that anybody can attack it with their own tool."""

from collections.abc import Iterable, Sequence
from typing import Any

from coachdesk.returns.protection.cells import joined_universes
from coachdesk.returns.tables import MARK, CountTable, Dimension, Key, Protected, Relation, Rounding, Rule

MIN_VALUES_ROUNDED = (
    3  # the least that a number in a rounded table must be able to take (disclosure.md, annex)
)


def render_release(
    protected: Sequence[Protected], relations: Sequence[Relation], rule: Rule
) -> dict[str, Any]:
    """Return the release as plain lists and records for release.json, in an order that never varies.

    Besides the relations given, it says which tables share margins, and carries each tie to every pair
    of tables that it holds for: a reader could know them all.
    """
    ordered = sorted(protected, key=lambda each: each.table.id)
    tables = {each.table.id: each.table for each in ordered}
    policy: dict[str, Any] = {
        "threshold": rule.threshold,
        "min_values": rule.width,
        "zeros": rule.zeros,
        "group": True,
    }
    if any(each.rounding for each in ordered):
        policy["min_values_rounded"] = MIN_VALUES_ROUNDED
    return {
        "policy": policy,
        "tables": [_table(each) for each in ordered],
        "relations": _relations(tables, relations),
    }


def _table(protected: Protected) -> dict[str, Any]:
    table = protected.table
    told: dict[str, Any] = {
        "id": table.id,
        "period": table.period,
        "dims": [_dimension(dimension) for dimension in table.dims],
        "values": _nest(protected, ()),
    }
    if protected.rounding is not None:
        told["rounding"] = _rounding(protected.rounding)
    return told


def _rounding(rounding: Rounding) -> dict[str, Any]:
    """Return how far a printed number can be from the true count: "random" stands for less than the base."""
    if rounding.spread == rounding.base - 1:
        return {"method": "random", "base": rounding.base}
    return {"method": "perturb", "base": rounding.base, "max": rounding.spread}


def _dimension(dimension: Dimension) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": dimension.name,
        "labels": list(dimension.every_label),
        "total": dimension.total_label,
        "kind": dimension.kind,
    }
    if dimension.kind == "multi":
        told["covers"] = dimension.covers
    if dimension.sensitive:
        told["sensitive"] = [label for label in dimension.labels if label in dimension.sensitive]
    return told


def _nest(protected: Protected, key: Key) -> Any:
    """Return the values as nested lists in the order of dimensions and labels."""
    dims = protected.table.dims
    if len(key) == len(dims):
        value = protected.values[key]
        return MARK if value is None else value
    return [_nest(protected, (*key, label)) for label in dims[len(key)].every_label]


def _relations(tables: dict[str, CountTable], relations: Sequence[Relation]) -> list[dict[str, Any]]:
    universes = joined_universes(tables, relations)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for table in tables:
        alike.setdefault(universes[table], []).append(table)
    told = [{"type": "shared", "tables": members} for members in alike.values() if len(members) > 1]
    for relation in relations:
        for record in _written(tables, relation, [alike[universes[member]] for member in relation.members]):
            if record not in told:
                told.append(record)
    return told


def _written(
    tables: dict[str, CountTable], relation: Relation, alike: list[list[str]]
) -> Iterable[dict[str, Any]]:
    if relation.kind == "linear":
        yield {
            "type": "linear",
            "terms": [[c, "|".join((table, *key))] for c, table, key in relation.terms],
            "op": relation.op,
            "rhs": relation.rhs,
            "protect": relation.protect,
        }
    elif relation.kind != "shared":
        yield _record(relation, relation.members)
        for members in _same_breakdowns(tables, alike):
            yield _record(relation, members)


def _same_breakdowns(tables: dict[str, CountTable], alike: list[list[str]]) -> Iterable[tuple[str, ...]]:
    """Go through the tables that can stand in for the members of a relation: one breakdown in each."""
    for first in alike[0]:
        dims = _breakdown(tables[first])
        others = [
            [table for table in tables_alike if _breakdown(tables[table]) == dims]
            for tables_alike in alike[1:]
        ]
        if all(others):
            yield (first, *(matching[0] for matching in others))


def _breakdown(table: CountTable) -> frozenset[str]:
    return frozenset(dimension.name for dimension in table.dims)


def _record(relation: Relation, members: tuple[str, ...]) -> dict[str, Any]:
    first, others = members[0], list(members[1:])
    if relation.kind == "subset":
        return {
            "type": "subset",
            "part": first,
            "whole": others[0],
            "protect": relation.protect,
            "sensitive": relation.sensitive,
        }
    if relation.kind == "equal":
        return {"type": "equal", "tables": [first, *others]}
    return {"type": relation.kind, "total": first, "parts": others}
