"""The engagement log: who spoke with an employer, about what, what came of it, and for which clients.

The contact belongs to the team; for whom it was stands with each client. Without a name nothing is asked. Where
somebody is spoken of by name, their permission is checked as for anything that leaves, and it is written down as passed
on (facts, section 1.5: consent before speaking to an employer about somebody).
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import code_title, titles_of
from coachdesk.casework.employers import standing_employer, words_of
from coachdesk.casework.listed import names_of
from coachdesk.casework.permission_check import RecordSharing, record_sharing
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Coach,
    EmployerContact,
    EmployerPerson,
    EmployerTalk,
    Sharing,
)
from coachdesk.terms import Role, Unstated
from coachdesk.vault.caseload_rights import acting_role, check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

PURPOSE = "share_employer"
"""The purpose of the permission under which an employer hears somebody's name."""
MADE_BY = ("coach", "client", "both")
_GONE = "This contact is not there any more."
_MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """For whom a contact was, of those who asks may see."""

    client_id: UUID
    name: str
    named: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerContactRow:
    """A contact with an employer; ``others`` counts the clients of somebody else it was for."""

    id: UUID
    happened_on: dt.date
    made_by: str
    coach: str
    face_to_face: bool
    minutes: int | None
    purpose: str
    purpose_words: str
    with_decider: str
    person_id: UUID | None
    person: str
    site_id: UUID | None
    outcome: str
    follow_up_on: dt.date | None
    follow_up: str
    followed_up_on: dt.date | None
    talks: tuple[TalkRow, ...]
    others: int

    @property
    def is_open(self) -> bool:
        """Return whether somebody said they would be in touch again, and has not been."""
        return self.follow_up_on is not None and self.followed_up_on is None


def employer_contacts(session: Session, employer_id: UUID) -> tuple[EmployerContactRow, ...]:
    """Return the contacts with an employer, the newest first; of clients only those who asks may see. A trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return ()
    purposes = titles_of(session, "employer_purpose")["employer_purpose"]
    rows = session.execute(
        select(EmployerContact, Coach.name, EmployerPerson.name)
        .outerjoin(Coach, Coach.id == EmployerContact.coach_id)
        .outerjoin(EmployerPerson, EmployerPerson.id == EmployerContact.person_id)
        .where(EmployerContact.employer_id == employer_id, EmployerContact.archived_at.is_(None))
        .order_by(EmployerContact.happened_on.desc(), EmployerContact.id.desc())
    ).all()
    talks, others = _talks(session, employer_id)
    return tuple(
        EmployerContactRow(
            id=one.id,
            happened_on=one.happened_on,
            made_by=one.made_by,
            coach=coach or "",
            face_to_face=one.face_to_face,
            minutes=one.minutes,
            purpose=one.purpose,
            purpose_words=words_of(purposes, one.purpose),
            with_decider=one.with_decider,
            person_id=one.person_id,
            person=person or "",
            site_id=one.site_id,
            outcome=one.outcome,
            follow_up_on=one.follow_up_on,
            follow_up=one.follow_up,
            followed_up_on=one.followed_up_on,
            talks=tuple(talks.get(one.id, ())),
            others=others[one.id],
        )
        for one, coach, person in rows
    )


def _talks(session: Session, employer_id: UUID) -> tuple[dict[UUID, list[TalkRow]], Counter[UUID]]:
    """Return by contact for whom it was, and how many there are whom who asks may not see."""
    query = (
        select(EmployerTalk)
        .join(EmployerContact, EmployerContact.id == EmployerTalk.employer_contact_id)
        .join(Client, Client.id == EmployerTalk.client_id)
        .where(
            EmployerContact.employer_id == employer_id,
            EmployerTalk.archived_at.is_(None),
            Client.archived_at.is_(None),
        )
        .order_by(EmployerTalk.id)
    )
    found = session.scalars(query).all()
    names = names_of(session, list({one.client_id for one in found}))
    talks: dict[UUID, list[TalkRow]] = {}
    others: Counter[UUID] = Counter()
    for one in found:
        if one.client_id not in names:
            others[one.employer_contact_id] += 1
            continue
        row = TalkRow(client_id=one.client_id, name=names[one.client_id], named=one.named, note=one.note)
        talks.setdefault(one.employer_contact_id, []).append(row)
    return talks, others


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFor:
    """A client for whom a contact was, by name or without it."""

    client_id: UUID
    named: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEmployerContact:
    """A contact with an employer, new (without an id) or changed; ``talks`` are all clients of hers that it was for.

    ``override_reason`` counts where somebody was named without a permission.
    """

    employer_id: UUID
    happened_on: dt.date
    contact_id: UUID | None = None
    made_by: str = "coach"
    face_to_face: bool = False
    minutes: int | None = None
    purpose: str = Unstated.NOT_ASKED
    with_decider: str = Unstated.NOT_ASKED
    person_id: UUID | None = None
    site_id: UUID | None = None
    outcome: str = ""
    follow_up_on: dt.date | None = None
    follow_up: str = ""
    talks: tuple[TalkFor, ...] = ()
    override_reason: str = ""


def save_employer_contact(session: Session, wish: SaveEmployerContact) -> UUID:
    """Write down a contact with an employer, and for whom it was; return its id.

    Raises Refusal for a day to come, for a follow-up before it, for a name without permission and reason, and for a
    contact that is gone; ReasonNeeded for a colleague's client.
    """
    employer = standing_employer(session, wish.employer_id)
    _check(session, wish)
    if wish.contact_id is None:
        one = EmployerContact(
            employer_id=employer.id, happened_on=wish.happened_on, coach_id=coach_of(session)
        )
        session.add(one)
    else:
        one = _contact(session, wish.contact_id)
    one.happened_on, one.made_by, one.face_to_face = wish.happened_on, wish.made_by, wish.face_to_face
    one.minutes, one.purpose, one.with_decider = wish.minutes, wish.purpose, wish.with_decider
    one.person_id, one.site_id, one.outcome = wish.person_id, wish.site_id, wish.outcome.strip()
    one.follow_up_on, one.follow_up = wish.follow_up_on, wish.follow_up.strip()
    _tell_for_whom(session, one, wish, employer.name)
    did = "Recorded" if wish.contact_id is None else "Changed"
    describe(session, f"{did} a contact with {employer.name}")
    return one.id


def _check(session: Session, wish: SaveEmployerContact) -> None:
    wrong = {}
    if wish.happened_on > clock_of(session).today():
        wrong["happened_on"] = "This day is still to come. Put it under “Follow up on”."
    if wish.made_by not in MADE_BY:
        wrong["made_by"] = "Say who spoke with them."
    if wish.minutes is not None and not 0 <= wish.minutes <= _MOST_MINUTES:
        wrong["minutes"] = "A day has 1,440 minutes."
    if wish.follow_up_on is not None and wish.follow_up_on < wish.happened_on:
        wrong["follow_up_on"] = "This is before the contact."
    if wrong:
        raise Refusal("Please look at the fields marked below.", fields=wrong)


def _tell_for_whom(session: Session, one: EmployerContact, wish: SaveEmployerContact, employer: str) -> None:
    """Write for whom it was; those who act may not see stay as they are."""
    query = select(EmployerTalk).where(EmployerTalk.employer_contact_id == one.id)
    there = {talk.client_id: talk for talk in session.scalars(query)}
    wanted = {talk.client_id: talk for talk in wish.talks}
    seen = names_of(session, list(there))
    for client_id, talk in there.items():
        if client_id not in wanted and client_id in seen and talk.archived_at is None:
            _take_out(session, talk)
    for client_id, told in wanted.items():
        check_may_see(session, client_id)
        found = there.get(client_id)
        if found is None:
            found = EmployerTalk(client_id=client_id, employer_contact_id=one.id)
            session.add(found)
        found.archived_at, found.note = None, told.note.strip()
        _by_name(session, found, told, wish, employer)


def _by_name(
    session: Session, talk: EmployerTalk, told: TalkFor, wish: SaveEmployerContact, employer: str
) -> None:
    """Let a client be spoken of by name, with the permission checked and what was passed on written down; or no more."""
    if told.named and not talk.named:
        about = code_title(session, "employer_purpose", wish.purpose)
        what = "Who they are, in a talk with the employer"
        sharing = RecordSharing(
            client_id=told.client_id,
            sort="employer_talk",
            purpose=PURPOSE,
            recipient=employer,
            what=what if wish.purpose in tuple(Unstated) else f"{what}: {about}",
            shared_on=wish.happened_on,
            override_reason=wish.override_reason,
        )
        talk.sharing_id = record_sharing(session, sharing)
    elif talk.named and not told.named:
        _unsay(session, talk)
    talk.named = told.named


def _take_out(session: Session, talk: EmployerTalk) -> None:
    _unsay(session, talk)
    talk.named, talk.archived_at = False, clock_of(session).now()


def _unsay(session: Session, talk: EmployerTalk) -> None:
    """Put away what was written down as passed on by mistake."""
    sharing = session.get(Sharing, talk.sharing_id) if talk.sharing_id is not None else None
    if sharing is not None:
        sharing.archived_at = clock_of(session).now()
    talk.sharing_id = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """Somebody was in touch again as they had said, on this day; without a day it is still to be done."""

    contact_id: UUID
    on: dt.date | None


def mark_followed_up(session: Session, wish: FollowedUp) -> None:
    """Tick a follow-up off, or open it again; raises Refusal for a day before the contact, and when it is gone."""
    one = _contact(session, wish.contact_id)
    if wish.on is not None and not one.happened_on <= wish.on <= clock_of(session).today():
        raise Refusal("A follow-up lies between the contact and today.")
    one.followed_up_on = wish.on
    name = standing_employer(session, one.employer_id).name
    describe(session, f"{'Got back to' if wish.on is not None else 'Still to get back to'} {name}")


def put_employer_contact_away(session: Session, contact_id: UUID) -> None:
    """Put a contact away with what it says of clients; raises Refusal when it is gone.

    The vault refuses it where it was for a colleague's client too.
    """
    one = _contact(session, contact_id)
    query = select(EmployerTalk).where(
        EmployerTalk.employer_contact_id == one.id, EmployerTalk.archived_at.is_(None)
    )
    for talk in session.scalars(query):
        _take_out(session, talk)
    one.archived_at = clock_of(session).now()
    describe(session, f"Put away a contact with {standing_employer(session, one.employer_id).name}")


def _contact(session: Session, contact_id: UUID) -> EmployerContact:
    one = session.get(EmployerContact, contact_id)
    if one is None or one.archived_at is not None:
        raise Refusal(_GONE)
    return one
