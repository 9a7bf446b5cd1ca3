"""Work: jobs with the story of their hours and pay, and what stands beside each: needs, good work, check-ins."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import needs_by_job
from coachdesk.casework.births import Birth
from coachdesk.casework.check_ins import CheckInRow, check_ins_by_job
from coachdesk.casework.clients import ClientQuestion, birth_of
from coachdesk.casework.codes import all_codes
from coachdesk.casework.due_words import due_words
from coachdesk.casework.employer_choice import employer_label
from coachdesk.casework.good_work import profile_of
from coachdesk.casework.job_starts import EndJob, RecordJob, end_job, record_job
from coachdesk.casework.job_terms import ChangeTerms, change_terms, in_force, terms_by_job
from coachdesk.casework.pay import RateOn, all_rates, hours_words, money
from coachdesk.casework.pay_facts import BELOW, PayFact, PayTold, pay_facts
from coachdesk.errors import Refusal
from coachdesk.models import Client, Employer, GoodWorkCheck, Job, JobTerms
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.folding import fold

__all__ = [
    "ChangeTerms",
    "EndJob",
    "JobRow",
    "RecordJob",
    "TermsRow",
    "change_terms",
    "end_job",
    "hours_typed",
    "list_jobs",
    "record_job",
]
_LONDON = "london"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRow:
    """Hours and pay from a day on, as they are typed (empty: not known), with what followed from them on that day."""

    id: UUID
    as_on: dt.date
    usual_hours: str
    guaranteed_hours: str
    hourly_pay: str
    wants_more_hours: str
    facts: tuple[PayFact, ...]
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job in words; ``good_work`` is a share a dimension, never one grade.

    ``facts`` follow from the hours and pay in force today, or on the job's last day; ``terms`` are their story, the
    newest first. ``employer_name`` is what the employer is called where it can be chosen.
    """

    id: UUID
    employer_id: UUID
    employer: str
    employer_name: str
    title: str
    occupation: str
    soc: str
    site: str
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: str
    end_note: str
    hours_words: str
    pay_words: str
    contract: str
    employment_type: str
    is_competitive: str
    is_main: bool
    weeks_words: str
    four_hours_on: dt.date | None
    evidence: str
    evidence_seen_on: dt.date | None
    note: str
    adjustments: tuple[str, ...]
    good_work: tuple[tuple[str, float], ...]
    check_ins: tuple[CheckInRow, ...]
    below_minimum: str
    facts: tuple[PayFact, ...]
    terms: tuple[TermsRow, ...]
    do_not_approach: str = ""
    """Why nobody should go to this employer, or ring there, without asking first."""


def list_jobs(session: Session, question: ClientQuestion) -> tuple[JobRow, ...]:
    """Return a client's jobs: those that go on first, the main one before the others, then the newest.

    Raises Refusal when there is no such client.
    """
    check_may_see(session, question.client_id)
    client = session.get(Client, question.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    beside = _Beside(session, client)
    query = (
        select(Job, Employer)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.client_id == client.id, Job.archived_at.is_(None))
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    found = [(job, employer) for job, employer in session.execute(query)]
    found.sort(key=lambda one: (_is_over(one[0], question.today), not one[0].is_main))
    return tuple(_row(session, job, employer, beside, question.today) for job, employer in found)


class _Beside:
    """What stands beside the jobs of one client, read once for all of them."""

    def __init__(self, session: Session, client: Client) -> None:
        codes = all_codes(session, None)
        self.birth: Birth = birth_of(client)
        self.terms = terms_by_job(session, client.id)
        self.rates: tuple[RateOn, ...] = all_rates(session)
        self.dimensions = {row.key: row.title for row in codes.get("good_work_dimension", ())}
        self.parents = {row.key: row.parent for row in codes.get("good_work_indicator", ())}
        self.check_ins = check_ins_by_job(session, client.id)
        self.needs = needs_by_job(session, client.id)
        checks = (
            select(GoodWorkCheck)
            .where(GoodWorkCheck.client_id == client.id, GoodWorkCheck.archived_at.is_(None))
            .order_by(GoodWorkCheck.done_on, GoodWorkCheck.id)
        )
        self.answers: Mapping[UUID, Mapping[str, str]] = {
            one.job_id: one.answers for one in session.scalars(checks)
        }


def _row(session: Session, job: Job, employer: Employer, beside: _Beside, today: dt.date) -> JobRow:
    lines = beside.terms.get(job.id, [])
    day = today if job.ended_on is None else min(today, job.ended_on)
    now = in_force(lines, day)
    worked_out = {one.id: _facts(job, employer, one, beside, one.as_on) for one in lines}
    facts = () if now is None else _facts(job, employer, now, beside, max(day, now.as_on))
    return JobRow(
        id=job.id,
        employer_id=employer.id,
        employer=employer.name,
        employer_name=employer_label(session, employer.id) or employer.name,
        do_not_approach=employer.do_not_approach,
        title=job.title,
        occupation=job.occupation,
        soc=job.soc,
        site=job.site,
        started_on=job.started_on,
        ended_on=job.ended_on,
        end_reason=job.end_reason,
        end_note=job.end_note,
        hours_words=hours_words(now.usual_minutes if now else None),
        pay_words=f"{money(now.hourly_pence)} an hour" if now and now.hourly_pence is not None else "",
        contract=job.contract,
        employment_type=job.employment_type,
        is_competitive=job.is_competitive,
        is_main=job.is_main,
        weeks_words=_weeks(job, today),
        four_hours_on=job.four_hours_on,
        evidence=job.evidence,
        evidence_seen_on=job.evidence_seen_on,
        note=job.note,
        adjustments=tuple(beside.needs.get(job.id, ())),
        good_work=profile_of(beside.answers.get(job.id, {}), beside.parents, beside.dimensions),
        check_ins=tuple(beside.check_ins.get(job.id, ())),
        below_minimum=_alert(worked_out[now.id], facts) if now is not None else "",
        facts=facts,
        terms=tuple(_terms_row(one, worked_out[one.id], now) for one in reversed(lines)),
    )


def _facts(
    job: Job, employer: Employer, terms: JobTerms, beside: _Beside, day: dt.date
) -> tuple[PayFact, ...]:
    told = PayTold(
        on=day,
        hourly_pence=terms.hourly_pence,
        usual_minutes=terms.usual_minutes,
        guaranteed_minutes=terms.guaranteed_minutes,
        wants_more_hours=terms.wants_more_hours,
        birth=beside.birth,
        employment_type=job.employment_type,
        started_on=job.started_on,
        in_london=_LONDON in fold(job.site).split() or fold(employer.town) == _LONDON,
    )
    return pay_facts(told, beside.rates)


def _alert(*told: tuple[PayFact, ...]) -> str:
    """Return the first alert: on the day the pay began, or today, when a rate or the age may have changed."""
    return next((fact.words for facts in told for fact in facts if fact.stands == BELOW), "")


def _terms_row(terms: JobTerms, facts: tuple[PayFact, ...], now: JobTerms | None) -> TermsRow:
    return TermsRow(
        id=terms.id,
        as_on=terms.as_on,
        usual_hours=hours_typed(terms.usual_minutes),
        guaranteed_hours=hours_typed(terms.guaranteed_minutes),
        hourly_pay="" if terms.hourly_pence is None else money(terms.hourly_pence),
        wants_more_hours=terms.wants_more_hours,
        facts=facts,
        is_in_force=now is not None and terms.id == now.id,
    )


def hours_typed(minutes: int | None) -> str:
    """Return minutes as hours the way somebody types them: "37.5"; nothing for not known."""
    return "" if minutes is None else f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")


def _weeks(job: Job, today: dt.date) -> str:
    if job.started_on > today:
        return f"Starts {due_words(job.started_on, today)}".replace("Tomorrow", "tomorrow")
    if job.ended_on is not None and _is_over(job, today):
        return f"Ended {job.ended_on.day} {job.ended_on:%b %Y}"
    return f"Week {(today - job.started_on).days // 7 + 1}"


def _is_over(job: Job, today: dt.date) -> bool:
    return job.ended_on is not None and job.ended_on < today
