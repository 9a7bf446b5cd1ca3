"""Days in work: gaps between stretches of work, counted for what is known and for what may be."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from coachdesk.casework.sustained.histories import Span

ONE_DAY = dt.timedelta(days=1)
Standing = Literal["in work", "not in work", "not known"]


class Stretch(NamedTuple):
    """Days in work, or a gap between them; both ends included."""

    from_on: dt.date
    to_on: dt.date
    is_work: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.to_on - self.from_on).days + 1


def _end(span: Span, until: dt.date, *, sure: bool) -> dt.date | None:
    if not sure:
        return until if span.may_to is None else span.may_to
    return span.sure_to


def _begins(span: Span) -> dt.date:
    return span.from_on


def stretches(spans: Iterable[Span], since: dt.date, until: dt.date, *, sure: bool) -> tuple[Stretch, ...]:
    """Return the days between two dates (both included) in order, as work and gaps.

    With ``sure`` only days that are known count as work; without, an open job goes on until somebody says no.
    """
    found: list[Stretch] = []
    covered_to = since - ONE_DAY
    for span in sorted(spans, key=_begins):
        end = _end(span, until, sure=sure)
        if end is None or end <= covered_to or span.from_on > until:
            continue
        begins = max(span.from_on, covered_to + ONE_DAY)
        if begins > covered_to + ONE_DAY:
            found.append(Stretch(covered_to + ONE_DAY, begins - ONE_DAY, is_work=False))
        covered_to = min(end, until)
        found.append(Stretch(begins, covered_to, is_work=True))
    if covered_to < until:
        found.append(Stretch(covered_to + ONE_DAY, until, is_work=False))
    return tuple(found)


def gap_days(spans: Iterable[Span], since: dt.date, until: dt.date, *, sure: bool = False) -> int:
    """Return the days between two dates (both included) on which no job was held."""
    parts = stretches(spans, since, until, sure=sure)
    return sum(part.days for part in parts if not part.is_work)


def held_on(spans: Iterable[Span], day: dt.date, *, sure: bool) -> bool:
    """Return whether a job was held on a day, for sure or perhaps."""
    ends = ((span.from_on, _end(span, day, sure=sure)) for span in spans)
    return any(begins <= day <= end for begins, end in ends if end is not None)


def standing(spans: Sequence[Span], since: dt.date, on: dt.date, allowed_gap: int) -> Standing:
    """Return whether somebody was in paid work on a day without too long a gap since another (facts 12.4 row 17).

    In work: it holds by what is known alone. Not in work: it does not hold even if every open job went on all
    the time. Anything else is not known, and what is not known never counts as success.
    """
    counted = [span for span in spans if since <= span.from_on <= on]
    if _holds(counted, since, on, allowed_gap, sure=True):
        return "in work"
    return "not known" if _holds(counted, since, on, allowed_gap, sure=False) else "not in work"


def _holds(spans: Sequence[Span], since: dt.date, on: dt.date, allowed_gap: int, *, sure: bool) -> bool:
    return held_on(spans, on, sure=sure) and gap_days(spans, since, on, sure=sure) <= allowed_gap
