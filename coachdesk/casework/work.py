"""Work: jobs with their dated terms, and what stands beside each: needs, good work, check-ins."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import needs_by_job
from coachdesk.casework.check_ins import CheckInRow, check_ins_by_job
from coachdesk.casework.clients import ClientQuestion, birth_of
from coachdesk.casework.codes import all_codes
from coachdesk.casework.due_words import due_words
from coachdesk.casework.good_work import profile_of
from coachdesk.casework.jobs import job_of
from coachdesk.casework.pay import (
    RateOn,
    all_rates,
    hours_words,
    minutes_of,
    money,
    pence_of,
    statutory_minimum,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Employer, Enrolment, GoodWorkCheck, Job, JobTerms
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.folding import fold
from coachdesk.vault.work import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job in words; ``good_work`` is a share a dimension, never one grade."""

    id: UUID
    employer: str
    title: str
    started_on: dt.date
    ended_on: dt.date | None
    hours_words: str
    pay_words: str
    contract: str
    weeks_words: str
    four_hours_on: dt.date | None
    evidence: str
    adjustments: tuple[str, ...]
    good_work: tuple[tuple[str, float], ...]
    check_ins: tuple[CheckInRow, ...]
    below_minimum: str


def list_jobs(session: Session, question: ClientQuestion) -> tuple[JobRow, ...]:
    """Return a client's jobs, the newest first; raises Refusal when there is no such client."""
    check_may_see(session, question.client_id)
    client = session.get(Client, question.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    terms = _latest(session, JobTerms, client.id, JobTerms.as_on)
    checks = _latest(session, GoodWorkCheck, client.id, GoodWorkCheck.done_on)
    rates, codes = all_rates(session), all_codes(session, None)
    dimensions = {row.key: row.title for row in codes.get("good_work_dimension", ())}
    parents = {row.key: row.parent for row in codes.get("good_work_indicator", ())}
    held, adjusted = check_ins_by_job(session, client.id), needs_by_job(session, client.id)
    query = (
        select(Job, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.client_id == client.id, Job.archived_at.is_(None))
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    rows = []
    for job, employer in session.execute(query):
        now, check = terms.get(job.id), checks.get(job.id)
        rows.append(
            JobRow(
                id=job.id,
                employer=employer,
                title=job.title,
                started_on=job.started_on,
                ended_on=job.ended_on,
                hours_words=hours_words(now.usual_minutes if now else None),
                pay_words=f"{money(now.hourly_pence)} an hour"
                if now and now.hourly_pence is not None
                else "",
                contract=job.contract,
                weeks_words=_weeks(job, question.today),
                four_hours_on=job.four_hours_on,
                evidence=job.evidence,
                adjustments=tuple(adjusted.get(job.id, ())),
                good_work=profile_of(check.answers, parents, dimensions) if check else (),
                check_ins=tuple(held.get(job.id, ())),
                below_minimum=_below_minimum(client, job, now, rates),
            )
        )
    return tuple(rows)


def _weeks(job: Job, today: dt.date) -> str:
    if job.started_on > today:
        return f"Starts {due_words(job.started_on, today)}".replace("Tomorrow", "tomorrow")
    if job.ended_on is not None and job.ended_on < today:
        return f"Ended {job.ended_on.day} {job.ended_on:%b %Y}"
    return f"Week {(today - job.started_on).days // 7 + 1}"


def _latest(session: Session, kind: Any, client_id: UUID, day: Any) -> dict[UUID, Any]:
    query = select(kind).where(kind.client_id == client_id, kind.archived_at.is_(None)).order_by(day, kind.id)
    return {found.job_id: found for found in session.scalars(query)}


def _below_minimum(client: Client, job: Job, terms: JobTerms | None, rates: tuple[RateOn, ...]) -> str:
    if terms is None or terms.hourly_pence is None or job.employment_type == "self_employed":
        return ""
    since = job.started_on if job.employment_type == "apprenticeship" else None
    least = statutory_minimum(rates, birth_of(client), terms.as_on, apprentice_since=since)
    if least is None or terms.hourly_pence >= least:
        return ""
    return (
        f"{money(terms.hourly_pence)} an hour is below the legal minimum of {money(least)} for this age on "
        f"{terms.as_on.day} {terms.as_on:%b %Y}. Check the payslip together; Acas advises for free. "
        "This is never part of a return."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordJob:
    """A job has started; hours and pay as somebody types them."""

    client_id: UUID
    employer_name: str
    started_on: dt.date
    title: str = ""
    usual_hours: str = ""
    hourly_pay: str = ""
    contract: str = Unstated.NOT_ASKED
    employment_type: str = Unstated.NOT_ASKED
    four_hours_on: dt.date | None = None


def record_job(session: Session, wish: RecordJob) -> UUID:
    """Record a job, with its employer where it is new; return the job's id.

    Raises Refusal without an employer, or when the four paid hours lie before the start.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if not wish.employer_name.strip():
        raise Refusal("Who is the employer?", fields={"employer_name": "Type the employer’s name."})
    if wish.four_hours_on is not None and wish.four_hours_on < wish.started_on:
        raise Refusal(
            "Paid hours come after the start.", fields={"four_hours_on": "This is before the job started."}
        )
    minutes = minutes_of(wish.usual_hours, "usual_hours")
    pence = pence_of(wish.hourly_pay, "hourly_pay")
    enrolment = session.scalars(
        select(Enrolment.id)
        .where(Enrolment.client_id == client.id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    ).first()
    job = Job(
        client_id=client.id,
        enrolment_id=enrolment,
        employer_id=_employer(session, wish.employer_name.strip()),
        title=wish.title.strip(),
        started_on=wish.started_on,
        contract=wish.contract,
        employment_type=wish.employment_type,
        four_hours_on=wish.four_hours_on,
    )
    session.add(job)
    session.add(
        JobTerms(
            client_id=client.id,
            job_id=job.id,
            as_on=wish.started_on,
            usual_minutes=minutes,
            hourly_pence=pence,
        )
    )
    describe(session, f"Recorded a job of {client.initials()}")
    return job.id


def _employer(session: Session, name: str) -> UUID:
    found = session.scalars(
        select(Employer.id).where(Employer.folded == fold(name), Employer.archived_at.is_(None)).limit(1)
    ).first()
    if found is not None:
        return found
    employer = Employer(name=name, folded=fold(name))
    session.add(employer)
    return employer.id


def find_employers(session: Session, typed: str) -> tuple[str, ...]:
    """Return employers' names that begin with what was typed, for completion."""
    query = select(Employer.name).where(
        Employer.folded.startswith(fold(typed), autoescape=True), Employer.archived_at.is_(None)
    )
    return tuple(session.scalars(query.order_by(Employer.name).limit(20)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EndJob:
    """A job has ended."""

    job_id: UUID
    ended_on: dt.date
    end_reason: str = Unstated.NOT_ASKED


def end_job(session: Session, wish: EndJob) -> None:
    """End a job; raises Refusal before its start."""
    job, client = job_of(session, wish.job_id)
    if wish.ended_on < job.started_on:
        raise Refusal(
            "A job cannot end before it started.", fields={"ended_on": "This is before the first day."}
        )
    job.ended_on, job.end_reason = wish.ended_on, wish.end_reason
    describe(session, f"Ended a job of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms:
    """Other hours or pay from a day on; the earlier terms stay in the history."""

    job_id: UUID
    as_on: dt.date
    usual_hours: str = ""
    hourly_pay: str = ""
    guaranteed_hours: str = ""
    wants_more_hours: str = Unstated.NOT_ASKED


def change_terms(session: Session, wish: ChangeTerms) -> None:
    """Add dated terms to a job; raises Refusal before its start."""
    job, client = job_of(session, wish.job_id)
    if wish.as_on < job.started_on:
        raise Refusal("Terms begin with the job.", fields={"as_on": "This is before the first day."})
    session.add(
        JobTerms(
            client_id=client.id,
            job_id=job.id,
            as_on=wish.as_on,
            usual_minutes=minutes_of(wish.usual_hours, "usual_hours"),
            guaranteed_minutes=minutes_of(wish.guaranteed_hours, "guaranteed_hours"),
            hourly_pence=pence_of(wish.hourly_pay, "hourly_pay"),
            wants_more_hours=wish.wants_more_hours,
        )
    )
    describe(session, f"Changed hours or pay of {client.initials()}")
