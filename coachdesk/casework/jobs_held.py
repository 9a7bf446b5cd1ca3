"""A client's jobs as what is recorded beside them names them: what and where, since when, and the usual hours."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, Employer, Job, JobTerms

NOBODY = "This client is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class JobHeld:
    """A job and its employer; ``usual_minutes`` are those of the newest terms."""

    id: UUID
    title: str
    employer_id: UUID
    employer: str
    site: str
    employment_type: str
    started_on: dt.date
    ended_on: dt.date | None
    usual_minutes: int | None

    @property
    def words(self) -> str:
        """What the job is called: what and where."""
        return f"{self.title} at {self.employer}" if self.title else self.employer

    def runs_on(self, day: dt.date) -> bool:
        """Return whether the job has begun and has not ended on a day."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on >= day)

    def is_over(self, day: dt.date) -> bool:
        """Return whether the job had ended before a day."""
        return self.ended_on is not None and self.ended_on < day


def client_there(session: Session, client_id: UUID) -> Client:
    """Return a client; raises Refusal when there is no such client."""
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(NOBODY)
    return client


def jobs_held(session: Session, client_id: UUID) -> tuple[JobHeld, ...]:
    """Return a client's jobs, the one that began last first."""
    terms = select(JobTerms.job_id, JobTerms.usual_minutes).where(
        JobTerms.client_id == client_id, JobTerms.archived_at.is_(None)
    )
    usual = dict(iter(session.execute(terms.order_by(JobTerms.as_on, JobTerms.id))))
    query = (
        select(Job, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.client_id == client_id, Job.archived_at.is_(None))
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    return tuple(
        JobHeld(
            id=job.id,
            title=job.title,
            employer_id=job.employer_id,
            employer=employer,
            site=job.site,
            employment_type=job.employment_type,
            started_on=job.started_on,
            ended_on=job.ended_on,
            usual_minutes=usual.get(job.id),
        )
        for job, employer in session.execute(query)
    )


def main_job(jobs: tuple[JobHeld, ...], today: dt.date) -> JobHeld | None:
    """Return the job that runs and began last, or the next to begin; None where there is neither."""
    running = next((job for job in jobs if job.runs_on(today)), None)
    return running or next((job for job in reversed(jobs) if job.started_on > today), None)


def check_job(session: Session, client_id: UUID, job_id: UUID | None) -> None:
    """Return for a job of this very client, or none; raises Refusal for any other."""
    job = session.get(Job, job_id) if job_id is not None else None
    if job_id is not None and (job is None or job.client_id != client_id):
        raise Refusal("This job is not there any more.", fields={"job_id": "Choose another job."})
