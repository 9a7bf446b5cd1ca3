"""Signs of life in a job: a check-in, evidence, or a confirmed week. One reading for the engine and for the return."""

import datetime as dt
from typing import Any

from sqlalchemy import ScalarSelect, case, func, select

from coachdesk.models import CheckIn, Job, JobEvidence, WorkWeek

JOB_START = "job_start"


def checked_on(as_at: dt.date) -> ScalarSelect[Any]:
    """Return the last check-in by a day at which the client was still there, for each job of a query."""
    return (
        select(func.max(CheckIn.done_on))
        .where(
            CheckIn.job_id == Job.id,
            CheckIn.still_there == "yes",
            CheckIn.done_on <= as_at,
            CheckIn.archived_at.is_(None),
        )
        .scalar_subquery()
    )


def evidenced_on(as_at: dt.date) -> ScalarSelect[Any]:
    """Return the last day that evidence seen by a day speaks for, for each job of a query.

    It speaks for the days it covers; where it names none, for the day on which it was seen. Evidence of the start
    alone says nothing about later days.
    """
    covers = case(
        (JobEvidence.to_on.is_(None), JobEvidence.seen_on),
        (JobEvidence.to_on < JobEvidence.seen_on, JobEvidence.to_on),
        else_=JobEvidence.seen_on,
    )
    return (
        select(func.max(covers))
        .where(
            JobEvidence.job_id == Job.id,
            JobEvidence.seen_on <= as_at,
            JobEvidence.archived_at.is_(None),
            (JobEvidence.outcome != JOB_START) | JobEvidence.to_on.is_not(None),
        )
        .scalar_subquery()
    )


def confirmed_on(as_at: dt.date) -> ScalarSelect[Any]:
    """Return the Monday of the last confirmed week with paid hours, for each job of a query.

    Somebody worked in that week; on which of its days is not known, so it speaks for its first day and no more.
    """
    return (
        select(WorkWeek.week_on)
        .where(
            WorkWeek.job_id == Job.id,
            WorkWeek.week_on <= as_at,
            WorkWeek.is_confirmed,
            WorkWeek.paid_minutes > 0,
            WorkWeek.archived_at.is_(None),
        )
        .order_by(WorkWeek.week_on.desc())
        .limit(1)
        .scalar_subquery()
    )
