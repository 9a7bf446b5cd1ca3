"""Hours and pay of a job as dated history: from a day on, corrected, and taken out where they were never so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.jobs import job_of
from coachdesk.casework.pay import minutes_of, pence_of
from coachdesk.errors import Refusal
from coachdesk.models import Job, JobTerms
from coachdesk.terms import Unstated
from coachdesk.vault.work import clock_of, describe

_GONE = "These hours and pay are not there any more."
_TOO_EARLY = "This is before the first day."
_TAKEN = "There is a line from this day already: correct that one."


def terms_by_job(session: Session, client_id: UUID) -> dict[UUID, list[JobTerms]]:
    """Return the terms of a client's jobs by job, the earliest first."""
    query = select(JobTerms).where(JobTerms.client_id == client_id, JobTerms.archived_at.is_(None))
    found: dict[UUID, list[JobTerms]] = {}
    for terms in session.scalars(query.order_by(JobTerms.as_on, JobTerms.id)):
        found.setdefault(terms.job_id, []).append(terms)
    return found


def in_force(terms: Sequence[JobTerms], day: dt.date) -> JobTerms | None:
    """Return the terms that hold on a day out of those of one job, the earliest first; before all of them, the first."""
    begun = [one for one in terms if one.as_on <= day]
    return begun[-1] if begun else next(iter(terms), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTerms:
    """Hours and pay from a day on, new (without ``terms_id``) or corrected; as somebody types them."""

    job_id: UUID
    as_on: dt.date
    terms_id: UUID | None = None
    usual_hours: str = ""
    guaranteed_hours: str = ""
    hourly_pay: str = ""
    wants_more_hours: str = Unstated.NOT_ASKED


def save_terms(session: Session, wish: SaveTerms) -> UUID:
    """Write the terms and return their id.

    Raises Refusal before the first day of the job, for a day that has a line already, and for what is no number.
    """
    job, client = job_of(session, wish.job_id)
    if wish.as_on < job.started_on:
        raise Refusal("Hours and pay begin with the job.", fields={"as_on": _TOO_EARLY})
    if job.ended_on is not None and wish.as_on > job.ended_on:
        raise Refusal("The job had ended by then.", fields={"as_on": "This is after the last day."})
    _refuse_twice(session, job, wish)
    terms = JobTerms(client_id=client.id, job_id=job.id) if wish.terms_id is None else _terms(session, wish)
    write_terms(terms, wish)
    session.add(terms)
    did = "Changed" if wish.terms_id is None else "Corrected"
    describe(session, f"{did} hours or pay of {client.initials()}")
    return terms.id


def write_terms(terms: JobTerms, wish: SaveTerms) -> None:
    """Put what was typed into a record; raises Refusal beside the field that is no number."""
    terms.as_on = wish.as_on
    terms.usual_minutes = minutes_of(wish.usual_hours, "usual_hours")
    terms.guaranteed_minutes = minutes_of(wish.guaranteed_hours, "guaranteed_hours")
    terms.hourly_pence = pence_of(wish.hourly_pay, "hourly_pay")
    terms.wants_more_hours = wish.wants_more_hours


def _refuse_twice(session: Session, job: Job, wish: SaveTerms) -> None:
    lines = terms_by_job(session, job.client_id).get(job.id, [])
    if any(one.as_on == wish.as_on and one.id != wish.terms_id for one in lines):
        raise Refusal(_TAKEN, fields={"as_on": _TAKEN})


def _terms(session: Session, wish: SaveTerms) -> JobTerms:
    found = session.get(JobTerms, wish.terms_id)
    if found is None or found.archived_at is not None or found.job_id != wish.job_id:
        raise Refusal(_GONE)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms:
    """Other hours or pay were told of in passing, as at a check-in: they hold from that day on."""

    job_id: UUID
    as_on: dt.date
    usual_hours: str = ""
    guaranteed_hours: str = ""
    hourly_pay: str = ""
    wants_more_hours: str = Unstated.NOT_ASKED


def change_terms(session: Session, wish: ChangeTerms) -> UUID:
    """Write the terms of a day, over what was written down from the same day; return their id, refuse as ``save_terms``."""
    job, _ = job_of(session, wish.job_id)
    lines = terms_by_job(session, job.client_id).get(job.id, [])
    same_day = next((one.id for one in lines if one.as_on == wish.as_on), None)
    save = SaveTerms(
        job_id=wish.job_id,
        terms_id=same_day,
        as_on=wish.as_on,
        usual_hours=wish.usual_hours,
        guaranteed_hours=wish.guaranteed_hours,
        hourly_pay=wish.hourly_pay,
        wants_more_hours=wish.wants_more_hours,
    )
    return save_terms(session, save)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutTerms:
    """Hours and pay that were written down by mistake."""

    terms_id: UUID


def take_out_terms(session: Session, wish: TakeOutTerms) -> None:
    """Take a line out of the story of a job; raises Refusal when it is gone already."""
    terms = session.get(JobTerms, wish.terms_id)
    if terms is None or terms.archived_at is not None:
        raise Refusal(_GONE)
    _, client = job_of(session, terms.job_id)
    terms.archived_at = clock_of(session).now()
    describe(session, f"Took out hours or pay of {client.initials()}")
