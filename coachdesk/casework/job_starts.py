"""A job is recorded, corrected and ended (facts 12.2, job spell)."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.employer_choice import employer_for, employer_label
from coachdesk.casework.job_terms import SaveTerms, terms_by_job, write_terms
from coachdesk.casework.jobs import job_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Job, JobTerms, WorkWeek
from coachdesk.terms import Unstated
from coachdesk.vault.work import clock_of, describe

_SOC = re.compile(r"\d{1,4}(/\d{2})?")
_MONDAY = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDetails:
    """What is told of a job whatever its hours and pay; ``is_main`` None: the main one unless another one is.

    Town, size and sort are those of an employer that is new.
    """

    employer_name: str
    started_on: dt.date
    title: str = ""
    occupation: str = ""
    soc: str = ""
    site: str = ""
    contract: str = Unstated.NOT_ASKED
    employment_type: str = Unstated.NOT_ASKED
    is_competitive: str = Unstated.NOT_ASKED
    is_main: bool | None = None
    four_hours_on: dt.date | None = None
    evidence: str = Unstated.NOT_ASKED
    evidence_seen_on: dt.date | None = None
    note: str = ""
    employer_town: str = ""
    employer_size: str = Unstated.NOT_ASKED
    employer_sort: str = Unstated.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordJob(JobDetails):
    """A job has started; hours and pay as somebody types them."""

    client_id: UUID
    usual_hours: str = ""
    guaranteed_hours: str = ""
    hourly_pay: str = ""
    wants_more_hours: str = Unstated.NOT_ASKED


def record_job(session: Session, wish: RecordJob) -> UUID:
    """Record a job, with its employer where it is new; return the job's id.

    Raises Refusal without an employer, or when the four paid hours lie before the start or ahead of today.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    _check(session, wish)
    job = Job(client_id=client.id, enrolment_id=_enrolment(session, client.id), started_on=wish.started_on)
    others = _other_main_jobs(session, job)
    job.is_main = not others if wish.is_main is None else wish.is_main
    job.employer_id = _employer(session, wish)
    _write(session, job, wish)
    terms = JobTerms(client_id=client.id, job_id=job.id)
    first = SaveTerms(
        job_id=job.id,
        as_on=wish.started_on,
        usual_hours=wish.usual_hours,
        guaranteed_hours=wish.guaranteed_hours,
        hourly_pay=wish.hourly_pay,
        wants_more_hours=wish.wants_more_hours,
    )
    write_terms(terms, first)
    session.add_all([job, terms])
    describe(session, f"Recorded a job of {client.initials()}")
    return job.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectJob(JobDetails):
    """A job as it should have been written down; its end only where it has one."""

    job_id: UUID
    ended_on: dt.date | None = None
    end_reason: str = Unstated.NOT_ASKED
    end_note: str = ""


def correct_job(session: Session, wish: CorrectJob) -> None:
    """Write the details of a job anew; hours and pay of the first day move with the start.

    Raises Refusal for what ``record_job`` refuses, for an end before the start, and for a start after hours, pay or
    weeks that are written down already.
    """
    job, client = job_of(session, wish.job_id)
    _check(session, wish)
    _check_end(wish.started_on, wish.ended_on)
    _move_start(session, job, wish.started_on)
    if wish.employer_name.strip() != employer_label(session, job.employer_id):
        job.employer_id = _employer(session, wish)
    if wish.is_main is not None:
        job.is_main = wish.is_main
    job.ended_on = wish.ended_on
    job.end_reason = wish.end_reason if wish.ended_on is not None else Unstated.NOT_ASKED
    job.end_note = wish.end_note.strip() if wish.ended_on is not None else ""
    _write(session, job, wish)
    describe(session, f"Corrected a job of {client.initials()}")


def _move_start(session: Session, job: Job, started_on: dt.date) -> None:
    lines = terms_by_job(session, job.client_id).get(job.id, [])
    for terms in lines:
        if terms.as_on == job.started_on:
            terms.as_on = started_on
    if any(terms.as_on < started_on for terms in lines):
        sentence = "Hours or pay are written down from before this day: correct them first."
        raise Refusal(sentence, fields={"started_on": sentence})
    weeks = select(WorkWeek.id).where(
        WorkWeek.job_id == job.id, WorkWeek.archived_at.is_(None), WorkWeek.week_on < started_on - _MONDAY
    )
    if session.scalars(weeks.limit(1)).first() is not None:
        sentence = "Weeks of work are written down from before this day: take them out first."
        raise Refusal(sentence, fields={"started_on": sentence})


def _check(session: Session, wish: JobDetails) -> None:
    today = clock_of(session).today()
    refused = {}
    if wish.four_hours_on is not None and wish.four_hours_on < wish.started_on:
        refused["four_hours_on"] = "This is before the job started."
    elif wish.four_hours_on is not None and wish.four_hours_on > today:
        refused["four_hours_on"] = "This day is still to come."
    if wish.evidence_seen_on is not None and wish.evidence_seen_on > today:
        refused["evidence_seen_on"] = "This day is still to come."
    if wish.soc.strip() and not _SOC.fullmatch(wish.soc.strip()):
        refused["soc"] = "A code of occupations has up to four digits, as in 5435."
    if refused:
        raise Refusal("Please look at the fields marked below.", fields=refused)


def _check_end(started_on: dt.date, ended_on: dt.date | None) -> None:
    if ended_on is not None and ended_on < started_on:
        raise Refusal(
            "A job cannot end before it started.", fields={"ended_on": "This is before the first day."}
        )


def _enrolment(session: Session, client_id: UUID) -> UUID | None:
    open_ones = select(Enrolment.id).where(
        Enrolment.client_id == client_id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None)
    )
    return session.scalars(open_ones.order_by(Enrolment.id.desc()).limit(1)).first()


def _employer(session: Session, wish: JobDetails) -> UUID:
    return employer_for(
        session,
        wish.employer_name,
        town=wish.employer_town,
        size_band=wish.employer_size,
        sort=wish.employer_sort,
    )


def _other_main_jobs(session: Session, job: Job) -> list[Job]:
    """Return the main jobs of the same client that go on while this one does."""
    query = select(Job).where(
        Job.client_id == job.client_id,
        Job.id != job.id,
        Job.is_main,
        Job.archived_at.is_(None),
        (Job.ended_on.is_(None)) | (Job.ended_on >= job.started_on),
    )
    if job.ended_on is not None:
        query = query.where(Job.started_on <= job.ended_on)
    return list(session.scalars(query))


def _write(session: Session, job: Job, wish: JobDetails) -> None:
    job.started_on = wish.started_on
    job.title, job.occupation, job.soc = wish.title.strip(), wish.occupation.strip(), wish.soc.strip()
    job.site, job.note = wish.site.strip(), wish.note.strip()
    job.contract, job.employment_type = wish.contract, wish.employment_type
    job.is_competitive = wish.is_competitive
    job.four_hours_on = wish.four_hours_on
    job.evidence, job.evidence_seen_on = wish.evidence, wish.evidence_seen_on
    if wish.is_main:
        for other in _other_main_jobs(session, job):
            other.is_main = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndJob:
    """A job has ended."""

    job_id: UUID
    ended_on: dt.date
    end_reason: str = Unstated.NOT_ASKED
    end_note: str = ""


def end_job(session: Session, wish: EndJob) -> None:
    """End a job; raises Refusal before its start."""
    job, client = job_of(session, wish.job_id)
    _check_end(job.started_on, wish.ended_on)
    job.ended_on, job.end_reason, job.end_note = wish.ended_on, wish.end_reason, wish.end_note.strip()
    describe(session, f"Ended a job of {client.initials()}")
