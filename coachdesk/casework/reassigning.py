"""Handing several clients to a coach at once, in one action that is taken back as one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignClients:
    """Clients, and the coach they are with from now on."""

    client_ids: tuple[UUID, ...]
    coach_id: UUID


def reassign_clients(session: Session, wish: ReassignClients) -> int:
    """Hand clients to a coach; return how many were with somebody else before.

    An enrolment that goes on moves along where it was with the client's coach, or with nobody; a colleague who
    has the client for one programme keeps it. Raises Refusal for nobody, for a coach who has left, and where who acts
    may not change one of them.
    """
    coach = session.get(Coach, wish.coach_id)
    today = clock_of(session).today()
    if coach is None or coach.archived_at is not None:
        raise Refusal("That coach is not known.")
    if coach.ended_on is not None and coach.ended_on <= today:
        raise Refusal(f"{coach.name} has left the team; choose somebody who is there.")
    if not wish.client_ids:
        raise Refusal("Tick the clients who are to be handed over first.")
    moved = sum(_hand_over(session, client_id, coach.id) for client_id in dict.fromkeys(wish.client_ids))
    people = "1 client" if moved == 1 else f"{moved} clients"
    describe(session, f"Gave {people} to {coach.name}")
    return moved


def _hand_over(session: Session, client_id: UUID, coach_id: UUID) -> bool:
    check_may_see(session, client_id)
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("One of these clients is not there any more.")
    before = client.coach_id
    if before == coach_id:
        return False
    today = clock_of(session).today()
    query = select(Enrolment).where(
        Enrolment.client_id == client_id,
        Enrolment.archived_at.is_(None),
        or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > today),
    )
    for enrolment in session.scalars(query):
        if enrolment.coach_id in {None, before}:
            enrolment.coach_id = coach_id
    client.coach_id = coach_id
    return True
