"""Putting a client away, which is what deleting means here, and bringing the client back; nothing is lost by either."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.erasing import GONE, is_erased
from coachdesk.casework.joined import check_stands_alone
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault.work import chronicle_of, clock_of, describe

ERASED = "This client has been erased; an anonymous stub stays for the returns."


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveClient:
    """Put a client away: out of every list and every figure, until brought back. A reason may be said."""

    client_id: UUID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBackClient:
    """Bring a client back who was put away."""

    client_id: UUID


def archive_client(session: Session, wish: ArchiveClient) -> None:
    """Put a client away; raises Refusal for somebody who is not there, was put away already, or was erased."""
    client = _client(session, wish.client_id)
    if client.archived_at is not None:
        raise Refusal("This client has been put away already.")
    client.archived_at = clock_of(session).now()
    chronicle_of(session).reason = wish.reason.strip()
    describe(session, f"Put away {client.initials()}")


def bring_back_client(session: Session, wish: BringBackClient) -> None:
    """Bring a client back; raises Refusal for somebody who is not there, was not put away, was joined, or was erased."""
    client = _client(session, wish.client_id)
    if client.archived_at is None:
        raise Refusal("This client was not put away.")
    check_stands_alone(session, client.id)
    client.archived_at = None
    describe(session, f"Brought back {client.initials()}")


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(GONE)
    if is_erased(session, client_id):
        raise Refusal(ERASED)
    return client
