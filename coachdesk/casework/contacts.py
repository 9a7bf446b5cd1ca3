"""Contacts: what happened, the next step, and the due item it answers, in one act."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.check_in_held import hold_check_in
from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.endings import answer_by_contact
from coachdesk.casework.plans import newest_plan
from coachdesk.casework.today import ASK_LATER, DueRef
from coachdesk.errors import Refusal
from coachdesk.models import Action, Client, Coach, Contact, Enrolment, Goal, Plan
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

NOTE_KINDS = ("fact", "opinion", "others")
"""What a note can be: a fact, the coach's opinion, or about somebody else (product.md 4: marked as it is written)."""
_DAY_MINUTES = 24 * 60
_STILL_TO_COME = "This day is still to come. Put a plan for it under Next step."


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
    goals: tuple[UUID, ...] = ()
    due: DueRef | None = None
    check_in: CheckInAnswers | None = None


def record_contact(session: Session, wish: RecordContact) -> UUID:
    """Record a contact; its next step becomes an action, and the due item it answers is done.

    A next step belongs to the goal the contact was about, where it was about one. Returns the contact's id. Raises
    Refusal for a day in the future, a next step before the contact, a length that does not fit into a day, a goal
    that is not this client's, or a kind of note that is none.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    clock = clock_of(session)
    check_contact(
        happened_on=wish.happened_on,
        next_on=wish.next_on,
        minutes=wish.minutes,
        note_kind=wish.note_kind,
        today=clock.today(),
    )
    goals = goals_kept(session, client.id, wish.goals)
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
        goals=goals,
        next_on=_next_on(session, wish),
        entered_at=clock.now(),
    )
    session.add(contact)
    if wish.next_step.strip():
        session.add(_next_action(wish, contact))
    if wish.check_in is not None and not wish.did_not_attend:
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


def _next_action(wish: RecordContact, contact: Contact) -> Action:
    """Return the next step as an action of the plan, under the goal the contact was about if it was one."""
    return Action(
        client_id=contact.client_id,
        contact_id=contact.id,
        goal_id=wish.goals[0] if len(wish.goals) == 1 else None,
        what=wish.next_step.strip(),
        who=wish.next_who,
        due_on=wish.next_on,
    )


def goals_kept(session: Session, client_id: UUID, wanted: Iterable[UUID]) -> list[str]:
    """Return goals as a contact keeps them; raises Refusal for one that is not this client's."""
    ids = list(dict.fromkeys(wanted))
    if not ids:
        return []
    own = select(func.count()).select_from(Goal).where(Goal.id.in_(ids), Goal.client_id == client_id)
    if session.scalar(own) != len(ids):
        raise Refusal(
            "A goal is not there any more.",
            fields={"goals": "One of these goals is not in the plan any more."},
        )
    return [one.hex for one in ids]


def check_contact(
    *, happened_on: dt.date, next_on: dt.date | None, minutes: int | None, note_kind: str, today: dt.date
) -> None:
    """Return when a contact could have been so; raises Refusal."""
    if happened_on > today:
        raise Refusal("A contact is recorded once it has happened.", fields={"happened_on": _STILL_TO_COME})
    if note_kind not in NOTE_KINDS:
        raise Refusal("A note is a fact, an opinion or about others.", fields={"note_kind": "Choose one."})
    if next_on is not None and next_on < happened_on:
        raise Refusal(
            "The next step lies before the contact.", fields={"next_on": "This is before the contact itself."}
        )
    if minutes is not None and not 0 <= minutes <= _DAY_MINUTES:
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
    if due is not None:
        _answer_record(session, wish, due)


def _answer_record(session: Session, wish: RecordContact, due: DueRef) -> None:
    """Close the review, the profile or the asking later that a contact answers."""
    if due.kind == "review":
        plan = session.get(Plan, due.record_id)
        if plan is not None:
            plan.reviewed_on, plan.next_review_on = wish.happened_on, None
    elif due.kind == "profile":
        enrolment = session.get(Enrolment, due.record_id)
        if enrolment is not None and enrolment.profile_started_on is None:
            enrolment.profile_started_on = max(wish.happened_on, enrolment.started_on or wish.happened_on)
    elif due.kind == ASK_LATER:
        answer_by_contact(session, wish.client_id, due.record_id, wish.happened_on, wish.note)


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
class OpenGoal:
    """A goal a contact can be about, in the client's words or, where there are none, the coach's."""

    id: UUID
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStart:
    """What the form for a contact begins with: the likeliest ways, and the open goals of the plan."""

    client_id: UUID
    ways: ContactDefaults
    goals: tuple[OpenGoal, ...]


def contact_start(session: Session, client_id: UUID) -> ContactStart:
    """Return what a new contact with a client begins with."""
    ways, goals = last_contact_ways(session, client_id), open_goals(session, client_id)
    return ContactStart(client_id=client_id, ways=ways, goals=goals)


def open_goals(session: Session, client_id: UUID) -> tuple[OpenGoal, ...]:
    """Return the goals of the newest plan that are not reached, in their order."""
    check_may_see(session, client_id)
    plan = newest_plan(session, client_id)
    if plan is None:
        return ()
    query = select(Goal).where(
        Goal.plan_id == plan.id, Goal.archived_at.is_(None), Goal.achieved_on.is_(None)
    )
    rows = session.scalars(query.order_by(Goal.position, Goal.id))
    return tuple(OpenGoal(id=goal.id, words=goal.own_words or goal.coach_summary) for goal in rows)


def goal_words(session: Session, contacts: Iterable[Contact]) -> dict[UUID, str]:
    """Return the words of the goals these contacts were about; one that is gone is left out."""
    wanted = {UUID(hex=str(one)) for contact in contacts for one in contact.goals}
    if not wanted:
        return {}
    rows = session.scalars(select(Goal).where(Goal.id.in_(wanted)).order_by(Goal.position, Goal.id))
    return {goal.id: goal.own_words or goal.coach_summary for goal in rows}


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
    note_kind: str
    did_not_attend: bool
    is_private: bool
    goals: tuple[str, ...]


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
    rows = session.execute(query).all()
    words = goal_words(session, (contact for contact, _ in rows))
    return tuple(
        ContactRow(
            id=contact.id,
            happened_on=contact.happened_on,
            channel=titles["channel"].get(contact.channel, contact.channel),
            place=contact.place_note or titles["place"].get(contact.place, contact.place),
            minutes=contact.minutes,
            coach=coach or "",
            note=contact.note,
            note_kind=contact.note_kind,
            did_not_attend=contact.did_not_attend,
            is_private=contact.is_private,
            goals=tuple(words[key] for one in contact.goals if (key := UUID(hex=str(one))) in words),
        )
        for contact, coach in rows
    )
