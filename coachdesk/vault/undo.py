"""Taking back one action: its changes are reversed as a new action, unless something was built on them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Base, JournalEntry, Record
from coachdesk.models.base import TEAM
from coachdesk.terms import Kind, Ref
from coachdesk.vault.chronicle import DELETE, EVENT, INSERT, Event
from coachdesk.vault.values import encoded, record_of, shape
from coachdesk.vault.work import chronicle_of, describe

CHUNK = 500
MOST_LISTED = 5
UNIT, TAKEN_BACK = "unit", "taken back"
FOR_GOOD = frozenset(
    {
        Kind.RELEASE.value,
        Kind.RELEASE_FILE.value,
        Kind.NAMED_EXPORT.value,
        Kind.ORGANISATION.value,
        Kind.ERASURE.value,
        "access",
    }
)
"""What is never taken back: what was issued or passed on stays so, who was erased stays erased, and who may open
the vault goes by the key file, which no step back reaches."""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """An action that can be taken back: its id, what it was in words, and when."""

    id: UUID
    label: str
    at: dt.datetime

    @property
    def unit(self) -> UUID:
        """Return the id under the name it has in a change notice."""
        return self.id


@dataclass(slots=True)
class Step:
    """What one action did to one record."""

    operation: str
    position: int
    before: dict[str, str | None]
    after: dict[str, str | None]


Steps = dict[Ref, Step]
Records = dict[Ref, Record]


def last_unit(session: Session, actor: str) -> UndoStep | None:
    """Return the newest action of a person that was not taken back, or None.

    Reading, printing and taking back are no such actions, so asking again after each undo goes further back.
    """
    found = session.execute(
        select(JournalEntry.unit, JournalEntry.label, JournalEntry.at)
        .where(JournalEntry.actor == actor, JournalEntry.operation != EVENT)
        .where(JournalEntry.unit.not_in(set().union(*_taken_back(session))))
        .where(JournalEntry.unit.not_in(select(JournalEntry.unit).where(JournalEntry.entity.in_(FOR_GOOD))))
        .order_by(desc(JournalEntry.position))
        .limit(1)
    ).first()
    return UndoStep(*found) if found is not None else None


def _taken_back(session: Session) -> tuple[set[UUID], set[UUID]]:
    """Return the actions that stay taken back, and those that took something back."""
    rows = session.execute(
        select(JournalEntry.unit, JournalEntry.row_id)
        .where(JournalEntry.entity == UNIT, JournalEntry.operation == EVENT)
        .order_by(desc(JournalEntry.position))
    ).all()
    undone: set[UUID] = set()
    for undoer, undone_unit in rows:  # newest first: an undo that was itself taken back does not count
        if undoer not in undone and undone_unit is not None:
            undone.add(undone_unit)
    return undone, {undoer for undoer, _ in rows}


def undo(session: Session, unit: UUID) -> None:
    """Reverse an action as a new one, labelled "Took back: …".

    Raises Refusal, listing what was built on it, when later changes stand in the way.
    """
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.unit == unit, JournalEntry.operation != EVENT)
        .order_by(JournalEntry.position)
    ).all()
    if not entries:
        raise Refusal("There is nothing to take back.")
    if unit in _taken_back(session)[0]:
        raise Refusal("This has been taken back already.")
    kept = select(JournalEntry.position).where(JournalEntry.unit == unit, JournalEntry.entity.in_(FOR_GOOD))
    if session.scalar(kept.limit(1)) is not None:
        raise Refusal(
            "This stays: a return that was issued, an erasure, or the vault itself is never taken back."
        )
    steps = steps_of(entries)
    records = _records(session, steps)
    later = [*_built_on(steps, records), *linked(session, steps)]
    if later:
        raise Refusal(_sentence(session, later, max(step.position for step in steps.values())))
    for ref, step in steps.items():
        _reverse(session, ref, step, records)
    describe(session, f"Took back: {entries[0].label}")
    chronicle_of(session).note(Event(TAKEN_BACK, entries[0].scope or TEAM, UNIT, unit))


def steps_of(entries: Iterable[JournalEntry]) -> Steps:
    """Return what an action did, record by record; raises Refusal when its values are no longer kept."""
    steps: Steps = {}
    for entry in entries:
        if entry.row_id is None or (entry.before is None and entry.after is None):
            raise Refusal("This cannot be taken back: its values are no longer kept.")
        ref = Ref(Kind(entry.entity), entry.row_id)
        step = steps.setdefault(ref, Step(entry.operation, entry.position, {}, {}))
        step.position = entry.position
        step.before[entry.field_group] = entry.before
        step.after[entry.field_group] = entry.after
    return steps


def in_chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Yield ids in lists that a statement can take."""
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def by_kind(refs: Iterable[Ref]) -> dict[Kind, list[UUID]]:
    """Return the ids of records by kind."""
    found: dict[Kind, list[UUID]] = {}
    for ref in refs:
        found.setdefault(ref.kind, []).append(ref.id)
    return found


def _records(session: Session, steps: Steps) -> Records:
    found: Records = {}
    for kind, ids in by_kind(steps).items():
        record = record_of(kind)
        for chunk in in_chunks(ids):
            for one in session.scalars(select(record).where(record.id.in_(chunk))):
                found[Ref(kind, one.id)] = one
    return found


def _built_on(steps: Steps, records: Records) -> Iterator[Ref]:
    """Yield the records that no longer stand as the action left them."""
    for ref, step in steps.items():
        record = records.get(ref)
        if (step.operation == DELETE) is (record is not None) or (record and not _as_left(record, step)):
            yield ref


def _as_left(record: Record, step: Step) -> bool:
    known = shape(type(record))
    for group, names in known.groups:
        text = step.after.get(group)
        if text is not None:
            kept = known.names_in(text)
            if encoded({name: getattr(record, name) for name in kept}) != text:
                return False
        elif step.operation == INSERT and any(
            not known.is_blank(name, getattr(record, name)) for name in names
        ):
            return False
    return True


def linked(session: Session, steps: Steps) -> Iterator[Ref]:
    """Yield records from outside the action that point at what it added."""
    added = by_kind(ref for ref, step in steps.items() if step.operation == INSERT)
    kinds = {mapper.local_table.name: mapper.class_.KIND for mapper in _mappers()}
    for kind, ids in added.items():
        table = record_of(kind).__table__
        for source in Base.metadata.tables.values():
            for column in source.columns:
                if not any(key.column.table is table for key in column.foreign_keys):
                    continue
                for chunk in in_chunks(ids):
                    for (found,) in session.execute(select(source.columns["id"]).where(column.in_(chunk))):
                        ref = Ref(kinds[source.name], found)
                        if ref not in steps:
                            yield ref


def _mappers() -> list[Any]:
    return [mapper for mapper in Record.registry.mappers if issubclass(mapper.class_, Record)]


def _sentence(session: Session, refs: list[Ref], after: int) -> str:
    """Return the refusal that lists the later actions in words."""
    labels: list[str] = []
    for chunk in in_chunks({ref.id for ref in refs}):
        rows = session.execute(
            select(JournalEntry.label, JournalEntry.actor, JournalEntry.at)
            .where(
                JournalEntry.row_id.in_(chunk), JournalEntry.position > after, JournalEntry.operation != EVENT
            )
            .order_by(JournalEntry.position)
        )
        labels += [f"“{label}” ({actor}, {at:%d %B %Y})" for label, actor, at in rows]
    told = list(dict.fromkeys(labels))
    if not told:
        return "This cannot be taken back: the records were changed outside CoachDesk."
    more = f" and {len(told) - MOST_LISTED} more" if len(told) > MOST_LISTED else ""
    listed = ", ".join(told[:MOST_LISTED])
    return f"This cannot be taken back, because later changes were built on it: {listed}{more}."


def _reverse(session: Session, ref: Ref, step: Step, records: Records) -> None:
    record_class = record_of(ref.kind)
    if step.operation == INSERT:
        session.delete(records[ref])
        return
    known = shape(record_class)
    values = {name: value for text in step.before.values() for name, value in known.decoded(text).items()}
    if step.operation == DELETE:
        session.add(record_class(id=ref.id, **values))
        return
    for name, value in values.items():
        setattr(records[ref], name, value)
