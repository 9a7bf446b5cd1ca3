"""Gross pay together reaches a sum, or so many months in self-employment (facts 12.4 row 19)."""

import datetime as dt
from collections.abc import Sequence

from coachdesk.casework.due_rules import months_after
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.histories import HOUR, WEEK, WorkHistory
from coachdesk.casework.sustained.outlook import coming, goes_on, in_support, rate_then
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.settings import Earnings
from coachdesk.casework.sustained.weekly import (
    Frame,
    Judge,
    Weekly,
    in_blocks,
    last_counted,
    pay_reckoned,
    pay_told,
)
from coachdesk.casework.sustained.windows import is_over

_A_YEAR = 52
"""Weeks looked at at a time: most who reach it do so within a year, and their later weeks need no reading."""
_LAST_DAY = dt.date.max.toordinal()
_LONGEST = 260
"""Weeks looked ahead: five years."""


def frame_of(rule: Earnings, book: RateBook, as_at: dt.date) -> Frame:
    """Return how weeks are looked at for a rule."""
    return Frame(book=book, as_at=as_at, within_support=rule.within_support, estimates=rule.estimates)


def sum_needed(rule: Earnings, rate: int | None) -> int | None:
    """Return the pence that have to be earned; None where it rests on a rate that is not known."""
    if rule.pence is not None:
        return rule.pence
    if rate is None or rule.minutes is None or rule.weeks is None:
        return None
    return rule.minutes * rule.weeks * rate // HOUR


def judge_of(rule: Earnings) -> Judge:
    """Return which pay of a week a rule counts."""
    return pay_reckoned if rule.estimates else pay_told


def lowest_needed(rule: Earnings, frame: Frame) -> int:
    """Return the lowest sum there ever was to be reached: nobody with less needs a closer look."""
    if rule.pence is not None:
        return rule.pence
    sums = (sum_needed(rule, rate) for rate in frame.book.rate(rule.rate).pence)
    return min((one for one in sums if one is not None), default=0)


def decide_earnings(history: WorkHistory, rule: Earnings, book: RateBook, as_at: dt.date) -> Decision:
    """Return how a client stands by a rule of earnings; by pay or by self-employment, whichever came first."""
    by_pay = _by_pay(history, rule, frame_of(rule, book, as_at))
    own = by_self_employment(history, rule, as_at)
    if own is None:
        return by_pay
    return min((by_pay, own), key=_rank)


_ORDER = (Verdict.REACHED, Verdict.UNKNOWN, Verdict.NOT_YET, Verdict.CANNOT)


def _rank(decision: Decision) -> tuple[int, dt.date]:
    return _ORDER.index(decision.verdict), decision.on or decision.projected or dt.date.max


def _by_pay(history: WorkHistory, rule: Earnings, frame: Frame) -> Decision:
    found = None
    for found in in_blocks(history, frame, judge_of(rule), _A_YEAR):
        reached = _reached(found, rule, frame)
        if reached is not None:
            return reached
    if found is None:
        is_late = is_over(history, frame.as_at, within_support=rule.within_support)
        return Decision(verdict=Verdict.CANNOT if is_late else Verdict.NOT_YET)
    projected = projected_pay(history, rule, frame, sum(found.least))
    unsaid = _is_unsaid(found, rule, frame)
    if unsaid or _first_reached(found, found.most, rule, frame) is not None:
        return Decision(verdict=Verdict.UNKNOWN, projected=projected)
    if is_over(history, frame.as_at, within_support=rule.within_support):
        return Decision(verdict=Verdict.CANNOT)
    return Decision(verdict=Verdict.NOT_YET, projected=projected)


def _reached(found: Weekly, rule: Earnings, frame: Frame) -> Decision | None:
    week = _first_reached(found, found.least, rule, frame)
    if week is None:
        return None
    rests = any(found.estimated[: week + 1])
    return Decision(verdict=Verdict.REACHED, on=found.sunday(week), is_estimated=rests)


def _first_reached(found: Weekly, pence: Sequence[int], rule: Earnings, frame: Frame) -> int | None:
    total, least, table = 0, lowest_needed(rule, frame), frame.book.rate(rule.rate)
    for index, more in enumerate(pence):
        total += more
        if total < least:
            continue
        needed = sum_needed(rule, table.at(found.first + WEEK * index + WEEK - 1))
        if needed is not None and total >= needed:
            return index
    return None


def _is_unsaid(found: Weekly, rule: Earnings, frame: Frame) -> bool:
    """Return whether the sum rests on a rate that is not known for a week in which something was earned."""
    if rule.pence is not None:
        return False
    table, sundays = frame.book.rate(rule.rate), range(found.first + WEEK - 1, _LAST_DAY, WEEK)
    if None not in table.between(found.first, frame.as_at.toordinal()):
        return False
    return any(most > 0 and table.at(day) is None for most, day in zip(found.most, sundays, strict=False))


def projected_pay(history: WorkHistory, rule: Earnings, frame: Frame, earned: int) -> dt.date | None:
    """Return the day on which the sum is reached if nothing changes; None where it then never is."""
    sunday = dt.date.fromordinal(last_counted(history, frame) + WEEK - 1)
    jobs, least = coming(history, frame), lowest_needed(rule, frame)
    for _ in range(_LONGEST):
        sunday += dt.timedelta(days=WEEK)
        more = sum(one.pence for one in jobs if goes_on(one, sunday))
        if not more or not in_support(history, sunday, within_support=rule.within_support):
            return None
        earned += more
        if earned < least:
            continue
        needed = sum_needed(rule, rate_then(frame, rule.rate, sunday))
        if needed is not None and earned >= needed:
            return sunday
    return None


def by_self_employment(history: WorkHistory, rule: Earnings, as_at: dt.date) -> Decision | None:
    """Return how a client stands by months in one self-employed job; None where the rule has no such way."""
    if rule.self_employed_months is None:
        return None
    answers = []
    for job in history.counted(as_at):
        if not job.is_self_employed or not history.begun_within(job):
            continue
        on = months_after(job.started_on, rule.self_employed_months)
        span = job.span
        late = rule.within_support and history.supported_to is not None and on > history.supported_to
        if late or (span.may_to is not None and span.may_to < on):
            verdict = Verdict.CANNOT
        elif on > as_at:
            verdict = Verdict.NOT_YET
        else:
            is_sure = span.sure_to is not None and span.sure_to >= on
            verdict = Verdict.REACHED if is_sure else Verdict.UNKNOWN
        reached = on if verdict is Verdict.REACHED else None
        coming = on if verdict is Verdict.NOT_YET else None
        answers.append(Decision(verdict=verdict, on=reached, projected=coming, by_self_employment=True))
    return min(answers, key=_rank, default=None)
