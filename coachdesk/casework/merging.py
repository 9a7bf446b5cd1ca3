"""Joining two records of one person: side by side first, then one stays and holds everything, and nothing is lost.

The other record is put away with a reference that says with whom it was joined; every record filed under it is filed
under the one that stays. Permissions are never melted into one: each stays as it was given. It is one action, taken
back like any other while nothing was built on it, and by ``unmerge_clients`` at any time after (casework/separating.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Table, UniqueConstraint, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.duplicate_pairs import told_of
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.joined import note_both, of_a_client, pointer
from coachdesk.casework.likeness import likened, likeness
from coachdesk.casework.record_words import RecordWords, field_words
from coachdesk.casework.side_by_side import ComparedLine, TwoRecords, compared, take
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Equality, Programme, Record, VocationalProfile
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import (
    AUDITOR_CHANGES_NOTHING,
    TRUSTEE_KEEPS_KEYS,
    acting_role,
    check_may_see,
)
from coachdesk.vault.erasure import JOINED
from coachdesk.vault.work import chronicle_of, clock_of, coach_of, describe

LEAST_REASON = 3
GONE = "This client is not there any more."
NOT_YOURS = "Both people must be your own clients to be joined or separated. Ask a manager of your team."


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMerge:
    """Which record would stay, and which would be joined with it."""

    keep_id: UUID
    other_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """Both records side by side, how many of each kind they hold, and what else joining them means."""

    keep_name: str
    other_name: str
    keep_reference: str
    other_reference: str
    reasons: tuple[str, ...]
    """Why the two look like one person; empty where nothing speaks for it."""
    lines: tuple[ComparedLine, ...]
    counts: tuple[tuple[str, int, int], ...]
    """What a kind of record is called, how many the one that stays has, and how many the other."""
    consequences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeClients:
    """Join two records of one person, with what was chosen line by line; the rest is as the preview says."""

    keep_id: UUID
    other_id: UUID
    reason: str
    choices: Mapping[str, str] = field(default_factory=dict)


def preview_merge(session: Session, question: PreviewMerge) -> MergePreview:
    """Return both records side by side; raises Refusal for records that cannot be joined."""
    for client_id in (question.keep_id, question.other_id):
        check_may_see(session, client_id)
    two = _both(session, question.keep_id, question.other_id)
    return MergePreview(
        keep_name=f"{two.keep.called()} ({two.keep.reference})",
        other_name=f"{two.other.called()} ({two.other.reference})",
        keep_reference=two.keep.reference,
        other_reference=two.other.reference,
        reasons=likeness(*(likened(told_of(one)) for one in (two.keep, two.other))).reasons,
        lines=compared(two, RecordWords(session)),
        counts=tuple(_counts(session, two)),
        consequences=tuple(_consequences(session, two)),
    )


def merge_clients(session: Session, wish: MergeClients) -> UUID:
    """Join two records of one person; return the id of the one that stays.

    Raises Refusal without a reason, for records that cannot be joined, and for a coach who has not both.
    """
    if len(wish.reason.strip()) < LEAST_REASON:
        raise Refusal("Say why these are one person.", fields={"reason": "A few words are enough."})
    two = _both(session, wish.keep_id, wish.other_id)
    check_may_join(session, two.keep, two.other)
    take(two, wish.choices)
    for one in list(_to_file(session, two)):
        setattr(one, "client_id", two.keep.id)  # noqa: B010  every class of of_a_client has it
    two.other.archived_at = clock_of(session).now()
    two.other.reference = pointer(two.other, two.keep)
    note_both(session, JOINED, two.keep, two.other)
    chronicle_of(session).reason = wish.reason.strip()
    describe(session, f"Joined {two.other.initials()} with {two.keep.initials()}")
    return two.keep.id


def check_may_join(session: Session, *clients: Client) -> None:
    """Return for a manager, and for a coach who has all of these clients; raises Refusal."""
    role = acting_role(session)
    if role is Role.AUDITOR:
        raise Refusal(AUDITOR_CHANGES_NOTHING)
    if role is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    if role is Role.COACH and any(one.coach_id not in (None, coach_of(session)) for one in clients):
        raise Refusal(NOT_YOURS)


def _both(session: Session, keep_id: UUID, other_id: UUID) -> TwoRecords:
    if keep_id == other_id:
        raise Refusal("This is one record already. Choose two.")
    keep, other = _client(session, keep_id), _client(session, other_id)
    equality, profile = (
        _one_each(session, kind, keep_id, other_id) for kind in (Equality, VocationalProfile)
    )
    return TwoRecords(keep, other, *equality, *profile)


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(GONE)
    if is_erased(session, client_id):
        raise Refusal("One of these people has been erased. There is nothing left to join.")
    if client.archived_at is not None:
        raise Refusal("One of these people has been put away. Bring the person back first.")
    return client


def _one_each(session: Session, kind: Any, keep_id: UUID, other_id: UUID) -> tuple[Any, Any]:
    """Return the record of a kind of which a client has only one, of both clients."""
    query = select(kind).where(kind.client_id.in_((keep_id, other_id)))
    found = {one.client_id: one for one in session.scalars(query)}
    return found.get(keep_id), found.get(other_id)


def _to_file(session: Session, two: TwoRecords) -> Iterator[Record]:
    """Yield the other's records that are filed anew: all but those of which a client has only one."""
    for record in of_a_client():
        mine, theirs = (_filed(session, record, one.id) for one in (two.keep, two.other))
        for one in theirs:
            if not any(_clash(record, one, kept) for kept in mine):
                yield one


def _filed(session: Session, record: Any, client_id: UUID) -> list[Any]:
    return list(session.scalars(select(record).where(record.client_id == client_id).order_by(record.id)))


def _clash(record: type[Record], one: Record, kept: Record) -> bool:
    """Return whether two records could not both be filed under one client."""
    table = record.__table__
    assert isinstance(table, Table)  # noqa: S101 - a record is no view
    for rule in table.constraints:
        names = [column.key for column in rule.columns] if isinstance(rule, UniqueConstraint) else []
        if "client_id" in names:
            rest = [name for name in names if name != "client_id"]
            return all(getattr(one, name) == getattr(kept, name) for name in rest)
    return False


def _counts(session: Session, two: TwoRecords) -> Iterator[tuple[str, int, int]]:
    for record in of_a_client():
        if field_words(record.KIND.value) is not None:
            mine, theirs = (_count(session, record, one.id) for one in (two.keep, two.other))
            if mine or theirs:
                yield RecordWords.title(record.KIND.value), mine, theirs


def _count(session: Session, record: Any, client_id: UUID) -> int:
    return session.scalar(select(func.count()).where(record.client_id == client_id)) or 0


def _consequences(session: Session, two: TwoRecords) -> Iterator[str]:
    """Yield what joining means besides the choices, in words."""
    keep, other = two.keep.called(), two.other.called()
    yield f"Everything recorded for {other} ({two.other.reference}) is filed under {two.keep.reference}."
    yield f"{two.other.reference} is put away; whoever looks for its names finds {keep}."
    yield "Permissions stay as each was given; none is changed by this."
    if two.keep_equality is not None and two.other_equality is not None:
        yield "Both gave equality answers: those chosen here count, the other’s are kept with the record put away."
    if two.keep_profile is not None and two.other_profile is not None:
        yield (
            "Both have a vocational profile: what is chosen here becomes the one profile. The other’s is kept, word for "
            "word, with the record put away, and comes back if the two are separated."
        )
    yield from _staying(session, two)
    for title in _on_both(session, two):
        yield f"Both are enrolled on {title}. Returns count one person; look at both enrolments afterwards."


def _staying(session: Session, two: TwoRecords) -> Iterator[str]:
    """Yield which records of the other are not filed anew, because a client has only one of each."""
    filed = {one.id for one in _to_file(session, two)}
    for record in of_a_client():
        staying = sum(one.id not in filed for one in _filed(session, record, two.other.id))
        if staying and record not in (Equality, VocationalProfile):
            title = RecordWords.title(record.KIND.value)
            yield f"{title}: both have one, so {staying} of the other’s stays with the record put away."


def _on_both(session: Session, two: TwoRecords) -> tuple[str, ...]:
    programmes = [
        set(session.scalars(select(Enrolment.programme_id).where(Enrolment.client_id == one.id)))
        for one in (two.keep, two.other)
    ]
    shared = programmes[0] & programmes[1]
    return tuple(
        session.scalars(select(Programme.title).where(Programme.id.in_(shared)).order_by(Programme.title))
    )
