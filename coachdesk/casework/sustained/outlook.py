"""If nothing changes: what a week to come looks like, going by the jobs that are running now."""

import datetime as dt
from typing import NamedTuple

from coachdesk.casework.sustained.histories import HOUR, JobHistory, WorkHistory
from coachdesk.casework.sustained.milestone import running
from coachdesk.casework.sustained.weekly import Frame, floors_of


def usual_now(job: JobHistory, as_at: dt.date) -> int | None:
    """Return the minutes a week of a job now: the usual hours, else those of the last week written down."""
    terms = job.terms_on(as_at)
    if terms is not None and terms.usual_minutes is not None:
        return terms.usual_minutes
    known = [monday for monday, row in job.weeks.items() if row.paid_minutes is not None]
    return job.weeks[max(known)].paid_minutes if known else None


def hourly_now(job: JobHistory, as_at: dt.date) -> int | None:
    """Return the pence an hour of a job now: the agreed pay, else that of the last week written down."""
    terms = job.terms_on(as_at)
    if terms is not None and terms.hourly_pence is not None:
        return terms.hourly_pence
    for monday in sorted(job.weeks, reverse=True):
        row = job.weeks[monday]
        if row.gross_pence is not None and row.paid_minutes:
            return row.gross_pence * HOUR // row.paid_minutes
    return None


class Coming(NamedTuple):
    """What a running job brings each week to come, and its last day where one is known."""

    ended_on: dt.date | None
    minutes: int
    pence: int


def coming(history: WorkHistory, frame: Frame, *, at_rate: bool = False) -> tuple[Coming, ...]:
    """Return what the running jobs bring if nothing changes; with ``at_rate`` only those that pay the legal minimum."""
    return tuple(
        _coming(job, frame.as_at)
        for job in running(history, frame.as_at)
        if not at_rate or _pays_enough(job, history, frame)
    )


def _coming(job: JobHistory, as_at: dt.date) -> Coming:
    minutes, hourly = usual_now(job, as_at) or 0, hourly_now(job, as_at) or 0
    return Coming(job.ended_on, minutes, minutes * hourly // HOUR)


def _pays_enough(job: JobHistory, history: WorkHistory, frame: Frame) -> bool:
    floor = floors_of(job, history, frame).at(frame.as_at.toordinal())
    hourly = hourly_now(job, frame.as_at)
    return floor is not None and hourly is not None and hourly >= floor


def goes_on(one: Coming, sunday: dt.date) -> bool:
    """Return whether a job is still there at the end of a week to come."""
    return one.ended_on is None or one.ended_on >= sunday


def in_support(history: WorkHistory, sunday: dt.date, *, within_support: bool) -> bool:
    """Return whether a week to come would count: it lies whole within support, or support does not matter."""
    return not within_support or history.supported_to is None or sunday <= history.supported_to


def rate_then(frame: Frame, name: str, day: dt.date) -> int | None:
    """Return a rate on a day to come; where it is not known yet, the one in force now."""
    table = frame.book.rate(name)
    found = table.at(day.toordinal())
    return table.at(frame.as_at.toordinal()) if found is None and day > frame.as_at else found
