"""In-work check-ins: those that were held, and what was said at one."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.jobs import GONE, job_of
from coachdesk.errors import Refusal
from coachdesk.models import CheckIn, Contact
from coachdesk.terms import Unstated

_SCALE = range(11)


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
    """What was said at a check-in; everything may be left out but whether the job goes on."""

    job_id: UUID
    due_on: dt.date
    still_there: str = Unstated.NOT_ASKED
    hours_changed: str = Unstated.NOT_ASKED
    pay_changed: str = Unstated.NOT_ASKED
    adjustments_working: str = Unstated.NOT_ASKED
    manager_talk: str = Unstated.NOT_ASKED
    risk_of_leaving: int | None = None
    note: str = ""


def hold_check_in(session: Session, client_id: UUID, contact: Contact, told: CheckInAnswers) -> CheckIn:
    """Return the check-in record of a contact; raises Refusal for a job that is not this client's."""
    job, client = job_of(session, told.job_id)
    if client.id != client_id:
        raise Refusal(GONE)
    if told.risk_of_leaving is not None and told.risk_of_leaving not in _SCALE:
        raise Refusal("The scale goes from 0 to 10.", fields={"risk_of_leaving": "Choose 0 to 10."})
    return CheckIn(
        client_id=client_id,
        job_id=job.id,
        contact_id=contact.id,
        due_on=told.due_on,
        done_on=contact.happened_on,
        channel=contact.channel,
        still_there=told.still_there,
        hours_changed=told.hours_changed,
        pay_changed=told.pay_changed,
        adjustments_working=told.adjustments_working,
        manager_talk=told.manager_talk,
        risk_of_leaving=told.risk_of_leaving,
        note=told.note,
    )
