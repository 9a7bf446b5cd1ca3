"""Joining two records of one employer, and parting them again at any time after.

Everything that was filed with the other is filed with the one that stays; what the one that stays did not know is
filled in. Parting puts back exactly what joining moved, as the journal tells it. What came since stays with the one
that stays, but for what hangs on a record that goes back: a talk with a person of the other goes with the person.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from coachdesk.casework.employer_links import filed_with, links_between
from coachdesk.casework.employers import GONE
from coachdesk.errors import Refusal
from coachdesk.models import Employer, JournalEntry
from coachdesk.models.base import PARAGRAPH
from coachdesk.terms import UNSTATED_WORDS, Kind, Ref, Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.undo import Step, Steps, steps_of
from coachdesk.vault.values import record_of, shape
from coachdesk.vault.work import clock_of, describe

SAME = "Choose two different employers."
NOT_JOINED = "This employer was not joined with another one."
_FILLED = ("sector", "size_band", "sort", "town", "website", "phone", "note")
_MOVED = frozenset({"joined_with_id", "archived_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEmployers:
    """The record that stays, and the other of the same employer."""

    keep_id: UUID
    other_id: UUID


def merge_employers(session: Session, wish: MergeEmployers) -> UUID:
    """File everything of the other with the one that stays; return that one's id.

    Raises Refusal for one record twice, and for one that is gone; the vault refuses a coach where colleagues' clients
    work there.
    """
    if wish.keep_id == wish.other_id:
        raise Refusal(SAME)
    keep, other = _standing(session, wish.keep_id), _standing(session, wish.other_id)
    for record, field in filed_with(session, other.id).values():
        setattr(record, field, keep.id)
    for name in _FILLED:
        if not getattr(keep, name) or getattr(keep, name) in UNSTATED_WORDS:
            setattr(keep, name, getattr(other, name))
    keep.is_anchor = keep.is_anchor or other.is_anchor
    keep.do_not_approach = _both(keep.do_not_approach, other.do_not_approach)
    other.joined_with_id, other.archived_at = keep.id, clock_of(session).now()
    describe(session, f"Joined the employer {other.name} with {keep.name}")
    return keep.id


def _both(kept: str, others: str) -> str:
    """Return both reasons why nobody approaches an employer: neither is lost."""
    reasons = dict.fromkeys(one for one in (kept.strip(), others.strip()) if one)
    return "\n".join(reasons)[:PARAGRAPH]


def _standing(session: Session, employer_id: UUID) -> Employer:
    one = session.get(Employer, employer_id)
    if one is None or one.archived_at is not None:
        raise Refusal(GONE)
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedRow:
    """A record that was joined with an employer: its own name and the day."""

    id: UUID
    name: str
    joined_on: dt.date


def joined_with(session: Session, employer_id: UUID) -> tuple[JoinedRow, ...]:
    """Return what was joined with an employer, the last first; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    query = (
        select(Employer.id, Employer.name, Employer.archived_at)
        .where(Employer.joined_with_id == employer_id, Employer.archived_at.is_not(None))
        .order_by(desc(Employer.archived_at), Employer.id)
    )
    return tuple(
        JoinedRow(id=one, name=name, joined_on=at.date()) for one, name, at in session.execute(query) if at
    )


def unmerge_employers(session: Session, other_id: UUID) -> UUID:
    """Part a record from the one it was joined with; return its id.

    Raises Refusal for one that was not joined, and where the one that stayed was itself joined with a third since.
    """
    other = session.get(Employer, other_id)
    if other is None or other.joined_with_id is None:
        raise Refusal(NOT_JOINED)
    keep = session.get_one(Employer, other.joined_with_id)
    if keep.joined_with_id is not None:
        third = session.get_one(Employer, keep.joined_with_id)
        raise Refusal(f"{keep.name} was joined with {third.name} since. Part those two first.")
    steps = _steps(session, other)
    filed = filed_with(session, keep.id)
    moved = {ref for ref, step in steps.items() if ref in filed and _was_with(step, ref, filed, other.id)}
    for ref in _with_what_hangs_on(moved, filed):
        record, field = filed[ref]
        setattr(record, field, other.id)
    _put_back(keep, steps.get(Ref(Kind.EMPLOYER, keep.id)))
    other.joined_with_id, other.archived_at = None, None
    describe(session, f"Parted the employer {other.name} from {keep.name}")
    return other.id


def _steps(session: Session, other: Employer) -> Steps:
    """Return what joining changed, from the journal; values that an erasure took out are left out."""
    entries = JournalEntry.entity == Kind.EMPLOYER.value, JournalEntry.row_id == other.id
    query = (
        select(JournalEntry)
        .where(*entries, JournalEntry.operation != EVENT)
        .order_by(desc(JournalEntry.position))
    )
    known = shape(Employer)
    units = (
        entry.unit
        for entry in session.scalars(query)
        if known.told(entry.after).get("joined_with_id") == other.joined_with_id
        and known.told(entry.before).get("joined_with_id") != other.joined_with_id
    )
    return steps_of(_kept(session, next(units)))  # no record is ever changed past the journal


def _kept(session: Session, unit: UUID) -> Iterator[JournalEntry]:
    query = select(JournalEntry).where(JournalEntry.unit == unit, JournalEntry.operation != EVENT)
    for entry in session.scalars(query.order_by(JournalEntry.position)):
        if entry.row_id is not None and (entry.before is not None or entry.after is not None):
            yield entry


def _was_with(step: Step, ref: Ref, filed: Mapping[Ref, tuple[Any, str]], employer_id: UUID) -> bool:
    known, field = shape(record_of(ref.kind)), filed[ref][1]
    return any(known.told(text).get(field) == employer_id for text in step.before.values())


def _with_what_hangs_on(moved: set[Ref], filed: Mapping[Ref, tuple[Any, str]]) -> set[Ref]:
    """Return the records that go back, and those that name one of them: a talk with a person who goes back."""
    going = set(moved)
    grew = True
    while grew:
        more = {ref for ref in filed.keys() - going if _names_one_of(ref, filed[ref][0], going)}
        going |= more
        grew = bool(more)
    return going


def _names_one_of(ref: Ref, record: Any, going: set[Ref]) -> bool:
    return any(Ref(kind, getattr(record, name)) in going for name, kind in links_between()[ref.kind])


def _put_back(keep: Employer, step: Step | None) -> None:
    """Give the one that stayed the facts it had, where they still stand as joining left them."""
    if step is None:
        return
    known = shape(Employer)
    for group, text in step.before.items():
        before, after = known.told(text), known.told(step.after[group])
        for name, value in before.items():
            if name not in _MOVED and value != after.get(name) == getattr(keep, name):
                setattr(keep, name, value)
