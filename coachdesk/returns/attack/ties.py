"""What a release says of how its tables hang together, and what its percentages give away."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from coachdesk.returns.attack.findings import Violation
from coachdesk.returns.attack.form import RECORD, Key, at, records, refuse, text, texts, whole
from coachdesk.returns.attack.knowledge import Knowledge, Target, named


def merge_shared(knowledge: Knowledge, release: RECORD) -> None:
    """Make one number of the cells that are said to be the same; raises Contradiction, Refusal."""
    for relation in records(release, "relations"):
        if text(relation, "type") not in {"shared", "equal"}:
            continue
        tables = texts(relation.get("tables"), "tables")
        for other in tables[1:]:
            for one_key, other_key in knowledge.same_places(tables[0], other):
                one, two = knowledge.number(tables[0], one_key), knowledge.number(other, other_key)
                knowledge.system.same(one, two)
        # Places that the first table lacks can still be shared by two of the others.
        for place, table in enumerate(tables[1:], 1):
            for other in tables[place + 1 :]:
                for one_key, other_key in knowledge.same_places(table, other):
                    one, two = knowledge.number(table, one_key), knowledge.number(other, other_key)
                    knowledge.system.same(one, two)


def tie_tables(knowledge: Knowledge, release: RECORD) -> None:
    """Say every other relation; raises Refusal when one is unknown."""
    ways: dict[str, Callable[[Knowledge, RECORD], None]] = {
        "shared": lambda _knowledge, _relation: None,
        "equal": lambda _knowledge, _relation: None,
        "sum": _sum,
        "union": _union,
        "subset": _subset,
        "linear": _linear,
    }
    for relation in records(release, "relations"):
        way = ways.get(text(relation, "type"))
        if way is None:
            raise refuse(f"the relation '{relation['type']}' is unknown")
        way(knowledge, relation)


def _sum(knowledge: Knowledge, relation: RECORD) -> None:
    total, parts = text(relation, "total"), texts(relation.get("parts"), "parts")
    for keys in knowledge.same_places(total, *parts):
        numbers = [knowledge.number(table, key) for table, key in zip((total, *parts), keys, strict=True)]
        knowledge.system.tie([(-1, numbers[0]), *((1, number) for number in numbers[1:])], 0, 0)


def _union(knowledge: Knowledge, relation: RECORD) -> None:
    total, parts = text(relation, "total"), texts(relation.get("parts"), "parts")
    for keys in knowledge.same_places(total, *parts):
        numbers = [knowledge.number(table, key) for table, key in zip((total, *parts), keys, strict=True)]
        knowledge.system.tie([(-1, numbers[0]), *((1, number) for number in numbers[1:])], 0, None)
        for number in numbers[1:]:
            knowledge.system.tie([(1, numbers[0]), (-1, number)], 0, None)


def _subset(knowledge: Knowledge, relation: RECORD) -> None:
    part, whole_table = text(relation, "part"), text(relation, "whole")
    sensitive = bool(relation.get("sensitive", False)) and knowledge.policy.group
    for part_key, whole_key in knowledge.same_places(part, whole_table):
        whole_number = knowledge.number(whole_table, whole_key)
        rest = knowledge.system.rest(whole_number, knowledge.number(part, part_key))
        if relation.get("protect", True):
            cell = named(knowledge.tables[part], part_key)
            about = f"the number of people in the table {whole_table} but not in {cell} is not printed"
            knowledge.targets.append(
                Target(
                    rest,
                    part,
                    part_key,
                    about,
                    knowledge.policy.enough,
                    derived=True,
                    sensitive=sensitive,
                    whole=whole_number,
                )
            )


def _linear(knowledge: Knowledge, relation: RECORD) -> None:
    told = relation.get("terms")
    if not isinstance(told, list) or not told:
        raise refuse("'terms' is not a list")
    terms = [_term(knowledge, each) for each in told]
    rhs, op = whole(relation.get("rhs", 0), "rhs"), text(relation, "op", "==")
    if op == "==":
        knowledge.system.tie(terms, rhs, rhs)
    elif op in {"<=", ">="}:
        sign = 1 if op == "<=" else -1
        slack = knowledge.system.unknown()
        knowledge.system.tie([*terms, (sign, slack)], rhs, rhs)
        if relation.get("protect", False):
            name, *labels = told[0][1].split("|")
            about = "the difference of " + " and ".join(str(each[1]) for each in told) + " is not printed"
            enough = knowledge.policy.enough
            knowledge.targets.append(Target(slack, name, tuple(labels), about, enough, derived=True))
    else:
        raise refuse(f"the comparison '{op}' is unknown")


def _term(knowledge: Knowledge, told: Any) -> tuple[int, int]:
    pair = 2
    if not isinstance(told, list) or len(told) != pair or not isinstance(told[1], str):
        raise refuse("a term is not a coefficient and a cell")
    name, *labels = told[1].split("|")
    return whole(told[0], "coefficient"), knowledge.number(name, tuple(labels))


def read_percentages(knowledge: Knowledge, release: RECORD) -> list[Violation]:
    """Say what the percentages give away; return those printed for a withheld or small base."""
    found: list[Violation] = []
    for told in records(release, "percentages"):
        for cell in records(told, "cells"):
            if cell.get("value") is not None:
                found += _percentage(knowledge, told, cell)
    return found


def _percentage(knowledge: Knowledge, told: RECORD, cell: RECORD) -> list[Violation]:
    table, key = text(told, "of"), at(cell)
    part = knowledge.number(table, key)
    base_table, base_key = _base(knowledge, told, table, key)
    base = knowledge.number(base_table, base_key)
    states = {knowledge.cells[table, key].state, knowledge.cells[base_table, base_key].state}
    if text(told, "from", "true") == "true" or not states <= {"printed", "rounded"}:
        places = whole(told.get("decimals", 1), "decimals")
        scaled = 2 * int((Decimal(str(cell["value"])) * 10**places).to_integral_value())
        unit = 2 * 100 * 10**places
        knowledge.system.tie([(unit, part), (-(scaled - 1), base)], 0, None)
        knowledge.system.tie([(unit, part), (-(scaled + 1), base)], None, 0)
    words = f"A percentage is printed for {named(knowledge.tables[table], key)}"
    return small_base(knowledge, (base_table, base_key), (table, key), words)


def small_base(
    knowledge: Knowledge, base: tuple[str, Key], cell: tuple[str, Key], words: str
) -> list[Violation]:
    """Return the violation of a rate or mean whose base is withheld or small, if it is."""
    found = knowledge.cells[base]
    number = knowledge.system.root(found.number)
    low, high = knowledge.system.lows[number], knowledge.system.highs[number]
    small = found.state == "printed" and 1 <= low < knowledge.policy.threshold
    if found.state in {"printed", "rounded"} and not small:
        return []
    why = "the group is very small" if small else "the size of the group is withheld"
    return [Violation("BASE", cell[0], cell[1], low, high, f"{words}, but {why}.")]


def _base(knowledge: Knowledge, told: RECORD, table: str, key: Key) -> tuple[str, Key]:
    """Return the cell a percentage is a share of; raises Refusal."""
    if told.get("denominator") is not None:
        other = text(told, "denominator")
        matches = {keys[0]: keys[1] for keys in knowledge.same_places(table, other)}
        if key not in matches:
            raise refuse(f"a percentage has no base in the table {other}")
        return other, matches[key]
    summed = texts(told.get("base"), "base")
    dims = knowledge.tables[table].dims
    if not set(summed) <= {dim.name for dim in dims}:
        raise refuse("a percentage names an unknown dimension")
    pairs = zip(dims, key, strict=True)
    return table, tuple(dim.total if dim.name in summed else label for dim, label in pairs)
