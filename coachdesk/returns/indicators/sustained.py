"""Sustained work: who was in paid work 13, 26 or 52 weeks after the first job began."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.sustained.cover import Standing, standing
from coachdesk.returns.indicators.found import Found, Scope, people
from coachdesk.returns.indicators.spells import OUT_OF_WORK, Course, Courses, Spell, courses

WEEKS = (13, 26, 52)
IN_WORK_LABEL = "In work"
NOT_IN_WORK_LABEL = "Not in work, or too long a gap"
UNKNOWN_LABEL = "Not known"


def where_stood(course: Course, first: Spell, on: dt.date, allowed_gap: int) -> Standing:
    """Return whether the client was in paid work on a day, as far as anybody knows.

    The engine of sustained work decides, the same as on the client's own page: what is not known never counts as
    success, and a gap that is too long whatever is still unknown is no success either.
    """
    spans = [spell.span for spell in course.spells if spell.started_on >= first.started_on]
    return standing(spans, first.started_on, on, allowed_gap)


def sustained(session: Session, scope: Scope, weeks: int, known: Courses | None = None) -> Found:
    """Return where people stood when their milestone fell in the period (facts 12.4 row 17).

    In work, not in work and not known are three columns; a milestone after the as-at date stands aside.
    """
    by_standing: dict[Standing, set[UUID]] = {"in work": set(), "not in work": set(), "not known": set()}
    early: set[UUID] = set()
    for course in courses(session, scope, OUT_OF_WORK, known):
        first = course.first_job(scope.as_at)
        if first is None:
            continue
        milestone = first.started_on + dt.timedelta(weeks=weeks)
        if not scope.period.holds(milestone):
            continue
        if milestone > scope.as_at:
            early.add(course.client_id)
            continue
        where = where_stood(course, first, milestone, scope.rules.gap_days)
        by_standing[where].add(course.client_id)
    held = by_standing["in work"]
    out = by_standing["not in work"] - held
    return Found(
        id=f"sustained-{weeks}",
        groups=(
            people(IN_WORK_LABEL, held),
            people(NOT_IN_WORK_LABEL, out),
            people(UNKNOWN_LABEL, by_standing["not known"] - held - out),
        ),
        aside=frozenset(early),
        note=f"{len(early)} reach {weeks} weeks after the as-at date and are not counted." if early else "",
    )
