"""How long our people stayed with each employer: days in work, counted person by person over all their jobs there.

Days on which two jobs of a person with one employer overlap count once; a job that was put away, or of somebody who
was, counts nowhere.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.models import Client, Job

LONG_STAY_WEEKS = 26
"""Who stayed this long was kept: the longest of the usual milestones, half a year (facts, section 12.2)."""
_WEEK = 7
Spell = tuple[dt.date, dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """How many of our people worked somewhere, how many still do, and whole weeks in work."""

    people: int = 0
    there_now: int = 0
    kept: int = 0
    """Still there, or stayed 26 weeks and more."""
    middle: int | None = None
    """The median of the weeks each person worked there so far."""
    longest: int | None = None
    starting: int = 0
    """People whose first day is still to come."""


def all_stays(session: Session, today: dt.date, employer_id: UUID | None = None) -> dict[KeptKey, Stays]:
    """Return how long people stayed with every employer that has had any, or with one, from a single question."""
    query = (
        select(as_kept(Job.employer_id), as_kept(Job.client_id), Job.started_on, Job.ended_on)
        .join(Client, Client.id == Job.client_id)
        .where(Job.archived_at.is_(None), Client.archived_at.is_(None))
    )
    if employer_id is not None:
        query = query.where(Job.employer_id == employer_id)
    spells: defaultdict[KeptKey, defaultdict[KeptKey, list[Spell]]] = defaultdict(lambda: defaultdict(list))
    for employer, client, started_on, ended_on in plain_rows(session, query):
        spells[employer][client].append((started_on, ended_on))
    return {employer: _stays(people.values(), today) for employer, people in spells.items()}


def _stays(people: Iterable[list[Spell]], today: dt.date) -> Stays:
    weeks: list[int] = []
    there_now = kept = starting = 0
    for spells in people:
        begun = [spell for spell in spells if spell[0] <= today]
        if not begun:
            starting += 1
            continue
        is_there = any(ended_on is None or ended_on >= today for _, ended_on in begun)
        weeks.append(days_in_work(begun, today) // _WEEK)
        there_now += is_there
        kept += is_there or weeks[-1] >= LONG_STAY_WEEKS
    return Stays(
        people=len(weeks),
        there_now=there_now,
        kept=kept,
        middle=int(median(weeks)) if weeks else None,
        longest=max(weeks, default=None),
        starting=starting,
    )


def days_in_work(spells: Iterable[Spell], today: dt.date) -> int:
    """Return on how many days up to today somebody was in work, first and last day included, each day once.

    >>> days_in_work([(dt.date(2026, 1, 1), dt.date(2026, 1, 7)), (dt.date(2026, 1, 5), None)], dt.date(2026, 1, 14))
    14
    """
    days, reached = 0, dt.date.min
    for started_on, ended_on in sorted(spells, key=_first_day):
        last = min(ended_on or today, today)
        first = max(started_on, reached + dt.timedelta(days=1))
        if last >= first:
            days += (last - first).days + 1
            reached = last
    return days


def _first_day(spell: Spell) -> dt.date:
    return spell[0]
