"""So many weeks of enough paid hours within so many consecutive weeks (facts 12.4 row 18)."""

import datetime as dt
from collections.abc import Sequence

from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.histories import WEEK, WorkHistory
from coachdesk.casework.sustained.outlook import coming, goes_on, in_support
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.settings import Weeks
from coachdesk.casework.sustained.weekly import (
    Frame,
    Judge,
    Weekly,
    all_minutes,
    in_blocks,
    last_counted,
    minutes_at_rate,
)

_TWICE = 2
"""Windows looked at at a time: most who reach it do so soon, and their later weeks need no reading."""


def first_full(good: Sequence[bool], rule: Weeks) -> int | None:
    """Return the first week with which a window has enough good weeks; None where none has.

    The weeks before the first job are part of a window like any other: they are not good ones.
    """
    held = 0
    for index, is_good in enumerate(good):
        held += is_good
        if index >= rule.window:
            held -= good[index - rule.window]
        if is_good and held >= rule.needed:
            return index
    return None


def frame_of(rule: Weeks, book: RateBook, as_at: dt.date) -> Frame:
    """Return how weeks are looked at for a rule."""
    return Frame(book=book, as_at=as_at, within_support=rule.within_support, estimates=rule.estimates)


def judge_of(rule: Weeks) -> Judge:
    """Return which minutes of a week a rule counts."""
    return minutes_at_rate if rule.at_legal_rate else all_minutes


def decide_weeks(history: WorkHistory, rule: Weeks, book: RateBook, as_at: dt.date) -> Decision:
    """Return how a client stands by a rule of weeks; the day is the last of the week that completes it."""
    frame = frame_of(rule, book, as_at)
    if rule.within_support and history.supported_from is None:
        return Decision(verdict=Verdict.UNKNOWN)
    found, looked_at = None, 0
    for found in in_blocks(history, frame, judge_of(rule), _TWICE * rule.window):
        reached = _reached(found, rule, looked_at)
        if reached is not None:
            return reached
        looked_at = len(found.least)
    sure = [minutes >= rule.minutes for minutes in found.least] if found is not None else []
    perhaps = [minutes >= rule.minutes for minutes in found.most] if found is not None else []
    if first_full(perhaps, rule) is not None:
        return Decision(verdict=Verdict.UNKNOWN, projected=projected_weeks(history, rule, frame, sure))
    if is_over(history, as_at, within_support=rule.within_support):
        return Decision(verdict=Verdict.CANNOT)
    return Decision(verdict=Verdict.NOT_YET, projected=projected_weeks(history, rule, frame, sure))


def _reached(found: Weekly, rule: Weeks, looked_at: int) -> Decision | None:
    """Return what the weeks after those looked at already bring; windows that end among those were not full."""
    begin = max(looked_at - rule.window, 0)
    sure = [minutes >= rule.minutes for minutes in found.least[begin:]]
    place = first_full(sure, rule)
    if place is None:
        return None
    index = begin + place
    window = slice(max(index - rule.window + 1, 0), index + 1)
    good = (minutes >= rule.minutes for minutes in found.least[window])
    rests = any(e for e, counts in zip(found.estimated[window], good, strict=True) if counts)
    return Decision(verdict=Verdict.REACHED, on=found.sunday(index), is_estimated=rests)


def is_over(history: WorkHistory, as_at: dt.date, *, within_support: bool) -> bool:
    """Return whether nothing that is still to come can count: support is over, and only weeks within it do."""
    return within_support and history.supported_to is not None and history.supported_to <= as_at


def projected_weeks(history: WorkHistory, rule: Weeks, frame: Frame, sure: Sequence[bool]) -> dt.date | None:
    """Return the day on which the rule is met if nothing changes; None where it then never is."""
    good = list(sure[-rule.window :])
    sunday = dt.date.fromordinal(last_counted(history, frame) + WEEK - 1)
    jobs = coming(history, frame, at_rate=rule.at_legal_rate)
    for _ in range(rule.window if jobs else 0):
        sunday += dt.timedelta(days=WEEK)
        if not in_support(history, sunday, within_support=rule.within_support):
            return None
        minutes = sum(one.minutes for one in jobs if goes_on(one, sunday))
        good.append(minutes >= rule.minutes)
        if good[-1] and sum(good[-rule.window :]) >= rule.needed:
            return sunday
    return None
