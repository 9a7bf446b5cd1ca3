"""Pay against the rates in force: what the law asks for the client's age on the date, from dated tables."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, ages_on
from coachdesk.casework.due_rules import months_after
from coachdesk.errors import Refusal
from coachdesk.models import Rate

_ADULT_SINCE_2024, _YOUNG, _APPRENTICE = 21, 18, 19
_MOST_HOURS, _MOST_POUNDS = 168, 1_000
_HOUR, _YEAR = 60, 12
_PLAIN = re.compile(r"[£\s,]")


@dataclass(frozen=True, slots=True)
class RateOn:
    """A rate in pence an hour, with the days between which it holds."""

    name: str
    valid_from: dt.date
    valid_to: dt.date | None
    pence: int
    source: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the rate is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def all_rates(session: Session) -> tuple[RateOn, ...]:
    """Return every rate, by name and date."""
    query = select(Rate.name, Rate.valid_from, Rate.valid_to, Rate.pence, Rate.source_note)
    query = query.where(Rate.archived_at.is_(None))
    return tuple(RateOn(*row) for row in session.execute(query.order_by(Rate.name, Rate.valid_from)))


def rate_in_force(rates: Sequence[RateOn], name: str, day: dt.date) -> RateOn | None:
    """Return the rate of a day, the newest where two hold, or None where no rate for that day is known."""
    holding = [rate for rate in rates if rate.name == name and rate.holds_on(day)]
    return max(holding, key=attrgetter("valid_from"), default=None)


def rate_on(rates: Sequence[RateOn], name: str, day: dt.date) -> int | None:
    """Return a rate on a day in pence, or None where no rate for that day is known."""
    found = rate_in_force(rates, name, day)
    return None if found is None else found.pence


def statutory_minimum(
    rates: Sequence[RateOn], birth: Birth, day: dt.date, *, apprentice_since: dt.date | None = None
) -> int | None:
    """Return the lowest lawful pence an hour for somebody's age on a day; None where age or rate is not known.

    National Minimum Wage and National Living Wage (facts 5): 21 and over, 18 to 20, under 18; apprentices under
    19, and older ones in the first year of their apprenticeship, have their own rate. Where the age is not
    certain the lowest possible rate is taken.
    """
    name = minimum_for(birth, day, apprentice_since=apprentice_since)
    return None if name is None else rate_on(rates, name, day)


def minimum_for(birth: Birth, day: dt.date, *, apprentice_since: dt.date | None = None) -> str | None:
    """Return the name of the statutory rate for somebody's age on a day, or None where the age is not known."""
    ages = ages_on(birth, day)
    if ages is None:
        return None
    youngest = ages[0]
    if apprentice_since is not None and (
        youngest < _APPRENTICE or day < months_after(apprentice_since, _YEAR)
    ):
        return "minimum_wage_apprentice"
    if youngest < _YOUNG:
        return "minimum_wage_under_18"
    return "minimum_wage_18_20" if youngest < _ADULT_SINCE_2024 else "national_living_wage"


def money(pence: int) -> str:
    """Return pence as pounds: £12.71."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


def hours_words(minutes: int | None) -> str:
    """Return minutes a week as hours: "37.5 hours a week"; nothing for not known."""
    if minutes is None:
        return ""
    hours = f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")
    return f"{hours} {'hour' if minutes == _HOUR else 'hours'} a week"


def minutes_of(typed: str, field: str) -> int | None:
    """Return hours a week, as typed, in minutes; None for nothing; raises Refusal beside the field."""
    hours = _number(typed, field, "Type hours a week, as in 16 or 37.5.")
    if hours is None:
        return None
    if not 0 <= hours <= _MOST_HOURS:
        raise Refusal("A week has 168 hours.", fields={field: "Type hours a week, up to 168."})
    return round(hours * 60)


def pence_of(typed: str, field: str) -> int | None:
    """Return pounds, as typed, in pence; None for nothing; raises Refusal beside the field."""
    pounds = _number(typed, field, "Type pounds an hour, as in 12.71.")
    if pounds is None:
        return None
    if not 0 <= pounds <= _MOST_POUNDS:
        raise Refusal("That pay an hour is not likely.", fields={field: "Type pounds an hour, as in 12.71."})
    return round(pounds * 100)


def _number(typed: str, field: str, advice: str) -> Decimal | None:
    plain = _PLAIN.sub("", typed)
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise Refusal(advice, fields={field: advice}) from None
    if not found.is_finite():
        raise Refusal(advice, fields={field: advice})
    return found
