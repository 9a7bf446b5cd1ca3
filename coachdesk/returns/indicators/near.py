"""Who nearly counted, and why not: in plain words, for the vault alone."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from coachdesk.press.cells import date_words
from coachdesk.returns.indicators.found import NearMiss, Scope
from coachdesk.returns.periods import Period

AROUND = dt.timedelta(days=31)
"""How far outside the period somebody is still in reach of a figure (CoachDesk default)."""
Reason = tuple[UUID, str]


@lru_cache(maxsize=4_096)  # thousands of people share a few hundred days
def on(day: dt.date) -> str:
    """Return a day as it stands in a reason."""
    return f"on {date_words(day)}"


def reach_of(scope: Scope) -> Period:
    """Return the days in reach of the period."""
    return Period(scope.period.from_on - AROUND, scope.period.to_on + AROUND)


def outside(happened: str, day: dt.date, scope: Scope) -> str:
    """Return why something that happened on a day is not counted: before the period, after it, or not yet known."""
    if day < scope.period.from_on:
        return f"{happened} {on(day)}, before the period"
    if day > scope.period.to_on:
        return f"{happened} {on(day)}, after the period"
    return f"{happened} {on(day)}, after the as-at date"


def nearly(reasons: Iterable[Reason], counted: frozenset[UUID] = frozenset()) -> tuple[NearMiss, ...]:
    """Return each person who does not count once, with the first reason given."""
    first: dict[UUID, str] = {}
    for client, reason in reasons:
        if client not in counted:
            first.setdefault(client, reason)
    return tuple(NearMiss(client, first[client]) for client in sorted(first))
