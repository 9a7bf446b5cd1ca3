"""Consent: single permissions, given and withdrawn."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """One permission in words."""

    id: UUID
    purpose: str
    recipient: str
    how_given: str
    given_on: dt.date | None
    expires_on: dt.date | None
    withdrawn_on: dt.date | None


def list_consents(session: Session, question: ClientQuestion) -> tuple[ConsentRow, ...]:
    """Return a client's permissions, the newest first."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "consent_purpose", "how_given")
    query = (
        select(Consent)
        .where(Consent.client_id == question.client_id, Consent.archived_at.is_(None))
        .order_by(Consent.given_on.is_(None), Consent.given_on.desc(), Consent.id.desc())
    )
    return tuple(
        ConsentRow(
            id=consent.id,
            purpose=titles["consent_purpose"].get(consent.purpose, consent.purpose),
            recipient=consent.recipient,
            how_given=titles["how_given"].get(consent.how_given, consent.how_given),
            given_on=consent.given_on,
            expires_on=consent.expires_on,
            withdrawn_on=consent.withdrawn_on,
        )
        for consent in session.scalars(query)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """A permission the client gives."""

    client_id: UUID
    purpose: str
    given_on: dt.date
    how_given: str = Unstated.NOT_ASKED
    recipient: str = ""
    data_covered: str = ""
    expires_on: dt.date | None = None


def give_consent(session: Session, wish: GiveConsent) -> UUID:
    """Record a permission; raises Refusal when it would end before it begins."""
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if wish.expires_on is not None and wish.expires_on < wish.given_on:
        raise Refusal(
            "The permission ends before it begins.", fields={"expires_on": "This is before it was given."}
        )
    consent = Consent(
        client_id=client.id,
        purpose=wish.purpose,
        data_covered=wish.data_covered,
        recipient=wish.recipient,
        how_given=wish.how_given,
        given_on=wish.given_on,
        expires_on=wish.expires_on,
    )
    session.add(consent)
    describe(session, f"Recorded a permission of {client.initials()}")
    return consent.id


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """The client takes a permission back; that is always possible."""

    consent_id: UUID
    withdrawn_on: dt.date


def withdraw_consent(session: Session, wish: WithdrawConsent) -> None:
    """Record the withdrawal; raises Refusal when the permission is gone or was given later."""
    consent = session.get(Consent, wish.consent_id)
    client = session.get(Client, consent.client_id) if consent is not None else None
    if consent is None or client is None:
        raise Refusal("This permission is not there any more.")
    if consent.given_on is not None and wish.withdrawn_on < consent.given_on:
        raise Refusal(
            "It was given later than that.", fields={"withdrawn_on": "This is before it was given."}
        )
    consent.withdrawn_on = wish.withdrawn_on
    describe(session, f"Recorded a withdrawn permission of {client.initials()}")
