"""The period of a return and its as-at date: typed, checked, and put into words."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from coachdesk.errors import Refusal
from coachdesk.press.cells import date_words

BETWEEN = ".."
LONGEST_DAYS = 366 * 5
HOW = "Write it as two dates, for example 2026-07-01..2026-09-30."


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from one date to another, both included."""

    from_on: dt.date
    to_on: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Return whether a day falls in the period; a blank day never does."""
        return day is not None and self.from_on <= day <= self.to_on

    def covers(self, other: "Period") -> bool:
        """Return whether the other period lies wholly within this one."""
        return self.from_on <= other.from_on and other.to_on <= self.to_on

    @property
    def words(self) -> str:
        """Return the period as it is written in a letter."""
        return f"{date_words(self.from_on)} to {date_words(self.to_on)}"

    @property
    def key(self) -> str:
        """Return the period as it is written in a file."""
        return f"{self.from_on.isoformat()}{BETWEEN}{self.to_on.isoformat()}"


def parse_date(text: str, field: str) -> dt.date:
    """Return an ISO date; raises Refusal with a sentence for the field."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        sentence = f"“{text.strip()[:40]}” is not a date. Write it as year-month-day, for example 2026-09-30."
        raise Refusal(sentence, fields={field: sentence}) from None


def parse_period(text: str) -> Period:
    """Return the period of ``2026-07-01..2026-09-30``; raises Refusal when it is not one."""
    first, between, last = text.partition(BETWEEN)
    if not between:
        sentence = f"“{text.strip()[:40]}” is not a period. {HOW}"
        raise Refusal(sentence, fields={"period": sentence})
    return checked_period(parse_date(first, "period"), parse_date(last, "period"))


def checked_period(from_on: dt.date, to_on: dt.date) -> Period:
    """Return the period; raises Refusal when it ends before it starts or is longer than five years."""
    if to_on < from_on:
        sentence = (
            f"The period ends ({date_words(to_on)}) before it starts ({date_words(from_on)}). "
            "Change one of the two dates."
        )
        raise Refusal(sentence, fields={"to_on": sentence})
    if (to_on - from_on).days > LONGEST_DAYS:
        sentence = "The period is longer than five years. Choose a shorter one."
        raise Refusal(sentence, fields={"to_on": sentence})
    return Period(from_on, to_on)


def check_as_at(period: Period, as_at: dt.date, today: dt.date) -> None:
    """Raise Refusal for an as-at date that lies in the future or before the period begins."""
    if as_at > today:
        sentence = (
            f"The as-at date ({date_words(as_at)}) lies in the future: nobody can say yet how things will "
            f"stand. Choose {date_words(today)} or earlier."
        )
        raise Refusal(sentence, fields={"as_at": sentence})
    if as_at < period.from_on:
        sentence = (
            f"The as-at date ({date_words(as_at)}) lies before the period begins "
            f"({date_words(period.from_on)}). Choose a date in the period or after it."
        )
        raise Refusal(sentence, fields={"as_at": sentence})


@lru_cache(maxsize=8_192)  # thousands of enrolments share a few hundred days
def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day-number some months on (or back), the month's last day where there is none."""
    return day + relativedelta(months=months)
