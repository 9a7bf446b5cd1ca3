"""In-work check-ins: those that were held, and what was said at one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import CheckIn
from coachdesk.terms import Unstated


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """A check-in that was held."""

    id: UUID
    due_on: dt.date
    done_on: dt.date
    still_there: str
    risk_of_leaving: int | None
    note: str


def check_ins_by_job(session: Session, client_id: UUID) -> dict[UUID, list[CheckInRow]]:
    """Return the check-ins that were held with a client, by job, the newest first."""
    query = (
        select(CheckIn)
        .where(CheckIn.client_id == client_id, CheckIn.archived_at.is_(None))
        .order_by(CheckIn.done_on.desc(), CheckIn.id.desc())
    )
    found: dict[UUID, list[CheckInRow]] = {}
    for held in session.scalars(query):
        row = CheckInRow(
            id=held.id,
            due_on=held.due_on,
            done_on=held.done_on,
            still_there=held.still_there,
            risk_of_leaving=held.risk_of_leaving,
            note=held.note,
        )
        found.setdefault(held.job_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAnswers:
    """What was said at a check-in; everything may be left out.

    ``due_on`` is the day it was due, which is its new day where it was moved. New hours and pay, as they are
    typed, become terms of the job from ``terms_on`` on; a last day ends it; ``measures`` are answers from 0 to 10.
    """

    job_id: UUID
    due_on: dt.date
    still_there: str = Unstated.NOT_ASKED
    ended_on: dt.date | None = None
    end_reason: str = Unstated.NOT_ASKED
    hours_changed: str = Unstated.NOT_ASKED
    usual_hours: str = ""
    pay_changed: str = Unstated.NOT_ASKED
    hourly_pay: str = ""
    terms_on: dt.date | None = None
    areas: Mapping[str, str] = field(default_factory=dict)
    adjustments_working: str = Unstated.NOT_ASKED
    manager_talk: str = Unstated.NOT_ASKED
    risk_of_leaving: int | None = None
    measures: Mapping[str, int | str] = field(default_factory=dict)
    note: str = ""
