"""What stands around a plan on paper: whose it is, how to speak with them, and who to call."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment, Hub, Organisation, Plan
from coachdesk.vault.caseload_rights import check_may_see


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAround:
    """The words around a plan as they are on one day; a paper needs nothing else of the record."""

    organisation: str = ""
    is_practice: bool = False
    name: str = ""
    needs: str = ""
    coach: str = ""
    hub: str = ""
    address: str = ""
    opening: str = ""


def read_plan_around(session: Session, client_id: UUID, plan_id: UUID | None) -> PlanAround:
    """Return what stands around a client's plan today; raises Refusal for a client who is gone, ReasonNeeded for a colleague's."""
    check_may_see(session, client_id)
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    organisation = session.scalars(select(Organisation)).first()
    coach = _coach(session, client, plan_id)
    hub_id = client.hub_id or (coach.hub_id if coach else None)
    hub = session.get(Hub, hub_id) if hub_id else None
    return PlanAround(
        organisation=organisation.name if organisation else "",
        is_practice=organisation is not None and organisation.is_practice,
        name=client.called(),
        needs=_needs(client),
        coach=coach.name if coach else "",
        hub=hub.name if hub else "",
        address=_address(hub),
        opening=hub.opening if hub else "",
    )


def _coach(session: Session, client: Client, plan_id: UUID | None) -> Coach | None:
    """Return who to call: the client's coach, else the coach of the enrolment the plan was made in."""
    if client.coach_id is not None:
        return session.get(Coach, client.coach_id)
    query = (
        select(Coach)
        .join(Enrolment, Enrolment.coach_id == Coach.id)
        .join(Plan, Plan.enrolment_id == Enrolment.id)
    )
    return session.scalars(query.where(Plan.id == plan_id)).first()


def _needs(client: Client) -> str:
    """Return what must be known before one speaks with or writes to the client (facts 12.2: on every print)."""
    told = [client.communication_needs.strip()]
    if client.interpreter == "yes":
        language = client.language.strip()
        told.append(f"An interpreter is needed: {language}." if language else "An interpreter is needed.")
    return "\n".join(words for words in told if words)


def _address(hub: Hub | None) -> str:
    if hub is None:
        return ""
    return "\n".join(part for part in (hub.address.strip(), hub.postcode.strip()) if part)
