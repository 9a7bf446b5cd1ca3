"""Contacts: what happened, the next step, and the due item it answers, in one act."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.check_ins import CheckInAnswers, hold_check_in
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.today import DueRef
from coachdesk.errors import Refusal
from coachdesk.models import Action, Client, Coach, Contact, Enrolment, Plan
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """One contact, and what follows from it."""

    client_id: UUID
    happened_on: dt.date
    channel: str = Unstated.NOT_ASKED
    place: str = Unstated.NOT_ASKED
    minutes: int | None = None
    note: str = ""
    note_kind: str = "fact"
    did_not_attend: bool = False
    is_private: bool = False
    next_step: str = ""
    next_on: dt.date | None = None
    next_who: str = "coach"
    done_actions: tuple[UUID, ...] = ()
    with_whom: str = ""
    due: DueRef | None = None
    check_in: CheckInAnswers | None = None


def record_contact(session: Session, wish: RecordContact) -> UUID:
    """Record a contact; its next step becomes an action, and the due item it answers is done.

    Returns the contact's id. Raises Refusal for a day in the future, a next step before the contact, or a
    length that does not fit into a day.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    clock = clock_of(session)
    _check(wish, clock.today())
    contact = Contact(
        client_id=client.id,
        coach_id=coach_of(session),
        happened_on=wish.happened_on,
        minutes=wish.minutes,
        channel=wish.channel,
        place=wish.place,
        with_whom=wish.with_whom,
        note=wish.note.strip(),
        note_kind=wish.note_kind,
        is_private=wish.is_private,
        did_not_attend=wish.did_not_attend,
        next_on=_next_on(session, wish),
        entered_at=clock.now(),
    )
    session.add(contact)
    if wish.next_step.strip():
        step = wish.next_step.strip()
        session.add(
            Action(
                client_id=client.id, contact_id=contact.id, what=step, who=wish.next_who, due_on=wish.next_on
            )
        )
    if wish.check_in is not None:
        session.add(hold_check_in(session, client.id, contact, wish.check_in))
    _answer(session, wish)
    describe(session, f"Recorded a contact with {client.initials()}")
    return contact.id


def _next_on(session: Session, wish: RecordContact) -> dt.date | None:
    """Return the day agreed for the next contact; a day typed with a next step belongs to the step.

    The newest contact says what is agreed. A quick note, which has no way of meeting and answers nothing that
    was due, is no contact: what was agreed before it still stands.
    """
    typed = None if wish.next_step.strip() else wish.next_on
    is_note = wish.channel in UNSTATED_WORDS and wish.due is None and wish.check_in is None
    if typed is not None or not is_note:
        return typed
    before = (
        Contact.client_id == wish.client_id,
        Contact.archived_at.is_(None),
        Contact.happened_on <= wish.happened_on,
    )
    newest = select(func.max(Contact.happened_on)).where(*before).scalar_subquery()
    return session.scalar(select(func.max(Contact.next_on)).where(*before, Contact.happened_on == newest))


def _check(wish: RecordContact, today: dt.date) -> None:
    if wish.happened_on > today:
        raise Refusal(
            "A contact is recorded once it has happened.",
            fields={"happened_on": "This day is still to come. Put a plan for it under Next step."},
        )
    if wish.next_on is not None and wish.next_on < wish.happened_on:
        raise Refusal(
            "The next step lies before the contact.", fields={"next_on": "This is before the contact itself."}
        )
    if wish.minutes is not None and not 0 <= wish.minutes <= _DAY_MINUTES:
        raise Refusal(
            "That length does not fit into a day.", fields={"minutes": "Type minutes, up to 1,440."}
        )


def _answer(session: Session, wish: RecordContact) -> None:
    """Close what the contact answers: ticked actions, and the due line it was opened from.

    A contact the client did not come to leaves its due line open: what was due has not happened.
    """
    done = set(wish.done_actions)
    due = None if wish.did_not_attend else wish.due
    if due is not None and due.kind == "action":
        done.add(due.record_id)
    for action_id in done:
        action = session.get(Action, action_id)
        if action is not None and action.client_id == wish.client_id and action.done_on is None:
            action.done_on = wish.happened_on
    if due is not None and due.kind == "review":
        plan = session.get(Plan, due.record_id)
        if plan is not None:
            plan.reviewed_on, plan.next_review_on = wish.happened_on, None
    if due is not None and due.kind == "profile":
        enrolment = session.get(Enrolment, due.record_id)
        if enrolment is not None and enrolment.profile_started_on is None:
            enrolment.profile_started_on = max(wish.happened_on, enrolment.started_on or wish.happened_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectContact:
    """Better words for a contact that was recorded; the first version stays in the history."""

    contact_id: UUID
    note: str


def correct_contact(session: Session, wish: CorrectContact) -> None:
    """Correct the note of a contact; raises Refusal when it is gone."""
    contact = session.get(Contact, wish.contact_id)
    client = session.get(Client, contact.client_id) if contact is not None else None
    if contact is None or client is None:
        raise Refusal("This contact is not there any more.")
    contact.note = wish.note.strip()
    describe(session, f"Corrected a contact with {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDefaults:
    """How the last contact with somebody was held: the likeliest for the next."""

    channel: str
    place: str
    minutes: int | None


def last_contact_ways(session: Session, client_id: UUID) -> ContactDefaults:
    """Return how the last contact was held, quick notes left out; nothing known gives a telephone call."""
    check_may_see(session, client_id)
    query = (
        select(Contact.channel, Contact.place, Contact.minutes)
        .where(
            Contact.client_id == client_id,
            Contact.archived_at.is_(None),
            Contact.channel.not_in([str(key) for key in UNSTATED_WORDS]),
        )
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    if found is None:
        return ContactDefaults(channel="phone", place="phone", minutes=None)
    return ContactDefaults(channel=found[0], place=found[1], minutes=found[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact in words, for the table."""

    id: UUID
    happened_on: dt.date
    channel: str
    place: str
    minutes: int | None
    coach: str
    note: str
    did_not_attend: bool


def list_contacts(session: Session, question: ClientQuestion) -> tuple[ContactRow, ...]:
    """Return every contact with a client, the newest first."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "channel", "place")
    query = (
        select(Contact, Coach.name)
        .outerjoin(Coach, Coach.id == Contact.coach_id)
        .where(Contact.client_id == question.client_id, Contact.archived_at.is_(None))
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
    )
    return tuple(
        ContactRow(
            id=contact.id,
            happened_on=contact.happened_on,
            channel=titles["channel"].get(contact.channel, contact.channel),
            place=contact.place_note or titles["place"].get(contact.place, contact.place),
            minutes=contact.minutes,
            coach=coach or "",
            note=contact.note,
            did_not_attend=contact.did_not_attend,
        )
        for contact, coach in session.execute(query)
    )
