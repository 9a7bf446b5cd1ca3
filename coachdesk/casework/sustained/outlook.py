"""If nothing changes: what a week to come looks like, going by the jobs that are running now."""

import datetime as dt

from coachdesk.casework.pay import rate_on
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


def minutes_to_come(history: WorkHistory, frame: Frame, sunday: dt.date, *, at_rate: bool) -> int:
    """Return the paid minutes of a week to come that would count."""
    found = 0
    for job in running(history, frame.as_at):
        if job.ended_on is not None and job.ended_on < sunday:
            continue
        if not at_rate or _pays_enough(job, history, frame):
            found += usual_now(job, frame.as_at) or 0
    return found


def _pays_enough(job: JobHistory, history: WorkHistory, frame: Frame) -> bool:
    floor = floors_of(job, history, frame).at(frame.as_at.toordinal())
    hourly = hourly_now(job, frame.as_at)
    return floor is not None and hourly is not None and hourly >= floor


def pence_to_come(history: WorkHistory, frame: Frame, sunday: dt.date) -> int:
    """Return the gross pay of a week to come."""
    found = 0
    for job in running(history, frame.as_at):
        if job.ended_on is None or job.ended_on >= sunday:
            minutes, hourly = usual_now(job, frame.as_at), hourly_now(job, frame.as_at)
            found += (minutes or 0) * (hourly or 0) // HOUR
    return found


def in_support(history: WorkHistory, sunday: dt.date, *, within_support: bool) -> bool:
    """Return whether a week to come would count: it lies whole within support, or support does not matter."""
    return not within_support or history.supported_to is None or sunday <= history.supported_to


def rate_then(frame: Frame, name: str, day: dt.date) -> int | None:
    """Return a rate on a day to come; where it is not known yet, the one in force now."""
    found = rate_on(frame.rates, name, day)
    return rate_on(frame.rates, name, frame.as_at) if found is None and day > frame.as_at else found
