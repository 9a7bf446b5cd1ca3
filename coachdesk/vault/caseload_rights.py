"""Who may see and change whose records; the role stands in the data, never in the key file.

Everybody who may unlock holds the same data key: these rights keep honest people to their own caseload and write
down every exception. A colleague who covers opens the clients of whoever is away without a reason, for as long as
a manager said; that she opened them is written down like any other opening. They are no wall against somebody who reads the file with other tools (docs/security.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Cover, Enrolment
from coachdesk.models.base import CONFIGURATION, TEAM
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.one_moment import once

CHUNK = 500
_WHO_ACTS: BindParameter[UUID] = bindparam("coach")
_ROLE = select(Coach.role).where(Coach.id == _WHO_ACTS)
"""Put together once: every read that names people asks it."""
READS_ALL = frozenset({Role.MANAGER, Role.AUDITOR})
AUDITOR_CHANGES_NOTHING = "You are here as an auditor: you can look at everything and change nothing."
TRUSTEE_KEEPS_KEYS = "You are here as a trustee: you keep the keys, and clients’ records stay closed to you."
MANAGERS_ONLY = "Only a manager can do this. Ask a manager of your team."
NEEDS_REASON = (
    "This client is with a colleague. Say why you need to open the record; the reason is written down."
)
OTHERS_CLIENTS = (
    "Some of these records belong to clients of colleagues. Open each with a reason, or ask a manager."
)


class ReasonNeeded(Refusal):
    """A colleague's client: to be opened with a reason, which is written down."""

    def __init__(self, client_id: UUID) -> None:
        super().__init__(NEEDS_REASON, fields={"reason": NEEDS_REASON})
        self.client_id = client_id


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that an action changed, and whose it is.

    ``handed_from`` says who the client was with before, where the action changed that ("" for nobody).
    """

    ref: Ref
    scope: str
    is_new: bool
    handed_from: str | None = None


def acting_role(session: Session) -> Role:
    """Return the role of who acts.

    While the vault is being set up there is nobody yet, and all is allowed; later, a key without a person's record
    keeps the keys and no more. Read once for a session that only reads: it sees one moment of the vault.
    """
    coach_id = session.info["vault"].coach_id
    return once(session, ("role", coach_id), partial(_role_of, session, coach_id))


def _role_of(session: Session, coach_id: UUID | None) -> Role:
    if session.autoflush:
        session.flush()  # what this very action wrote counts
    found = session.connection().scalar(_ROLE, {"coach": coach_id}) if coach_id else None
    if found is None:
        return Role.MANAGER if session.scalar(select(Coach.id).limit(1)) is None else Role.TRUSTEE
    return Role(found)


def sees_everybody(session: Session) -> bool:
    """Return whether who acts reads all clients."""
    return acting_role(session) in READS_ALL


def check_may_see(session: Session, client_id: UUID) -> None:
    """Return when who acts may read a client's record.

    Raises ReasonNeeded for a colleague's client that was not opened with a reason since the vault was unlocked,
    and Refusal for a trustee.
    """
    role = acting_role(session)
    if role in READS_ALL:
        return
    if role is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    if client_id not in session.info["vault"].opened_with_reason and _others(session, [client_id]):
        raise ReasonNeeded(client_id)


def check_is_manager(session: Session) -> None:
    """Return when who acts is a manager; raises Refusal."""
    if acting_role(session) is not Role.MANAGER:
        raise Refusal(MANAGERS_ONLY)


def own_caseload(coach_id: UUID | None) -> ColumnElement[bool]:
    """Return the condition on Client: with this coach, with this coach for a programme, or with nobody yet."""
    enrolled = select(Enrolment.client_id).where(
        Enrolment.coach_id == coach_id, Enrolment.archived_at.is_(None)
    )
    return or_(Client.coach_id == coach_id, Client.coach_id.is_(None), Client.id.in_(enrolled))


def covered_coaches(session: Session) -> tuple[UUID, ...]:
    """Return the colleagues whose caseload who acts looks after today; read once for a session that only reads."""
    return once(session, "covered", partial(_covered_coaches, session))


def _covered_coaches(session: Session) -> tuple[UUID, ...]:
    vault = session.info["vault"]
    today = vault.clock.today()
    query = select(Cover.away_id).where(
        Cover.covered_by_id == vault.coach_id,
        Cover.from_on <= today,
        Cover.to_on >= today,
        Cover.archived_at.is_(None),
    )
    return tuple(dict.fromkeys(session.scalars(query)))


def in_reach(session: Session) -> ColumnElement[bool]:
    """Return the condition on Client for whom who acts may open without a reason: her own, and whom she covers for."""
    return or_(own_caseload(session.info["vault"].coach_id), *covered_caseload(session))


def covered_caseload(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on Client of which one holds for whom who acts covers; none on any other day."""
    away = covered_coaches(session)
    if not away:
        return ()
    enrolled = select(Enrolment.client_id).where(
        Enrolment.coach_id.in_(away), Enrolment.archived_at.is_(None)
    )
    return Client.coach_id.in_(away), Client.id.in_(enrolled)


def _others(session: Session, client_ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these are clients of colleagues only, for whom nobody asked her to cover."""
    reach = in_reach(session)
    wanted = list(client_ids)
    found: set[UUID] = set()
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        own = set(session.scalars(select(Client.id).where(Client.id.in_(chunk), reach)))
        known = set(session.scalars(select(Client.id).where(Client.id.in_(chunk))))
        found |= known - own
    return found


def check_changes(session: Session, touched: Iterable[Touched]) -> None:
    """Return when who acts may write what an action is about to; raises Refusal."""
    changes = list(touched)
    role = _role_before(session, changes) if changes else Role.MANAGER
    if role is Role.MANAGER:
        return
    if role is Role.AUDITOR:
        raise Refusal(AUDITOR_CHANGES_NOTHING)
    if role is Role.TRUSTEE:
        if any(one.ref.kind is not Kind.COACH for one in changes):
            raise Refusal(TRUSTEE_KEEPS_KEYS)
        return
    if any(one.scope == CONFIGURATION for one in changes):
        raise Refusal(MANAGERS_ONLY)
    _check_clients(session, changes)


def _role_before(session: Session, changes: Iterable[Touched]) -> Role:
    """Return the role of who acts as it was before the action, which may have changed just that."""
    vault = session.info["vault"]
    if not any(one.ref == Ref(Kind.COACH, vault.coach_id) for one in changes):
        return acting_role(session)
    with vault.read_sessions() as committed:
        return acting_role(committed)


def _check_clients(session: Session, changes: list[Touched]) -> None:
    """Return when every changed record is of an own client, of one opened with a reason, or of a new one."""
    vault = session.info["vault"]
    clients = [one for one in changes if one.ref.kind is Kind.CLIENT]
    fresh = {one.ref.id for one in clients if one.is_new}
    handed = {one.ref.id: one.handed_from for one in clients if one.handed_from is not None}
    owners = {UUID(hex=one.scope) for one in changes if one.scope not in (TEAM, CONFIGURATION)}
    others = _others(session, owners - fresh - set(handed))
    others |= {one for one, coach in handed.items() if coach not in ("", vault.coach_id.hex)}
    if others - vault.opened_with_reason:
        raise Refusal(OTHERS_CLIENTS)
