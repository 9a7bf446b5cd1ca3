"""A job by its id, for everything that is recorded beside it."""

from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, Job

GONE = "This job is not there any more."


def job_of(session: Session, job_id: UUID) -> tuple[Job, Client]:
    """Return a job with its client; raises Refusal when either is not there any more."""
    job = session.get(Job, job_id)
    client = session.get(Client, job.client_id) if job is not None else None
    if job is None or client is None:
        raise Refusal(GONE)
    return job, client
