"""Working days: a check-in that falls on a weekend or bank holiday is proposed for the next working day, with the reason."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.plain_rows import plain_rows
from coachdesk.models import BankHoliday

_SATURDAY = 5
_DAY = dt.timedelta(days=1)
Holidays: TypeAlias = Mapping[dt.date, str]
"""The bank holidays of the editable list, each with its name."""


class Proposal(NamedTuple):
    """The next working day, and why the day itself is none."""

    on: dt.date
    why: str


def holidays(session: Session) -> dict[dt.date, str]:
    """Return the bank holidays of England that stand in the editable list, by day."""
    query = select(BankHoliday.falls_on, BankHoliday.title).where(BankHoliday.archived_at.is_(None))
    return dict(plain_rows(session, query))


def proposal(day: dt.date, known: Holidays) -> Proposal | None:
    """Return the next working day for a day that is none; None for a working day."""
    if not _is_free(day, known):
        return None
    why = known.get(day) or f"{day:%A}"
    while _is_free(day, known):
        day += _DAY
    return Proposal(day, why)


def _is_free(day: dt.date, known: Holidays) -> bool:
    return day.weekday() >= _SATURDAY or day in known
