"""The past, read out of the journal: actions one by one, and everything of a client as it stood at a moment."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import desc, func, select
from sqlalchemy.orm import Session

from coachdesk.models import JournalEntry
from coachdesk.terms import Kind, Ref
from coachdesk.vault.chronicle import DELETE, ERASED, EVENT, INSERT
from coachdesk.vault.values import record_of, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """What one action did to one record; the values are those of the fields it touched."""

    ref: Ref
    operation: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class PastAction:
    """One action of somebody: when, what in words, why, and what it changed; or what was looked at."""

    unit: UUID
    at: dt.datetime
    actor: str
    label: str
    reason: str
    position: int
    erased: bool = False
    changes: list[RecordChange] = field(default_factory=list)
    events: list[tuple[str, str, UUID | None]] = field(default_factory=list)
    """Event, kind and record of what was read, printed, exported or taken back."""


def past_actions(
    session: Session, client_id: UUID, *, ref: Ref | None = None, before: int | None = None, limit: int = 50
) -> tuple[PastAction, ...]:
    """Return what was done with a client's records, or with one of them, the newest action first.

    ``before`` is the position of the last action seen; the next ones follow from there.
    """
    entry = JournalEntry
    wanted = [entry.scope == client_id.hex]
    if ref is not None:
        wanted += [entry.entity == ref.kind.value, entry.row_id == ref.id]
    newest = func.max(entry.position)
    query = select(entry.unit, newest).where(*wanted).group_by(entry.unit).order_by(desc(newest)).limit(limit)
    if before is not None:
        query = query.having(newest < before)
    units = [unit for unit, _ in session.execute(query)]
    found: dict[UUID, PastAction] = {}
    entries = select(entry).where(*wanted, entry.unit.in_(units)).order_by(entry.position)
    for one in session.scalars(entries):
        action = found.setdefault(
            one.unit,
            PastAction(
                unit=one.unit, at=one.at, actor=one.actor, label=one.label, reason=one.reason, position=0
            ),
        )
        _told(action, one)
    return tuple(found[unit] for unit in units)


def _told(action: PastAction, entry: JournalEntry) -> None:
    action.position = entry.position
    if entry.operation == EVENT:
        action.events.append((entry.field_group, entry.entity, entry.row_id))
        return
    if entry.salt == ERASED:
        action.erased = True
        return
    assert entry.row_id is not None  # noqa: S101 - only events have none
    known = shape(record_of(Kind(entry.entity)))
    action.changes.append(
        RecordChange(
            ref=Ref(Kind(entry.entity), entry.row_id),
            operation=entry.operation,
            before=known.told(entry.before),
            after=known.told(entry.after),
        )
    )


def as_it_stood(session: Session, client_id: UUID, at: dt.datetime) -> dict[Ref, dict[str, Any]]:
    """Return the values of all records of a client at a moment, in the order in which they came to be.

    Fields that nobody had filled in stand as in a new record. What was erased since is not there.
    """
    found: dict[Ref, dict[str, Any]] = {}
    for entry in _until(session, client_id, at):
        assert entry.row_id is not None  # noqa: S101 - only events have none
        ref = Ref(Kind(entry.entity), entry.row_id)
        if entry.operation == DELETE:
            found.pop(ref, None)
            continue
        known = shape(record_of(ref.kind))
        if entry.operation == INSERT and ref not in found:
            found[ref] = dict(known.defaults)
        if ref in found:
            found[ref].update(known.told(entry.after))
    return found


def _until(session: Session, client_id: UUID, at: dt.datetime) -> Iterator[JournalEntry]:
    entry = JournalEntry
    query = select(entry).where(
        entry.scope == client_id.hex, entry.operation != EVENT, entry.at <= at, entry.salt != ERASED
    )
    yield from session.scalars(query.order_by(entry.position))
