"""What sort of jobs people start: how different, competitive, permanent; guaranteed hours and wishes for more."""

from collections.abc import Callable, Iterable
from itertools import groupby
from statistics import fmean
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.jobs_begun import Begun, jobs_begun
from coachdesk.models import Client, Enrolment, Job, JobTerms
from coachdesk.returns.indicators.enrolled import of_programme, supported_in
from coachdesk.returns.indicators.found import Amount, Found, Group, Scope, events, present
from coachdesk.returns.indicators.near import Reason, nearly, on
from coachdesk.returns.indicators.promptness import question_of
from coachdesk.terms import Unstated

JOBS, JOB_STARTS = "jobs", "job starts"
NOT_CODED, NOT_RECORDED = "Occupation not coded", "Not recorded"
_GROUP = 3
_HOUR = 60
_UNSAID = frozenset({*Unstated, ""})


def job_sorts(session: Session, scope: Scope) -> tuple[Found, ...]:
    """Return how different the jobs are that began, and how many are competitive and permanent (rows 15 and 16)."""
    jobs = sorted(jobs_begun(session, question_of(scope)), key=lambda job: (job.started_on, job.id))
    coded = [job for job in jobs if len(job.soc) >= _GROUP]
    uncoded = [job for job in jobs if len(job.soc) < _GROUP]
    return (
        Found(
            id="different-employers",
            unit=JOB_STARTS,
            groups=_different(
                jobs,
                lambda job: job.employer,
                ("Different employers", "Further jobs with the same employers"),
            ),
        ),
        Found(
            id="different-occupations",
            unit=JOB_STARTS,
            groups=(
                *_different(
                    coded,
                    lambda job: job.soc[:_GROUP],
                    ("Different occupation groups", "Further jobs in the same groups"),
                ),
                _jobs(NOT_CODED, uncoded),
            ),
            near=nearly(_each(uncoded, "no code of occupations")),
        ),
        _marked(
            "competitive-jobs",
            jobs,
            lambda job: job.is_competitive,
            "yes",
            ("Competitive", "Not competitive"),
        ),
        _marked(
            "permanent-jobs", jobs, lambda job: job.contract, "permanent", ("Permanent", "Another contract")
        ),
    )


def _jobs(label: str, jobs: Iterable[Begun]) -> Group:
    return events(label, (job.client for job in jobs))


def _each(jobs: Iterable[Begun], why: str) -> list[Reason]:
    return [(job.client, f"the job that began {on(job.started_on)}: {why}") for job in jobs]


def _different(
    jobs: Iterable[Begun], sort: Callable[[Begun], object], labels: tuple[str, str]
) -> tuple[Group, Group]:
    """Return the first job of each sort, which are as many as there are sorts, and the further ones."""
    seen: set[object] = set()
    first: list[Begun] = []
    further: list[Begun] = []
    for job in jobs:
        (further if sort(job) in seen else first).append(job)
        seen.add(sort(job))
    return _jobs(labels[0], first), _jobs(labels[1], further)


def _marked(
    indicator: str, jobs: list[Begun], answer: Callable[[Begun], str], wanted: str, labels: tuple[str, str]
) -> Found:
    yes = [job for job in jobs if answer(job) == wanted]
    unknown = [job for job in jobs if answer(job) in _UNSAID]
    no = [job for job in jobs if answer(job) != wanted and answer(job) not in _UNSAID]
    return Found(
        id=indicator,
        unit=JOB_STARTS,
        groups=(_jobs(labels[0], yes), _jobs(labels[1], no), _jobs(NOT_RECORDED, unknown)),
        near=nearly(
            [
                *_each(no, labels[1].lower()),
                *_each(unknown, f"nobody has recorded whether it is {labels[0].lower()}"),
            ]
        ),
    )


class Hours(NamedTuple):
    """A job held in the period with the hours known last, and whether the client wants more."""

    client: UUID
    guaranteed: int | None
    usual: int | None
    wants_more: str


def guaranteed_hours(session: Session, scope: Scope) -> tuple[Found, Found]:
    """Return usual less guaranteed hours, and who wants more hours (facts 12.4 row 23).

    Of the jobs held while the client was supported in the period, by the terms known at the as-at date; only jobs
    with both hours recorded have a gap.
    """
    jobs = _hours(session, scope)
    gaps = [
        (job.client, job.usual - job.guaranteed)
        for job in jobs
        if job.usual is not None and job.guaranteed is not None
    ]
    blank = [job.client for job in jobs if job.usual is None or job.guaranteed is None]
    labels = ("Usual hours above the guaranteed", "Guaranteed hours cover the usual")
    wishes = {
        label: [job.client for job in jobs if job.wants_more in told]
        for label, told in (("Wants more hours", {"yes"}), ("Does not want more", {"no"}))
    }
    unsaid = [job.client for job in jobs if job.wants_more not in {"yes", "no"}]
    return (
        Found(
            id="hours-gap",
            unit=JOBS,
            groups=(
                events(labels[0], (client for client, gap in gaps if gap > 0)),
                events(labels[1], (client for client, gap in gaps if gap <= 0)),
            ),
            amount=_mean_gap(gaps, labels) if gaps else None,
            near=nearly((client, "usual or guaranteed hours are not recorded") for client in blank),
        ),
        Found(
            id="wants-more-hours",
            unit=JOBS,
            groups=(
                *(events(label, clients) for label, clients in wishes.items()),
                events(NOT_RECORDED, unsaid),
            ),
            near=nearly((client, "nobody has recorded whether more hours are wanted") for client in unsaid),
        ),
    )


def _mean_gap(gaps: list[tuple[UUID, int]], needs: tuple[str, ...]) -> Amount:
    """Return the mean gap: exact in the vault, in half hours in a pack (disclosure.md 5.1)."""
    hours = fmean(gap for _, gap in gaps) / _HOUR
    return Amount(
        words=f"mean {hours:.2f} hours a week",
        printed=f"mean {round(hours * 2) / 2:g} hours a week",
        people=frozenset(client for client, _ in gaps),
        needs=needs,
    )


def _hours(session: Session, scope: Scope) -> list[Hours]:
    supported = (
        select(Enrolment.id)
        .where(
            *of_programme(scope),
            *supported_in(scope),
            Enrolment.client_id == Job.client_id,
            or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
        )
        .correlate(Job, Client)
        .exists()
    )
    known = and_(JobTerms.job_id == Job.id, JobTerms.as_on <= scope.as_at, *present(JobTerms))
    rows = session.execute(
        select(
            Job.id,
            Job.client_id,
            JobTerms.guaranteed_minutes,
            JobTerms.usual_minutes,
            JobTerms.wants_more_hours,
        )
        .join(Client, Client.id == Job.client_id)
        .outerjoin(JobTerms, known)
        .where(
            supported,
            Job.started_on <= scope.last_known,
            or_(Job.ended_on.is_(None), Job.ended_on >= scope.period.from_on),
            *present(Job, Client),
        )
        .order_by(Job.id, JobTerms.as_on.nulls_first(), JobTerms.id)
    ).all()
    return [_latest(list(of_job)) for _, of_job in groupby(rows, key=lambda row: row[0])]


def _latest(rows: list[Any]) -> Hours:
    """Return what is known last of a job: hours where both are recorded, and the wish where it was said."""
    both = [row for row in rows if row[2] is not None and row[3] is not None]
    said = [row[4] for row in rows if row[4] is not None and row[4] not in _UNSAID]
    _, client, guaranteed, usual, _ = both[-1] if both else rows[-1]
    return Hours(client, guaranteed, usual, said[-1] if said else "")
