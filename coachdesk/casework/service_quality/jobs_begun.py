"""Jobs that began in the period: how different they are, how many competitive and permanent (facts 12.4 rows 15, 16)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.ground import (
    Indicator,
    QualityQuestion,
    Told,
    counted,
    part,
    percent,
)
from coachdesk.models import Client, Enrolment, Job
from coachdesk.terms import Unstated

_GROUP = 3
_NO_JOBS = "No job began in this period."


class Begun(NamedTuple):
    """A job that began in the period."""

    id: UUID
    client: UUID
    employer: UUID
    soc: str
    is_competitive: str
    contract: str
    started_on: dt.date


def jobs_begun(session: Session, question: QualityQuestion) -> list[Begun]:
    """Return every job that began in the period while its client was supported (row 12), each once."""
    query = (
        select(
            Job.id, Job.client_id, Job.employer_id, Job.soc, Job.is_competitive, Job.contract, Job.started_on
        )
        .distinct()
        .join(Client, Client.id == Job.client_id)
        .join(
            Enrolment,
            and_(
                Enrolment.client_id == Job.client_id,
                or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
                Enrolment.started_on <= Job.started_on,
                or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= Job.started_on),
                Enrolment.archived_at.is_(None),
            ),
        )
        .where(
            Job.started_on.between(question.from_on, question.known_to),
            Job.archived_at.is_(None),
            Client.archived_at.is_(None),
            *([Enrolment.programme_id == question.programme_id] if question.programme_id is not None else []),
        )
    )
    return [Begun(*row) for row in session.execute(query)]


def job_indicators(jobs: list[Begun]) -> tuple[Indicator, ...]:
    """Return the four indicators of the jobs that began."""
    keys = ("employers", "occupations", "competitive", "permanent")
    if not jobs:
        return tuple(Told(key).nothing(_NO_JOBS) for key in keys)
    return (_employers(jobs), _occupations(jobs), _competitive(jobs), _permanent(jobs))


def _employers(jobs: list[Begun]) -> Indicator:
    return _different(Told("employers"), jobs, len({job.employer for job in jobs}), "different employer")


def _occupations(jobs: list[Begun]) -> Indicator:
    told = Told("occupations")
    known = [job for job in jobs if len(job.soc) >= _GROUP]
    without = part("Without a code", _clients(set(jobs) - set(known)), len(jobs) - len(known))
    if not known:
        missing = "No job that began has a code of occupations: it is looked up in the form of the job."
        return told.nothing(missing, parts=(without,))
    groups = len({job.soc[:_GROUP] for job in known})
    found = _different(told, known, groups, "occupation group")
    return told.made(
        found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        basis=found.basis,
        parts=(*found.parts, without),
    )


def _different(told: Told, jobs: list[Begun], number: int, noun: str) -> Indicator:
    return told.made(
        f"{percent(number, len(jobs))}%",
        numerator=number,
        denominator=len(jobs),
        basis=f"{counted(number, noun)} in {counted(len(jobs), 'job')} that began",
        parts=(part("Jobs that began", _clients(jobs), len(jobs)),),
    )


def _competitive(jobs: list[Begun]) -> Indicator:
    return _marked(
        Told("competitive"), jobs, lambda job: job.is_competitive, "yes", ("Competitive", "Not competitive")
    )


def _permanent(jobs: list[Begun]) -> Indicator:
    return _marked(
        Told("permanent"), jobs, lambda job: job.contract, "permanent", ("Permanent", "Another contract")
    )


def _marked(
    told: Told, jobs: list[Begun], answer: Callable[[Begun], str], wanted: str, titles: tuple[str, str]
) -> Indicator:
    yes = [job for job in jobs if answer(job) == wanted]
    unknown = [job for job in jobs if answer(job) in {*Unstated, ""}]
    no = [job for job in jobs if job not in yes and job not in unknown]
    words = (*titles, "Not recorded")
    return told.made(
        f"{percent(len(yes), len(jobs))}%",
        numerator=len(yes),
        denominator=len(jobs),
        basis=f"{len(yes)} of {counted(len(jobs), 'job')} that began",
        parts=tuple(
            part(title, _clients(some), len(some))
            for title, some in zip(words, (yes, no, unknown), strict=True)
        ),
    )


def _clients(jobs: Iterable[Begun]) -> frozenset[UUID]:
    return frozenset(job.client for job in jobs)
