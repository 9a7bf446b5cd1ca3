"""Clients' jobs, terms, weeks and days of support brought together in a few queries for all of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import NOT_KNOWN, Birth
from coachdesk.casework.outcome_rules import RuleRow
from coachdesk.casework.pay import all_rates
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.standing import Whose, among
from coachdesk.casework.sustained.decision import Decision
from coachdesk.casework.sustained.engine import decide
from coachdesk.casework.sustained.histories import JobHistory, Logged, Terms, WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.signs import checked_on, confirmed_on, evidenced_on
from coachdesk.models import Client, Employer, Enrolment, Job, JobTerms, WorkWeek
from coachdesk.terms import Unstated

OUT_OF_WORK = "out_of_work"
_AT_WORK = frozenset({*Unstated})
"""Nobody said that there was less work, or why."""


class Support(NamedTuple):
    """One enrolment that has begun."""

    id: KeptKey
    client: KeptKey
    programme: KeptKey
    route: str
    started_on: dt.date
    exit_on: dt.date | None


class ReadJob(NamedTuple):
    """A job with the enrolment it was recorded for, if it was."""

    id: KeptKey
    enrolment: KeptKey | None
    history: JobHistory


@dataclass(slots=True)
class ReadWork:
    """What is recorded of one client; a history is made of it for each enrolment a rule looks at."""

    supports: list[Support] = field(default_factory=list)
    """The newest first."""
    jobs: list[ReadJob] = field(default_factory=list)
    birth: Birth = NOT_KNOWN

    def support_for(self, programme: UUID | None) -> Support | None:
        """Return the newest enrolment on a programme, or on any."""
        return next(
            (one for one in self.supports if programme is None or key_of(one.programme) == programme), None
        )

    def jobs_of(self, support: Support | None) -> tuple[ReadJob, ...]:
        """Return the jobs that count for an enrolment: its own, and those recorded for none."""
        if support is None:
            return tuple(self.jobs)
        return tuple(job for job in self.jobs if job.enrolment is None or job.enrolment == support.id)

    def history(self, support: Support | None) -> WorkHistory:
        """Return the history the engine works with."""
        return WorkHistory(
            jobs=tuple(job.history for job in self.jobs_of(support)),
            supported_from=support.started_on if support is not None else None,
            supported_to=support.exit_on if support is not None else None,
            birth=self.birth,
        )


def read_work(session: Session, whose: Whose | None, as_at: dt.date) -> dict[KeptKey, ReadWork]:
    """Return what is recorded of each client by a day, in five queries; those without support or job are left out."""
    found: dict[KeptKey, ReadWork] = {}
    for support in _supports(session, whose):
        if support.started_on <= as_at:
            found.setdefault(support.client, ReadWork()).supports.append(support)
    terms, weeks = _terms(session, whose), _weeks(session, whose, as_at)
    for row in _jobs(session, whose, as_at):
        job, client = row[0], row[1]
        history = _job(row, tuple(terms.get(job, ())), weeks.get(job, {}), as_at)
        found.setdefault(client, ReadWork()).jobs.append(ReadJob(job, row[2], history))
    present: dict[KeptKey, ReadWork] = {}
    for client, *birth in _births(session, whose):
        if client in found:
            present[client] = found[client]
            present[client].birth = Birth(*birth)
    return present


def _supports(session: Session, whose: Whose | None) -> Iterable[Support]:
    query: Select[*tuple[Any, ...]] = (
        select(
            as_kept(Enrolment.id),
            as_kept(Enrolment.client_id),
            as_kept(Enrolment.programme_id),
            Enrolment.route,
            Enrolment.started_on,
            Enrolment.exit_on,
        )
        .where(
            Enrolment.archived_at.is_(None),
            Enrolment.started_on.is_not(None),
            *among(Enrolment.client_id.expression, whose),
        )
        .order_by(Enrolment.started_on.desc(), Enrolment.id.desc())
    )
    return (Support(*row) for row in plain_rows(session, query))


def _jobs(session: Session, whose: Whose | None, as_at: dt.date) -> Sequence[Any]:
    query: Select[*tuple[Any, ...]] = (
        select(
            as_kept(Job.id),
            as_kept(Job.client_id),
            as_kept(Job.enrolment_id),
            Job.started_on,
            Job.ended_on,
            Job.four_hours_on,
            Job.employment_type,
            Employer.name,
            Job.evidence_seen_on,
            checked_on(as_at),
            evidenced_on(as_at),
            confirmed_on(as_at),
        )
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.archived_at.is_(None), Job.started_on <= as_at, *among(Job.client_id.expression, whose))
        .order_by(Job.started_on, Job.id)
    )
    return plain_rows(session, query)


def _job(row: Any, terms: tuple[Terms, ...], weeks: Mapping[int, Logged], as_at: dt.date) -> JobHistory:
    _, _, _, started, ended, four_hours, kind, employer, *signs = row
    return JobHistory(
        called=employer,
        started_on=started,
        ended_on=ended,
        sign_on=max((day for day in signs if day is not None and day <= as_at), default=None),
        four_hours_on=four_hours,
        is_self_employed=kind == "self_employed",
        is_apprentice=kind == "apprenticeship",
        terms=terms,
        weeks=weeks,
    )


def _terms(session: Session, whose: Whose | None) -> dict[KeptKey, list[Terms]]:
    query: Select[*tuple[Any, ...]] = (
        select(as_kept(JobTerms.job_id), JobTerms.as_on, JobTerms.usual_minutes, JobTerms.hourly_pence)
        .where(JobTerms.archived_at.is_(None), *among(JobTerms.client_id.expression, whose))
        .order_by(JobTerms.as_on, JobTerms.id)
    )
    found: dict[KeptKey, list[Terms]] = {}
    for job, *told in plain_rows(session, query):
        found.setdefault(job, []).append(Terms(*told))
    return found


def week_rows(session: Session, whose: Whose | None, as_at: dt.date) -> Sequence[Any]:
    """Return the weeks that were written down: job, Monday, paid minutes, gross pence, why less, whether confirmed."""
    query: Select[*tuple[Any, ...]] = select(
        as_kept(WorkWeek.job_id),
        WorkWeek.week_on,
        WorkWeek.paid_minutes,
        WorkWeek.gross_pence,
        WorkWeek.absent,
        WorkWeek.is_confirmed,
    ).where(
        WorkWeek.archived_at.is_(None),
        WorkWeek.week_on <= as_at,
        *among(WorkWeek.client_id.expression, whose),
    )
    return plain_rows(session, query)


def _weeks(session: Session, whose: Whose | None, as_at: dt.date) -> dict[KeptKey, dict[int, Logged]]:
    found: dict[KeptKey, dict[int, Logged]] = {}
    last, of_job = None, {}
    for job, monday, minutes, gross, absent, is_confirmed in week_rows(session, whose, as_at):
        if job != last:
            last, of_job = job, found.setdefault(job, {})
        of_job[monday.toordinal()] = Logged(minutes, gross, absent not in _AT_WORK, is_confirmed)
    return found


def _births(session: Session, whose: Whose | None) -> Sequence[Any]:
    query: Select[*tuple[Any, ...]] = select(
        as_kept(Client.id), Client.born_from, Client.born_to, Client.birth_precision
    ).where(Client.archived_at.is_(None), *among(Client.id.expression, whose))
    return plain_rows(session, query)


def counts_for(rule: RuleRow, support: Support | None) -> bool:
    """Return whether a rule looks at an enrolment: of its programme, and for cohorts out of work at the start."""
    if rule.sort == "cohort" and (support is None or support.route != OUT_OF_WORK):
        return False
    return rule.programme_id is None or support is not None


def sustained_for(
    session: Session, whose: Whose | None, rules: Sequence[RuleRow], as_at: dt.date
) -> dict[UUID, dict[str, Decision]]:
    """Return how each client stands by each rule that looks at them, by the rule's key (facts 12.4 rows 14 to 19).

    A rule of a programme looks at the newest enrolment on it, any other at the newest enrolment there is. Whose
    clients they are is for the caller to choose: those whom the asker may see.
    """
    book = RateBook(all_rates(session))
    settings = [(rule, rule.settings) for rule in rules]
    found: dict[UUID, dict[str, Decision]] = {}
    for client, work in read_work(session, whose, as_at).items():
        histories: dict[KeptKey | None, WorkHistory] = {}
        answers: dict[str, Decision] = {}
        for rule, told in settings:
            support = work.support_for(rule.programme_id)
            if not counts_for(rule, support):
                continue
            key = support.id if support is not None else None
            if key not in histories:
                histories[key] = work.history(support)
            answers[rule.key] = decide(histories[key], told, book, as_at)
        found[key_of(client)] = answers
    return found
