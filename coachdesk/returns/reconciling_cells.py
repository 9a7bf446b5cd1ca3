"""Changed since issued, cell by cell: which table, row and column, how many then and now, and who came in and went out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.models import Release
from coachdesk.returns.breakdowns import People, breakdowns
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.explaining_cells import CellPeople, cell_people
from coachdesk.returns.indicators.found import PEOPLE, Scope
from coachdesk.returns.lines import Counts
from coachdesk.returns.reconciling_reasons import CAME, WENT, PersonChange, Reasons
from coachdesk.returns.tables import SEPARATOR, Key
from coachdesk.returns.wishes import ShownTable

Cell = tuple[str, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell of a table whose number or people are not the same any more; ``id`` is its table and its labels."""

    id: str
    table: str
    row: str
    column: str
    then: int
    now: int
    people: tuple[PersonChange, ...]

    @property
    def title(self) -> str:
        """Return where the cell stands, in words."""
        return ", ".join(part for part in (self.table, self.row, self.column) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsThen:
    """The tables of an issued return: what was printed, the true numbers, and who stood behind them."""

    tables: Sequence[ShownTable]
    numbers: Mapping[Cell, int]
    people: CellPeople | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsNow:
    """The same cells counted again: who stands behind them, and how many events where a cell counts events."""

    people: CellPeople
    events: Mapping[Cell, int]


def cells_then(release: Release, tables: Sequence[ShownTable], people: CellPeople | None) -> CellsThen:
    """Return the tables of an issued return with their true numbers, which stay in the register."""
    told: Iterable[Mapping[str, Any]] = release.counted.get("tables", ())
    return CellsThen(
        tables=tables,
        numbers={(each["id"], tuple(key)): count for each in told for key, count, _ in each["cells"]},
        people=people,
    )


def cells_now(session: Session, scope: Scope, counts: Counts, then: CellsThen) -> CellsNow | None:
    """Return the cells of an issued return counted again; None where it was issued without its tables."""
    if then.people is None:
        return None
    found = cell_people(counts, (*breakdowns(session, scope), *custom_breakdowns(session, scope)), ())
    lines = [line.found for line in counts.lines]
    splits = {f"{each.id}-split": each for each in lines if each.is_split}
    events: dict[Cell, int] = {}
    for name, each in splits.items():
        if each.unit != PEOPLE:
            events |= {(name, (group.label,)): group.number for group in each.groups}
            events[name, (then.people.totals.get(name, ""),)] = each.base
    return CellsNow(
        people=CellPeople(
            measures={
                **{each.id: each.people for each in lines},
                **{f"{each.id}-in-work": each.people for each in lines},
                **{name: each.base_people for name, each in splits.items()},
            },
            under={
                **found.under,
                **{
                    name: {group.label: group.clients for group in each.groups}
                    for name, each in splits.items()
                },
            },
            tables=then.people.tables,
            totals=then.people.totals,
        ),
        events=events,
    )


def everybody(cells: CellPeople | None) -> People:
    """Return all who stand in any table."""
    return frozenset[UUID]().union(*cells.measures.values()) if cells is not None else frozenset()


def cell_changes(then: CellsThen, now: CellsNow | None, why: Reasons) -> tuple[CellChange, ...]:
    """Return the cells that are not the same any more, in the order of the return.

    A table whose measure or heading is not counted any more is left out: there is nothing to set it against.
    """
    if then.people is None or now is None:
        return ()
    return tuple(
        change
        for table in then.tables
        if _is_counted(table.id, now.people)
        for change in _of_table(table, then, then.people, now, why)
    )


def _is_counted(table: str, now: CellPeople) -> bool:
    measure, names = now.tables.get(table, ("", ()))
    return measure in now.measures and all(name in now.under for name in names)


def _of_table(
    table: ShownTable, then: CellsThen, people: CellPeople, now: CellsNow, why: Reasons
) -> Iterator[CellChange]:
    keys = [key for name, key in then.numbers if name == table.id]
    stood = {key: why.under_now(people.behind(table.id, key)) for key in keys}
    stand = {key: frozenset(now.people.behind(table.id, key)) for key in keys}
    inner = [key for key in keys if len(key) == 1 and key[0] != people.totals.get(_heading(people, table.id))]
    for key in keys:
        number = now.events.get((table.id, key), len(stand[key]))
        before = then.numbers[table.id, key]
        if number == before and stood[key] == stand[key]:
            continue
        came = [(client, CAME, _where("then", stood, inner, client)) for client in stand[key] - stood[key]]
        went = [(client, WENT, _where("now", stand, inner, client)) for client in stood[key] - stand[key]]
        yield CellChange(
            id=SEPARATOR.join((table.id, *key)),
            table=table.title,
            row=key[0],
            column=" and ".join(key[1:]),
            then=before,
            now=number,
            people=(
                *(
                    PersonChange(client_id=client, way=way, reason=why.reason(client, said))
                    for client, way, said in (*sorted(came), *sorted(went))
                ),
                *why.twice(frozenset(people.behind(table.id, key))),
            ),
        )


def _heading(people: CellPeople, table: str) -> str:
    return people.tables[table][1][0]


def _where(word: str, standing: Mapping[Key, People], inner: Iterable[Key], client: UUID) -> str:
    """Return under which headings of the table somebody stands otherwise, in words; blank where under none."""
    labels = [f"“{key[0]}”" for key in inner if client in standing[key]]
    return f"{word}: {' and '.join(labels)}" if labels else ""
