"""When a good-work check is due: so many days after the start of a job, then with each milestone of its programme."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.programmes import told_definitions
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import Employer, Enrolment, GoodWorkCheck, Job

GOOD_WORK = "good_work"
"""The kind of such a line on Today."""
EARLY = dt.timedelta(days=14)
"""A check that was done up to two weeks before its day answers it."""


def good_work_due(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None
) -> Iterator[DueAtWork]:
    """Yield the jobs whose good-work check is due by the last day shown, one line a job."""
    rules = {key: (_days(told), _source(told)) for key, told in told_definitions(session)}
    longest = max((days[-1] for days, _ in rules.values() if days), default=None)
    if longest is None:
        return
    done_on = (
        select(func.max(GoodWorkCheck.done_on))
        .where(GoodWorkCheck.job_id == Job.id, GoodWorkCheck.archived_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            as_kept(Job.id),
            as_kept(Job.client_id),
            Job.started_on,
            Employer.name,
            as_kept(Enrolment.programme_id),
            done_on,
        )
        .join(Enrolment, Enrolment.id == Job.enrolment_id)
        .join(Employer, Employer.id == Job.employer_id)
        .where(
            Job.archived_at.is_(None),
            Job.started_on.between(today - LATEST_CATCH_UP - dt.timedelta(days=longest), last),
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *among(Job.client_id.expression, whose),
        )
        .order_by(Job.id)
    )
    for job, client, started_on, employer, programme, answered_on in plain_rows(session, query):
        days, source = rules[programme]
        on = next_check(started_on, days, answered_on, today)
        if on is not None and on <= last:
            what = f"Good-work check: how good is the job at {employer}?"
            yield DueAtWork(GOOD_WORK, job, client, Due(on, what, source))


def next_check(
    started_on: dt.date, days: Iterable[int], answered_on: dt.date | None, today: dt.date
) -> dt.date | None:
    """Return the day of the one check to ask for: the latest overdue one, else the next to come.

    None where each is answered, or the only ones left are later than eight weeks.
    """
    open_days = [
        on
        for on in (started_on + dt.timedelta(days=count) for count in days)
        if on >= today - LATEST_CATCH_UP and (answered_on is None or answered_on < on - EARLY)
    ]
    overdue = [on for on in open_days if on <= today]
    return max(overdue) if overdue else min(open_days, default=None)


def _due(told: Any) -> Mapping[str, Any]:
    due = told.get("due", {}) if isinstance(told, Mapping) else {}
    return due if isinstance(due, Mapping) else {}


def _days(told: Any) -> list[int]:
    """Return the days after the start on which a programme asks for a check; none where it does not."""
    first = _due(told).get("good_work_days")
    milestones = [int(day) for day in _due(told).get("milestone_days", ())]
    return [] if first is None else sorted({int(first), *milestones})


def _source(told: Any) -> str:
    return str(_due(told).get("good_work_source", ""))
