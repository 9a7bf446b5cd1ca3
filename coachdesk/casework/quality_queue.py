"""Putting right what would spoil a return, one client after the other: the very field, and nothing else."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import birth_text
from coachdesk.casework.clients import birth_of
from coachdesk.casework.details import SaveDetails, SaveEquality, save_details, save_equality
from coachdesk.casework.eligibility import DeclareEligibility, declare_eligibility
from coachdesk.casework.enrolments import SaveEnrolment, save_enrolment
from coachdesk.casework.job_terms import terms_by_job
from coachdesk.casework.jobs import job_of
from coachdesk.casework.notices import GiveNotice, give_notice, notice_version
from coachdesk.casework.pay import pence_of
from coachdesk.casework.programmes import programme_of
from coachdesk.casework.quality import ReturnScope
from coachdesk.errors import Refusal
from coachdesk.models import Client, Employer, Enrolment, Equality, Job, JobTerms
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

IN_ENROLMENT = ("accepted_on", "started_on", "profile_started_on", "source", "hub_id")
IN_EQUALITY = ("sex", "ethnic_group", "long_condition")
RESTRICTION = "activity_restriction"
_GONE = "This client has no enrolment in this return any more. Go on to the next."
_PUT_RIGHT = "This has been put right meanwhile. Go on to the next."


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuestion:
    """One field of one client, in the return it is missing from."""

    field: str
    client_id: UUID
    scope: ReturnScope


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStep:
    """The client whose turn it is, what is known beside the field, and what the field holds now."""

    client_id: UUID
    name: str
    reference: str
    about: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQueue:
    """What is to be written into the field."""

    question: QueueQuestion
    values: Mapping[str, Any]


def queue_step(session: Session, question: QueueQuestion) -> QueueStep:
    """Return the client with the field as it stands.

    Raises ReasonNeeded for a colleague's client, and Refusal when client or enrolment are gone.
    """
    check_may_see(session, question.client_id)
    client = session.get(Client, question.client_id)
    if client is None:
        raise Refusal(_GONE)
    known, about = _KNOWN[question.field](session, question, client)
    return QueueStep(
        client_id=client.id, name=client.called(), reference=client.reference, about=about, values=known
    )


def answer_queue(session: Session, wish: AnswerQueue) -> None:
    """Write the field through the same actions as its own form; raises what those refuse."""
    check_may_see(session, wish.question.client_id)
    client = session.get(Client, wish.question.client_id)
    if client is None:
        raise Refusal(_GONE)
    _require_something(wish.values)
    _SAVED[wish.question.field](session, wish, client)


def _require_something(values: Mapping[str, Any]) -> None:
    """Raise Refusal where nothing was typed: somebody goes on without saving instead."""
    if all(value in {None, "", ()} for value in values.values()):
        sentence = "Fill this in, or go on to the next."
        raise Refusal(sentence, fields=dict.fromkeys(values, sentence))


def _enrolment(session: Session, question: QueueQuestion) -> Enrolment:
    """Return the enrolment the list of what is missing looked at: the newest in reach of the return."""
    scope = question.scope
    found = session.scalars(
        select(Enrolment)
        .where(
            Enrolment.client_id == question.client_id,
            Enrolment.programme_id == programme_of(session, scope.programme_key).id,
            Enrolment.archived_at.is_(None),
            (Enrolment.exit_on.is_(None)) | (Enrolment.exit_on >= scope.from_on),
            (Enrolment.received_on.is_(None)) | (Enrolment.received_on <= scope.to_on),
        )
        .order_by(Enrolment.id.desc())
    ).first()
    if found is None:
        raise Refusal(_GONE)
    return found


def _job(session: Session, question: QueueQuestion) -> Job:
    """Return the first job of the period that lacks the field; raises Refusal when none does any more."""
    scope = question.scope
    jobs = session.scalars(
        select(Job)
        .where(
            Job.client_id == question.client_id,
            Job.started_on.between(scope.from_on, scope.to_on),
            Job.archived_at.is_(None),
        )
        .order_by(Job.started_on, Job.id)
    )
    terms = terms_by_job(session, question.client_id)
    for job in jobs:
        paid = any(one.hourly_pence is not None for one in terms.get(job.id, ()))
        if job.four_hours_on is None if question.field == "four_hours_on" else not paid:
            return job
    raise Refusal(_PUT_RIGHT)


def _said(day: dt.date | None) -> str:
    return f"{day:%d %B %Y}".lstrip("0") if day is not None else ""


def _of_enrolment(session: Session, question: QueueQuestion, _client: Client) -> tuple[dict[str, Any], str]:
    enrolment = _enrolment(session, question)
    dates = (
        ("Referred", enrolment.received_on),
        ("accepted", enrolment.accepted_on),
        ("started", enrolment.started_on),
        ("left", enrolment.exit_on),
    )
    told = "; ".join(f"{words} {_said(day)}" for words, day in dates if day is not None)
    value = () if question.field == "eligibility" else getattr(enrolment, question.field)
    return {question.field: value}, told


def _of_equality(session: Session, question: QueueQuestion, client: Client) -> tuple[dict[str, Any], str]:
    equality = session.scalar(select(Equality).where(Equality.client_id == client.id))
    names = (question.field, RESTRICTION) if question.field == "long_condition" else (question.field,)
    unsaid = str(Unstated.NOT_ASKED)
    return {name: getattr(equality, name) if equality else unsaid for name in names}, ""


def _of_client(_session: Session, question: QueueQuestion, client: Client) -> tuple[dict[str, Any], str]:
    if question.field == "birth":
        return {"birth": birth_text(birth_of(client))}, ""
    return {"postcode": client.postcode, "local_authority": client.local_authority}, client.town


def _of_job(session: Session, question: QueueQuestion, _client: Client) -> tuple[dict[str, Any], str]:
    job = _job(session, question)
    employer = session.get_one(Employer, job.employer_id)
    place = f"{job.title or 'Job'} at {employer.name}, from {_said(job.started_on)}"
    return {question.field: None if question.field == "four_hours_on" else ""}, place


def _of_notice(session: Session, _question: QueueQuestion, _client: Client) -> tuple[dict[str, Any], str]:
    today = clock_of(session).today()
    return {"given_on": today, "how": str(Unstated.NOT_ASKED)}, notice_version(session, None)


def _save_enrolment(session: Session, wish: AnswerQueue, _client: Client) -> None:
    enrolment = _enrolment(session, wish.question)
    save_enrolment(session, SaveEnrolment(enrolment_id=enrolment.id, values=wish.values))


def _save_equality(session: Session, wish: AnswerQueue, client: Client) -> None:
    equality = session.scalar(select(Equality).where(Equality.client_id == client.id))
    method = equality.method if equality is not None else ""
    answers = {name: value for name, value in wish.values.items() if value}
    save_equality(session, SaveEquality(client_id=client.id, answers=answers, method=method))


def _save_client(session: Session, wish: AnswerQueue, client: Client) -> None:
    values = {name: value for name, value in wish.values.items() if value is not None}
    save_details(session, SaveDetails(client_id=client.id, values=values))


def _save_reasons(session: Session, wish: AnswerQueue, _client: Client) -> None:
    enrolment = _enrolment(session, wish.question)
    reasons = tuple(wish.values["eligibility"])
    other = str(wish.values.get("other_words", ""))
    declare_eligibility(
        session, DeclareEligibility(enrolment_id=enrolment.id, reasons=reasons, other_words=other)
    )


def _save_four_hours(session: Session, wish: AnswerQueue, _client: Client) -> None:
    job, client = job_of(session, _job(session, wish.question).id)
    day: dt.date = wish.values["four_hours_on"]
    sentence = ""
    if day < job.started_on:
        sentence = "This is before the job started."
    elif day > clock_of(session).today():
        sentence = "This day is still to come."
    if sentence:
        raise Refusal(sentence, fields={"four_hours_on": sentence})
    job.four_hours_on = day
    describe(session, f"Changed a job of {client.initials()}")


def _save_pay(session: Session, wish: AnswerQueue, _client: Client) -> None:
    job, client = job_of(session, _job(session, wish.question).id)
    pence = pence_of(str(wish.values["hourly_pence"]), "hourly_pence")
    lines = terms_by_job(session, client.id).get(job.id, [])
    terms = lines[0] if lines else JobTerms(client_id=client.id, job_id=job.id, as_on=job.started_on)
    terms.hourly_pence = pence
    session.add(terms)
    describe(session, f"Corrected hours or pay of {client.initials()}")


def _save_notice(session: Session, wish: AnswerQueue, client: Client) -> None:
    version = notice_version(session, None)
    given_on: dt.date = wish.values["given_on"]
    how = str(wish.values.get("how") or Unstated.NOT_ASKED)
    give_notice(session, GiveNotice(client_id=client.id, version=version, given_on=given_on, how=how))


Known = Callable[[Session, QueueQuestion, Client], tuple[dict[str, Any], str]]
Saving = Callable[[Session, AnswerQueue, Client], None]
_KNOWN: Mapping[str, Known] = {
    **dict.fromkeys((*IN_ENROLMENT, "eligibility"), _of_enrolment),
    **dict.fromkeys(IN_EQUALITY, _of_equality),
    **dict.fromkeys(("birth", "postcode"), _of_client),
    **dict.fromkeys(("four_hours_on", "hourly_pence"), _of_job),
    "notice": _of_notice,
}
_SAVED: Mapping[str, Saving] = {
    **dict.fromkeys(IN_ENROLMENT, _save_enrolment),
    **dict.fromkeys(IN_EQUALITY, _save_equality),
    **dict.fromkeys(("birth", "postcode"), _save_client),
    "eligibility": _save_reasons,
    "four_hours_on": _save_four_hours,
    "hourly_pence": _save_pay,
    "notice": _save_notice,
}
QUEUED = frozenset(_SAVED)
"""The fields that can be put right one client after the other; an action plan has a page of its own."""
