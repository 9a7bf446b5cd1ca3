"""Adjustments: what a client needs at work, in the client's words."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, Client
from coachdesk.terms import Unstated
from coachdesk.vault.work import describe


def needs_by_job(session: Session, client_id: UUID) -> dict[UUID, list[str]]:
    """Return what a client needs at work, by job, in the order in which it was recorded."""
    query = (
        select(Adjustment)
        .where(Adjustment.client_id == client_id, Adjustment.archived_at.is_(None))
        .order_by(Adjustment.id)
    )
    found: dict[UUID, list[str]] = {}
    for adjustment in session.scalars(query):
        if adjustment.job_id is not None:
            found.setdefault(adjustment.job_id, []).append(adjustment.need)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAdjustment:
    """A need at work in the client's words."""

    client_id: UUID
    need: str
    job_id: UUID | None = None
    category: str = Unstated.NOT_ASKED
    requested_on: dt.date | None = None


def add_adjustment(session: Session, wish: AddAdjustment) -> UUID:
    """Record an adjustment; raises Refusal without the need in words."""
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if not wish.need.strip():
        raise Refusal("What is needed?", fields={"need": "Type the need in the client’s words."})
    adjustment = Adjustment(
        client_id=client.id,
        job_id=wish.job_id,
        need=wish.need.strip(),
        category=wish.category,
        requested_on=wish.requested_on,
    )
    session.add(adjustment)
    describe(session, f"Recorded an adjustment for {client.initials()}")
    return adjustment.id
