"""Check-in coverage: whether the in-work contacts that fell due were held in time."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import CheckIn, CheckInMove, Client, Enrolment, Job
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Found, Scope, events, present
from coachdesk.returns.indicators.near import Reason, nearly, on

IN_TIME = "Held in time"
NOT_IN_TIME = "Not held in time"
UNIT = "check-ins"


def check_in_coverage(session: Session, scope: Scope) -> Found:
    """Return the check-ins that fell due in the period, by whether they were held (facts 12.4 row 28).

    Due by the programme's rhythm from the first day of the job, while job and enrolment lasted: on its new day where
    it was moved, and not at all where it was left out with a reason (decision 17). Held by the due date and the days
    of grace counts; what is still within its grace at the as-at date stands aside.
    """
    grace = dt.timedelta(days=scope.rules.needed("check-in-coverage", "grace_days"))
    held: list[UUID] = []
    missed: list[UUID] = []
    open_still: set[UUID] = set()
    late: list[Reason] = []
    for client, due, done_on in _due(session, scope):
        if done_on is not None and done_on <= min(due + grace, scope.as_at):
            held.append(client)
        elif due + grace > scope.as_at:
            open_still.add(client)
        else:
            missed.append(client)
            late.append((client, _missed(due, done_on)))
    waiting = ((client, "a check-in is still within its days of grace") for client in open_still)
    return Found(
        id="check-in-coverage",
        unit=UNIT,
        groups=(events(IN_TIME, held), events(NOT_IN_TIME, missed)),
        aside=frozenset(open_still),
        note=f"Check-ins of {len(open_still)} people are still within their days of grace and not counted."
        if open_still
        else "",
        near=nearly((*late, *waiting)),
    )


def _missed(due: dt.date, done_on: dt.date | None) -> str:
    """Return why a check-in does not count as held in time."""
    if done_on is None:
        return f"the check-in due {on(due)} was not held"
    return f"the check-in due {on(due)} was held {on(done_on)}, after its days of grace"


def _due(session: Session, scope: Scope) -> list[tuple[UUID, dt.date, dt.date | None]]:
    """Return client, due date and date held for every check-in that fell due in the period."""
    last = dt.timedelta(days=max(scope.rules.rhythm_days, default=0))
    rows = session.execute(
        select(
            Job.id,
            Job.client_id,
            Job.started_on,
            Job.ended_on,
            Enrolment.exit_on,
            CheckIn.due_on,
            CheckIn.done_on,
        )
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
        .outerjoin(CheckIn, and_(CheckIn.job_id == Job.id, *present(CheckIn)))
        .where(
            *of_programme(scope),
            *present(Job),
            or_(
                Job.started_on.between(scope.period.from_on - last, scope.last_known),
                Job.id.in_(select(CheckInMove.job_id).where(CheckInMove.moved_to >= scope.period.from_on)),
            ),
        )
        .order_by(Job.id, CheckIn.due_on, CheckIn.done_on)
    ).all()
    jobs: dict[UUID, tuple[UUID, dt.date, dt.date]] = {}
    done: dict[tuple[UUID, dt.date], dt.date] = {}
    for job, client, started, ended, exit_on, due_on, done_on in rows:
        until = min(day for day in (ended, exit_on, scope.last_known) if day is not None)
        jobs[job] = (client, started, until)
        if due_on is not None:
            done.setdefault((job, due_on), done_on)
    moved = _moves(session, jobs)
    rhythm = [
        (job, client, until, started + dt.timedelta(days=days))
        for job, (client, started, until) in jobs.items()
        for days in scope.rules.rhythm_days
    ]
    stands = ((job, client, until, moved.get((job, day), day)) for job, client, until, day in rhythm)
    return [
        (client, due, done.get((job, due)))
        for job, client, until, due in stands
        if due is not None and scope.period.from_on <= due <= until
    ]


def _moves(session: Session, jobs: Collection[UUID]) -> dict[tuple[UUID, dt.date], dt.date | None]:
    """Return where check-ins of these jobs were moved to, by job and day of the rhythm; None: left out."""
    query = select(CheckInMove.job_id, CheckInMove.due_on, CheckInMove.moved_to).where(*present(CheckInMove))
    return {(job, due): moved_to for job, due, moved_to in session.execute(query) if job in jobs}
