"""Who was joined with whom: the journal knows, and the record that was put away says so in its reference."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, desc, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, JournalEntry
from coachdesk.models.base import Record
from coachdesk.terms import Kind, Ref
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.erasure import JOINED
from coachdesk.vault.work import record_event

_POINTS = "joined with "
_LONGEST_REFERENCE = 60
_SHORT = 30
_JOINED_WITH = (
    select(JournalEntry.row_id)
    .where(
        JournalEntry.scope == bindparam("scope"),
        JournalEntry.operation == EVENT,
        JournalEntry.field_group == JOINED,
    )
    .order_by(desc(JournalEntry.position))
)
"""Put together once: every client's head asks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """That one record was joined with another: which stays, which was put away, and by which action."""

    keep_id: UUID
    other_id: UUID
    unit: UUID


def pointer(other: Client, keep: Client) -> str:
    """Return the reference of a record that was put away: its own, and with whom it was joined."""
    told = f"{other.reference}, {_POINTS}{keep.reference}"
    if len(told) <= _LONGEST_REFERENCE:
        return told
    return f"{_POINTS}{keep.reference[:_SHORT]} ({other.id.hex[-12:]})"


def own_reference(other: Client) -> str:
    """Return the reference a record had before it was put away; blank where there was no room to keep it."""
    own, points, _ = other.reference.partition(f", {_POINTS}")
    return own if points else ""


def note_both(session: Session, event: str, keep: Client, other: Client) -> None:
    """Note what became of two records, in the history of both: joined, or separated."""
    record_event(session, event, other.id.hex, Ref(Kind.CLIENT, keep.id))
    record_event(session, event, keep.id.hex, Ref(Kind.CLIENT, other.id))


def joining_of(session: Session, other_id: UUID) -> Joining | None:
    """Return with whom a record that was put away is joined; None for one that stands for itself."""
    other = session.get(Client, other_id)
    if other is None or other.archived_at is None or _POINTS not in other.reference:
        return None
    found = session.execute(
        select(JournalEntry.row_id, JournalEntry.unit)
        .where(
            JournalEntry.scope == other_id.hex,
            JournalEntry.operation == EVENT,
            JournalEntry.field_group == JOINED,
        )
        .order_by(desc(JournalEntry.position))
        .limit(1)
    ).first()
    if found is None or found.row_id is None:
        return None
    return Joining(keep_id=found.row_id, other_id=other_id, unit=found.unit)


def joined_with(session: Session, keep_id: UUID) -> tuple[Joining, ...]:
    """Return the records that are joined with a client now, the last joined first."""
    rows = session.scalars(_JOINED_WITH, {"scope": keep_id.hex})
    found = (joining_of(session, one) for one in dict.fromkeys(rows) if one is not None)
    return tuple(one for one in found if one is not None and one.keep_id == keep_id)


def is_joined(session: Session, client_id: UUID) -> bool:
    """Return whether a record holds another one, or was put away for one."""
    return joining_of(session, client_id) is not None or bool(joined_with(session, client_id))


def all_joined_with(session: Session, keep_id: UUID) -> tuple[UUID, ...]:
    """Return everybody joined with a client, those joined with the joined ones too."""
    found: list[UUID] = []
    for one in joined_with(session, keep_id):
        found += [one.other_id, *all_joined_with(session, one.other_id)]
    return tuple(found)


def check_stands_alone(session: Session, client_id: UUID) -> None:
    """Return for a record that stands for itself; raises Refusal for one that was joined with another."""
    joining = joining_of(session, client_id)
    if joining is not None:
        keep = session.get_one(Client, joining.keep_id)
        raise Refusal(
            f"This record was joined with {keep.called()} ({keep.reference}). Separate the two first, or go to that record."
        )


def of_a_client() -> tuple[type[Record], ...]:
    """Return the classes of records that are filed under a client, whichever there are."""
    found = [
        mapper.class_
        for mapper in Record.registry.mappers
        if issubclass(mapper.class_, Record) and "client_id" in mapper.columns
    ]
    return tuple(sorted(found, key=_by_name))


def _by_name(record: type[Record]) -> str:
    return record.KIND.value
