"""Who is at risk of losing a job: the running jobs of a caseload with the reasons, so that help is offered first.

There is no score: a job stands where its most pressing reason puts it. Nothing of this goes into a return.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth
from coachdesk.casework.codes import all_codes
from coachdesk.casework.definition import Definition
from coachdesk.casework.listed import listed, whose
from coachdesk.casework.pay import all_rates
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.programmes import definitions
from coachdesk.casework.risk_reasons import (
    AbsenceTold,
    AdjustmentTold,
    CheckInTold,
    JobTold,
    Known,
    Reason,
    TermsTold,
    missed_of,
    place_of,
    reasons,
)
from coachdesk.casework.risk_thresholds import risk_thresholds
from coachdesk.casework.running_work import LATEST_CATCH_UP, Work, running_work
from coachdesk.casework.standing import Standing, Whose, among, enrolled
from coachdesk.models import Absence, Adjustment, CheckIn, Client, Coach, Job, JobTerms

_NEWEST = 2  # check-ins of a job that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRiskQuestion:
    """One coach's clients, with those she covers for if she asks herself; or everybody's whom the reader may see."""

    today: dt.date
    coach_id: UUID | None = None


class WorkRiskRow(NamedTuple):
    """A job in which help may be needed, with every reason in words."""

    client_id: UUID
    name: str
    coach: str
    job_id: UUID
    employer: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRisk:
    """The jobs in which help may be needed, the most pressing first, out of how many that go on."""

    rows: tuple[WorkRiskRow, ...]
    running: int


class _Person(NamedTuple):
    name: str
    coach: KeptKey | None
    birth: Birth


def read_work_risk(session: Session, question: WorkRiskQuestion) -> WorkRisk:
    """Return who is at risk of losing a job; rights as for every list, one question a kind of record."""
    theirs = whose(session, question.coach_id, covering=True)
    people = _people(session, question)
    stands = enrolled(session, question.today, theirs)
    work = {
        job.id: job
        for job in running_work(session, question.today, theirs)
        if job.started_on <= question.today
        and job.client in people
        and stands.get(job.client, Standing()).is_open
    }
    told = _told(session, question.today, theirs, work, people)
    rules = _rules(session, stands.values())
    known = Known(
        today=question.today,
        limits=risk_thresholds(session, None),
        rates=all_rates(session),
        areas={row.key: row.title for row in all_codes(session, None).get("work_area", ())},
    )
    coaches = dict(plain_rows(session, select(as_kept(Coach.id), Coach.name)))
    rows = []
    for kept, job in work.items():
        one = told[kept]
        one.missed = _missed(job, stands.get(job.client), rules, question.today)
        found = reasons(one, known)
        if found:
            person = people[job.client]
            coach = coaches.get(person.coach, "") if person.coach is not None else ""
            rows.append(
                WorkRiskRow(key_of(job.client), person.name, coach, key_of(kept), job.employer, found)
            )
    rows.sort(key=_order)
    return WorkRisk(rows=tuple(rows), running=len(work))


def _order(row: WorkRiskRow) -> tuple[tuple[int, dt.date], str, UUID]:
    return place_of(row.reasons), row.name.casefold(), row.job_id


def _people(session: Session, question: WorkRiskQuestion) -> dict[KeptKey, _Person]:
    query = select(
        as_kept(Client.id),
        as_kept(Client.coach_id),
        Client.first_name,
        Client.last_name,
        Client.known_as,
        Client.born_from,
        Client.born_to,
        Client.birth_precision,
        Client.birth_told_on,
    ).where(Client.died_on.is_(None), *listed(session, question.coach_id, covering=True))
    return {
        client: _Person(" ".join(part for part in (known_as or first, last) if part), coach, Birth(*birth))
        for client, coach, first, last, known_as, *birth in plain_rows(session, query)
    }


def _rules(session: Session, stands: Iterable[Standing]) -> dict[KeptKey, Definition]:
    known = definitions(session)
    kept = {one.enrolment.programme_id for one in stands if one.enrolment is not None}
    return {programme: known[key_of(programme)] for programme in kept}


def _missed(
    job: Work, standing: Standing | None, rules: dict[KeptKey, Definition], today: dt.date
) -> tuple[dt.date, ...]:
    if standing is None or standing.enrolment is None:
        return ()
    rule = rules[standing.enrolment.programme_id]
    latest = today - dt.timedelta(days=rule.grace_days)
    return missed_of(job.open_check_ins(rule), today - LATEST_CATCH_UP, latest)


def _told(
    session: Session,
    today: dt.date,
    theirs: Whose | None,
    work: dict[KeptKey, Work],
    people: dict[KeptKey, _Person],
) -> dict[KeptKey, JobTold]:
    """Return what is known of each running job: one question for each kind of record."""
    types = dict(plain_rows(session, select(as_kept(Job.id), Job.employment_type).where(*_running(today))))
    told = {
        kept: JobTold(started_on=job.started_on, employment_type=types[kept], birth=people[job.client].birth)
        for kept, job in work.items()
    }
    for part, kind, query in (
        ("check_ins", CheckInTold, _newest_check_ins(today, theirs)),
        ("terms", TermsTold, _terms_query(today, theirs)),
        ("absences", AbsenceTold, _absences(today, theirs)),
    ):
        for kept, *said in plain_rows(session, query):
            if kept in told:
                getattr(told[kept], part).append(kind(*said))
    _add_adjustments(plain_rows(session, _adjustments(theirs)), work, told)
    return told


def _add_adjustments(rows: Iterable[Any], work: dict[KeptKey, Work], told: dict[KeptKey, JobTold]) -> None:
    """Put each adjustment to its job; one that names none is needed in every job of the client."""
    jobs_of: dict[KeptKey, list[KeptKey]] = defaultdict(list)
    for kept, job in work.items():
        jobs_of[job.client].append(kept)
    for client, named, *adjusted in rows:
        for kept in jobs_of.get(client, ()):
            if named in (None, kept):
                told[kept].adjustments.append(AdjustmentTold(*adjusted))


def _running(today: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (Job.archived_at.is_(None), or_(Job.ended_on.is_(None), Job.ended_on >= today))


def _newest_check_ins(today: dt.date, theirs: Whose | None) -> Any:
    """Return the question for the newest check-ins of each running job, the newest first."""
    newest_first = (CheckIn.done_on.desc(), CheckIn.due_on.desc(), CheckIn.id.desc())
    place = func.row_number().over(partition_by=CheckIn.job_id, order_by=newest_first).label("place")
    held = (
        select(
            CheckIn.job_id,
            CheckIn.done_on,
            CheckIn.still_there,
            CheckIn.risk_of_leaving,
            CheckIn.adjustments_working,
            CheckIn.areas,
            place,
        )
        .join(Job, Job.id == CheckIn.job_id)
        .where(CheckIn.archived_at.is_(None), *_running(today), *among(CheckIn.client_id.expression, theirs))
        .subquery()
    )
    told = (
        held.c.done_on,
        held.c.still_there,
        held.c.risk_of_leaving,
        held.c.adjustments_working,
        held.c.areas,
    )
    return (
        select(as_kept(held.c.job_id), *told)
        .where(held.c.place <= _NEWEST)
        .order_by(held.c.job_id, held.c.place)
    )


def _terms_query(today: dt.date, theirs: Whose | None) -> Any:
    return (
        select(as_kept(JobTerms.job_id), JobTerms.as_on, JobTerms.usual_minutes, JobTerms.hourly_pence)
        .join(Job, Job.id == JobTerms.job_id)
        .where(
            JobTerms.archived_at.is_(None), *_running(today), *among(JobTerms.client_id.expression, theirs)
        )
        .order_by(JobTerms.job_id, JobTerms.as_on, JobTerms.id)
    )


def _absences(today: dt.date, theirs: Whose | None) -> Any:
    return select(as_kept(Absence.job_id), Absence.from_on, Absence.fit_note_until).where(
        Absence.archived_at.is_(None),
        Absence.from_on <= today,
        or_(Absence.to_on.is_(None), Absence.to_on >= today),
        *among(Absence.client_id.expression, theirs),
    )


def _adjustments(theirs: Whose | None) -> Any:
    return select(
        as_kept(Adjustment.client_id),
        as_kept(Adjustment.job_id),
        Adjustment.need,
        Adjustment.decision,
        Adjustment.requested_on,
        Adjustment.decided_on,
        Adjustment.in_place_on,
        Adjustment.is_working,
    ).where(
        Adjustment.archived_at.is_(None),
        Adjustment.ended_on.is_(None),
        *among(Adjustment.client_id.expression, theirs),
    )
