"""Sustained work: who was in paid work 13, 26 or 52 weeks after the first job began."""

import datetime as dt
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.returns.indicators.found import Found, Scope, people
from coachdesk.returns.indicators.spells import OUT_OF_WORK, Course, Courses, Spell, courses

WEEKS = (13, 26, 52)
IN_WORK_LABEL = "In work"
NOT_IN_WORK_LABEL = "Not in work, or too long a gap"
UNKNOWN_LABEL = "Not known"
Standing = Literal["in work", "not in work", "not known"]
ONE_DAY = dt.timedelta(days=1)


def gap_days(spells: tuple[Spell, ...], since: dt.date, until: dt.date) -> int:
    """Return the days between two dates (both included) on which no job was held."""
    gaps = 0
    covered_to = since - ONE_DAY
    for spell in sorted(spells, key=lambda spell: spell.started_on):
        gaps += max(0, (spell.started_on - covered_to).days - 1)
        covered_to = max(covered_to, until if spell.ended_on is None else spell.ended_on)
    return gaps + max(0, (until - covered_to).days)


def standing(course: Course, first: Spell, on: dt.date, allowed_gap: int) -> Standing:
    """Return whether the client was in paid work on a day, as far as anybody knows.

    A job that ended later, or that a check-in or evidence confirms on the day or after it, is known work.
    An open job nobody has confirmed is not known, and what is not known never counts as success.
    """
    spells = tuple(spell for spell in course.spells if first.started_on <= spell.started_on <= on)
    held = [spell for spell in spells if spell.ended_on is None or spell.ended_on >= on]
    if not held:
        return "not in work"
    known = any(
        spell.ended_on is not None or (spell.confirmed_on is not None and spell.confirmed_on >= on)
        for spell in held
    )
    if not known:
        return "not known"
    return "in work" if gap_days(spells, first.started_on, on) <= allowed_gap else "not in work"


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
        where = standing(course, first, milestone, scope.rules.gap_days)
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
