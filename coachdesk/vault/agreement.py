"""Whether every record is as its history says: what neither a page's seal nor the journal's chain can tell.

A page of last week put back in its place has a right seal, and the journal is whole; only the two together show that
a record is not what was last written (storage.md 5.3).
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import JournalEntry, Record
from coachdesk.terms import Kind
from coachdesk.vault.chronicle import DELETE, ERASED, EVENT, TABLE
from coachdesk.vault.values import Shape, encoded, record_of, shape

Key = tuple[str, UUID]
READ_AT_ONCE = 1000


@dataclass(slots=True)
class _Told:
    """What the journal tells last of one record: per field group, a fingerprint of its text."""

    groups: dict[str, int] = field(default_factory=dict)
    is_emptied: bool = False
    """Its values were taken out of the journal when the client was erased, so there is nothing to compare."""


def disagreements(session: Session) -> Counter[str]:
    """Return how many records of each kind are not as the journal last told them, or are missing or too many."""
    told = _last_told(session)
    found: Counter[str] = Counter()
    for kind in Kind:
        record = record_of(kind)
        known = shape(record)
        for row in session.scalars(select(record).execution_options(yield_per=READ_AT_ONCE)):
            last = told.pop((kind.value, row.id), None)
            if last is None or not (last.is_emptied or _agrees(session, row, last, known)):
                found[kind.value] += 1
    found.update(kind for (kind, _), last in told.items() if not last.is_emptied)
    return found


def _last_told(session: Session) -> dict[Key, _Told]:
    columns = TABLE.columns
    query = (
        select(
            columns["entity"],
            columns["row_id"],
            columns["field_group"],
            columns["operation"],
            columns["after"],
            columns["salt"],
        )
        .where(columns["operation"] != EVENT)
        .order_by(columns["position"])
        .execution_options(yield_per=READ_AT_ONCE)
    )
    told: dict[Key, _Told] = {}
    for entity, row_id, group, operation, after, salt in session.execute(query):
        key = (entity, row_id)
        if salt == ERASED:
            told.setdefault(key, _Told()).is_emptied = True
        elif operation == DELETE:
            told.pop(key, None)
        else:
            told.setdefault(key, _Told()).groups[group] = hash(after)
    return told


def _agrees(session: Session, row: Record, last: _Told, known: Shape) -> bool:
    for group, names in known.groups:
        values = {name: getattr(row, name) for name in names}
        if group not in last.groups:
            if not all(known.is_blank(name, value) for name, value in values.items()):
                return False
        elif hash(encoded(values)) != last.groups[group] and not _as_written(session, row, group, known):
            return False
    return True


def _as_written(session: Session, row: Record, group: str, known: Shape) -> bool:
    """Return whether the fields that the last entry knew are as it says: an older schema knew fewer."""
    entry = JournalEntry
    text: Any = session.scalar(
        select(entry.after)
        .where(entry.entity == row.KIND.value, entry.row_id == row.id, entry.field_group == group)
        .where(entry.operation != EVENT)
        .order_by(entry.position.desc())
        .limit(1)
    )
    kept = [name for name in known.names_in(text) if name in known.types]
    rest = [name for name in dict(known.groups)[group] if name not in kept]
    same = encoded({name: getattr(row, name) for name in kept}) == text
    return same and all(known.is_blank(name, getattr(row, name)) for name in rest)
