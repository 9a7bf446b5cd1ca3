"""Gross pay together reaches a sum, or so many months in self-employment (facts 12.4 row 19)."""

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

from coachdesk.casework.due_rules import months_after
from coachdesk.casework.pay import RateOn, rate_on
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.histories import HOUR, WEEK, WorkHistory
from coachdesk.casework.sustained.outlook import in_support, pence_to_come, rate_then
from coachdesk.casework.sustained.settings import Earnings
from coachdesk.casework.sustained.weekly import (
    Frame,
    Weekly,
    last_counted,
    pay_reckoned,
    pay_told,
    weekly,
)
from coachdesk.casework.sustained.windows import is_over

_LONGEST = 260
"""Weeks looked ahead: five years."""


def frame_of(rule: Earnings, rates: Sequence[RateOn], as_at: dt.date) -> Frame:
    """Return how weeks are looked at for a rule."""
    return Frame(rates=rates, as_at=as_at, within_support=rule.within_support, estimates=rule.estimates)


def sum_needed(rule: Earnings, rate: int | None) -> int | None:
    """Return the pence that have to be earned; None where it rests on a rate that is not known."""
    if rule.pence is not None:
        return rule.pence
    if rate is None or rule.minutes is None or rule.weeks is None:
        return None
    return rule.minutes * rule.weeks * rate // HOUR


def needed_on(rule: Earnings, frame: Frame, day: dt.date) -> int | None:
    """Return the sum that has to be reached on a day: a sum by a rate goes by the rate in force on that day."""
    return sum_needed(rule, rate_on(frame.rates, rule.rate, day))


def pay_for(history: WorkHistory, rule: Earnings, frame: Frame) -> Weekly | None:
    """Return the gross pay by week that a rule looks at."""
    return weekly(history, frame, pay_reckoned if rule.estimates else pay_told)


def decide_earnings(
    history: WorkHistory, rule: Earnings, rates: Sequence[RateOn], as_at: dt.date
) -> Decision:
    """Return how a client stands by a rule of earnings; by pay or by self-employment, whichever came first."""
    by_pay = _by_pay(history, rule, frame_of(rule, rates, as_at))
    own = by_self_employment(history, rule, as_at)
    if own is None:
        return by_pay
    return min((by_pay, own), key=_rank)


_ORDER = (Verdict.REACHED, Verdict.UNKNOWN, Verdict.NOT_YET, Verdict.CANNOT)


def _rank(decision: Decision) -> tuple[int, dt.date]:
    return _ORDER.index(decision.verdict), decision.on or decision.projected or dt.date.max


def _by_pay(history: WorkHistory, rule: Earnings, frame: Frame) -> Decision:
    found = pay_for(history, rule, frame)
    if found is None:
        verdict = (
            Verdict.CANNOT
            if is_over(history, frame.as_at, within_support=rule.within_support)
            else Verdict.NOT_YET
        )
        return Decision(verdict=verdict)
    week = _first_reached(found, found.least, rule, frame)
    if week is not None:
        rests = any(found.estimated[: week + 1])
        return Decision(verdict=Verdict.REACHED, on=found.sunday(week), is_estimated=rests)
    projected = projected_pay(history, rule, frame, sum(found.least))
    unsaid = _is_unsaid(found, rule, frame)
    if unsaid or _first_reached(found, found.most, rule, frame) is not None:
        return Decision(verdict=Verdict.UNKNOWN, projected=projected)
    if is_over(history, frame.as_at, within_support=rule.within_support):
        return Decision(verdict=Verdict.CANNOT)
    return Decision(verdict=Verdict.NOT_YET, projected=projected)


def _first_reached(found: Weekly, pence: Sequence[int], rule: Earnings, frame: Frame) -> int | None:
    fixed = rule.pence
    for index, total in enumerate(accumulate(pence)):
        needed = fixed if fixed is not None else needed_on(rule, frame, found.sunday(index))
        if needed is not None and total >= needed:
            return index
    return None


def _is_unsaid(found: Weekly, rule: Earnings, frame: Frame) -> bool:
    """Return whether the sum rests on a rate that is not known for a week in which something was earned."""
    if rule.pence is not None:
        return False
    return any(
        most > 0 and needed_on(rule, frame, found.sunday(index)) is None
        for index, most in enumerate(found.most)
    )


def projected_pay(history: WorkHistory, rule: Earnings, frame: Frame, earned: int) -> dt.date | None:
    """Return the day on which the sum is reached if nothing changes; None where it then never is."""
    sunday = dt.date.fromordinal(last_counted(history, frame) + WEEK - 1)
    for _ in range(_LONGEST):
        sunday += dt.timedelta(days=WEEK)
        more = pence_to_come(history, frame, sunday)
        if not more or not in_support(history, sunday, within_support=rule.within_support):
            return None
        earned += more
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
