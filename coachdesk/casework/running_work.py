"""Jobs that go on, with the last check-in answered in each: what the due rules and the fading list rest on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework import due_rules
from coachdesk.casework.definition import Definition
from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.casework.standing import Whose, among
from coachdesk.models import CheckIn, Employer, Job

LATEST_CATCH_UP = dt.timedelta(days=56)
"""What is later than eight weeks is no call for today any more; it stands on the client's own page."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job that has not ended, and the last check-in that was answered."""

    id: KeptKey
    client: KeptKey
    started_on: dt.date
    ended_on: dt.date | None
    employer: str
    answered_on: dt.date | None

    def open_check_ins(self, rules: Definition) -> tuple[dt.date, ...]:
        """Return the days whose check-in has not been held."""
        done: Iterable[dt.date] = [self.answered_on] if self.answered_on is not None else []
        return due_rules.open_check_ins(self.started_on, self.ended_on, rules.check_in_weeks, done)


def running_work(session: Session, today: dt.date, whose: Whose | None = None) -> list[Work]:
    """Return the jobs that have not ended, or will start, of some clients or of all."""
    answered_on = (
        select(func.max(CheckIn.due_on))
        .where(CheckIn.job_id == Job.id, CheckIn.archived_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            as_kept(Job.id), as_kept(Job.client_id), Job.started_on, Job.ended_on, Employer.name, answered_on
        )
        .join(Employer, Employer.id == Job.employer_id)
        .where(
            Job.archived_at.is_(None),
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *among(Job.client_id.expression, whose),
        )
        .order_by(Job.id)
    )
    return [Work(*told) for told in plain_rows(session, query)]
