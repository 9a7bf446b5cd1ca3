"""Indicators of moving into work: first job starts, all job starts, employment rates."""

import datetime as dt
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Job
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Found, Scope, events, people, present
from coachdesk.returns.indicators.spells import IN_WORK, OUT_OF_WORK, Course, Courses, courses
from coachdesk.returns.periods import Period, months_later

INTO_WORK = "First job start in the period"
NOT_YET = "No first job start in the period"


def _started_within(course: Course, window: Period, as_at: dt.date) -> bool:
    first = course.first_job(as_at)
    return first is not None and window.holds(first.started_on)


def _known_window(scope: Scope) -> Period:
    return Period(scope.period.from_on, scope.last_known)


def _first_starts(scope: Scope, found: Courses, indicator: str) -> Found:
    window = _known_window(scope)
    counted = people(
        "First job starts", (c.client_id for c in found if _started_within(c, window, scope.as_at))
    )
    unclear = _unclear(found, window, scope.as_at) - counted.clients
    return Found(
        id=indicator,
        groups=(counted,),
        aside=unclear,
        note=f"{len(unclear)} with a new job are not counted: nobody has recorded four paid hours."
        if unclear
        else "",
    )


def _unclear(found: Courses, window: Period, as_at: dt.date) -> frozenset[UUID]:
    return frozenset(
        course.client_id
        for course in found
        if course.first_job(as_at) is None
        and (spell := course.unclear_job(as_at)) is not None
        and window.holds(spell.started_on)
    )


def first_job_starts(session: Session, scope: Scope, known: Courses | None = None) -> Found:
    """Return the people whose first job of the enrolment began in the period (facts 12.4 row 11).

    Only people out of work at the start, and only jobs with four paid hours (facts 2.3).
    """
    return _first_starts(scope, courses(session, scope, OUT_OF_WORK, known), "first-job-starts")


def in_work_job_starts(session: Session, scope: Scope) -> Found:
    """Return the same for people who had a job when they started: a line of their own (row 11)."""
    return _first_starts(scope, courses(session, scope, IN_WORK), "in-work-job-starts")


def all_job_starts(session: Session, scope: Scope) -> Found:
    """Return every job that began in the period, second and parallel ones too (facts 12.4 row 12)."""
    jobs = (
        select(Job.id, Job.client_id)
        .distinct()  # a client can be enrolled twice at once; the job is still one job
        .select_from(Enrolment)
        .join(Client, Client.id == Enrolment.client_id)
        .join(
            Job,
            and_(
                Job.client_id == Enrolment.client_id,
                or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
                Enrolment.started_on <= Job.started_on,
                or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= Job.started_on),
            ),
        )
        .where(
            *of_programme(scope),
            Job.started_on.between(scope.period.from_on, scope.last_known),
            *present(Job),
        )
    )
    clients = (client for _, client in session.execute(jobs))
    return Found(id="all-job-starts", groups=(events("Job starts", clients),), unit="job starts")


def employment_rate(session: Session, scope: Scope, known: Courses | None = None) -> Found:
    """Return who moved into work among those out of work at the start (facts 12.4 row 13).

    The base is every out-of-work enrolment that had begun by the end of the period and had not ended
    before it began.
    """
    window = _known_window(scope)
    found = [
        course
        for course in courses(session, scope, OUT_OF_WORK, known)
        if course.exit_on is None or course.exit_on >= scope.period.from_on
    ]
    into_work = people(INTO_WORK, (c.client_id for c in found if _started_within(c, window, scope.as_at)))
    others = people(NOT_YET, {course.client_id for course in found} - into_work.clients)
    return Found(id="employment-rate", groups=(into_work, others))


def cohort_rate(session: Session, scope: Scope, months: int, known: Courses | None = None) -> Found:
    """Return who had a first job within N months of their own start (facts 12.4 row 14).

    The cohort are those out of work at their start for whom N months were up in the period. Whoever has
    not had N months by the as-at date stands aside and is never blended in.
    """
    cohort = [
        (course, months_later(course.started_on, months))
        for course in courses(session, scope, OUT_OF_WORK, known)
        if scope.period.holds(months_later(course.started_on, months))
    ]
    mature = [(course, up) for course, up in cohort if up <= scope.as_at]
    reached = people(
        f"Into work within {months} months",
        (c.client_id for c, up in mature if _started_within(c, Period(c.started_on, up), scope.as_at)),
    )
    everybody = {course.client_id for course, _ in mature}
    young = frozenset(course.client_id for course, up in cohort if up > scope.as_at) - everybody
    return Found(
        id=f"cohort-rate-{months}",
        groups=(reached, people(f"Not within {months} months", everybody - reached.clients)),
        aside=young,
        note=f"{len(young)} have not had {months} months yet and are not counted." if young else "",
    )
