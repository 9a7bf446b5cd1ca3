"""Dates as people type them: "5 dec", "tomorrow", "+2w", "05122026", "3.5.26", "mon"."""

import calendar
import datetime as dt
import re
from typing import Literal

from PySide6.QtCore import QCoreApplication

from coachdesk.errors import Refusal

Lean = Literal["past", "nearest", "future"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {"today": 0, "now": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
_CENTURY_AHEAD = 20  # two-digit years further ahead than this are birth years
_LEADING_DAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* (?=\d)")  # the date decides, not its day
_WEEKDAY = re.compile(r"(next |last |this )?([a-z]{3,9})")
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy]?)[a-z]*")
_IN = re.compile(r"in (\d{1,4}) ([dwmy])[a-z]*")
_AGO = re.compile(r"(\d{1,4}) ([dwmy])[a-z]* ago")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:of )?([a-z]{3,9})\.?(?:\s*(\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?")


def parse_spoken_date(text: str, today: dt.date, *, lean: Lean = "nearest") -> dt.date:
    """Return the date that was meant, day before month as in Britain.

    ``lean`` decides the year of "5 dec" and the week of "mon" when none is typed: a contact leans to
    the past, a check-in to the future. Raises Refusal when the text is not a date, or no such day exists.
    """
    words = _LEADING_DAY.sub("", " ".join(text.lower().replace(",", " ").split()))
    for reading in (_word, _step, _weekday, _written, _numbers):
        found = reading(words, today, lean)
        if found is not None:
            return found
    raise Refusal(
        QCoreApplication.translate(
            "Dates", "“{text}” is not a date we can read. Try 5 Dec 2026 or tomorrow."
        ).format(text=text.strip())
    )


def _word(words: str, today: dt.date, _lean: Lean) -> dt.date | None:
    away = _WORDS.get(words)
    return None if away is None else today + dt.timedelta(days=away)


def _step(words: str, today: dt.date, _lean: Lean) -> dt.date | None:
    if found := _STEP.fullmatch(words):
        sign, number, unit = found.groups()
        return _moved(today, int(number) * (1 if sign == "+" else -1), unit or "d")
    if found := _IN.fullmatch(words):
        return _moved(today, int(found[1]), found[2])
    if found := _AGO.fullmatch(words):
        return _moved(today, -int(found[1]), found[2])
    return None


def _moved(today: dt.date, number: int, unit: str) -> dt.date:
    """Return a day some days, weeks, months or years away; a month's end stays in its month."""
    try:
        if unit in "dw":
            return today + dt.timedelta(days=number * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(today.day, last))
    except (OverflowError, ValueError, calendar.IllegalMonthError) as error:
        raise Refusal(QCoreApplication.translate("Dates", "That is too far away to be a date.")) from error


def _weekday(words: str, today: dt.date, lean: Lean) -> dt.date | None:
    found = _WEEKDAY.fullmatch(words)
    if not found or not any(name.startswith(found[2]) for name in _LONG_DAYS):
        return None
    ahead = (_DAYS.index(found[2][:3]) - today.weekday()) % 7
    towards = (found[1] or "").strip()
    if towards == "last" or (not towards and lean == "past"):
        return today + dt.timedelta(days=ahead - 7 if ahead or towards else 0)
    if towards == "next":
        return today + dt.timedelta(days=ahead or 7)
    return today + dt.timedelta(days=ahead)


def _written(words: str, today: dt.date, lean: Lean) -> dt.date | None:
    if found := _DAY_MONTH.fullmatch(words):
        number, month, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(words):
        month, number, year = found.groups()
    else:
        return None
    if month[:3] not in _MONTHS:
        return None
    return _made(int(number), _MONTHS.index(month[:3]) + 1, year, today, lean)


def _numbers(words: str, today: dt.date, lean: Lean) -> dt.date | None:
    if found := _ISO.fullmatch(words):
        return _made(int(found[3]), int(found[2]), found[1], today, lean)
    if found := _NUMBERS.fullmatch(words) or _RUN.fullmatch(words):
        return _made(int(found[1]), int(found[2]), found[3], today, lean)
    return None


def _made(day: int, month: int, year: str | None, today: dt.date, lean: Lean) -> dt.date:
    try:
        if year is not None:
            return dt.date(_full_year(year, today), month, day)
        return _leaning(day, month, today, lean)
    except ValueError as error:
        raise Refusal(QCoreApplication.translate("Dates", "There is no such day in the calendar.")) from error


def _full_year(year: str, today: dt.date) -> int:
    if len(year) > 2:  # noqa: PLR2004  # two digits or four
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full - 100 if full > today.year + _CENTURY_AHEAD else full


def _leaning(day: int, month: int, today: dt.date, lean: Lean) -> dt.date:
    """Return the day and month in the year that lies the right way from today."""
    around = [
        dt.date(year, month, day)
        for year in range(today.year - 1, today.year + 2)
        if _exists(day, month, year)
    ]
    if not around:
        # 29 February outside leap years has to be refused like any day that is not there
        raise ValueError(day, month)
    if lean == "past":
        return max((one for one in around if one <= today), default=around[0])
    if lean == "future":
        return min((one for one in around if one >= today), default=around[-1])
    return min(around, key=lambda one: abs((one - today).days))


def _exists(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]  # noqa: PLR2004  # months of a year
