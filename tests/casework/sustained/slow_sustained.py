"""The same rules again, slowly and obviously: day by day, with sets of days. Shares no code with the engine."""

import datetime as dt
from typing import Any

from coachdesk.casework.births import Birth
from coachdesk.casework.pay import RateOn
from coachdesk.casework.sustained.histories import JobHistory, Terms, WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.settings import Cohort, Earnings, Milestone, Weeks

DAY = dt.timedelta(days=1)
RATES = (
    RateOn("national_living_wage", dt.date(2024, 4, 1), dt.date(2025, 3, 31), 1144),
    RateOn("national_living_wage", dt.date(2025, 4, 1), dt.date(2026, 3, 31), 1221),
    RateOn("national_living_wage", dt.date(2026, 4, 1), dt.date(2027, 3, 31), 1271),
    RateOn("minimum_wage_18_20", dt.date(2024, 4, 1), dt.date(2025, 3, 31), 860),
    RateOn("minimum_wage_18_20", dt.date(2025, 4, 1), dt.date(2026, 3, 31), 1000),
    RateOn("minimum_wage_18_20", dt.date(2026, 4, 1), dt.date(2027, 3, 31), 1085),
    RateOn("minimum_wage_under_18", dt.date(2024, 4, 1), dt.date(2025, 3, 31), 640),
    RateOn("minimum_wage_under_18", dt.date(2025, 4, 1), dt.date(2026, 3, 31), 755),
    RateOn("minimum_wage_apprentice", dt.date(2024, 4, 1), dt.date(2025, 3, 31), 640),
    RateOn("minimum_wage_apprentice", dt.date(2025, 4, 1), dt.date(2027, 3, 31), 755),
)
BOOK = RateBook(RATES)
LIMITLESS = 10**15


def days_from(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * n for n in range(max((last - first).days + 1, 0))]


def sure_days(job: JobHistory, until: dt.date) -> set[dt.date]:
    last = job.ended_on if job.ended_on is not None else job.sign_on
    return set() if last is None else set(days_from(job.started_on, min(last, until)))


def maybe_days(job: JobHistory, until: dt.date) -> set[dt.date]:
    last = until if job.ended_on is None else min(job.ended_on, until)
    return set(days_from(job.started_on, last))


def four_paid(job: JobHistory, as_at: dt.date) -> bool | None:
    if job.four_hours_on is not None:
        return job.four_hours_on <= as_at
    if not [one for one in job.terms if one.usual_minutes is not None and one.usual_minutes >= 240]:
        return None
    return len([day for day in maybe_days(job, as_at) if day <= as_at]) >= 7


def considered(history: WorkHistory, as_at: dt.date) -> list[JobHistory]:
    found = []
    for job in history.jobs:
        if history.supported_from is not None and job.started_on < history.supported_from:
            continue
        if job.started_on <= as_at:
            found.append(job)
    return found


def begun_in_support(history: WorkHistory, as_at: dt.date) -> list[JobHistory]:
    end = history.supported_to
    return [job for job in considered(history, as_at) if end is None or job.started_on <= end]


def slow_milestone(history: WorkHistory, rule: Milestone, as_at: dt.date) -> tuple[str, dt.date | None]:
    able = begun_in_support(history, as_at)
    firsts = [job for job in able if four_paid(job, as_at) is True]
    if not firsts:
        if any(four_paid(job, as_at) is None for job in able):
            return "unknown", None
        goes_on = any(job.ended_on is None or job.ended_on > as_at for job in able)
        over = history.supported_to is not None and history.supported_to <= as_at and not goes_on
        return ("cannot" if over else "not_yet"), None
    first = firsts[0]
    on = first.started_on + DAY * 7 * rule.weeks
    jobs = [job for job in considered(history, as_at) if job.started_on >= first.started_on]
    until = min(on, as_at)
    jobs = [job for job in jobs if job.started_on <= until] if on <= as_at else jobs
    sure: set[dt.date] = set()
    maybe: set[dt.date] = set()
    for job in jobs:
        sure |= sure_days(job, until)
        maybe |= maybe_days(job, until)
    every = days_from(first.started_on, until)
    gaps_sure = len([day for day in every if day not in sure])
    gaps_maybe = len([day for day in every if day not in maybe])
    if on > as_at:
        return ("cannot" if gaps_maybe > rule.gap_days else "not_yet"), None
    if on in sure and gaps_sure <= rule.gap_days:
        return "reached", on
    if on in maybe and gaps_maybe <= rule.gap_days:
        return "unknown", None
    return "cannot", None


def add_months(day: dt.date, months: int) -> dt.date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return dt.date(year, month, number)
        except ValueError:
            number -= 1


def slow_cohort(history: WorkHistory, rule: Cohort, as_at: dt.date) -> tuple[str, dt.date | None]:
    if history.supported_from is None:
        return "unknown", None
    up = add_months(history.supported_from, rule.months)
    able = begun_in_support(history, as_at)
    paid = [job for job in able if four_paid(job, as_at) is True]
    if paid and paid[0].started_on <= up:
        return "reached", paid[0].started_on
    doubtful = [job for job in able if four_paid(job, as_at) is None]
    if doubtful and doubtful[0].started_on <= up:
        return "unknown", None
    new = [job for job in able if job.started_on <= up and (job.ended_on is None or job.ended_on > as_at)]
    if new and four_paid(new[0], as_at) is False:
        return "not_yet", None
    over = as_at >= up or (history.supported_to is not None and history.supported_to <= as_at)
    return ("cannot" if over else "not_yet"), None


def age_at(born: dt.date, day: dt.date) -> int:
    years = day.year - born.year
    return years if (day.month, day.day) >= (born.month, born.day) else years - 1


def legal_pence(birth: Birth, job: JobHistory, day: dt.date) -> int | None:
    if birth.born_from is None or birth.born_to is None:
        return None
    age = age_at(birth.born_to, day)
    name = "national_living_wage"
    if age < 21:
        name = "minimum_wage_18_20"
    if age < 18:
        name = "minimum_wage_under_18"
    if job.is_apprentice and (age < 19 or day < add_months(job.started_on, 12)):
        name = "minimum_wage_apprentice"
    for rate in RATES:
        if rate.name == name and rate.valid_from <= day and (rate.valid_to is None or rate.valid_to >= day):
            return rate.pence
    return None


def terms_then(job: JobHistory, day: dt.date) -> Terms | None:
    before = [one for one in job.terms if one.as_on <= day]
    return before[-1] if before else None


def job_week(
    history: WorkHistory, job: JobHistory, monday: dt.date, *, estimates: bool
) -> tuple[int, int, bool | None, int, int]:
    """Return the least and most minutes, whether lawfully paid, and the least and most pence."""
    week = days_from(monday, monday + DAY * 6)
    ran = [d for d in week if d >= job.started_on and (job.ended_on is None or d <= job.ended_on)]
    last_known = job.ended_on if job.ended_on is not None else job.sign_on
    known = [d for d in ran if last_known is not None and d <= last_known]
    terms = terms_then(job, ran[0])
    row = job.weeks.get(monday.toordinal())
    minutes = row.paid_minutes if row is not None else None
    usual = terms.usual_minutes if terms is not None else None
    if minutes is not None:
        least = most = minutes
    elif (row is not None and row.is_away) or usual is None or not estimates:
        least, most = 0, 7 * 24 * 60
    else:
        least, most = usual * len(known) // 7, usual * len(ran) // 7
    floor = legal_pence(history.birth, job, ran[0])
    hourly = terms.hourly_pence if terms is not None else None
    gross = row.gross_pence if row is not None else None
    lawful: bool | None
    if floor is None:
        lawful = None
    elif gross is not None and least == most:
        lawful = gross >= floor * least // 60
    else:
        lawful = None if hourly is None else hourly >= floor
    if gross is not None:
        pence = (gross, gross)
    elif estimates and hourly is not None:
        pence = (least * hourly // 60, LIMITLESS if most == 7 * 24 * 60 else most * hourly // 60)
    else:
        pence = (0, 0 if most == 0 else LIMITLESS)
    return least, most, lawful, *pence


def whole_weeks(
    history: WorkHistory, as_at: dt.date, rule: Weeks | Earnings
) -> list[tuple[dt.date, list[JobHistory]]]:
    jobs = begun_in_support(history, as_at) if rule.within_support else considered(history, as_at)
    found: list[tuple[dt.date, list[JobHistory]]] = []
    if not jobs:
        return found
    monday = jobs[0].started_on
    while monday.weekday() != 0:
        monday -= DAY
    while monday + DAY * 6 <= as_at:
        outside = rule.within_support and history.supported_to is not None
        if outside and history.supported_to is not None and monday + DAY * 6 > history.supported_to:
            break
        sunday = monday + DAY * 6
        here = [
            job
            for job in jobs
            if job.started_on <= sunday and (job.ended_on is None or job.ended_on >= monday)
        ]
        found.append((sunday, here))
        monday += DAY * 7
    return found


def slow_weeks(history: WorkHistory, rule: Weeks, as_at: dt.date) -> tuple[str, dt.date | None]:
    if rule.within_support and history.supported_from is None:
        return "unknown", None
    sure: list[tuple[dt.date, bool]] = []
    maybe: list[tuple[dt.date, bool]] = []
    for sunday, jobs in whole_weeks(history, as_at, rule):
        low = high = 0
        for job in jobs:
            least, most, lawful, _, _ = job_week(history, job, sunday - DAY * 6, estimates=rule.estimates)
            if rule.at_legal_rate and lawful is False:
                continue
            high += most
            if lawful or not rule.at_legal_rate:
                low += least
        sure.append((sunday, low >= rule.minutes))
        maybe.append((sunday, high >= rule.minutes))
    reached = earliest(sure, rule)
    if reached is not None:
        return "reached", reached
    if earliest(maybe, rule) is not None:
        return "unknown", None
    over = rule.within_support and history.supported_to is not None and history.supported_to <= as_at
    return ("cannot" if over else "not_yet"), None


def earliest(weeks: list[tuple[dt.date, bool]], rule: Weeks) -> dt.date | None:
    for sunday, _ in weeks:
        window = [good for other, good in weeks if sunday - DAY * 7 * rule.window < other <= sunday]
        if len([good for good in window if good]) >= rule.needed:
            return sunday
    return None


def slow_pay(history: WorkHistory, rule: Earnings, as_at: dt.date) -> tuple[str, dt.date | None]:
    low = high = 0
    perhaps = doubtful = False
    for sunday, jobs in whole_weeks(history, as_at, rule):
        most_here = 0
        for job in jobs:
            _, _, _, least, most = job_week(history, job, sunday - DAY * 6, estimates=rule.estimates)
            low += least
            most_here += most
        high += most_here
        needed = rule.pence
        if needed is None:
            rate = [
                one.pence
                for one in RATES
                if one.name == rule.rate and one.valid_from <= sunday <= (one.valid_to or dt.date.max)
            ]
            needed = (rule.minutes or 0) * (rule.weeks or 0) * rate[0] // 60 if rate else None
        if needed is None:
            doubtful = doubtful or most_here > 0
            continue
        if low >= needed:
            return "reached", sunday
        perhaps = perhaps or high >= needed
    if perhaps or doubtful:
        return "unknown", None
    over = rule.within_support and history.supported_to is not None and history.supported_to <= as_at
    return ("cannot" if over else "not_yet"), None


def slow_own(history: WorkHistory, rule: Earnings, as_at: dt.date) -> list[tuple[str, dt.date | None]]:
    found: list[tuple[str, dt.date | None]] = []
    for job in begun_in_support(history, as_at):
        if not job.is_self_employed:
            continue
        on = add_months(job.started_on, rule.self_employed_months or 0)
        end = history.supported_to
        if (rule.within_support and end is not None and on > end) or on not in maybe_days(job, on):
            found.append(("cannot", None))
        elif on > as_at:
            found.append(("not_yet", None))
        else:
            found.append(("reached", on) if on in sure_days(job, on) else ("unknown", None))
    return found


def slow_earnings(history: WorkHistory, rule: Earnings, as_at: dt.date) -> tuple[str, dt.date | None]:
    answers = [slow_pay(history, rule, as_at)]
    if rule.self_employed_months is not None:
        answers += slow_own(history, rule, as_at)
    for verdict in ("reached", "unknown", "not_yet", "cannot"):
        these = [answer for answer in answers if answer[0] == verdict]
        if these:
            return min(these, key=lambda answer: answer[1] or dt.date.max)
    raise AssertionError


def slow_decide(history: WorkHistory, rule: Any, as_at: dt.date) -> tuple[str, dt.date | None]:
    """Return the verdict and the day, worked out day by day."""
    if isinstance(rule, Milestone):
        return slow_milestone(history, rule, as_at)
    if isinstance(rule, Cohort):
        return slow_cohort(history, rule, as_at)
    if isinstance(rule, Earnings):
        return slow_earnings(history, rule, as_at)
    return slow_weeks(history, rule, as_at)
