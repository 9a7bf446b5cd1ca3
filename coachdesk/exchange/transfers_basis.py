"""On what footing a programme passes clients on by name: without one that is whole and in date, nothing leaves."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.exchange.transfers_fields import FIELDS
from coachdesk.models import SharingBasis
from coachdesk.models.base import LINE
from coachdesk.press.cells import date_words
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import describe

USUAL = ("reference", "name", "started_on", "exit_on")
"""What a lay-out holds until somebody decides about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the lay-out: its heading and the key of its field."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisRow:
    """The footing of a programme; blank where nothing was decided. ``blocked`` says why nothing may leave today."""

    programme_key: str
    programme: str
    recipient: str
    basis: str
    agreement: str
    agreed_on: dt.date | None
    ends_on: dt.date | None
    columns: tuple[Column, ...]
    blocked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisQuestion:
    """The footing of one programme, as it stands on a day."""

    programme_key: str
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBasis:
    """Write down to whom a programme passes clients on, on which legal footing and by which agreement."""

    programme_key: str
    recipient: str
    basis: str
    agreement: str = ""
    agreed_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveColumns:
    """Set the lay-out: the columns in the recipient's order."""

    programme_key: str
    columns: tuple[Column, ...]


def basis_of(session: Session, question: BasisQuestion) -> BasisRow:
    """Return the footing of a programme; raises Refusal for everybody but managers and for an unknown programme."""
    check_is_manager(session)
    programme = programme_of(session, question.programme_key)
    found = _kept(session, programme.id)
    return BasisRow(
        programme_key=programme.key,
        programme=programme.title,
        recipient=found.recipient if found else "",
        basis=found.basis if found else "",
        agreement=found.agreement if found else "",
        agreed_on=found.agreed_on if found else None,
        ends_on=found.ends_on if found else None,
        columns=_columns(found.columns) if found else (),
        blocked=_blocked(programme.title, found, question.today),
    )


def _kept(session: Session, programme_id: UUID) -> SharingBasis | None:
    return session.scalar(
        select(SharingBasis).where(
            SharingBasis.programme_id == programme_id, SharingBasis.archived_at.is_(None)
        )
    )


def _columns(kept: list[Any]) -> tuple[Column, ...]:
    """Return the lay-out as it can be filled in; a field that is not offered any more is left out."""
    return tuple(
        Column(heading=str(heading), field=str(field)) for heading, field in kept if str(field) in FIELDS
    )


def _blocked(programme: str, found: SharingBasis | None, today: dt.date) -> str:
    """Return why nothing may leave by name, in a sentence; blank when it may."""
    if found is None:
        return (
            f"“{programme}” has no footing on which clients may be passed on by name. Say first to whom, why the law "
            "allows it and by which agreement."
        )
    if not found.agreement.strip() or found.agreed_on is None:
        return f"No agreement with {found.recipient} is named, or the day it was signed. Fill in both first."
    if found.agreed_on > today:
        return f"The agreement with {found.recipient} begins on {date_words(found.agreed_on)}."
    if found.ends_on is not None and found.ends_on < today:
        return f"The agreement with {found.recipient} ended on {date_words(found.ends_on)}. Renew it first."
    if not _columns(found.columns):
        return "The file has no columns yet. Choose what it holds; the fewer, the better."
    return ""


def save_basis(session: Session, wish: SaveBasis) -> UUID:
    """Keep the footing of a programme and return its id; the lay-out that was there stays.

    Raises Refusal without a recipient or a legal footing, and for an agreement that ends before it was signed.
    """
    programme = programme_of(session, wish.programme_key)
    lacking = {}
    if not wish.recipient.strip():
        lacking["recipient"] = "Say who receives it."
    if not wish.basis.strip():
        lacking["basis"] = "Say why the law allows it."
    if wish.agreed_on and wish.ends_on and wish.ends_on < wish.agreed_on:
        lacking["ends_on"] = "The agreement ends before it was signed."
    if lacking:
        raise Refusal("Something is missing.", fields=lacking)
    found = _kept(session, programme.id)
    if found is None:
        usual = [[FIELDS[key].title, key] for key in USUAL]
        found = SharingBasis(programme_id=programme.id, columns=usual)
    found.recipient, found.basis = wish.recipient.strip(), wish.basis.strip()
    found.agreement, found.agreed_on, found.ends_on = wish.agreement.strip(), wish.agreed_on, wish.ends_on
    session.add(found)
    describe(session, f"Said on what footing {programme.title} passes clients on by name")
    return found.id


def save_columns(session: Session, wish: SaveColumns) -> None:
    """Keep the lay-out of the file.

    Raises Refusal while there is no footing, for a field that is not offered, and for a heading that is blank, too long
    or stands twice.
    """
    programme = programme_of(session, wish.programme_key)
    found = _kept(session, programme.id)
    if found is None:
        raise Refusal("Say first on what footing clients are passed on; then choose the columns.")
    headings = [" ".join(one.heading.split()) for one in wish.columns]
    sentence = ""
    if not all(headings) or any(len(one) > LINE for one in headings):
        sentence = f"Give every column a heading of at most {LINE} characters."
    elif len({one.casefold() for one in headings}) != len(headings):
        sentence = "Two columns have the same heading. Give one of them another."
    elif any(one.field not in FIELDS for one in wish.columns):
        sentence = "One of these fields is not offered. Choose it from the list."
    if sentence:
        raise Refusal(sentence, fields={"heading": sentence})
    found.columns = [[heading, one.field] for heading, one in zip(headings, wish.columns, strict=True)]
    describe(session, f"Changed what {programme.title} passes on by name")
