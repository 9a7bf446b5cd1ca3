"""The headline figures of earlier returns of the same programme, as they were printed: the trend in the summary."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Release, ReleaseReview
from coachdesk.press.cells import MONTHS
from coachdesk.returns.periods import Period
from coachdesk.returns.wishes import EarlierFigures, PreparedReturn

HEADLINES = ("starts", "reach", "active-caseload", "first-job-starts")
MOST_PERIODS = 6
YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of a trend; ``is_issued`` is false where no return of it was issued."""

    words: str
    number: int | None
    is_issued: bool = True


def earlier_figures(session: Session, programme_id: UUID, period: Period) -> tuple[EarlierFigures, ...]:
    """Return what the newest return of each earlier period printed in its headline figures, oldest first."""
    questions = select(ReleaseReview.release_id).where(ReleaseReview.sort == "question")
    rows = session.execute(
        select(Release.from_on, Release.to_on, Release.printed)
        .where(
            Release.programme_id == programme_id,
            Release.to_on < period.from_on,
            Release.id.not_in(questions),
        )
        .order_by(Release.issued_at, Release.id)
    )
    newest = {(from_on, to_on): printed for from_on, to_on, printed in rows}
    return tuple(
        EarlierFigures(from_on=from_on, to_on=to_on, numbers=headlines(printed))
        for (from_on, to_on), printed in sorted(newest.items())
    )


def headlines(release: Mapping[str, object]) -> dict[str, int | None]:
    """Return the headline figures that a release prints; None for one it withholds."""
    tables = release.get("tables", ())
    return {
        table["id"]: table["values"] if isinstance(table["values"], int) else None
        for table in (tables if isinstance(tables, Sequence) else ())
        if not table["dims"] and table["id"] in HEADLINES
    }


def trend(prepared: PreparedReturn, figure: str) -> tuple[Point, ...]:
    """Return a headline figure over periods of the same length, this one last; a period without a return says so."""
    period = prepared.wish.period
    printed = headlines(prepared.release)
    if figure not in printed:  # left out of this return: there is nothing to compare with
        return ()
    known = {(each.from_on, each.to_on): each.numbers for each in prepared.earlier_figures}
    points = [_point(period, printed, figure)]
    oldest = min((each.from_on for each in prepared.earlier_figures), default=period.from_on)
    while len(points) < MOST_PERIODS:
        period = before(period)
        if period.from_on < oldest:
            break
        points.append(_point(period, known.get((period.from_on, period.to_on)), figure))
    while not points[-1].is_issued:
        points.pop()
    return tuple(reversed(points))


def _point(period: Period, numbers: Mapping[str, int | None] | None, figure: str) -> Point:
    if numbers is None or figure not in numbers:
        return Point(words=short_words(period), number=None, is_issued=False)
    return Point(words=short_words(period), number=numbers[figure])


def before(period: Period) -> Period:
    """Return the period of the same length before this one: whole months where this one is whole months."""
    last = period.from_on - dt.timedelta(days=1)
    if period.from_on.day == 1 and (period.to_on + dt.timedelta(days=1)).day == 1:
        months = (period.to_on.year - period.from_on.year) * YEAR + period.to_on.month - period.from_on.month
        year, month = divmod(last.year * YEAR + last.month - 1 - months, YEAR)
        return Period(dt.date(year, month + 1, 1), last)
    return Period(last - (period.to_on - period.from_on), last)


def short_words(period: Period) -> str:
    """Return a period in a few letters: Jul to Sep 2026."""
    first, last = (MONTHS[day.month - 1][:3] for day in (period.from_on, period.to_on))
    if period.from_on.year != period.to_on.year:
        return f"{first} {period.from_on.year} to {last} {period.to_on.year}"
    return f"{first} {period.to_on.year}" if first == last else f"{first} to {last} {period.to_on.year}"
