"""Enrolments with the jobs that came of them: the one query behind every job figure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.sustained.histories import Span
from coachdesk.casework.sustained.signs import checked_on, confirmed_on, evidenced_on
from coachdesk.models import Client, Enrolment, Job, JobTerms
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Scope, present

OUT_OF_WORK = ("out_of_work",)
IN_WORK = ("in_work_at_risk", "signed_off", "in_work_wants_change")
FOUR_HOURS = 4 * 60
A_WEEK = dt.timedelta(days=6)
"""From the first to the last day of a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One job, as far as it bears on a figure."""

    started_on: dt.date
    ended_on: dt.date | None
    four_hours_on: dt.date | None
    usual_enough: bool
    """Usual hours of at least four a week are recorded."""
    confirmed_on: dt.date | None
    """The last day on which a check-in, evidence or a confirmed week showed the client still there."""

    @property
    def span(self) -> Span:
        """Return the days on which the job was held, for sure and perhaps."""
        return Span(self.started_on, self.ended_on or self.confirmed_on, self.ended_on)

    def four_hours_paid(self, as_at: dt.date) -> bool | None:
        """Return whether four paid hours were completed by a date; None when nobody can say.

        The recorded day decides. Where it is blank, a job with usual hours of at least four a week has
        given four paid hours once it has lasted a week.
        """
        if self.four_hours_on is not None:
            return self.four_hours_on <= as_at
        if not self.usual_enough:
            return None
        last = as_at if self.ended_on is None else min(self.ended_on, as_at)
        return last - self.started_on >= A_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One enrolment with the client's jobs since its start, earliest first."""

    client_id: UUID
    started_on: dt.date
    exit_on: dt.date | None
    spells: tuple[Spell, ...]

    def holds(self, spell: Spell) -> bool:
        """Return whether a job began before the enrolment ended."""
        return self.exit_on is None or spell.started_on <= self.exit_on

    def first_job(self, as_at: dt.date) -> Spell | None:
        """Return the first job with four paid hours that began during the enrolment (facts 2.3)."""
        return next(
            (spell for spell in self.spells if self.holds(spell) and spell.four_hours_paid(as_at)), None
        )

    def unclear_job(self, as_at: dt.date) -> Spell | None:
        """Return the first job of which nobody can say whether four hours were paid."""
        return next(
            (spell for spell in self.spells if self.holds(spell) and spell.four_hours_paid(as_at) is None),
            None,
        )


Courses = tuple[Course, ...]


def courses(session: Session, scope: Scope, routes: tuple[str, ...], known: Courses | None = None) -> Courses:
    """Return the programme's enrolments on these routes that had started by the end of the period.

    ``known`` is the answer of an earlier call, for a return whose figures all rest on the same query.
    """
    if known is not None:
        return known
    enough = select(JobTerms.id).where(
        JobTerms.job_id == Job.id, JobTerms.usual_minutes >= FOUR_HOURS, *present(JobTerms)
    )
    belongs = and_(
        Job.client_id == Enrolment.client_id,
        or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
        Job.started_on >= Enrolment.started_on,
        Job.started_on <= scope.as_at,
        *present(Job),
    )
    rows = session.execute(
        select(
            Enrolment.id,
            Enrolment.client_id,
            Enrolment.started_on,
            Enrolment.exit_on,
            Job.started_on,
            Job.ended_on,
            Job.four_hours_on,
            Job.evidence_seen_on,
            enough.exists(),
            checked_on(scope.as_at),
            evidenced_on(scope.as_at),
            confirmed_on(scope.as_at),
        )
        .join(Client, Client.id == Enrolment.client_id)
        .outerjoin(Job, belongs)
        .where(
            *of_programme(scope),
            Enrolment.route.in_(routes),
            Enrolment.started_on <= scope.last_known,
        )
        .order_by(Enrolment.id, Job.started_on, Job.id)
    ).all()
    return tuple(_course(tuple(group), scope.as_at) for _, group in groupby(rows, key=lambda row: row[0]))


def _course(rows: tuple[tuple[Any, ...], ...], as_at: dt.date) -> Course:
    _, client, started, exit_on = rows[0][:4]
    return Course(
        client_id=client,
        started_on=started,
        exit_on=exit_on,
        spells=tuple(_spell(row[4:], as_at) for row in rows if row[4] is not None),
    )


def _spell(cells: tuple[Any, ...], as_at: dt.date) -> Spell:
    started, ended, four_hours, seen, enough, *signs = cells
    return Spell(
        started_on=started,
        ended_on=ended,
        four_hours_on=four_hours,
        usual_enough=bool(enough),
        confirmed_on=_latest((seen, *signs), as_at),
    )


def _latest(days: Iterable[object], as_at: dt.date) -> dt.date | None:
    known = [day for day in days if isinstance(day, dt.date) and day <= as_at]
    return max(known, default=None)
