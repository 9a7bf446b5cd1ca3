"""Week by week: paid minutes and gross pay of all jobs together, as the least they are and the most they can be.

A week runs from Monday to Sunday (facts 12.1). What was written down counts as it stands. Where nothing was, usual hours
may stand in as an estimate, for the days on which the job is known to have gone on; for days on which it only may have,
they are the most it can be. Pay is judged by the rate in force on the first day of the week on which the job ran.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coachdesk.casework.pay import RateOn
from coachdesk.casework.sustained.floors import Floors
from coachdesk.casework.sustained.histories import HOUR, WEEK, JobHistory, Terms, WorkHistory

MOST_MINUTES = 7 * 24 * HOUR
NO_LIMIT = 10**12
"""Pence of a week of which nobody knows the pay: it might be any sum."""
_LAST = dt.date.max.toordinal()


def monday_of(ordinal: int) -> int:
    """Return the ordinal of the Monday of a day's week."""
    return ordinal - (ordinal - 1) % WEEK


def last_whole_week(day: dt.date) -> int:
    """Return the ordinal of the Monday of the last week that was over by a day."""
    return monday_of(day.toordinal() + 1) - WEEK


class JobWeek(NamedTuple):
    """One week of one job: the least and the most paid minutes, and what is known of the pay."""

    place: int
    least: int
    most: int
    gross: int | None
    hourly: int | None
    floor: int | None
    is_estimated: bool


@dataclass(slots=True, kw_only=True)
class Weekly:
    """Sums by week from a first Monday on, as far as the last week that is over and counts."""

    first: int
    least: list[int] = field(default_factory=list)
    most: list[int] = field(default_factory=list)
    estimated: list[bool] = field(default_factory=list)

    def sunday(self, index: int) -> dt.date:
        """Return the last day of a week."""
        return dt.date.fromordinal(self.first + WEEK * index + WEEK - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Which weeks are looked at, and how."""

    rates: Sequence[RateOn]
    as_at: dt.date
    within_support: bool
    estimates: bool


Judge = Callable[[JobWeek], tuple[int, int, bool]]
"""From a week of a job: the least, the most, and whether that rests on an estimate."""


def last_counted(history: WorkHistory, frame: Frame) -> int:
    """Return the Monday of the last week that is over and, where the rule asks for it, lies whole within support."""
    last = last_whole_week(frame.as_at)
    if frame.within_support and history.supported_to is not None:
        last = min(last, last_whole_week(history.supported_to))
    return last


def weekly(history: WorkHistory, frame: Frame, judge: Judge) -> Weekly | None:
    """Return the sums by week; None before the first job that counts."""
    jobs = [
        job for job in history.counted(frame.as_at) if not frame.within_support or history.begun_within(job)
    ]
    if not jobs:
        return None
    first = monday_of(jobs[0].started_on.toordinal())
    last = last_counted(history, frame)
    count = max((last - first) // WEEK + 1, 0)
    found = Weekly(first=first, least=[0] * count, most=[0] * count, estimated=[False] * count)
    least, most, estimated = found.least, found.most, found.estimated
    for job in jobs:
        for week in job_weeks(job, history, frame, first, last):
            low, high, is_estimated = judge(week)
            least[week.place] += low
            most[week.place] += high
            if is_estimated:
                estimated[week.place] = True
    return found


def floors_of(job: JobHistory, history: WorkHistory, frame: Frame) -> Floors:
    """Return the lowest lawful pay for this job's days."""
    since = job.started_on if job.is_apprentice else None
    return Floors(frame.rates, history.birth, job.started_on, frame.as_at, apprentice_since=since)


def job_weeks(
    job: JobHistory, history: WorkHistory, frame: Frame, first: int, last: int
) -> Iterator[JobWeek]:
    """Yield the weeks of a job that are over, from the one in which it began."""
    start = job.started_on.toordinal()
    last = min(last, monday_of((job.ended_on or dt.date.max).toordinal()))
    logged, floors = job.weeks, floors_of(job, history, frame)
    turns = sorted({*floors.turns, *(one.as_on.toordinal() for one in job.terms)})
    turns.append(_LAST)
    turn, floor, terms = 0, floors.at(start), job.terms_on(job.started_on)
    for monday in range(monday_of(start), last + 1, WEEK):
        day = max(monday, start)
        if day >= turns[turn]:
            while day >= turns[turn]:
                turn += 1
            floor, terms = floors.at(day), job.terms_on(dt.date.fromordinal(day))
        hourly = terms.hourly_pence if terms is not None else None
        row = logged.get(monday)
        index = (monday - first) // WEEK
        if row is not None and row.paid_minutes is not None:
            minutes = row.paid_minutes
            yield JobWeek(index, minutes, minutes, row.gross_pence, hourly, floor, not row.is_confirmed)
            continue
        is_away = row is not None and row.is_away
        least, most = (0, MOST_MINUTES) if is_away else _usual(job, terms, monday, estimates=frame.estimates)
        gross = row.gross_pence if row is not None else None
        yield JobWeek(index, least, most, gross, hourly, floor, least > 0)


def _usual(job: JobHistory, terms: Terms | None, monday: int, *, estimates: bool) -> tuple[int, int]:
    usual = terms.usual_minutes if terms is not None else None
    if usual is None or not estimates:
        return 0, MOST_MINUTES
    sunday = monday + WEEK - 1
    begins = max(monday, job.started_on.toordinal())
    span = job.span
    may_to = sunday if span.may_to is None else min(sunday, span.may_to.toordinal())
    sure_to = begins - 1 if span.sure_to is None else min(sunday, span.sure_to.toordinal())
    return usual * max(sure_to - begins + 1, 0) // WEEK, usual * (may_to - begins + 1) // WEEK


def minutes_at_rate(week: JobWeek) -> tuple[int, int, bool]:
    """Return the minutes of a week that were paid at the legal minimum at least; where pay or age is not known, perhaps."""
    lawful = is_lawful(week)
    if lawful is None:
        return 0, week.most, week.is_estimated
    return (week.least, week.most, week.is_estimated) if lawful else (0, 0, False)


def is_lawful(week: JobWeek) -> bool | None:
    """Return whether a week was paid at the legal minimum; None where nobody can say."""
    if week.floor is None:
        return None
    if week.gross is not None and week.least == week.most:
        return week.gross >= week.floor * week.least // HOUR
    return None if week.hourly is None else week.hourly >= week.floor


def all_minutes(week: JobWeek) -> tuple[int, int, bool]:
    """Return the paid minutes of a week whatever was paid for them."""
    return week.least, week.most, week.is_estimated


def pay_told(week: JobWeek) -> tuple[int, int, bool]:
    """Return the gross pay of a week where it was written down; else it is not known."""
    if week.gross is not None:
        return week.gross, week.gross, week.is_estimated
    return (0, 0, False) if week.most == 0 else (0, NO_LIMIT, False)


def pay_reckoned(week: JobWeek) -> tuple[int, int, bool]:
    """Return the gross pay of a week; where it was not written down, hours times the pay an hour, as an estimate."""
    if week.gross is not None or week.hourly is None:
        return pay_told(week)
    most = week.most * week.hourly // HOUR if week.most < MOST_MINUTES else NO_LIMIT
    return week.least * week.hourly // HOUR, most, week.least > 0
