"""Rates of pay as dated tables with their source: a new one from a day on, and one that was typed wrongly corrected."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.pay import money, pence_of
from coachdesk.errors import Refusal
from coachdesk.models import Rate
from coachdesk.vault.work import clock_of, describe

RATES = {
    "national_living_wage": "National Living Wage, 21 and over",
    "minimum_wage_18_20": "Minimum wage, 18 to 20",
    "minimum_wage_under_18": "Minimum wage, under 18",
    "minimum_wage_apprentice": "Minimum wage, apprentices",
    "real_living_wage": "Real Living Wage, UK",
    "real_living_wage_london": "Real Living Wage, London",
}
"""The rates the program compares pay with, by name; each vault holds their dated rows."""
_GONE = "This rate is not there any more."
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """A rate from a day on, as it is typed; ``valid_to`` None while no end is known."""

    id: UUID
    name: str
    title: str
    valid_from: dt.date
    valid_to: dt.date | None
    pay: str
    source_note: str
    is_in_force: bool


def list_rates(session: Session, today: dt.date) -> tuple[RateRow, ...]:
    """Return every rate in the order of the law's ages and then the real Living Wage, the newest first."""
    order = list(RATES)
    kept = list(
        session.scalars(select(Rate).where(Rate.archived_at.is_(None)).order_by(Rate.valid_from.desc()))
    )
    kept.sort(key=lambda rate: order.index(rate.name) if rate.name in RATES else len(order))
    return tuple(
        RateRow(
            id=rate.id,
            name=rate.name,
            title=RATES.get(rate.name, rate.name),
            valid_from=rate.valid_from,
            valid_to=rate.valid_to,
            pay=money(rate.pence),
            source_note=rate.source_note,
            is_in_force=rate.valid_from <= today and (rate.valid_to is None or today <= rate.valid_to),
        )
        for rate in kept
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRate:
    """A rate from a day on, new (without ``rate_id``) or corrected; its pay as somebody types it."""

    name: str
    valid_from: dt.date
    pay: str
    source_note: str
    valid_to: dt.date | None = None
    rate_id: UUID | None = None


def save_rate(session: Session, wish: SaveRate) -> None:
    """Write a rate; one without an end before it ends the day before this one begins.

    Raises Refusal without pay or a source, for days upside down, and for a day this rate begins on already.
    """
    pence = pence_of(wish.pay, "pay")
    refused = _refused(wish, pence)
    rate = Rate(name=wish.name) if wish.rate_id is None else session.get(Rate, wish.rate_id)
    if rate is None or rate.archived_at is not None:
        raise Refusal(_GONE)
    others = [one for one in _rows(session, wish.name) if one.id != rate.id]
    same_day = next((one for one in others if one.valid_from == wish.valid_from), None)
    if same_day is not None and (same_day.archived_at is None or wish.rate_id is not None):
        refused["valid_from"] = "There is a rate from this day already: correct that one."
    if refused or pence is None:
        raise Refusal("Please look at the fields marked below.", fields=refused)
    if same_day is not None and wish.rate_id is None:
        rate = same_day  # it was taken out once, and comes back as it is told now
        rate.archived_at = None
    rate.valid_from, rate.valid_to, rate.pence = wish.valid_from, wish.valid_to, pence
    rate.source_note = wish.source_note.strip()
    for one in others:
        if one.archived_at is None and one.valid_to is None and one.valid_from < wish.valid_from:
            one.valid_to = wish.valid_from - _DAY
    session.add(rate)
    describe(session, f"Changed a rate of pay: {RATES.get(wish.name, wish.name)}")


def _refused(wish: SaveRate, pence: int | None) -> dict[str, str]:
    refused = {}
    if wish.name not in RATES:
        refused["name"] = "Choose which rate this is."
    if not pence:
        refused["pay"] = "Type pounds an hour, as in 12.71."
    if not wish.source_note.strip():
        refused["source_note"] = "Say where this comes from, so that anybody can look it up."
    if wish.valid_to is not None and wish.valid_to < wish.valid_from:
        refused["valid_to"] = "This is before it begins."
    return refused


def _rows(session: Session, name: str) -> list[Rate]:
    return list(session.scalars(select(Rate).where(Rate.name == name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOutRate:
    """A rate that was never so."""

    rate_id: UUID


def take_out_rate(session: Session, wish: TakeOutRate) -> None:
    """Take a rate out; raises Refusal when it is gone already."""
    rate = session.get(Rate, wish.rate_id)
    if rate is None or rate.archived_at is not None:
        raise Refusal(_GONE)
    rate.archived_at = clock_of(session).now()
    describe(session, f"Took out a rate of pay: {RATES.get(rate.name, rate.name)}")
