"""How the dates of a data request came about, in sentences a person can check and repeat to the client."""

import datetime as dt
from collections.abc import Iterator, Sequence

from coachdesk.casework.rights_clock import ClockRule, DueDates, days_stood
from coachdesk.models import ClockStop, RightsRequest


def in_full(day: dt.date) -> str:
    """Return a date as a letter would say it: "5 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def explain(
    rule: ClockRule, request: RightsRequest, stops: Sequence[ClockStop], due: DueDates
) -> tuple[str, ...]:
    """Return the sentences that lead from the day of receipt to the dates of a request, and their source."""
    return (*_acknowledging(rule, due), *_answering(rule, request, stops, due), f"Source: {rule.source}")


def _acknowledging(rule: ClockRule, due: DueDates) -> Iterator[str]:
    if due.acknowledge_by is not None:
        days = _counted(rule.acknowledge_days, "day")
        yield f"Acknowledge by {in_full(due.acknowledge_by)}: within {days} of the day it came in."


def _answering(
    rule: ClockRule, request: RightsRequest, stops: Sequence[ClockStop], due: DueDates
) -> Iterator[str]:
    if rule.months is None:
        yield "No time is set for the answer: give it without undue delay."
    elif due.answer_by is None:
        standing = next(stop for stop in stops if stop.to_on is None)
        yield f"The clock stands since {in_full(standing.from_on)}. No day counts until it runs on."
    else:
        yield f"Answer by {in_full(due.answer_by)}: {_months(rule, request)}, then the next working day."
    stood = days_stood([(stop.from_on, stop.to_on) for stop in stops if stop.to_on is not None]).days
    if stood:
        yield f"The clock stood {_counted(stood, 'day')}, which are added."
    if due.aim_for is not None:
        yield f"Our own aim is {_counted(rule.target_days, 'day')}: {in_full(due.aim_for)}."


def _months(rule: ClockRule, request: RightsRequest) -> str:
    words = f"{_counted(rule.months, 'month')} from the day it came in"
    if request.extended_on is None:
        return words
    return f"{words}, and {_counted(rule.extension_months, 'month')} more because it was extended"


def _counted(number: int | None, word: str) -> str:
    spoken = {1: "one", 2: "two", 3: "three"}.get(number or 0, str(number or 0))
    return f"{spoken} {word}" if number == 1 else f"{spoken} {word}s"
