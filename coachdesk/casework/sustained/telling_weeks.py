"""Rules of weeks and of earnings in words: each week with its hours or its pay, the window, and what is left."""

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

from coachdesk.casework.pay import money
from coachdesk.casework.sustained import earnings, windows
from coachdesk.casework.sustained.decision import Verdict
from coachdesk.casework.sustained.histories import WEEK
from coachdesk.casework.sustained.outlook import rate_then
from coachdesk.casework.sustained.settings import Earnings, Weeks
from coachdesk.casework.sustained.telling import (
    Case,
    Piece,
    Shade,
    Told,
    count_words,
    day_words,
    hours_of,
    sentence_of,
    span_words,
)
from coachdesk.casework.sustained.weekly import (
    Weekly,
    all_minutes,
    weekly,
)

_NO_JOB = "No job that counts has begun."
_SETTLE_HOURS = "Hours and pay of the weeks that are not known, from payslips or a rota."
_SIX_DAYS = dt.timedelta(days=6)


def tell_weeks(case: Case, rule: Weeks) -> Told:
    """Return how a rule of weeks came out, week by week."""
    frame = windows.frame_of(rule, case.book, case.as_at)
    counted = weekly(case.history, frame, windows.judge_of(rule))
    worked = weekly(case.history, frame, all_minutes)
    sentence = sentence_of(case.decision)
    if counted is None or worked is None:
        steps = [_NO_JOB]
        if rule.within_support and case.history.supported_from is None:
            steps = ["Nobody has written down when support began; only weeks within support count."]
        return Told(sentence=sentence, steps=tuple(steps))
    pieces = tuple(_week(counted, worked, place, rule) for place in range(len(counted.least)))
    good = [piece.shade is Shade.COUNTS for piece in pieces]
    unsure = sum(piece.shade is Shade.UNKNOWN for piece in pieces)
    steps = [
        f"Needed: {rule.needed} weeks of at least {hours_of(rule.minutes)} within {rule.window} weeks in a row"
        + (", paid at the legal minimum for the age" if rule.at_legal_rate else "")
        + (", during support." if rule.within_support else "."),
        (
            f"Since {day_words(dt.date.fromordinal(counted.first))}: {count_words(sum(good), 'week counts', 'weeks count')}, "
            f"{count_words(unsure, 'is', 'are')} not known, of {count_words(len(good), 'week that is over', 'weeks that are over')}."
        ),
    ]
    if case.decision.on is not None:
        begins = case.decision.on - dt.timedelta(days=WEEK * rule.window - 1)
        steps.append(
            f"In the {rule.window} weeks from {span_words(begins, case.decision.on)} there are {rule.needed} that count."
        )
    if rule.also_minutes is not None:
        also = sum(least >= rule.also_minutes for least in counted.least)
        steps.append(f"Weeks of at least {hours_of(rule.also_minutes)}: {also} (shown, not needed).")
    if rule.within_support and case.history.supported_to is not None:
        steps.append(f"Support ended on {day_words(case.history.supported_to)}; later weeks do not count.")
    unknown = case.decision.verdict is Verdict.UNKNOWN
    return Told(
        sentence=sentence,
        steps=tuple(steps),
        pieces=pieces,
        breaks=_breaks(case, rule, counted, good),
        settles=(_SETTLE_HOURS,) if unknown else (),
    )


def _week(counted: Weekly, worked: Weekly, place: int, rule: Weeks) -> Piece:
    sunday = counted.sunday(place)
    shade, what = _judged(counted, worked, place, rule)
    least, most = worked.least[place], worked.most[place]
    amount = hours_of(least) if least == most else f"{hours_of(least)} known" if least else "not known"
    return Piece(from_on=sunday - _SIX_DAYS, to_on=sunday, shade=shade, what=what, amount=amount)


def _judged(counted: Weekly, worked: Weekly, place: int, rule: Weeks) -> tuple[Shade, str]:
    least, most = counted.least[place], counted.most[place]
    if least >= rule.minutes:
        return Shade.COUNTS, "Counts, by an estimate" if counted.estimated[place] else "Counts"
    if most >= rule.minutes:
        hours_known = worked.least[place] >= rule.minutes
        return Shade.UNKNOWN, "Pay or age is not known" if hours_known else "Hours are not known"
    if worked.most[place] >= rule.minutes:
        return Shade.SHORT, "Paid below the legal minimum for the age"
    if worked.most[place] == 0:
        return Shade.GAP, "No paid hours"
    return Shade.SHORT, f"Under {hours_of(rule.minutes)}"


def best_start(good: Sequence[bool], rule: Weeks) -> int | None:
    """Return the first good week from which enough of the window's weeks can still be good; None where there is none."""
    for place, is_good in enumerate(good):
        since = good[place:]
        if is_good and len(since) <= rule.window and since.count(False) <= rule.window - rule.needed:
            return place
    return None


def _breaks(case: Case, rule: Weeks, counted: Weekly, good: Sequence[bool]) -> tuple[str, ...]:
    if case.decision.verdict not in {Verdict.NOT_YET, Verdict.UNKNOWN}:
        return ()
    start = best_start(good, rule)
    if start is None:
        return ()
    since = good[start:]
    left = rule.window - rule.needed - since.count(False)
    first = counted.sunday(start) - _SIX_DAYS
    last = first + dt.timedelta(days=WEEK * rule.window - 1)
    more = f"only {left} more" if left else "not one more"
    weeks = "week" if left <= 1 else "weeks"
    return (
        (
            f"In the {rule.window} weeks from {span_words(first, last)}, {more} {weeks} under {hours_of(rule.minutes)} "
            f"{'is' if left <= 1 else 'are'} allowed."
        ),
    )


def tell_earnings(case: Case, rule: Earnings) -> Told:
    """Return how a rule of earnings came out, week by week."""
    frame = earnings.frame_of(rule, case.book, case.as_at)
    found = weekly(case.history, frame, earnings.judge_of(rule))
    sentence = sentence_of(case.decision)
    if case.decision.by_self_employment and case.decision.verdict is Verdict.REACHED:
        sentence = f"{sentence}, by self-employment"
    then = case.decision.on or case.as_at
    rate = rate_then(frame, rule.rate, then) if rule.pence is None else None
    needed = earnings.sum_needed(rule, rate)
    steps = [_sum_words(rule, rate, needed, then)]
    if found is None:
        steps.append(_NO_JOB)
    else:
        known = sum(found.least)
        steps.append(f"Gross pay known until {day_words(_last_day(found, case))}: {money(known)}.")
        unsure = sum(low != high for low, high in zip(found.least, found.most, strict=True))
        if needed is not None and known < needed:
            steps.append(f"Still to be earned: {money(needed - known)}.")
        if unsure:
            steps.append(f"Pay of {count_words(unsure, 'week is', 'weeks are')} not known.")
    if rule.self_employed_months is not None:
        steps.append(_own_words(case, rule))
    unknown = case.decision.verdict is Verdict.UNKNOWN
    return Told(
        sentence=sentence,
        steps=tuple(steps),
        pieces=_pay_pieces(found, needed) if found is not None else (),
        breaks=_pay_breaks(case, rule),
        settles=(_SETTLE_HOURS,) if unknown else (),
    )


def _last_day(found: Weekly, case: Case) -> dt.date:
    return found.sunday(len(found.least) - 1) if found.least else case.as_at


def _sum_words(rule: Earnings, rate: int | None, needed: int | None, then: dt.date) -> str:
    if rule.pence is not None:
        return f"Needed: {money(rule.pence)} of gross pay."
    if rate is None or needed is None or rule.minutes is None:
        return f"Needed: a sum by a rate that is not known for {day_words(then)}."
    return (
        f"Needed: {hours_of(rule.minutes)} × {rule.weeks} weeks × {money(rate)} = {money(needed)}, "
        f"by the rate in force on {day_words(then)}."
    )


def _own_words(case: Case, rule: Earnings) -> str:
    months = count_words(rule.self_employed_months or 0, "month")
    own = [job for job in case.history.counted(case.as_at) if job.is_self_employed]
    if not own:
        return f"Or {months} in self-employment: no self-employed job is recorded."
    return f"Or {months} in self-employment: since {day_words(own[0].started_on)} ({own[0].called})."


def _pay_pieces(found: Weekly, needed: int | None) -> tuple[Piece, ...]:
    made = []
    for place, total in enumerate(accumulate(found.least)):
        sunday = found.sunday(place)
        least, most = found.least[place], found.most[place]
        shade = Shade.COUNTS if least > 0 else Shade.GAP
        what = f"{money(total)} in all"
        if least != most:
            shade, what = Shade.UNKNOWN, f"Pay not known; {what}"
        elif needed is not None and total >= needed:
            what = f"{what}: enough"
        made.append(
            Piece(from_on=sunday - _SIX_DAYS, to_on=sunday, shade=shade, what=what, amount=money(least))
        )
    return tuple(made)


def _pay_breaks(case: Case, rule: Earnings) -> tuple[str, ...]:
    if case.decision.verdict is not Verdict.NOT_YET:
        return ()
    less = "Fewer hours, less pay or a gap: each moves the day back."
    if not rule.within_support or case.history.supported_to is None:
        return (less,)
    return (
        less,
        f"Support ends on {day_words(case.history.supported_to)}; pay of later weeks does not count.",
    )
