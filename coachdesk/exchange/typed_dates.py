"""Dates as people type them, day before month: 09/04/1974, 3.5.26, 3rd May 2026, 03-May-2026, 2026-05-03.

Written without a date library because forty thousand of them come at once.
"""

import datetime as dt
import re

from coachdesk.errors import Refusal

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
YEARS_AHEAD = 10
"""A two-digit year lies at most this far ahead of today; otherwise it was in the last century."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}

SEPARATOR = r"\s*[-/.\\\s,]\s*"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
TIME = r"(?:[t\s,]+\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}", re.IGNORECASE)
DAY_FIRST = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?{SEPARATOR}([a-z]{{3,9}}|\d{{1,2}})\.?{SEPARATOR}'?(\d{{4}}|\d{{2}}){TIME}",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    rf"{WEEKDAY}([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+'?(\d{{4}}|\d{{2}}){TIME}", re.IGNORECASE
)
NO_GAPS = re.compile(r"(\d{1,2})([a-z]{3,9})(\d{4}|\d{2})", re.IGNORECASE)


def read_date(text: str, today: dt.date, *, birth: bool = False) -> dt.date:
    """Return the day a typed date means; raises Refusal with a sentence when it is none.

    A two-digit year means the century that puts the day in the past (a birth) or at most ten years ahead.
    """
    cleaned = text.strip()
    year, month, day = _parts(cleaned)
    whole_year = _whole_year(year, today, birth=birth)
    _refuse_impossible(whole_year, month, day)
    return dt.date(whole_year, month, day)


def _parts(text: str) -> tuple[str, int, int]:
    """Return year as typed, month and day."""
    if found := ISO.fullmatch(text):
        return found[1], int(found[2]), int(found[3])
    if found := DAY_FIRST.fullmatch(text) or NO_GAPS.fullmatch(text):
        return found[3], _month(found[2]), int(found[1])
    if found := MONTH_FIRST.fullmatch(text):
        return found[3], _month(found[1]), int(found[2])
    raise Refusal("This is not a date. Write it like 3 May 2026 or 03/05/2026.")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    number = MONTHS.get(text.casefold())
    if number is None:
        raise Refusal(f"There is no month “{text}”. Write the date like 3 May 2026 or 03/05/2026.")
    return number


def _whole_year(typed: str, today: dt.date, *, birth: bool) -> int:
    if len(typed) > 2:  # noqa: PLR2004 -- two digits or four
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    latest = today.year if birth else today.year + YEARS_AHEAD
    return year - 100 if year > latest else year


def _refuse_impossible(year: int, month: int, day: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refusal(f"The year {year} cannot be right. Write the date like 3 May 2026 or 03/05/2026.")
    if not 1 <= month <= 12:  # noqa: PLR2004 -- months of a year
        raise Refusal(
            f"There is no month {month}: dates here are day, month, year. Write it like 3 May 2026."
        )
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    if not 1 <= day <= last:
        raise Refusal(f"There is no day {day} in that month. Check the date and write it like 3 May 2026.")
