"""Letters: drafted from a template, checked against the permissions before they are made, kept word for word."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import is_in_force
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.letter_fields import FIELDS, NAME, NOT_TYPED, Filled, LetterField, fill, told_by
from coachdesk.casework.letter_templates import (
    CLIENT,
    REFERRER,
    TemplateRow,
    shipped_templates,
    template_row,
)
from coachdesk.casework.letter_values import LetterFacts, Writing, letter_facts
from coachdesk.casework.permission_check import (
    TAKING_PART,
    Missing,
    Permission,
    RecordSharing,
    check_permission,
    data_words,
    no_permission,
    record_sharing,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Consent, Enrolment, Letter, LetterTemplate, Programme, Sharing
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import coach_of, describe

_LETTER_GONE = "This letter is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterQuestion:
    """A letter about to be written; what is empty is taken from the record.

    ``answers`` holds what was typed, by field name; ``enrolment_id`` says which referral it answers.
    """

    client_id: UUID
    template_id: UUID
    today: dt.date
    enrolment_id: UUID | None = None
    recipient: str = ""
    recipient_address: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """A letter as it would be made, and what must be known before it is.

    ``missing`` says why it may not be made without a reason; ``told`` names the fields it tells, ``not_covered`` and
    ``not_known`` those whose lines were left out.
    """

    template: TemplateRow
    enrolment_id: UUID | None
    recipient: str
    recipient_address: str
    subject: str
    body: str
    asked: tuple[LetterField, ...]
    start: Mapping[str, str]
    permitted_on: dt.date | None
    missing: str
    told: tuple[str, ...]
    not_covered: tuple[str, ...]
    not_known: tuple[str, ...]
    writing: Writing


def read_letter(session: Session, question: LetterQuestion) -> LetterDraft:
    """Return the letter as it would be made now; nothing is written.

    Raises Refusal for a template or client that is gone or erased, ReasonNeeded for a colleague's client.
    """
    check_may_see(session, question.client_id)
    template = session.get(LetterTemplate, question.template_id)
    client = session.get(Client, question.client_id)
    if template is None or client is None:
        raise Refusal(_LETTER_GONE if client is not None else "This client is not there any more.")
    if is_erased(session, client.id):
        raise Refusal("This client has been erased; there is nobody to write about.")
    row = template_row(template, shipped_templates())
    facts = letter_facts(session, client, question.enrolment_id, row.addressed_to, question.today)
    recipient = question.recipient.strip() or facts.recipient
    values = _values(question, facts, recipient)
    found = _permission(session, question, template, recipient)
    may_tell = _may_tell(template, found, question.override_reason)
    subject, body = fill(template.subject, values, may_tell), fill(template.body, values, may_tell)
    return LetterDraft(
        template=row,
        enrolment_id=facts.enrolment_id,
        recipient=recipient,
        recipient_address=question.recipient_address.strip() or facts.recipient_address,
        subject=subject.text or row.title,
        body=body.text,
        asked=row.asked,
        start=facts.start,
        permitted_on=found.given_on if isinstance(found, Permission) else None,
        missing=found.sentence if isinstance(found, Missing) else "",
        told=_both(subject, body, "told"),
        not_covered=_both(subject, body, "not_covered"),
        not_known=_both(subject, body, "not_known"),
        writing=facts.writing,
    )


def _values(question: LetterQuestion, facts: LetterFacts, recipient: str) -> dict[str, str]:
    asked = {one.name: NOT_TYPED for one in FIELDS if one.asked and not one.optional}
    typed = {name: words.strip() or asked.get(name, "") for name, words in question.answers.items()}
    whom = {"recipient": recipient, "recipient_name": recipient.split(",", maxsplit=1)[0].strip()}
    return {**facts.values, **asked, **facts.start, **typed, **whom}


def _permission(
    session: Session, question: LetterQuestion, template: LetterTemplate, recipient: str
) -> Permission | Missing | None:
    """Return the permission a letter to somebody else goes by, what is missing, or None where it needs none."""
    if template.addressed_to == CLIENT or not template.purpose:
        return None
    return check_permission(session, question.client_id, template.purpose, recipient, question.today)


def _may_tell(
    template: LetterTemplate, found: Permission | Missing | None, reason: str
) -> frozenset[str] | None:
    """Return what a letter may tell: everything to the client and where a reason is given, else what was agreed."""
    if template.addressed_to == CLIENT:
        return None
    if isinstance(found, Permission):
        return found.data | {NAME}
    if isinstance(found, Missing) and reason.strip():
        return None
    return frozenset()


def _both(subject: Filled, body: Filled, which: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*getattr(subject, which), *getattr(body, which))))


def make_letter(session: Session, wish: LetterQuestion) -> UUID:
    """Make a letter and keep it word for word; return its id.

    What leaves is checked first and written down as passed on. Raises Refusal without a permission in force and
    without a reason, without a recipient, and while something that the letter asks for is not typed.
    """
    draft = read_letter(session, wish)
    _check_whole(draft, wish)
    client = session.get_one(Client, wish.client_id)
    letter = Letter(
        client_id=client.id,
        template_id=draft.template.id,
        enrolment_id=draft.enrolment_id,
        sharing_id=_shared(session, draft, wish),
        written_on=wish.today,
        coach_id=coach_of(session),
        recipient=draft.recipient,
        recipient_address=draft.recipient_address,
        subject=draft.subject,
        body=draft.body,
    )
    session.add(letter)
    whom = "to" if draft.template.addressed_to == CLIENT else "about"
    describe(session, f"Wrote a letter {whom} {client.initials()}")
    return letter.id


def _check_whole(draft: LetterDraft, wish: LetterQuestion) -> None:
    if draft.missing and not wish.override_reason.strip():
        raise no_permission(Missing(sentence=draft.missing))
    lacking = {
        one.name: "The letter needs this."
        for one in draft.asked
        if not one.optional and not wish.answers.get(one.name, draft.start.get(one.name, "")).strip()
    }
    if not draft.recipient:
        lacking["recipient"] = "Say to whom the letter goes."
    if lacking:
        raise Refusal("Something is missing in the letter.", fields=lacking)


def _shared(session: Session, draft: LetterDraft, wish: LetterQuestion) -> UUID | None:
    """Write down that a letter leaves for somebody else, and what it tells; nothing where it tells nothing."""
    template = draft.template
    if template.addressed_to == CLIENT or not template.purpose:
        return None
    data = tuple(key for key in told_by(draft.told) if key != NAME) or (TAKING_PART,)
    words = data_words(session, data)
    return record_sharing(
        session,
        RecordSharing(
            client_id=wish.client_id,
            sort="letter",
            purpose=template.purpose,
            recipient=draft.recipient,
            what=f"{template.title}. It tells: {words}.",
            shared_on=wish.today,
            data=data,
            override_reason=wish.override_reason,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter that was made; ``closed`` says why it may not leave again, if so."""

    id: UUID
    title: str
    written_on: dt.date
    recipient: str
    subject: str
    body: str
    coach: str
    sent_on: dt.date | None
    to_client: bool
    closed: str


def list_letters(session: Session, question: ClientQuestion) -> tuple[LetterRow, ...]:
    """Return the letters written about a client, the newest first."""
    check_may_see(session, question.client_id)
    query = (
        select(Letter, LetterTemplate.title, LetterTemplate.addressed_to, Coach.name)
        .outerjoin(LetterTemplate, LetterTemplate.id == Letter.template_id)
        .outerjoin(Coach, Coach.id == Letter.coach_id)
        .where(Letter.client_id == question.client_id, Letter.archived_at.is_(None))
        .order_by(Letter.written_on.desc(), Letter.id.desc())
    )
    return tuple(
        LetterRow(
            id=letter.id,
            title=title or letter.subject,
            written_on=letter.written_on,
            recipient=letter.recipient,
            subject=letter.subject,
            body=letter.body,
            coach=coach or "",
            sent_on=letter.sent_on,
            to_client=addressed_to == CLIENT,
            closed=why_closed(session, letter, question.today),
        )
        for letter, title, addressed_to, coach in session.execute(query)
    )


def why_closed(session: Session, letter: Letter, today: dt.date) -> str:
    """Return why a letter that was made may not leave on a day, or nothing: its permission has ended since."""
    sharing = session.get(Sharing, letter.sharing_id) if letter.sharing_id is not None else None
    if sharing is None or sharing.consent_id is None:
        return ""
    consent = session.get(Consent, sharing.consent_id)
    if consent is not None and is_in_force(consent, today):
        return ""
    return "The permission this letter went by is not in force any more, so it is not printed again."


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSent:
    """A letter left the office."""

    letter_id: UUID
    sent_on: dt.date


def mark_sent(session: Session, wish: MarkSent) -> None:
    """Write down when a letter was sent; raises Refusal when it is gone, or before it was written."""
    letter = session.get(Letter, wish.letter_id)
    client = session.get(Client, letter.client_id) if letter is not None else None
    if letter is None or client is None:
        raise Refusal(_LETTER_GONE)
    if wish.sent_on < letter.written_on:
        raise Refusal("It was written later than that.", fields={"sent_on": "This is before it was written."})
    letter.sent_on = wish.sent_on
    describe(session, f"Sent a letter about {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackOffer:
    """A referral that was accepted and whose referrer has heard nothing; ``missing`` says why little may be told."""

    enrolment_id: UUID
    template_id: UUID
    referrer: str
    programme: str
    accepted_on: dt.date
    missing: str


def list_feedback(session: Session, question: ClientQuestion) -> tuple[FeedbackOffer, ...]:
    """Return the referrers who could be told, with the letter that says no more than the client agreed to.

    That is the feedback where a permission is in force, else the letter that tells nothing of anybody.
    """
    check_may_see(session, question.client_id)
    told = select(Letter.enrolment_id).join(LetterTemplate, LetterTemplate.id == Letter.template_id)
    told = told.where(LetterTemplate.addressed_to == REFERRER, Letter.archived_at.is_(None))
    query = (
        select(Enrolment, Programme.title)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Enrolment.client_id == question.client_id, Enrolment.archived_at.is_(None))
        .where(Enrolment.accepted_on.is_not(None), Enrolment.referrer != "")
        .where(Enrolment.id.not_in(told.where(Letter.enrolment_id.is_not(None))))
        .order_by(Enrolment.id.desc())
    )
    offers = (_offer(session, question, one, title) for one, title in session.execute(query))
    return tuple(one for one in offers if one is not None)


def _offer(
    session: Session, question: ClientQuestion, enrolment: Enrolment, programme: str
) -> FeedbackOffer | None:
    query = (
        select(LetterTemplate)
        .where(LetterTemplate.addressed_to == REFERRER, LetterTemplate.retired_on.is_(None))
        .order_by(LetterTemplate.purpose.desc(), LetterTemplate.position)
    )
    missing = ""
    for template in session.scalars(query):
        if template.purpose:
            found = check_permission(
                session, question.client_id, template.purpose, enrolment.referrer, question.today
            )
            missing = found.sentence if isinstance(found, Missing) else ""
        if not missing or not template.purpose:
            return FeedbackOffer(
                enrolment_id=enrolment.id,
                template_id=template.id,
                referrer=enrolment.referrer,
                programme=programme,
                accepted_on=enrolment.accepted_on or question.today,
                missing=missing,
            )
    return None
