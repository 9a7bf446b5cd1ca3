"""Bank holidays as a list with their source: one that is announced is added, one that was moved corrected or taken out."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import BankHoliday
from coachdesk.vault.work import clock_of, describe

_GONE = "This bank holiday is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidayRow:
    """One bank holiday of England, and where it is written."""

    id: UUID
    falls_on: dt.date
    title: str
    source_note: str


def list_bank_holidays(session: Session, from_on: dt.date) -> tuple[BankHolidayRow, ...]:
    """Return the bank holidays from a day on, in their order."""
    query = select(BankHoliday).where(BankHoliday.archived_at.is_(None), BankHoliday.falls_on >= from_on)
    return tuple(
        BankHolidayRow(id=one.id, falls_on=one.falls_on, title=one.title, source_note=one.source_note)
        for one in session.scalars(query.order_by(BankHoliday.falls_on))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBankHoliday:
    """A bank holiday as it is typed; ``holiday_id`` None for a new one."""

    holiday_id: UUID | None = None
    falls_on: dt.date
    title: str
    source_note: str


def save_bank_holiday(session: Session, wish: SaveBankHoliday) -> None:
    """Write a bank holiday; dates that are worked out from now on heed it.

    Raises Refusal without a name or a source, for a day that stands here already, and for one that is gone.
    """
    same_day = session.scalars(select(BankHoliday).where(BankHoliday.falls_on == wish.falls_on)).first()
    refused = _refused(wish, same_day)
    if refused:
        raise Refusal("Please look at the fields marked below.", fields=refused)
    holiday = _meant(session, wish, same_day)
    holiday.falls_on, holiday.title = wish.falls_on, wish.title.strip()
    holiday.source_note, holiday.archived_at = wish.source_note.strip(), None
    session.add(holiday)
    describe(session, f"Changed a bank holiday: {holiday.title}, {holiday.falls_on:%d/%m/%Y}")


def _refused(wish: SaveBankHoliday, same_day: BankHoliday | None) -> dict[str, str]:
    refused = {}
    if not wish.title.strip():
        refused["title"] = "Say which bank holiday this is."
    if not wish.source_note.strip():
        refused["source_note"] = "Say where this comes from, so that anybody can look it up."
    stands = same_day is not None and same_day.id != wish.holiday_id
    if same_day is not None and stands and (same_day.archived_at is None or wish.holiday_id is not None):
        refused["falls_on"] = "This day is in the list already, or was taken out of it: add it as a new one."
        if same_day.archived_at is None:
            refused["falls_on"] = "This day is a bank holiday already: correct that one."
    return refused


def _meant(session: Session, wish: SaveBankHoliday, same_day: BankHoliday | None) -> BankHoliday:
    if wish.holiday_id is None:
        return same_day or BankHoliday()  # one that was taken out comes back as it is told now
    holiday = session.get(BankHoliday, wish.holiday_id)
    if holiday is None or holiday.archived_at is not None:
        raise Refusal(_GONE)
    return holiday


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutBankHoliday:
    """A bank holiday that is none after all."""

    holiday_id: UUID


def take_out_bank_holiday(session: Session, wish: TakeOutBankHoliday) -> None:
    """Take a bank holiday out; raises Refusal when it is gone already."""
    holiday = session.get(BankHoliday, wish.holiday_id)
    if holiday is None or holiday.archived_at is not None:
        raise Refusal(_GONE)
    holiday.archived_at = clock_of(session).now()
    describe(session, f"Took out a bank holiday: {holiday.title}, {holiday.falls_on:%d/%m/%Y}")
