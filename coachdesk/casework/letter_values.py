"""What a letter finds in the record: the words behind its fields, and how this client may be written to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import needs_by_job
from coachdesk.casework.letter_templates import CLIENT, EMPLOYER, REFERRER
from coachdesk.casework.plans import newest_plan
from coachdesk.models import Client, Coach, Employer, Enrolment, Goal, Hub, Job, Organisation, Programme
from coachdesk.vault.work import coach_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LARGE = "large print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What must be known before one writes to a client; ``may_post`` and ``may_email`` are codes of ``yes_no``."""

    may_post: str
    may_email: str
    note: str
    needs: str
    language: str
    interpreter: bool
    large_print: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """The words behind the fields, what an answer starts with, and where the letter goes by itself."""

    values: Mapping[str, str]
    start: Mapping[str, str]
    recipient: str
    recipient_address: str
    enrolment_id: UUID | None
    writing: Writing


def letter_facts(
    session: Session, client: Client, enrolment_id: UUID | None, addressed_to: str, today: dt.date
) -> LetterFacts:
    """Return what a letter of a client's finds in the record, for whoever may see it."""
    enrolment = _enrolment(session, client.id, enrolment_id, addressed_to)
    hub = session.get(Hub, client.hub_id) if client.hub_id is not None else None
    job = _job(session, client.id)
    values = {
        **_ours(session, hub, today),
        **_theirs(client),
        **_referral(session, enrolment),
        **_plan(session, client.id),
        **_work(session, client.id, job),
    }
    place = ", ".join(part for part in (values["hub"], values["hub_address"]) if part)
    return LetterFacts(
        values=values,
        start={"appointment_place": place},
        recipient=_recipient(client, enrolment, values["employer"], addressed_to),
        recipient_address=_address_to_post(client) if addressed_to == CLIENT else "",
        enrolment_id=enrolment.id if enrolment is not None else None,
        writing=_writing(client),
    )


def _enrolment(
    session: Session, client_id: UUID, enrolment_id: UUID | None, addressed_to: str
) -> Enrolment | None:
    """Return the referral that is answered, or the newest; to a referrer, the newest that names one."""
    query = select(Enrolment).where(Enrolment.client_id == client_id, Enrolment.archived_at.is_(None))
    if enrolment_id is not None:
        query = query.where(Enrolment.id == enrolment_id)
    elif addressed_to == REFERRER:
        query = query.where(Enrolment.referrer != "")
    return session.scalars(query.order_by(Enrolment.id.desc()).limit(1)).first()


def _recipient(client: Client, enrolment: Enrolment | None, employer: str, addressed_to: str) -> str:
    if addressed_to == CLIENT:
        return client.called()
    if addressed_to == REFERRER:
        return enrolment.referrer if enrolment is not None else ""
    return employer if addressed_to == EMPLOYER else ""


def _address_to_post(client: Client) -> str:
    """Return where a letter may be posted: nowhere when the client does not want post."""
    return "" if client.may_post == "no" else _address(client)


def _address(client: Client) -> str:
    if client.no_fixed_abode:
        return ""
    place = " ".join(part for part in (client.town, client.postcode) if part)
    return "\n".join(part for part in (client.address.strip(), place) if part)


def _ours(session: Session, hub: Hub | None, today: dt.date) -> dict[str, str]:
    organisation = session.scalars(select(Organisation)).first()
    coach_id = coach_of(session)
    coach = session.get(Coach, coach_id) if coach_id is not None else None
    if hub is None and coach is not None and coach.hub_id is not None:
        hub = session.get(Hub, coach.hub_id)
    parts = (hub.address.strip(), hub.postcode.strip()) if hub is not None else ()
    return {
        "organisation": organisation.name if organisation is not None else "",
        "coach": coach.name if coach is not None else "",
        "hub": hub.name if hub is not None else "",
        "hub_address": ", ".join(part.replace("\n", ", ") for part in parts if part),
        "today": written(today),
    }


def _theirs(client: Client) -> dict[str, str]:
    return {
        "client": client.called(),
        "first_name": client.known_as or client.first_name or client.last_name,
        "client_address": _address(client),
    }


def _referral(session: Session, enrolment: Enrolment | None) -> dict[str, str]:
    if enrolment is None:
        return {}
    programme = session.get(Programme, enrolment.programme_id)
    return {
        "programme": programme.title if programme is not None else "",
        "received_on": written(enrolment.received_on),
        "accepted_on": written(enrolment.accepted_on),
        "started_on": written(enrolment.started_on),
    }


def _plan(session: Session, client_id: UUID) -> dict[str, str]:
    plan = newest_plan(session, client_id)
    if plan is None:
        return {}
    query = (
        select(Goal.own_words)
        .where(Goal.plan_id == plan.id, Goal.achieved_on.is_(None), Goal.archived_at.is_(None))
        .order_by(Goal.position, Goal.id)
    )
    return {"goal": session.scalars(query).first() or "", "next_review": written(plan.next_review_on)}


def _job(session: Session, client_id: UUID) -> Job | None:
    query = select(Job).where(Job.client_id == client_id, Job.ended_on.is_(None), Job.archived_at.is_(None))
    return session.scalars(query.order_by(Job.started_on.desc(), Job.id.desc()).limit(1)).first()


def _work(session: Session, client_id: UUID, job: Job | None) -> dict[str, str]:
    if job is None:
        return {"employer": ""}
    employer = session.get(Employer, job.employer_id)
    return {
        "employer": employer.name if employer is not None else "",
        "job_title": job.title,
        "job_started_on": written(job.started_on),
        "needs_at_work": "; ".join(needs_by_job(session, client_id).get(job.id, ())),
    }


def _writing(client: Client) -> Writing:
    return Writing(
        may_post=client.may_post,
        may_email=client.may_email,
        note=client.safe_contact_note,
        needs=client.communication_needs,
        language=client.language,
        interpreter=client.interpreter == "yes",
        large_print=_LARGE in client.communication_needs.casefold(),
    )


def written(day: dt.date | None) -> str:
    """Return a date as it is written in a letter: "3 October 2026"; nothing for no date."""
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
