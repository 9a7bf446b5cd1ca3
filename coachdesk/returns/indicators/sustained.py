"""Sustained work: who was in paid work 13, 26 or 52 weeks after the first job began."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.sustained.cover import Standing, held_on, standing
from coachdesk.returns.indicators.found import Found, Scope, people
from coachdesk.returns.indicators.near import Reason, nearly, on, outside, reach_of
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

    In work, not in work and not known are three columns; a milestone after the as-at date stands aside. An own
    wording of the indicator can set other weeks and another allowed gap.
    """
    indicator = f"sustained-{weeks}"
    weeks = scope.rules.needed(indicator, "weeks")
    allowed_gap = scope.rules.needed(indicator, "gap_days")
    reach = reach_of(scope)
    by_standing: dict[Standing, set[UUID]] = {"in work": set(), "not in work": set(), "not known": set()}
    early: set[UUID] = set()
    reasons: list[Reason] = []
    for course in courses(session, scope, OUT_OF_WORK, known):
        first = course.first_job(scope.as_at)
        if first is None:
            continue
        milestone = first.started_on + dt.timedelta(weeks=weeks)
        if not reach.holds(milestone):
            continue
        if not scope.period.holds(milestone) or milestone > scope.as_at:
            reasons.append((course.client_id, outside(f"{weeks} weeks are up", milestone, scope)))
            early |= {course.client_id} if scope.period.holds(milestone) else set()
            continue
        where = where_stood(course, first, milestone, allowed_gap)
        by_standing[where].add(course.client_id)
        if where != "in work":
            reasons.append((course.client_id, _why_not(course, first, milestone, where)))
    held = by_standing["in work"]
    out = by_standing["not in work"] - held
    return Found(
        id=indicator,
        groups=(
            people(IN_WORK_LABEL, held),
            people(NOT_IN_WORK_LABEL, out),
            people(UNKNOWN_LABEL, by_standing["not known"] - held - out),
        ),
        aside=frozenset(early),
        note=f"{len(early)} reach {weeks} weeks after the as-at date and are not counted." if early else "",
        near=nearly(reasons, frozenset(held)),
    )


def _why_not(course: Course, first: Spell, milestone: dt.date, where: Standing) -> str:
    """Return why somebody whose day has come was not in work on it, as far as anybody knows."""
    if where == "not known":
        return f"nobody has said whether the job went on until {on(milestone).removeprefix('on ')}"
    spans = [spell.span for spell in course.spells if spell.started_on >= first.started_on]
    if held_on(spans, milestone, sure=False):
        return f"in work {on(milestone)}, but with too long a gap before"
    return f"not in work {on(milestone)}"
