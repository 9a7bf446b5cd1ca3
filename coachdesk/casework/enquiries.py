"""Enquiries: somebody asked. A name and a way to reach them are enough; a client only when the person agrees.

The client made of an enquiry takes over its id, so that the first hello belongs to the same history as all that
follows. Who turns out to be a client already gets the enquiry filed with their record.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.enquiry_rules import read_enquiry_rules
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enquiry
from coachdesk.terms import Role, Unstated
from coachdesk.vault.caseload_rights import acting_role, check_may_see, own_caseload
from coachdesk.vault.work import clock_of, coach_of, describe

BECAME_CLIENT, WAS_CLIENT = "became_client", "was_client"
"""What came of an enquiry where the program itself knows it; the other answers are chosen by a person."""
GONE = "This enquiry is not there any more."
WITH_A_COLLEAGUE = "This enquiry is with a colleague. Ask them, or a manager of your team, to give it to you."
IS_CLOSED = "This enquiry is closed. Open it again first."
EDITABLE = frozenset({"name", "reach", "note", "received_on", "source", "referrer", "coach_id"})

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev"})
_EMAIL = re.compile(r"[^\s,;:<>()]+@[^\s,;:<>()]+\.[^\s,;:<>()]+")
_PHONE = re.compile(r"\+?\(?\d[\d\s()/.-]{5,}\d")
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryRow:
    """One enquiry; source and outcome keep their keys."""

    id: UUID
    name: str
    reach: str
    note: str
    received_on: dt.date
    waits_days: int
    source: str
    referrer: str
    coach_id: UUID | None
    coach: str
    closed_on: dt.date | None
    outcome: str
    client_id: UUID | None
    waits_long: bool
    """Whether nobody has taken this up for longer than the charity's rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiriesQuestion:
    """The enquiries that wait, or those that are closed."""

    today: dt.date
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiries:
    """The enquiries asked for, and how many wait and how many are closed, by the same rule."""

    rows: tuple[EnquiryRow, ...]
    waiting: int
    closed: int
    answer_days: int
    """Who waits longer stands on Today: a first hello that gets no answer is the one that is lost."""


def list_enquiries(session: Session, question: EnquiriesQuestion) -> Enquiries:
    """Return enquiries: those that wait, the longest waiting first, or those closed, the last closed first.

    A coach sees her own and those nobody looks after yet, but none of a client of a colleague; a trustee sees none.
    """
    order = (Enquiry.closed_on.desc(),) if question.closed else (Enquiry.received_on,)
    query = (
        select(Enquiry, Coach.name)
        .outerjoin(Coach, Coach.id == Enquiry.coach_id)
        .where(_is_closed(closed=question.closed), *_hers(session))
        .order_by(*order, Enquiry.id)
    )
    both, closed = session.execute(
        select(func.count(), func.count(Enquiry.closed_on)).where(*_hers(session))
    ).one()
    patience = read_enquiry_rules(session).answer_days
    return Enquiries(
        rows=tuple(_row(one, coach or "", question.today, patience) for one, coach in session.execute(query)),
        waiting=both - closed,
        closed=closed,
        answer_days=patience,
    )


def _is_closed(*, closed: bool) -> ColumnElement[bool]:
    return Enquiry.closed_on.is_not(None) if closed else Enquiry.closed_on.is_(None)


def _hers(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on Enquiry for a list of who asks."""
    role = acting_role(session)
    if role is Role.TRUSTEE:
        return (false(),)
    standing = Enquiry.archived_at.is_(None)
    if role is not Role.COACH:
        return (standing,)
    with_her = or_(Enquiry.coach_id == coach_of(session), Enquiry.coach_id.is_(None))
    clients = select(Client.id).where(own_caseload(coach_of(session)))
    return standing, with_her, or_(Enquiry.client_id.is_(None), Enquiry.client_id.in_(clients))


def _row(one: Enquiry, coach: str, today: dt.date, patience: int) -> EnquiryRow:
    waits_days = max((today - one.received_on).days, 0)
    return EnquiryRow(
        id=one.id,
        name=one.name,
        reach=one.reach,
        note=one.note,
        received_on=one.received_on,
        waits_days=waits_days,
        source=one.source,
        referrer=one.referrer,
        coach_id=one.coach_id,
        coach=coach,
        closed_on=one.closed_on,
        outcome=one.outcome,
        client_id=one.client_id,
        waits_long=one.closed_on is None and waits_days > patience,
    )


def enquiries_of(session: Session, client_id: UUID) -> tuple[EnquiryRow, ...]:
    """Return the enquiries that are part of a client's record, the first first; raises Refusal as check_may_see."""
    check_may_see(session, client_id)
    query = (
        select(Enquiry, Coach.name)
        .outerjoin(Coach, Coach.id == Enquiry.coach_id)
        .where(Enquiry.client_id == client_id, Enquiry.archived_at.is_(None))
        .order_by(Enquiry.received_on, Enquiry.id)
    )
    today = clock_of(session).today()
    patience = read_enquiry_rules(session).answer_days
    return tuple(_row(one, coach or "", today, patience) for one, coach in session.execute(query))


def enquiries_waiting(session: Session, today: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield one line for Today (words, since when, icon) if enquiries have waited too long; else nothing."""
    long_ago = today - dt.timedelta(days=read_enquiry_rules(session).answer_days)
    count, oldest = session.execute(
        select(func.count(), func.min(Enquiry.received_on)).where(
            Enquiry.received_on < long_ago, _is_closed(closed=False), *_hers(session)
        )
    ).one()
    if count:
        words = "enquiry waits" if count == 1 else "enquiries wait"
        yield (
            f"{count} {words} for an answer",
            f"The longest for {(today - oldest).days} days",
            "message-square",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEnquiry:
    """Somebody asked: who, how to reach them, and what it was about; who referred them if anybody did."""

    name: str
    reach: str
    received_on: dt.date
    note: str = ""
    source: str = Unstated.NOT_ASKED
    referrer: str = ""
    coach_id: UUID | None = None


def record_enquiry(session: Session, wish: RecordEnquiry) -> UUID:
    """Write down an enquiry; return its id. Raises Refusal without a name or a way to reach, or for a day to come."""
    enquiry = Enquiry(
        name=wish.name.strip(),
        reach=wish.reach.strip(),
        note=wish.note.strip(),
        received_on=wish.received_on,
        source=wish.source,
        referrer=wish.referrer.strip(),
        coach_id=wish.coach_id,
    )
    _check(session, enquiry)
    session.add(enquiry)
    describe(session, f"Recorded an enquiry of {_initials(enquiry)}")
    return enquiry.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnquiry:
    """Changed fields of an enquiry by name."""

    enquiry_id: UUID
    values: Mapping[str, Any]


def change_enquiry(session: Session, wish: ChangeEnquiry) -> None:
    """Write the changed fields; raises Refusal as record_enquiry does, and for fields that are not editable."""
    enquiry = _enquiry(session, wish.enquiry_id)
    unknown = set(wish.values) - EDITABLE
    if unknown:
        raise Refusal(f"These cannot be changed here: {', '.join(sorted(unknown))}.")
    for name, value in wish.values.items():
        setattr(enquiry, name, value.strip() if isinstance(value, str) else value)
    _check(session, enquiry)
    describe(session, f"Changed the enquiry of {_initials(enquiry)}")


def _check(session: Session, enquiry: Enquiry) -> None:
    """Return for an enquiry that says enough; raises Refusal with the fields that do not."""
    missing = {}
    if not enquiry.name:
        missing["name"] = "Type some name, whatever the person goes by."
    if not enquiry.reach:
        missing["reach"] = "A phone number, an email address, or where they can be found."
    if missing:
        raise Refusal("A name and a way to reach the person are needed.", fields=missing)
    _check_past(session, "received_on", enquiry.received_on)
    if enquiry.closed_on is not None and enquiry.closed_on < enquiry.received_on:
        raise Refusal(
            "An enquiry cannot be closed before it came.",
            fields={"received_on": "It was closed before this day."},
        )


def _check_past(session: Session, name: str, day: dt.date) -> None:
    if day > clock_of(session).today():
        raise Refusal("This day is still to come.", fields={name: "This day is still to come."})


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEnquiry:
    """What came of an enquiry that became nobody's client, and when; the note may go on."""

    enquiry_id: UUID
    outcome: str
    closed_on: dt.date
    note: str | None = None


def close_enquiry(session: Session, wish: CloseEnquiry) -> None:
    """Close an enquiry; raises Refusal without an outcome, before the enquiry came, or if it is closed already."""
    enquiry = _open_enquiry(session, wish.enquiry_id)
    if not wish.outcome or wish.outcome in tuple(Unstated):
        raise Refusal("Say what came of it.", fields={"outcome": "Choose what came of it."})
    _check_past(session, "closed_on", wish.closed_on)
    if wish.closed_on < enquiry.received_on:
        sentence = "An enquiry cannot be closed before it came."
        raise Refusal(sentence, fields={"closed_on": sentence})
    if wish.note is not None:
        enquiry.note = wish.note.strip()
    enquiry.outcome, enquiry.closed_on = wish.outcome, wish.closed_on
    describe(session, f"Closed the enquiry of {_initials(enquiry)}")


def reopen_enquiry(session: Session, enquiry_id: UUID) -> None:
    """Let an enquiry wait again; raises Refusal where it is open, or belongs to a client's record."""
    enquiry = _enquiry(session, enquiry_id)
    if enquiry.closed_on is None:
        raise Refusal("This enquiry is open.")
    if enquiry.client_id is not None:
        raise Refusal("This enquiry is part of a client’s record. Open the client instead.")
    enquiry.closed_on, enquiry.outcome = None, str(Unstated.NOT_ASKED)
    describe(session, f"Opened the enquiry of {_initials(enquiry)} again")


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomeClient:
    """The person agreed: the enquiry becomes a client, registered with these facts."""

    enquiry_id: UUID
    client: NewClient


def become_client(session: Session, wish: BecomeClient) -> UUID:
    """Register the person of an enquiry under the enquiry's own id; return it.

    Raises Refusal for an enquiry that is closed, and as register_client does.
    """
    enquiry = _open_enquiry(session, wish.enquiry_id)
    client_id = register_client(session, replace(wish.client, id=enquiry.id))
    _file(session, enquiry, client_id, BECAME_CLIENT)
    describe(session, f"The enquiry of {_initials(enquiry)} became a client")
    return client_id


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinEnquiry:
    """The person of an enquiry is a client already."""

    enquiry_id: UUID
    client_id: UUID


def join_enquiry(session: Session, wish: JoinEnquiry) -> UUID:
    """File an enquiry with the record of somebody who is a client already; return the client's id.

    Raises Refusal for an enquiry that is closed, and for a client who may not be seen or is not there.
    """
    enquiry = _open_enquiry(session, wish.enquiry_id)
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    check_may_see(session, client.id)
    _file(session, enquiry, client.id, WAS_CLIENT)
    describe(session, f"Filed an enquiry with the record of {client.initials()}")
    return client.id


def _file(session: Session, enquiry: Enquiry, client_id: UUID, outcome: str) -> None:
    enquiry.client_id, enquiry.outcome = client_id, outcome
    enquiry.closed_on = max(clock_of(session).today(), enquiry.received_on)


def _enquiry(session: Session, enquiry_id: UUID) -> Enquiry:
    enquiry = session.get(Enquiry, enquiry_id)
    if enquiry is None or enquiry.archived_at is not None:
        raise Refusal(GONE)
    if acting_role(session) is Role.COACH and enquiry.coach_id not in (None, coach_of(session)):
        raise Refusal(WITH_A_COLLEAGUE)
    if enquiry.client_id is not None:
        check_may_see(session, enquiry.client_id)
    return enquiry


def _open_enquiry(session: Session, enquiry_id: UUID) -> Enquiry:
    enquiry = _enquiry(session, enquiry_id)
    if enquiry.closed_on is not None:
        raise Refusal(IS_CLOSED)
    return enquiry


def _initials(enquiry: Enquiry) -> str:
    first, last = split_name(enquiry.name)
    return "".join(part[0].upper() for part in (first, last) if part) or "?"


def split_name(name: str) -> tuple[str, str]:
    """Return a name as first and last name: a title is left out, "Okonkwo, Maya" is turned round.

    >>> split_name("Mrs Maya van Dijk"), split_name("Okonkwo, Maya"), split_name("Mr Ali"), split_name("Ola")
    (('Maya', 'van Dijk'), ('Maya', 'Okonkwo'), ('', 'Ali'), ('Ola', ''))
    """
    last, comma, first = (part.strip() for part in name.strip().partition(","))
    if comma and last and first:
        return first, last
    parts = name.replace(",", " ").split()
    titled = len(parts) > 1 and parts[0].casefold().rstrip(".") in _TITLES
    if titled:
        parts = parts[1:]
        if len(parts) == 1:
            return "", parts[0]
    return " ".join(parts[:1]), " ".join(parts[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How somebody can be reached, sorted: the first number, the first address, and all words if more was said."""

    phone: str = ""
    email: str = ""
    words: str = ""


def ways_to_reach(reach: str) -> Ways:
    """Return the phone number and email address in what somebody said; the words stay whole where they say more.

    >>> ways_to_reach("07700 900123, evenings only")
    Ways(phone='07700 900123', email='', words='07700 900123, evenings only')
    >>> ways_to_reach("maya@example.org / 07700 900123")
    Ways(phone='07700 900123', email='maya@example.org', words='')
    """
    emails = _EMAIL.findall(reach)
    rest = _EMAIL.sub(" ", reach)
    phones = [found for found in _PHONE.findall(rest) if sum(map(str.isdigit, found)) >= _LEAST_DIGITS]
    for found in phones:
        rest = rest.replace(found, " ")
    more = any(letter.isalnum() for letter in rest) or len(emails) > 1 or len(phones) > 1
    return Ways(
        phone=phones[0].strip() if phones else "",
        email=emails[0] if emails else "",
        words=reach.strip() if more else "",
    )
