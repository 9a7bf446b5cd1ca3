"""Week by week: paid minutes and gross pay of all jobs together, as the least they are and the most they can be.

A week runs from Monday to Sunday (facts 12.1). What was written down counts as it stands. Where nothing was, usual hours
may stand in as an estimate, for the days on which the job is known to have gone on; for days on which it only may have,
they are the most it can be. Pay is judged by the rate in force on the first day of the week on which the job ran.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from coachdesk.casework.sustained.histories import HOUR, WEEK, JobHistory, Logged, Terms, WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook, Table

MOST_MINUTES = 7 * 24 * HOUR
NO_LIMIT = 10**12
"""Pence of a week of which nobody knows the pay: it might be any sum."""
ALL_WEEKS = 10_000
"""More weeks than anybody lives."""
_LAST = dt.date.max.toordinal()


def monday_of(ordinal: int) -> int:
    """Return the ordinal of the Monday of a day's week."""
    return ordinal - (ordinal - 1) % WEEK


def last_whole_week(day: dt.date) -> int:
    """Return the ordinal of the Monday of the last week that was over by a day."""
    return monday_of(day.toordinal() + 1) - WEEK


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

    book: RateBook
    as_at: dt.date
    within_support: bool
    estimates: bool


Judge = Callable[[int, int, int | None, int | None, int | None], tuple[int, int]]
"""From the least and most minutes of a week of a job, gross pay, pay an hour and the lowest lawful pay: least and most."""


def last_counted(history: WorkHistory, frame: Frame) -> int:
    """Return the Monday of the last week that is over and, where the rule asks for it, lies whole within support."""
    last = last_whole_week(frame.as_at)
    if frame.within_support and history.supported_to is not None:
        last = min(last, last_whole_week(history.supported_to))
    return last


def weekly(history: WorkHistory, frame: Frame, judge: Judge) -> Weekly | None:
    """Return the sums by week; None before the first job that counts."""
    found = None
    for found in in_blocks(history, frame, judge, ALL_WEEKS):  # noqa: B007  the last is the whole
        pass
    return found


def in_blocks(history: WorkHistory, frame: Frame, judge: Judge, block: int) -> Iterator[Weekly]:
    """Yield the sums by week as they grow by so many weeks at a time, for whoever may stop early; nothing without a job."""
    jobs = [
        job for job in history.counted(frame.as_at) if not frame.within_support or history.begun_within(job)
    ]
    if not jobs:
        return
    first = monday_of(jobs[0].started_on.toordinal())
    last = last_counted(history, frame)
    found = Weekly(first=first)
    since = first
    while True:
        until = min(last, since + WEEK * (block - 1))
        weeks = max((until - since) // WEEK + 1, 0)
        found.least += [0] * weeks
        found.most += [0] * weeks
        found.estimated += [False] * weeks
        for job in jobs:
            _add_job(found, job, history, frame, judge, since=since, until=until)
        yield found
        if until >= last:
            return
        since = until + WEEK


def floors_of(job: JobHistory, history: WorkHistory, frame: Frame) -> Table:
    """Return the lowest lawful pay for this job's days."""
    since = job.started_on if job.is_apprentice else None
    return frame.book.floors(history.birth, job.started_on, apprentice_since=since)


def _add_job(
    found: Weekly,
    job: JobHistory,
    history: WorkHistory,
    frame: Frame,
    judge: Judge,
    *,
    since: int,
    until: int,
) -> None:
    """Add the weeks of a job from one Monday to another, none before the one in which it began.

    This is where a large vault spends its time: one plain loop, without a call for each week but the judge's.
    """
    start = job.started_on.toordinal()
    begins = max(since, monday_of(start))
    last = until if job.ended_on is None else min(until, monday_of(job.ended_on.toordinal()))
    if begins > last:
        return
    sums_least, sums_most, estimated = found.least, found.most, found.estimated
    row_of, floors = job.weeks.get, floors_of(job, history, frame)
    turns = sorted({*floors.turns, *(one.as_on.toordinal() for one in job.terms), _LAST})
    turn, terms, hourly, floor = _in_force(job, floors, turns, start)
    place = (begins - found.first) // WEEK
    for monday in range(begins, last + 1, WEEK):
        if monday >= turns[turn]:
            turn, terms, hourly, floor = _in_force(job, floors, turns, monday)
        row = row_of(monday)
        if row is not None and (minutes := row[0]) is not None:
            _, gross, _, is_confirmed = row
            low, high = judge(minutes, minutes, gross, hourly, floor)
        else:
            few, many = _unlogged(job, terms, monday, row, estimates=frame.estimates)
            is_confirmed = False
            low, high = judge(few, many, row[1] if row is not None else None, hourly, floor)
        sums_least[place] += low
        sums_most[place] += high
        if low and not is_confirmed:
            estimated[place] = True
        place += 1


def _in_force(
    job: JobHistory, floors: Table, turns: Sequence[int], day: int
) -> tuple[int, Terms | None, int | None, int | None]:
    """Return the place of the next turn after a day, and terms, pay an hour and lowest lawful pay on that day."""
    terms = job.terms_on(dt.date.fromordinal(day))
    hourly = terms.hourly_pence if terms is not None else None
    return bisect_right(turns, day), terms, hourly, floors.at(day)


def _unlogged(
    job: JobHistory, terms: Terms | None, monday: int, row: Logged | None, *, estimates: bool
) -> tuple[int, int]:
    """Return the least and most minutes of a week of which nobody wrote them down."""
    is_away = row is not None and row.is_away
    return (0, MOST_MINUTES) if is_away else _usual(job, terms, monday, estimates=estimates)


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


def minutes_at_rate(
    least: int, most: int, gross: int | None, hourly: int | None, floor: int | None
) -> tuple[int, int]:
    """Return the minutes of a week that were paid at the legal minimum; where pay or age is not known, perhaps."""
    if floor is None:
        return 0, most
    if gross is not None and least == most:
        return (least, most) if gross >= floor * least // HOUR else (0, 0)
    if hourly is None:
        return 0, most
    return (least, most) if hourly >= floor else (0, 0)


def all_minutes(
    least: int, most: int, _gross: int | None, _hourly: int | None, _floor: int | None
) -> tuple[int, int]:
    """Return the paid minutes of a week whatever was paid for them."""
    return least, most


def pay_told(
    _least: int, most: int, gross: int | None, _hourly: int | None, _floor: int | None
) -> tuple[int, int]:
    """Return the gross pay of a week where it was written down; else it is not known."""
    if gross is not None:
        return gross, gross
    return (0, 0) if most == 0 else (0, NO_LIMIT)


def pay_reckoned(
    least: int, most: int, gross: int | None, hourly: int | None, floor: int | None
) -> tuple[int, int]:
    """Return the gross pay of a week; where it was not written down, hours times the pay an hour."""
    if gross is not None or hourly is None:
        return pay_told(least, most, gross, hourly, floor)
    return least * hourly // HOUR, most * hourly // HOUR if most < MOST_MINUTES else NO_LIMIT
