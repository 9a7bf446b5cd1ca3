"""Handing a caseload over: whom somebody looks after, and giving all or some of them to a colleague in one action."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.cover import looks_after
from coachdesk.casework.listed import listed
from coachdesk.casework.standing import Standing, stage_titles, standings
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import CHUNK, MANAGERS_ONLY, acting_role
from coachdesk.vault.work import coach_of, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedQuestion:
    """Whom somebody looks after, as on a day."""

    coach_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """A client whom somebody looks after."""

    id: UUID
    name: str
    stage: str
    due_on: dt.date | None
    is_open: bool


def list_carried(session: Session, question: CarriedQuestion) -> tuple[CarriedRow, ...]:
    """Return whom somebody looks after, for all of their support or for one programme: open ones first, by name.

    Somebody whose support has ended is handed over as well: we may have promised to ask them later.
    """
    query = select(Client).where(
        *listed(session), Client.died_on.is_(None), _carried_by(question.coach_id, question.today)
    )
    clients = session.scalars(query).all()
    stages, stands = stage_titles(session), {}
    for start in range(0, len(clients), CHUNK):
        ids = [client.id for client in clients[start : start + CHUNK]]
        stands.update(standings(session, question.today, ids))
    rows = []
    for client in clients:
        standing = stands.get(client.id, Standing())
        rows.append(
            CarriedRow(
                id=client.id,
                name=client.called(),
                stage=standing.stage(question.today, stages),
                due_on=standing.due_on(),
                is_open=standing.is_open,
            )
        )
    return tuple(sorted(rows, key=lambda one: (not one.is_open, one.name.casefold(), one.id)))


def _carried_by(coach_id: UUID, today: dt.date) -> ColumnElement[bool]:
    enrolled = select(Enrolment.client_id).where(
        Enrolment.coach_id == coach_id, *_still_open(today), Enrolment.archived_at.is_(None)
    )
    return or_(Client.coach_id == coach_id, Client.id.in_(enrolled))


def _still_open(today: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > today),)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """These clients go from one coach to another."""

    from_id: UUID
    to_id: UUID
    client_ids: tuple[UUID, ...]
    today: dt.date


def hand_over(session: Session, wish: HandOver) -> int:
    """Give clients and their open enrolments to a colleague in one action; return how many clients went.

    Only what was with the first coach goes; ended enrolments keep who was there. Raises Refusal without clients,
    for one coach twice, for a colleague who looks after nobody, and for a coach who hands over what is not hers.
    """
    if acting_role(session) is not Role.MANAGER and wish.from_id != coach_of(session):
        raise Refusal(MANAGERS_ONLY)
    if wish.from_id == wish.to_id:
        sentence = "Choose somebody else to take them on."
        raise Refusal(sentence, fields={"to_id": sentence})
    looks_after(session, wish.to_id, "to_id")
    if not wish.client_ids:
        raise Refusal("Tick at least one client.")
    clients = _clients(session, wish)
    for client in clients:
        if client.coach_id == wish.from_id:
            client.coach_id = wish.to_id
    for start in range(0, len(clients), CHUNK):
        ids = [client.id for client in clients[start : start + CHUNK]]
        query = select(Enrolment).where(
            Enrolment.client_id.in_(ids), Enrolment.coach_id == wish.from_id, *_still_open(wish.today)
        )
        for enrolment in session.scalars(query):
            enrolment.coach_id = wish.to_id
    count = len(clients)
    describe(session, "Handed over a client" if count == 1 else f"Handed over {count:,} clients")
    return count


def _clients(session: Session, wish: HandOver) -> Sequence[Client]:
    found: list[Client] = []
    wanted = tuple(dict.fromkeys(wish.client_ids))
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        query = select(Client).where(Client.id.in_(chunk), _carried_by(wish.from_id, wish.today))
        found.extend(session.scalars(query))
    if len(found) != len(wanted):
        raise Refusal("Some of these are with somebody else by now. Look at the list again.")
    return found


def list_receivers(session: Session, _question: None) -> tuple[tuple[UUID, str], ...]:
    """Return who may be given clients, by name."""
    query = select(Coach.id, Coach.name).where(
        Coach.archived_at.is_(None),
        Coach.ended_on.is_(None),
        Coach.role.in_([Role.COACH, Role.MANAGER]),
    )
    return tuple((coach_id, name) for coach_id, name in session.execute(query.order_by(Coach.name)))
