"""Indicators of moving into work: first job starts, all job starts, employment rates."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Job
from coachdesk.returns.indicators.enrolled import known_window, of_programme
from coachdesk.returns.indicators.found import Found, Scope, events, people, present
from coachdesk.returns.indicators.near import AROUND, Reason, nearly, on, outside, reach_of
from coachdesk.returns.indicators.spells import IN_WORK, OUT_OF_WORK, Course, Courses, Spell, courses
from coachdesk.returns.periods import Period, months_later

INTO_WORK = "First job start in the period"
NOT_YET = "No first job start in the period"


def _started_within(course: Course, window: Period, as_at: dt.date) -> bool:
    first = course.first_job(as_at)
    return first is not None and window.holds(first.started_on)


def _first_starts(scope: Scope, found: Courses, indicator: str) -> Found:
    window = known_window(scope)
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
        near=nearly(_nearly_first(found, scope), counted.clients),
    )


def _unclear(found: Courses, window: Period, as_at: dt.date) -> frozenset[UUID]:
    return frozenset(
        course.client_id
        for course in found
        if course.first_job(as_at) is None
        and (spell := course.unclear_job(as_at)) is not None
        and window.holds(spell.started_on)
    )


def _nearly_first(found: Courses, scope: Scope) -> Iterator[Reason]:
    """Yield why a job in or around the period is no first job start of it."""
    reach, window = reach_of(scope), known_window(scope)
    for course in found:
        around = [spell for spell in course.spells if reach.holds(spell.started_on)]
        if not around:
            continue
        first = course.first_job(scope.as_at)
        if first is None:
            yield course.client_id, _no_first(course, around, scope.as_at)
        elif first.started_on < window.from_on:
            yield course.client_id, f"the first job began {on(first.started_on)}, before the period"
        else:
            yield course.client_id, outside("the first job began", first.started_on, scope)


def _no_first(course: Course, around: list[Spell], as_at: dt.date) -> str:
    """Return why somebody with a job has no first job: too late, too short, or nobody knows."""
    spell = next((spell for spell in around if course.holds(spell)), around[0])
    began = on(spell.started_on)
    if not course.holds(spell) and course.exit_on is not None:
        return f"the job began {began}, after support ended {on(course.exit_on)}"
    if spell.four_hours_paid(as_at) is None:
        return f"a job began {began}, but nobody has recorded four paid hours"
    return f"the job that began {began} had fewer than 4 paid hours by the as-at date"


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
    reach, window = reach_of(scope), known_window(scope)
    rows = session.execute(
        select(Job.id, Job.client_id, Job.started_on, Enrolment.started_on, Enrolment.exit_on)
        .select_from(Enrolment)
        .join(Client, Client.id == Enrolment.client_id)
        .join(
            Job,
            and_(
                Job.client_id == Enrolment.client_id,
                or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
            ),
        )
        .where(
            *of_programme(scope),
            Job.started_on.between(reach.from_on, reach.to_on),
            Enrolment.started_on <= reach.to_on,
            or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= reach.from_on),
            *present(Job),
        )
    )
    counted: dict[UUID, UUID] = {}  # a client can be enrolled twice at once; the job is still one job
    reasons: list[Reason] = []
    for job, client, began, started, left in rows:
        why = _not_begun(began, started, left, scope, window)
        if why:
            reasons.append((client, why))
        else:
            counted[job] = client
    found = events("Job starts", counted.values())
    return Found(id="all-job-starts", groups=(found,), unit="job starts", near=nearly(reasons, found.clients))


def _not_begun(
    began: dt.date, started: dt.date | None, left: dt.date | None, scope: Scope, window: Period
) -> str:
    """Return why a job is no job start of the period; empty for one that is."""
    if started is not None and began < started:
        return f"the job began {on(began)}, before support began {on(started)}"
    if left is not None and began > left:
        return f"the job began {on(began)}, after support ended {on(left)}"
    return "" if window.holds(began) else outside("the job began", began, scope)


def employment_rate(session: Session, scope: Scope, known: Courses | None = None) -> Found:
    """Return who moved into work among those out of work at the start (facts 12.4 row 13).

    The base is every out-of-work enrolment that had begun by the end of the period and had not ended
    before it began.
    """
    window = known_window(scope)
    every = courses(session, scope, OUT_OF_WORK, known)
    found = tuple(
        course for course in every if course.exit_on is None or course.exit_on >= scope.period.from_on
    )
    into_work = people(INTO_WORK, (c.client_id for c in found if _started_within(c, window, scope.as_at)))
    others = people(NOT_YET, {course.client_id for course in found} - into_work.clients)
    reasons = [
        *_nearly_first(found, scope),
        *(
            (course.client_id, outside("left", course.exit_on, scope))
            for course in every
            if course.exit_on is not None
            and scope.period.from_on - AROUND <= course.exit_on < scope.period.from_on
        ),
    ]
    return Found(id="employment-rate", groups=(into_work, others), near=nearly(reasons, into_work.clients))


def cohort_rate(session: Session, scope: Scope, months: int, known: Courses | None = None) -> Found:
    """Return who had a first job within N months of their own start (facts 12.4 row 14).

    The cohort are those out of work at their start for whom N months were up in the period. Whoever has
    not had N months by the as-at date stands aside and is never blended in. An own wording of the indicator
    of N months can set another number.
    """
    indicator = f"cohort-rate-{months}"
    months = scope.rules.needed(indicator, "months")
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
        id=indicator,
        groups=(reached, people(f"Not within {months} months", everybody - reached.clients)),
        aside=young,
        note=f"{len(young)} have not had {months} months yet and are not counted." if young else "",
        near=nearly(
            ((c.client_id, why) for c, up in cohort if (why := _not_within(c, up, months, scope))),
            reached.clients,
        ),
    )


def _not_within(course: Course, up: dt.date, months: int, scope: Scope) -> str:
    """Return why somebody of the cohort nearly counts; empty where nothing was near."""
    if up > scope.as_at:
        return f"{months} months are up {on(up)}, after the as-at date"
    first = course.first_job(scope.as_at)
    if first is not None:
        late = first.started_on > up
        return f"the first job began {on(first.started_on)}, after {months} months" if late else ""
    spell = course.unclear_job(scope.as_at)
    if spell is None or spell.started_on > up:
        return ""
    return f"a job began {on(spell.started_on)}, but nobody has recorded four paid hours"
