"""Earlier releases as the reader has them: their tables, their marks, and how their people lie to ours.

Whatever was printed stays printed, whatever was marked stays marked; a new return is protected and attacked
together with all earlier ones that share clients with it (disclosure.md 5.3 and 5.4).
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any
from uuid import UUID

from coachdesk.returns.counting import Counted, could_know, tables_of
from coachdesk.returns.tables import CountTable, Dimension, Key, Protected, Relation, Rounding, Term
from coachdesk.returns.widening import Band

Node = tuple[str, Key]
Nodes = tuple[Node, ...]
Tags = frozenset[str]
Frozen = Mapping[Node, int | None]


def tags(people: Iterable[UUID], salt: UUID) -> Tags:
    """Return salted digests of client ids: enough to see who is in both, and nothing else."""
    return frozenset(
        hashlib.blake2b(person.bytes, key=salt.bytes, digest_size=8).hexdigest() for person in people
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The tables of earlier releases under names of their own, and everything known to tie them."""

    tables: tuple[CountTable, ...] = ()
    relations: tuple[Relation, ...] = ()
    frozen: Frozen
    populations: Mapping[Node, Tags]
    releases: int = 0
    rounded: Mapping[str, Rounding] = field(default_factory=dict[str, Rounding])
    """How the tables were rounded that were not printed exact."""
    of_others: frozenset[str] = frozenset()
    """The tables that were issued for another programme, so to another funder."""


def stored(counted: Counted, protected: Sequence[Protected], salt: UUID) -> dict[str, Any]:
    """Return the true counts as plain data for the register; they never leave the vault."""
    printed = {each.table.id: each for each in protected}
    return {
        "tables": [
            _stored_table(table, printed[table.id]) for table in counted.tables if table.id in printed
        ],
        "relations": [asdict(relation) for relation in counted.relations],
        "populations": [
            [table, list(key), sorted(tags(people, salt))]
            for (table, key), people in counted.populations.items()
        ],
    }


def _stored_table(table: CountTable, printed: Protected) -> dict[str, Any]:
    rounding = printed.rounding
    return {
        "id": table.id,
        "title": table.title,
        "measure": table.measure,
        "period": table.period,
        "dims": [{**asdict(each), "sensitive": sorted(each.sensitive)} for each in table.dims],
        "cells": [[list(key), count, printed.values[key]] for key, count in table.counts.items()],
        **({} if rounding is None else {"rounding": [rounding.base, rounding.spread]}),
    }


def past(releases: Sequence[Mapping[str, Any]], *, of_others: Collection[int] = ()) -> Past:
    """Return earlier releases, read from the register, oldest first.

    ``of_others`` says which of them, counted from 0, were issued for another programme.
    """
    tables: list[CountTable] = []
    relations: list[Relation] = []
    frozen: dict[Node, int | None] = {}
    populations: dict[Node, Tags] = {}
    rounded: dict[str, Rounding] = {}
    for number, release in enumerate(releases, 1):
        prefix = _prefix(number)
        for told in release["tables"]:
            table = _table(told, prefix)
            tables.append(table)
            if "rounding" in told:
                rounded[table.id] = Rounding(*told["rounding"])
            frozen.update({(table.id, tuple(key)): printed for key, _, printed in told["cells"]})
        relations += [_relation(told, prefix) for told in release["relations"]]
        populations.update(
            {(prefix + table, tuple(key)): frozenset(known) for table, key, known in release["populations"]}
        )
    known = {table.id for table in tables}
    return Past(
        tables=tuple(tables),
        relations=tuple(each for each in relations if tables_of(each) <= known),
        frozen=frozen,
        populations={node: people for node, people in populations.items() if node[0] in known},
        releases=len(releases),
        rounded=rounded,
        of_others=frozenset(
            table for table in known if any(table.startswith(_prefix(place + 1)) for place in of_others)
        ),
    )


def _prefix(number: int) -> str:
    return f"release {number}: "


def _table(told: Mapping[str, Any], prefix: str) -> CountTable:
    dims = tuple(
        Dimension(**{**each, "labels": tuple(each["labels"]), "sensitive": frozenset(each["sensitive"])})
        for each in told["dims"]
    )
    return CountTable(
        id=prefix + told["id"],
        title=f"{told['title']} ({told['period']}, issued earlier)",
        measure=prefix + told["measure"],
        period=told["period"],
        universe=prefix + told["measure"],
        dims=dims,
        counts={tuple(key): count for key, count, _ in told["cells"]},
    )


def _relation(told: Mapping[str, Any], prefix: str) -> Relation:
    terms: tuple[Term, ...] = tuple((c, prefix + table, tuple(key)) for c, table, key in told["terms"])
    members = tuple(prefix + member for member in told["members"])
    return Relation(**{**told, "members": members, "terms": terms})


def ties(new: Counted, before: Past, salt: UUID, threshold: int) -> tuple[Relation, ...]:
    """Return what a reader who keeps earlier returns could set against each other.

    One lies within another, or differs from it by so few people that the difference tells; or several
    together make up a longer period. Every tie is cell by cell and in the direction that is true.
    """
    ours = {node: tags(people, salt) for node, people in new.populations.items()}
    index = _Cells((*new.tables, *before.tables), new.bands)
    relations: list[Relation] = []
    for node, people in ours.items():
        for other, others in before.populations.items():
            if not (_comparable(node, other) and people and others):
                continue
            tells = _tells_a_funder if other[0] in before.of_others else _tells
            if tells(people, others, threshold):
                relations += index.compared(node, other, same_people=people == others)
    everybody = {**before.populations, **ours}
    relations += index.made_up(everybody, set(ours), threshold)
    return tuple(dict.fromkeys(relations))


def _comparable(one: Node, other: Node) -> bool:
    """Whether a reader knows enough of two numbers of different releases to set them against each other."""
    same_heading = one[1] == other[1] or not (one[1] and other[1])
    return same_heading and could_know(_plain(one[0]), _plain(other[0]))


def _tells(one: Tags, other: Tags, threshold: int) -> bool:
    """Whether one group lies within the other, or they overlap and differ by few in all.

    So it is for the returns of one programme. Two of its quarters share most of their people, and a few leave in
    each: who left and who came are told by the measures themselves, and what is left is the chance that as many
    came as left. Two small groups of different people differ by few as well: tying them would withhold for nothing.
    """
    return _nested(one, other) or (not one.isdisjoint(other) and len(one ^ other) < 2 * threshold)


def _tells_a_funder(one: Tags, other: Tags, threshold: int) -> bool:
    """Whether the returns to two funders could be set against each other (disclosure.md 5.3, two funders).

    One group lies within the other, or all but a few of it do: it is enough that either remainder is under twice
    the threshold, however many there are on the other side.
    """
    few = min(len(one - other), len(other - one)) < 2 * threshold
    return _nested(one, other) or (not one.isdisjoint(other) and few)


def _nested(one: Tags, other: Tags) -> bool:
    return one <= other or other <= one


class _Cells:
    """The cells of all tables by what they count."""

    def __init__(self, tables: Iterable[CountTable], bands: Mapping[str, Band]) -> None:
        self._bands = bands
        self._tables = {table.id: table for table in tables}
        self._alike: dict[str, list[CountTable]] = {}
        for table in self._tables.values():
            self._alike.setdefault(table.measure, []).append(table)

    def _breakdowns(self, node: Node) -> dict[tuple[str, ...], CountTable]:
        """Return the tables that divide the people of a headline, by what they are divided by, wide or narrow."""
        return {
            tuple(self._narrow(dimension.name) for dimension in each.dims): each
            for each in self._alike[self._tables[node[0]].measure]
        }

    def _narrow(self, name: str) -> str:
        return self._bands[name].narrow if name in self._bands else name

    def _rows(self, *nodes: Node) -> Iterator[tuple[Nodes, ...]]:
        """Go through the cells that all the nodes have, theirs and those of their breakdowns.

        Where one is printed in wider bands than another, the narrow cells are taken together.
        """
        if any(node[1] for node in nodes):
            yield tuple((node,) for node in nodes)
            return
        every = [self._breakdowns(node) for node in nodes]
        for names in every[0]:
            if all(names in each for each in every):
                found = [each[names] for each in every]
                lines = [
                    self._headings([table.dims[place] for table in found]) for place in range(len(names))
                ]
                for groups in product(*lines):
                    yield tuple(
                        tuple((table.id, key) for key in product(*(group[number] for group in groups)))
                        for number, table in enumerate(found)
                    )

    def _headings(self, dims: Sequence[Dimension]) -> list[tuple[tuple[str, ...], ...]]:
        """Return the headings that all the dimensions have, as the labels that make them up in each."""
        band = next((self._bands[each.name] for each in dims if each.name in self._bands), None)
        if band is None or len({each.name for each in dims}) == 1:
            common = [
                label for label in dims[0].every_label if all(label in each.every_label for each in dims)
            ]
            return [((label,),) * len(dims) for label in common]
        narrow = [each for each in dims if each.name == band.narrow]
        if any(set(each.labels) - band.wide_of.keys() for each in narrow):
            return []
        wide = [
            tuple(_present(band.under(label), each) if each in narrow else (label,) for each in dims)
            for label in band.dimension.labels
        ]
        return [*(each for each in wide if all(each)), tuple((each.total_label,) for each in dims)]

    def _count(self, cells: Nodes) -> int:
        return sum(self._tables[table].counts[key] for table, key in cells)

    def compared(self, one: Node, other: Node, *, same_people: bool) -> list[Relation]:
        """Tie two populations cell by cell.

        That a heading counts as many in both is known only where the people are the same: among different
        people it is chance, and a reader who was told so would learn something.
        """
        relations: list[Relation] = []
        for mine, theirs in self._rows(one, other):
            more, less = (mine, theirs) if self._count(mine) >= self._count(theirs) else (theirs, mine)
            same = same_people and self._count(more) == self._count(less)
            terms = _terms(more, less)
            relations.append(Relation.linear(terms, op="==" if same else ">=", protect=not same))
        return relations

    def made_up(self, populations: Mapping[Node, Tags], new: set[Node], threshold: int) -> list[Relation]:
        """Tie a longer period to shorter ones that make it up, all but a few people."""
        relations: list[Relation] = []
        for whole, people in populations.items():
            for largest_first in (True, False):
                parts = _disjoint(self._within(whole, populations), populations, largest_first=largest_first)
                left = len(people) - sum(len(populations[part]) for part in parts)
                if len(parts) > 1 and left < 2 * threshold and new & {whole, *parts}:
                    relations += self._summed(whole, parts, everybody=left == 0)
        return relations

    def _within(self, whole: Node, populations: Mapping[Node, Tags]) -> list[Node]:
        name = _plain(whole[0])
        return [
            node
            for node, people in populations.items()
            if node != whole and _plain(node[0]) == name and people and people < populations[whole]
        ]

    def _summed(self, whole: Node, parts: Sequence[Node], *, everybody: bool) -> list[Relation]:
        relations: list[Relation] = []
        for total, *pieces in self._rows(whole, *parts):
            left = self._count(total) - sum(self._count(piece) for piece in pieces)
            if left < 0:
                continue
            same = everybody and left == 0
            terms = _terms(total, *pieces)
            relations.append(Relation.linear(terms, op="==" if same else ">=", protect=not same))
        return relations


def _present(labels: Iterable[str], dimension: Dimension) -> tuple[str, ...]:
    return tuple(label for label in labels if label in dimension.labels)


def _terms(whole: Nodes, *parts: Nodes) -> list[Term]:
    return [*((1, *cell) for cell in whole), *((-1, *cell) for part in parts for cell in part)]


def _plain(table: str) -> str:
    """Return a table's own name without the release it was issued in."""
    return table.rpartition(": ")[2]


def _disjoint(nodes: Iterable[Node], populations: Mapping[Node, Tags], *, largest_first: bool) -> list[Node]:
    chosen: list[Node] = []
    order = sorted(nodes, key=lambda node: (len(populations[node]), node), reverse=largest_first)
    for node in order:
        if all(not populations[node] & populations[other] for other in chosen):
            chosen.append(node)
    return chosen
