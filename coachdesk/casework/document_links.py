"""What a document can belong to, in words: the client's permissions, plans, letters and newest contacts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.models import Consent, Contact, Letter, Plan
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_may_see

_MOST_CONTACTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkQuestion:
    """Whose records a document can belong to; ``also`` is what it belongs to now, however long ago that was."""

    client_id: UUID
    also: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChoice:
    """One record a document can belong to."""

    ref: Ref
    words: str


def link_choices(session: Session, question: LinkQuestion) -> tuple[LinkChoice, ...]:
    """Return what a document of a client can belong to, permissions and plans first, then the newest contacts."""
    check_may_see(session, question.client_id)
    return (
        *_consents(session, question.client_id),
        *_plans(session, question.client_id),
        *_letters(session, question.client_id),
        *_contacts(session, question),
    )


def _consents(session: Session, client_id: UUID) -> Iterator[LinkChoice]:
    titles = titles_of(session, "consent_purpose")["consent_purpose"]
    query = select(Consent).where(Consent.client_id == client_id, Consent.archived_at.is_(None))
    for one in session.scalars(query.order_by(Consent.id.desc())):
        purpose = titles.get(one.purpose, one.purpose)
        yield LinkChoice(ref=Ref(Kind.CONSENT, one.id), words=f"Permission: {purpose}")


def _plans(session: Session, client_id: UUID) -> Iterator[LinkChoice]:
    query = select(Plan).where(Plan.client_id == client_id, Plan.archived_at.is_(None))
    for one in session.scalars(query.order_by(Plan.version.desc(), Plan.id.desc())):
        yield LinkChoice(ref=Ref(Kind.PLAN, one.id), words=f"Plan, version {one.version}")


def _letters(session: Session, client_id: UUID) -> Iterator[LinkChoice]:
    query = select(Letter).where(Letter.client_id == client_id, Letter.archived_at.is_(None))
    for one in session.scalars(query.order_by(Letter.written_on.desc(), Letter.id.desc())):
        words = f"Letter of {_day(one.written_on)}: {one.subject or one.recipient}"
        yield LinkChoice(ref=Ref(Kind.LETTER, one.id), words=words.rstrip(": "))


def _contacts(session: Session, question: LinkQuestion) -> Iterator[LinkChoice]:
    titles = titles_of(session, "channel")["channel"]
    query = select(Contact).where(Contact.client_id == question.client_id, Contact.archived_at.is_(None))
    newest = Contact.happened_on.desc(), Contact.id.desc()
    found = list(session.scalars(query.order_by(*newest).limit(_MOST_CONTACTS)))
    also = question.also
    if also is not None and also.kind is Kind.CONTACT and also.id not in {one.id for one in found}:
        found.extend(session.scalars(query.where(Contact.id == also.id)))
    for one in found:
        words = f"Contact of {_day(one.happened_on)}: {titles.get(one.channel, one.channel)}"
        yield LinkChoice(ref=Ref(Kind.CONTACT, one.id), words=words)


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"
