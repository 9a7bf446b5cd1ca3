"""Opening a client's record, and who opened whose: written down for everybody, with a reason for colleagues' clients."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Client, JournalEntry
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import ReasonNeeded, check_is_manager, check_may_see
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.work import actor, chronicle_of, clock_of, describe, record_event, vault_of

OPENED = "opened"
LEAST_REASON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClient:
    """Open a client's record; the reason is needed for a colleague's client only."""

    client_id: UUID
    reason: str = ""


def open_client(session: Session, wish: OpenClient) -> None:
    """Write down that a record was opened, once a day and person, and let it be read until the vault is locked.

    Raises ReasonNeeded for a colleague's client without a reason, and Refusal for a trustee.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    reason = wish.reason.strip()
    try:
        check_may_see(session, client.id)
    except ReasonNeeded:
        if len(reason) < LEAST_REASON:
            raise
        vault_of(session).opened_with_reason.add(client.id)
    if reason or not _opened_today(session, client.id):
        chronicle_of(session).reason = reason
        describe(session, f"Opened the record of {client.initials()}")
        record_event(session, OPENED, client.id.hex, Ref(Kind.CLIENT, client.id))


def _opened_today(session: Session, client_id: UUID) -> bool:
    midnight = dt.datetime.combine(clock_of(session).today(), dt.time(), dt.UTC)
    found = session.scalar(
        select(JournalEntry.position)
        .where(JournalEntry.scope == client_id.hex, JournalEntry.field_group == OPENED)
        .where(JournalEntry.actor == actor(session), JournalEntry.at >= midnight)
        .limit(1)
    )
    return found is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRow:
    """One opening of a record: when, by whom, whose, and why where a reason was asked for."""

    at: dt.datetime
    who: str
    client_id: UUID
    client: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningsQuestion:
    """Openings of some days: of one client, or of all; ``with_reason`` leaves out those of people's own clients."""

    from_on: dt.date
    to_on: dt.date
    client_id: UUID | None = None
    with_reason: bool = False
    limit: int = 500


def read_openings(session: Session, question: OpeningsQuestion) -> tuple[OpeningRow, ...]:
    """Return who opened whose record, the newest first.

    Raises Refusal for anybody but a manager, unless it is about one client whom the reader may see.
    """
    if question.client_id is None:
        check_is_manager(session)
    else:
        check_may_see(session, question.client_id)
    return openings(session, question)


def openings(session: Session, question: OpeningsQuestion) -> tuple[OpeningRow, ...]:
    """Return who opened whose record, whoever asks: for papers whose maker has been checked already."""
    since = dt.datetime.combine(question.from_on, dt.time(), dt.UTC)
    until = dt.datetime.combine(question.to_on + dt.timedelta(days=1), dt.time(), dt.UTC)
    query = (
        select(JournalEntry.at, JournalEntry.actor, JournalEntry.reason, Client)
        .join(Client, Client.id == JournalEntry.row_id)
        .where(JournalEntry.operation == EVENT, JournalEntry.field_group == OPENED)
        .where(JournalEntry.at >= since, JournalEntry.at < until)
        .order_by(JournalEntry.position.desc())
        .limit(question.limit)
    )
    if question.client_id is not None:
        query = query.where(JournalEntry.scope == question.client_id.hex)
    if question.with_reason:
        query = query.where(JournalEntry.reason != "")
    return tuple(
        OpeningRow(at=at, who=who, client_id=client.id, client=client.called(), reason=reason)
        for at, who, reason, client in session.execute(query)
    )
