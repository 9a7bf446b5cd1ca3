"""The team: hubs and coaches."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Coach, Hub
from coachdesk.terms import Role
from coachdesk.vault.work import describe, vault_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRow:
    """Something with a name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachRow:
    """Somebody of the team."""

    id: UUID
    name: str
    role: str
    active: bool
    may_unlock: bool


def list_hubs(session: Session, _question: None) -> tuple[NamedRow, ...]:
    """Return the hubs by name."""
    query = select(Hub.id, Hub.name).where(Hub.archived_at.is_(None)).order_by(Hub.name)
    return tuple(NamedRow(id=hub_id, name=name) for hub_id, name in session.execute(query))


def list_coaches(session: Session, _question: None) -> tuple[CoachRow, ...]:
    """Return the team by name: who has left is not active, who has a key to the vault may unlock it."""
    slots = {slot.id for slot in vault_of(session).slot_file.people()}
    query = select(Coach.id, Coach.name, Coach.role, Coach.ended_on, Coach.slot).where(
        Coach.archived_at.is_(None)
    )
    return tuple(
        CoachRow(id=coach_id, name=name, role=role, active=ended_on is None, may_unlock=slot in slots)
        for coach_id, name, role, ended_on, slot in session.execute(query.order_by(Coach.name))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHub:
    """A new place where coaches meet clients."""

    name: str


def add_hub(session: Session, wish: AddHub) -> UUID:
    """Add a hub; raises Refusal without a name or with one that is taken."""
    name = wish.name.strip()
    if not name:
        raise Refusal("A hub needs a name.", fields={"name": "Type the hub’s name."})
    if session.scalar(select(Hub.id).where(Hub.name == name)) is not None:
        raise Refusal("There is a hub of that name already.", fields={"name": "This name is taken."})
    hub = Hub(name=name)
    session.add(hub)
    describe(session, f"Added the hub {name}")
    return hub.id


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCoach:
    """Somebody new in the team."""

    name: str
    role: str = Role.COACH


def add_coach(session: Session, wish: AddCoach) -> UUID:
    """Add a coach; raises Refusal without a name, with one that is taken, or for a role that is none."""
    name = wish.name.strip()
    if wish.role not in set(Role):
        raise Refusal("Choose a role.", fields={"role": "Choose coach, manager, trustee or auditor."})
    if not name:
        raise Refusal("A coach needs a name.", fields={"name": "Type the coach’s name."})
    if session.scalar(select(Coach.id).where(Coach.name == name)) is not None:
        raise Refusal("Somebody of that name is in the team already.", fields={"name": "This name is taken."})
    coach = Coach(name=name, role=wish.role)
    session.add(coach)
    describe(session, "Added somebody to the team")
    return coach.id
