"""Who stands in the lists of whoever acts: neither put away nor erased, and hers to see.

A coach sees her own clients, those with nobody and those she covers for, whatever filter is asked for; managers and auditors see
everybody, a trustee nobody. An erased client's stub counts in returns and stands in no list.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Erasure
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role, covered_caseload, in_reach, own_caseload
from coachdesk.vault.work import coach_of

Conditions = tuple[ColumnElement[bool], ...]


def not_erased() -> ColumnElement[bool]:
    """Return the condition that a client's identity was not taken out."""
    return Client.id.not_in(select(Erasure.client_id))


def keeps_keys(session: Session) -> bool:
    """Return whether who asks is a trustee, to whom every client is closed."""
    return acting_role(session) is Role.TRUSTEE


def hers(session: Session, coach_id: UUID | None = None) -> Conditions:
    """Return the conditions on Client for whom who acts may see in a list, and with a coach if one is asked for.

    A coach who asks for herself gets her whole caseload, also whom she has for one programme and who is with nobody;
    with no coach asked for, those she covers for are there too.
    """
    role, me = acting_role(session), coach_of(session)
    if role is Role.TRUSTEE:
        return (false(),)
    asked = () if coach_id is None else (Client.coach_id == coach_id,)
    if role is not Role.COACH:
        return asked
    return (own_caseload(me),) if coach_id == me else (in_reach(session), *asked)


def to_look_after(session: Session, coach_id: UUID | None = None) -> Conditions:
    """Return the same as ``hers``, and with whoever acts also those she covers for: they are hers for a while."""
    conditions = hers(session, coach_id)
    covered = covered_caseload(session) if coach_id is not None and coach_id == coach_of(session) else ()
    return (or_(and_(*conditions), *covered),) if covered else conditions


def listed(session: Session, coach_id: UUID | None = None, *, covering: bool = False) -> Conditions:
    """Return the conditions on Client for a list of who acts; ``covering`` adds those she covers for to her own."""
    mine = to_look_after if covering else hers
    return (Client.archived_at.is_(None), not_erased(), *mine(session, coach_id))


def whose(session: Session, coach_id: UUID | None = None, *, covering: bool = False) -> Select[UUID] | None:
    """Return the question that finds the clients of a list, for records that name them; None for everybody."""
    conditions = to_look_after(session, coach_id) if covering else hers(session, coach_id)
    return select(Client.id).where(*conditions) if conditions else None


def names_of(session: Session, clients: Sequence[UUID]) -> dict[UUID, str]:
    """Return what these clients are called, as far as who asks may see them in a list."""
    wanted = select(Client).where(Client.id.in_(clients), not_erased(), *hers(session))
    return {client.id: client.called() for client in session.scalars(wanted)}
