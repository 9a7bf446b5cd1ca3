"""Birth dates as people tell them: a day, a month, a year, or "about 40"; kept as a range, never guessed."""

import calendar
import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from coachdesk.errors import Refusal

_OLDEST_YEARS = 120
_MONTHS = {name.casefold()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_ABOUT = re.compile(r"^(?:about|around|approx\.?|c\.?|~)\s*(\d{1,3})$", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d)(st|nd|rd|th)\b", re.IGNORECASE)
_TWO_DIGITS = 100
BANDS = ((16, 17), (18, 24), (25, 34), (35, 49), (50, 64), (65, 200))
STRADDLES = "straddles"


class Birth(NamedTuple):
    """When somebody was born: the earliest and latest day it can have been, and the day it was told."""

    born_from: dt.date | None
    born_to: dt.date | None
    precision: str = "exact"
    told_on: dt.date | None = None


NOT_KNOWN = Birth(None, None, "", None)


def parse_birth(text: str, told_on: dt.date) -> Birth:
    """Return the birth date a text means; empty text means nothing was said.

    Raises Refusal for a date that cannot be, lies in the future or more than 120 years back.
    """
    typed = " ".join(_ORDINAL.sub(r"\1", text).replace(",", " ").split())
    if not typed:
        return NOT_KNOWN
    about = _ABOUT.match(typed)
    if about is not None:
        return _about(int(about.group(1)), told_on)
    parts = [part for part in re.split(r"[\s/.\-]+", typed) if part]
    birth = _from_parts(parts, told_on)
    return _sane(birth, told_on)


def _about(age: int, told_on: dt.date) -> Birth:
    if age > _OLDEST_YEARS:
        raise _refusal("That age is too high.")
    latest = _years_before(told_on, age)
    earliest = _years_before(told_on, age + 1) + dt.timedelta(days=1)
    return Birth(earliest, latest, "about", told_on)


def _from_parts(parts: list[str], told_on: dt.date) -> Birth:
    try:
        if len(parts) == 3:  # noqa: PLR2004  day, month and year
            day = _day(parts, told_on)
            return Birth(day, day, "exact", told_on)
        if len(parts) == 2:  # noqa: PLR2004  month and year
            return _month_of(_month(parts[0]), _year(parts[1], told_on), told_on)
        if len(parts) == 1 and len(parts[0]) == 4:  # noqa: PLR2004  a year in full
            year = int(parts[0])
            return Birth(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", told_on)
        if len(parts) == 1 and len(parts[0]) == 8 and parts[0].isdigit():  # noqa: PLR2004  ddmmyyyy
            one = parts[0]
            return _from_parts([one[:2], one[2:4], one[4:]], told_on)
    except (ValueError, KeyError, OverflowError) as error:
        raise _refusal("This is not a date in the calendar.") from error
    raise _refusal("This birth date could not be understood.")


def _day(parts: list[str], told_on: dt.date) -> dt.date:
    first, middle, last = parts
    if len(first) == 4:  # noqa: PLR2004  year first, as in 1974-04-09
        return dt.date(int(first), _month(middle), int(last))
    return dt.date(_year(last, told_on), _month(middle), int(first))


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text.casefold()[:3]]


def _year(text: str, told_on: dt.date) -> int:
    year = int(text)
    if year >= _TWO_DIGITS:
        return year
    century = told_on.year - told_on.year % _TWO_DIGITS
    return century + year if century + year <= told_on.year else century + year - _TWO_DIGITS


def _month_of(month: int, year: int, told_on: dt.date) -> Birth:
    first = dt.date(year, month, 1)
    return Birth(first, dt.date(year, month, calendar.monthrange(year, month)[1]), "month", told_on)


def _sane(birth: Birth, told_on: dt.date) -> Birth:
    if birth.born_from is not None and birth.born_from > told_on:
        raise _refusal("This birth date is in the future.")
    if birth.born_to is not None and birth.born_to < _years_before(told_on, _OLDEST_YEARS):
        raise _refusal(f"This birth date is more than {_OLDEST_YEARS} years ago.")
    return birth


def _refusal(sentence: str) -> Refusal:
    advice = "Type it as 9/4/1974, May 1974, 1974 or about 40."
    return Refusal(f"{sentence} {advice}", fields={"birth": f"{sentence} {advice}"})


def _years_before(day: dt.date, years: int) -> dt.date:
    return _in_year(day, day.year - years)


def _in_year(day: dt.date, year: int) -> dt.date:
    """Return the same day of another year; 29 February becomes 28 February."""
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day, last))


def ages_on(birth: Birth, on: dt.date) -> tuple[int, int] | None:
    """Return the lowest and highest age somebody can have on a day, or None."""
    if birth.born_from is None or birth.born_to is None:
        return None
    oldest = _age(birth.born_from, on)
    return (oldest if birth.born_to == birth.born_from else _age(birth.born_to, on)), oldest


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on(birth: Birth, on: dt.date) -> int | None:
    """Return the age on a day where it is certain, else None."""
    ages = ages_on(birth, on)
    return ages[0] if ages is not None and ages[0] == ages[1] else None


def age_band_on(birth: Birth, on: dt.date) -> str:
    """Return the key of the age band on a day, ``straddles`` when two are possible, nothing when not known.

    Bands are the CoachDesk default of facts 8 (16-17, 18-24, 25-34, 35-49, 50-64, 65+); younger than 16
    has none and counts as not known.
    """
    ages = ages_on(birth, on)
    if ages is None:
        return ""
    bands = {_band(age) for age in ages}
    return bands.pop() if len(bands) == 1 else STRADDLES


def _band(age: int) -> str:
    for low, high in BANDS:
        if low <= age <= high:
            return f"{low}_over" if high == BANDS[-1][1] else f"{low}_{high}"
    return ""


def birth_words(birth: Birth, on: dt.date) -> str:
    """Return a birth date as it is shown: "born 9 Apr 1974, 52", "born in 1974", "about 40"."""
    if birth.born_from is None or birth.born_to is None:
        return ""
    day = birth.born_from
    if birth.precision == "month":
        return f"born {_month_words(day.month)} {day.year:04}"
    if birth.precision == "year":
        return f"born in {day.year}"
    if birth.precision == "about":
        ages = ages_on(birth, on) or (0, 0)
        return f"about {ages[1]}"
    return f"born {day.day} {_month_words(day.month)} {day.year:04}, {age_on(birth, on)}"


@cache
def _month_words(month: int) -> str:
    return f"{dt.date(2000, month, 1):%b}"


def birth_text(birth: Birth) -> str:
    """Return a birth date as one would type it, so that a form shows what ``parse_birth`` reads back."""
    day = birth.born_from
    if day is None or birth.born_to is None:
        return ""
    if birth.precision == "month":
        return f"{day:%b %Y}"
    if birth.precision == "year":
        return f"{day.year}"
    if birth.precision == "about" and birth.told_on is not None:
        return f"about {_age(birth.born_to, birth.told_on)}"
    return f"{day.day}/{day.month}/{day.year}"
