"""The people behind every cell of a table: worked out when one is asked for, from the same sets the cell was counted from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from coachdesk.returns.breakdowns import NOT_STATED, Breakdown, People, Under
from coachdesk.returns.tables import CountTable, Key

if TYPE_CHECKING:
    from coachdesk.returns.lines import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPeople:
    """Who is counted in a return, by measure and by heading; inside the vault only.

    ``tables`` says for each table which measure it counts and by which headings, ``totals`` how a total is
    called under each heading.
    """

    measures: Mapping[str, People]
    under: Mapping[str, Under]
    tables: Mapping[str, tuple[str, tuple[str, ...]]]
    totals: Mapping[str, str]

    def behind(self, table_id: str, key: Key) -> tuple[UUID, ...]:
        """Return who is counted in a cell, in a fixed order; nobody for a table that is not known."""
        measure, names = self.tables.get(table_id, ("", ()))
        people = self.measures.get(measure, frozenset())
        for name, label in zip(names, key, strict=False):
            people = self._among(people, name, label)
        return tuple(sorted(people))

    def cohort(self, table_id: str) -> tuple[UUID, ...]:
        """Return everybody a table divides: for an outcome its cohort."""
        return tuple(sorted(self.measures.get(self.tables.get(table_id, ("", ()))[0], frozenset())))

    def _among(self, people: People, name: str, label: str) -> People:
        labels = self.under.get(name, {})
        if label == self.totals.get(name):
            return people
        if label == NOT_STATED and label not in labels:
            return people - frozenset[UUID]().union(*labels.values())
        return people & labels.get(label, frozenset())


def cell_people(
    counts: "Counts", breakdowns: Sequence[Breakdown], tables: Iterable[CountTable]
) -> CellPeople:
    """Return who is behind the cells of these tables; nothing is copied, the sets are those that were counted."""
    divided = {each.name: each.under for each in _with_coarse(breakdowns)}
    split = {f"{found.id}-split": found for _, found in counts.splits}
    kept = list(tables)
    return CellPeople(
        measures={
            **{found.id: found.people for _, found in counts.headlines},
            **{name: found.base_people for name, found in split.items()},
            **{measure.id: measure.people for measure in counts.measures},
        },
        under=divided
        | {name: {group.label: group.clients for group in found.groups} for name, found in split.items()},
        tables={table.id: (table.measure, _names(table, split)) for table in kept},
        totals={
            name: dimension.total_label
            for table in kept
            for name, dimension in zip(_names(table, split), table.dims, strict=True)
        },
    )


def _names(table: CountTable, split: Mapping[str, object]) -> tuple[str, ...]:
    """Return the headings of a table; those of an outcome are its own, though all are called the same."""
    return (table.measure,) if table.measure in split else tuple(each.name for each in table.dims)


def _with_coarse(breakdowns: Iterable[Breakdown]) -> Iterator[Breakdown]:
    for each in breakdowns:
        yield each
        if each.coarse is not None:
            yield each.coarse
