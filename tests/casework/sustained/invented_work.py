"""Invented lives in work: jobs, gaps, overlaps, weeks and things nobody knows, and rules of every sort to judge them by."""

import datetime as dt
from random import Random
from typing import Any

from coachdesk.casework.births import Birth
from coachdesk.casework.sustained.histories import JobHistory, Logged, Terms, WorkHistory
from coachdesk.casework.sustained.settings import Cohort, Earnings, Milestone, Weeks

DAY = dt.timedelta(days=1)
EPOCH = dt.date(2025, 1, 6)


def _perhaps(random: Random, share: float, value: Any) -> Any:
    return value if random.random() < share else None


def invented_job(random: Random, start: dt.date, birth_year: int) -> JobHistory:
    length = random.choice((0, 3, 10, 40, 95, 130, 200, 300))
    ended = _perhaps(random, 0.6, start + DAY * (length + random.randrange(7)))
    sign = _perhaps(random, 0.7, start + DAY * random.randrange(0, 200))
    if ended is not None:
        sign = None
    usual = _perhaps(random, 0.85, random.choice((180, 240, 420, 480, 960, 1200, 2100)))
    hourly = _perhaps(random, 0.85, random.choice((700, 999, 1143, 1144, 1221, 1271, 1400)))
    terms = [Terms(start, usual, hourly)] if random.random() < 0.85 else []
    if random.random() < 0.3:
        later = start + DAY * random.randrange(1, 90)
        terms.append(Terms(later, random.choice((None, 300, 420, 960)), random.choice((None, 1221, 1300))))
    weeks = {}
    if random.random() < 0.6:
        monday = start - DAY * start.weekday()
        for _ in range(random.randrange(1, 40)):
            if random.random() < 0.85:
                minutes = _perhaps(random, 0.9, random.choice((0, 200, 419, 420, 480, 960, 1800)))
                pay = (minutes or 400) * random.choice((1100, 1144, 1221, 1271, 1500)) // 60
                weeks[monday.toordinal()] = Logged(
                    minutes, _perhaps(random, 0.5, pay), random.random() < 0.1, random.random() < 0.5
                )
            monday += DAY * 7
    return JobHistory(
        started_on=start,
        ended_on=ended,
        sign_on=sign,
        four_hours_on=_perhaps(random, 0.4, start + DAY * random.randrange(9)),
        is_self_employed=random.random() < 0.2,
        is_apprentice=birth_year > 2004 and random.random() < 0.3,
        terms=tuple(terms),
        weeks=weeks,
    )


def invented_history(random: Random) -> WorkHistory:
    """Return an invented client's history: up to four jobs, gaps, overlaps, weeks, things nobody knows."""
    year = random.choice((1990, 2004, 2005, 2006, 2007, 2008))
    born = dt.date(year, random.randrange(1, 13), random.randrange(1, 29))
    if random.random() < 0.05:
        born = dt.date(2004, 2, 29)
    birth = Birth(born, born) if random.random() < 0.9 else Birth(None, None)
    start = EPOCH + DAY * random.randrange(60)
    since = _perhaps(random, 0.9, start)
    jobs = []
    at = start + DAY * random.randrange(-5, 40)
    for _ in range(random.choice((0, 1, 1, 2, 2, 3, 4))):
        job = invented_job(random, at, year)
        jobs.append(job)
        at = (job.ended_on or at + DAY * random.randrange(60)) + DAY * random.choice((-9, 0, 1, 1, 2, 6, 30))
        at = max(at, job.started_on)
    end = _perhaps(random, 0.4, start + DAY * random.randrange(20, 400))
    return WorkHistory(jobs=tuple(jobs), supported_from=since, supported_to=end, birth=birth)


def invented_rule(random: Random) -> Any:
    """Return a rule of any sort."""
    sort = random.randrange(4)
    if sort == 0:
        return Milestone(weeks=random.choice((1, 4, 13, 26, 52)), gap_days=random.choice((0, 0, 3, 5, 14)))
    if sort == 1:
        window = random.choice((1, 4, 6, 16))
        return Weeks(
            window=window,
            needed=max(1, window * 13 // 16 - random.randrange(2)),
            minutes=random.choice((420, 960)),
            at_legal_rate=random.random() < 0.7,
            within_support=random.random() < 0.5,
            estimates=random.random() < 0.6,
        )
    if sort == 2:
        by_rate = random.random() < 0.6
        return Earnings(
            pence=None if by_rate else random.choice((1, 50_000, 200_000, 500_000)),
            minutes=960 if by_rate else None,
            weeks=random.choice((4, 26)) if by_rate else None,
            rate="national_living_wage" if by_rate else "",
            self_employed_months=_perhaps(random, 0.6, random.choice((1, 6))),
            within_support=random.random() < 0.5,
            estimates=random.random() < 0.6,
        )
    return Cohort(months=random.choice((1, 6, 9, 12)))


def invented_day(random: Random) -> dt.date:
    """Return a day to stand on."""
    return EPOCH + DAY * random.randrange(20, 500)
