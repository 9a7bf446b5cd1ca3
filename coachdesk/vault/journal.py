"""Reading the journal: history, the proof that nothing is missing, and where it stands."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from coachdesk.models import JournalEntry
from coachdesk.terms import Ref
from coachdesk.vault.chronicle import ERASED, START, TABLE, digest_of, link_of
from coachdesk.vault.erasure import without_values
from coachdesk.vault.undo import UndoStep, last_unit, undo

__all__ = ["Entry", "UndoStep", "client_history", "history", "last_unit", "position", "undo", "verify_chain"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one field group, or an event, ready to be shown."""

    position: int
    at: dt.datetime
    actor: str
    label: str
    reason: str
    unit: UUID
    entity: str
    row_id: UUID | None
    group: str
    operation: str
    before: dict[str, Any]
    after: dict[str, Any]


def _entry(found: JournalEntry) -> Entry:
    return Entry(
        position=found.position,
        at=found.at,
        actor=found.actor,
        label=found.label,
        reason=found.reason,
        unit=found.unit,
        entity=found.entity,
        row_id=found.row_id,
        group=found.field_group,
        operation=found.operation,
        before=json.loads(found.before) if found.before else {},
        after=json.loads(found.after) if found.after else {},
    )


def history(session: Session, ref: Ref) -> tuple[Entry, ...]:
    """Return what happened to one record, the newest first."""
    query = select(JournalEntry).where(JournalEntry.entity == ref.kind.value, JournalEntry.row_id == ref.id)
    return tuple(_entry(one) for one in session.scalars(query.order_by(desc(JournalEntry.position))))


def client_history(session: Session, client_id: UUID, *, limit: int = 500) -> tuple[Entry, ...]:
    """Return what happened to everything of one client, the newest first."""
    query = select(JournalEntry).where(JournalEntry.scope == client_id.hex)
    return tuple(
        _entry(one) for one in session.scalars(query.order_by(desc(JournalEntry.position)).limit(limit))
    )


def position(session: Session) -> int:
    """Return the place of the newest entry; 0 for an empty journal."""
    newest = select(JournalEntry.position).order_by(desc(JournalEntry.position)).limit(1)
    return session.scalar(newest) or 0


def verify_chain(session: Session) -> Entry | None:
    """Return the first entry that does not follow from the one before it, or None when all is well.

    An entry whose values were taken out when a client was erased is checked by its place in the chain alone; any
    other entry without its values was tampered with.
    """
    chain = START
    empty = without_values(session)
    for entry in _all(session):
        if not _whole(entry, *empty) or link_of(chain, entry) != entry["chain"]:
            return _entry(session.get_one(JournalEntry, entry["position"]))
        chain = entry["chain"]
    return None


def _all(session: Session) -> Iterator[dict[str, Any]]:
    query = select(TABLE).order_by(TABLE.columns["position"]).execution_options(yield_per=1000)
    for row in session.execute(query).mappings():
        yield dict(row)


def _whole(
    entry: dict[str, Any], scopes: frozenset[str], rows: frozenset[UUID], places: frozenset[int]
) -> bool:
    """Return whether an entry's words and values are those its digest was made of, or were rightly taken out."""
    if entry["salt"] == ERASED:
        allowed = entry["scope"] in scopes or entry["position"] in places
        allowed = allowed or (entry["entity"] == "import_row" and entry["row_id"] in rows)
        return allowed and not any(entry[name] for name in ("before", "after", "label", "reason"))
    return bool(digest_of(entry["salt"], entry) == entry["digest"])
