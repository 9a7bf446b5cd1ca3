"""How often a client and the coach agreed to be in touch; without an agreement, the programme's usual rhythm."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.casework.programmes import definitions
from coachdesk.casework.standing import Whose, among
from coachdesk.errors import Refusal
from coachdesk.models import Client, ContactRhythm, Enrolment
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

LONGEST = 366


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days: agreed on a day for a reason, or usual in a programme."""

    every_days: int
    agreed_on: dt.date | None = None
    reason: str = ""
    origin: str = ""
    """Where the usual rhythm of a programme comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmQuestion:
    """One client, as agreed by a day."""

    client_id: UUID
    today: dt.date


def read_rhythm(session: Session, question: RhythmQuestion) -> Rhythm | None:
    """Return the rhythm that holds for a client; None where nothing is agreed and no programme has a usual one."""
    check_may_see(session, question.client_id)
    agreed = agreed_rhythms(session, question.today, [question.client_id])
    if agreed:
        return next(iter(agreed.values()))
    query = (
        select(Enrolment.programme_id)
        .where(Enrolment.client_id == question.client_id, Enrolment.archived_at.is_(None))
        .where((Enrolment.exit_on.is_(None)) | (Enrolment.exit_on > question.today))
        .order_by(Enrolment.id.desc())
        .limit(1)
    )
    programme_id = session.scalar(query)
    rules = definitions(session).get(programme_id) if programme_id is not None else None
    if rules is None or rules.fading_days is None:
        return None
    return Rhythm(rules.fading_days, origin=f"Usual for {rules.title}")


def agreed_rhythms(session: Session, today: dt.date, whose: Whose | None = None) -> dict[KeptKey, Rhythm]:
    """Return the agreed rhythm of each client that has one: the newest that has begun."""
    query = (
        select(
            as_kept(ContactRhythm.client_id),
            ContactRhythm.every_days,
            ContactRhythm.agreed_on,
            ContactRhythm.reason,
        )
        .where(
            ContactRhythm.archived_at.is_(None),
            ContactRhythm.agreed_on <= today,
            *among(ContactRhythm.client_id.expression, whose),
        )
        .order_by(ContactRhythm.agreed_on, ContactRhythm.id)
    )
    return {client: Rhythm(*told) for client, *told in plain_rows(session, query)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeRhythm:
    """A rhythm agreed with the client."""

    client_id: UUID
    every_days: int
    agreed_on: dt.date
    reason: str = ""


def agree_rhythm(session: Session, wish: AgreeRhythm) -> UUID:
    """Write down a rhythm; the earlier ones stay in the record. Raises Refusal outside of a year, or before its day."""
    client = _client(session, wish.client_id)
    if not 1 <= wish.every_days <= LONGEST:
        sentence = f"Every 1 to {LONGEST} days."
        raise Refusal(sentence, fields={"every_days": sentence})
    if wish.agreed_on > clock_of(session).today():
        raise Refusal("This day is still to come.", fields={"agreed_on": "This day is still to come."})
    rhythm = ContactRhythm(
        client_id=client.id,
        every_days=wish.every_days,
        agreed_on=wish.agreed_on,
        reason=wish.reason.strip(),
    )
    session.add(rhythm)
    describe(session, f"Agreed a rhythm with {client.initials()}")
    return rhythm.id


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRhythm:
    """What was agreed holds no longer; the programme's usual rhythm does."""

    client_id: UUID


def drop_rhythm(session: Session, wish: DropRhythm) -> None:
    """Put away what was agreed; raises Refusal when the client is gone or nothing was agreed."""
    client = _client(session, wish.client_id)
    query = select(ContactRhythm).where(
        ContactRhythm.client_id == client.id, ContactRhythm.archived_at.is_(None)
    )
    agreed = session.scalars(query).all()
    if not agreed:
        raise Refusal("No rhythm is agreed with this client.")
    for one in agreed:
        one.archived_at = clock_of(session).now()
    describe(session, f"Went back to the usual rhythm with {client.initials()}")


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    return client
