"""One client by each rule: the verdict, how it came about, and which evidence is held and which is missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.outcome_rules import RuleRow, list_rules
from coachdesk.casework.pay import all_rates
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.sustained.decision import Decision
from coachdesk.casework.sustained.engine import decide
from coachdesk.casework.sustained.histories import WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.reader import ReadWork, Support, counts_for, read_work
from coachdesk.casework.sustained.settings import Cohort, Earnings, Milestone, Settings
from coachdesk.casework.sustained.telling import Case, Told, day_words, span_words, told_blank
from coachdesk.casework.sustained.telling_days import tell_cohort, tell_milestone
from coachdesk.casework.sustained.telling_weeks import tell_earnings, tell_weeks
from coachdesk.models import Job, JobEvidence
from coachdesk.vault.caseload_rights import check_may_see


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is held for an outcome, each in words, and what is still missing; nothing missing is an empty text."""

    held: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a client stands by one rule, told so that it can be followed."""

    key: str
    title: str
    programme: str
    source: str
    decision: Decision
    told: Told
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class SustainedQuestion:
    """One client on a day; ``also`` are keys of rules of other funders to be looked at too."""

    client_id: UUID
    today: dt.date
    also: tuple[str, ...] = ()


class OtherRule(NamedTuple):
    """A rule that is not looked at, by its key."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sustained:
    """The rules of the client's programmes and those looked at besides; and the others there are."""

    answers: tuple[Answer, ...]
    others: tuple[OtherRule, ...]
    has_job: bool


def sustained_of(session: Session, question: SustainedQuestion) -> Sustained:
    """Return how a client stands by the rules of their programmes, and by others on wish.

    Raises Refusal where who asks may not see the client.
    """
    check_may_see(session, question.client_id)
    rules = [rule for rule in list_rules(session, None) if rule.holds_on(question.today)]
    read = read_work(session, [question.client_id], question.today)
    work = next(iter(read.values()), ReadWork())
    shown = [rule for rule in rules if _is_shown(rule, work, question)]
    held = _held(session, work)
    book, titles = RateBook(all_rates(session)), titles_of(session, "evidence")["evidence"]
    answers = tuple(
        answer_of(
            rule,
            work.history(_looked_at(rule, work, question)),
            book,
            question.today,
            evidence=_evidence(rule, held.get(rule.key, ()), titles),
        )
        for rule in shown
    )
    keys = {rule.key for rule in shown}
    return Sustained(
        answers=answers,
        others=tuple(OtherRule(rule.key, rule.title) for rule in rules if rule.key not in keys),
        has_job=bool(work.jobs),
    )


def _is_shown(rule: RuleRow, work: ReadWork, question: SustainedQuestion) -> bool:
    """Return whether a rule is looked at: one of the client's programmes, the weeks every return counts, or on wish."""
    if rule.key in question.also:
        return True
    if rule.programme_id is None:
        return rule.sort == "milestone"
    return counts_for(rule, work.support_for(rule.programme_id))


def _looked_at(rule: RuleRow, work: ReadWork, question: SustainedQuestion) -> Support | None:
    """Return the enrolment a rule looks at; another funder's rule looks at the newest there is."""
    own = work.support_for(rule.programme_id)
    return work.support_for(None) if own is None and rule.key in question.also else own


def answer_of(
    rule: RuleRow,
    history: WorkHistory,
    book: RateBook,
    as_at: dt.date,
    *,
    evidence: Evidence | None = None,
) -> Answer:
    """Return how a history stands by a rule, told so that it can be followed."""
    settings = rule.settings
    decision = decide(history, settings, book, as_at)
    case = Case(history=history, book=book, as_at=as_at, decision=decision)
    return Answer(
        key=rule.key,
        title=rule.title,
        programme=rule.programme,
        source=rule.source_note,
        decision=decision,
        told=told_blank(rule.missing) if settings is None else _told(case, settings),
        evidence=evidence or Evidence(),
    )


def _told(case: Case, settings: Settings) -> Told:
    if isinstance(settings, Milestone):
        return tell_milestone(case, settings)
    if isinstance(settings, Cohort):
        return tell_cohort(case, settings)
    if isinstance(settings, Earnings):
        return tell_earnings(case, settings)
    return tell_weeks(case, settings)


def _held(session: Session, work: ReadWork) -> dict[str, list[JobEvidence]]:
    jobs = [key_of(job.id) for job in work.jobs]
    if not jobs:
        return {}
    query = (
        select(JobEvidence)
        .join(Job, Job.id == JobEvidence.job_id)
        .where(JobEvidence.job_id.in_(jobs), JobEvidence.archived_at.is_(None), Job.archived_at.is_(None))
        .order_by(JobEvidence.seen_on, JobEvidence.id)
    )
    found: dict[str, list[JobEvidence]] = {}
    for one in session.scalars(query):
        found.setdefault(one.outcome, []).append(one)
    return found


def _evidence(rule: RuleRow, held: Sequence[JobEvidence], titles: dict[str, str]) -> Evidence:
    words = tuple(_in_words(one, rule, titles) for one in held)
    if not rule.evidence:
        return Evidence(held=words, missing="Nobody has written down which evidence this funder accepts.")
    if any(one.sort in rule.evidence for one in held):
        return Evidence(held=words)
    kinds = ", ".join(titles.get(key, key) for key in rule.evidence)
    return Evidence(held=words, missing=f"Still needed, one of: {kinds}.")


def _in_words(one: JobEvidence, rule: RuleRow, titles: dict[str, str]) -> str:
    covers = ""
    if one.to_on is not None:
        covers = f" for {span_words(one.from_on or one.to_on, one.to_on)}"
    refused = rule.evidence and one.sort not in rule.evidence
    note = "; not a kind this funder accepts" if refused else ""
    return f"{titles.get(one.sort, one.sort)}{covers}, seen on {day_words(one.seen_on)}{note}"
