"""Dates, counts and names as one says them: the only place where the window words them."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.tokens import Tone

translate = QCoreApplication.translate


@cache
def _days() -> tuple[str, ...]:
    return (
        translate("Spoken", "Mon"),
        translate("Spoken", "Tue"),
        translate("Spoken", "Wed"),
        translate("Spoken", "Thu"),
        translate("Spoken", "Fri"),
        translate("Spoken", "Sat"),
        translate("Spoken", "Sun"),
    )


@cache
def _long_days() -> tuple[str, ...]:
    return (
        translate("Spoken", "Monday"),
        translate("Spoken", "Tuesday"),
        translate("Spoken", "Wednesday"),
        translate("Spoken", "Thursday"),
        translate("Spoken", "Friday"),
        translate("Spoken", "Saturday"),
        translate("Spoken", "Sunday"),
    )


@cache
def _months() -> tuple[str, ...]:
    return (
        translate("Spoken", "Jan"),
        translate("Spoken", "Feb"),
        translate("Spoken", "Mar"),
        translate("Spoken", "Apr"),
        translate("Spoken", "May"),
        translate("Spoken", "Jun"),
        translate("Spoken", "Jul"),
        translate("Spoken", "Aug"),
        translate("Spoken", "Sep"),
        translate("Spoken", "Oct"),
        translate("Spoken", "Nov"),
        translate("Spoken", "Dec"),
    )


@cache
def _long_months() -> tuple[str, ...]:
    return (
        translate("Spoken", "January"),
        translate("Spoken", "February"),
        translate("Spoken", "March"),
        translate("Spoken", "April"),
        translate("Spoken", "May"),
        translate("Spoken", "June"),
        translate("Spoken", "July"),
        translate("Spoken", "August"),
        translate("Spoken", "September"),
        translate("Spoken", "October"),
        translate("Spoken", "November"),
        translate("Spoken", "December"),
    )


def day(date: dt.date | None) -> str:
    """Return a date in full: "Thu 9 Oct 2026"; nothing for no date."""
    if date is None:
        return ""
    return f"{_days()[date.weekday()]} {date.day} {_months()[date.month - 1]} {date.year}"


def short_day(date: dt.date | None, today: dt.date) -> str:
    """Return a date without the year where the year is this one: "Thu 9 Oct"."""
    if date is None:
        return ""
    words = day(date)
    return words.removesuffix(f" {date.year}") if date.year == today.year else words


def long_day(date: dt.date) -> str:
    """Return a date as a heading: "Thursday 23 October"."""
    return f"{_long_days()[date.weekday()]} {date.day} {_long_months()[date.month - 1]}"


def month(date: dt.date) -> str:
    """Return a month and year: "October 2026"."""
    return f"{_long_months()[date.month - 1]} {date.year}"


def moment(at: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """Return an instant as date and time where the laptop stands: "Thu 9 Oct 2026, 15:40"."""
    local = at.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M}"


def due(date: dt.date | None, today: dt.date) -> str:
    """Return when something is due, seen from today: "3 days late", "Today", "in 5 days"."""
    if date is None:
        return ""
    away = (date - today).days
    if away < 0:
        return plural(
            -away, translate("Spoken", "{count} day late"), translate("Spoken", "{count} days late")
        )
    if away == 0:
        return translate("Spoken", "Today")
    if away == 1:
        return translate("Spoken", "Tomorrow")
    return plural(away, translate("Spoken", "in {count} day"), translate("Spoken", "in {count} days"))


def due_tone(date: dt.date | None, today: dt.date) -> Tone:
    """Return the tone that goes with the words of ``due``."""
    if date is None or date > today:
        return Tone.NEUTRAL
    return Tone.DANGER if date < today else Tone.WARNING


def ago(date: dt.date | None, today: dt.date) -> str:
    """Return how long ago something was: "today", "yesterday", "6 days ago"; later than today is its date."""
    if date is None:
        return translate("Spoken", "never")
    days = (today - date).days
    if days < 0:
        return day(date)
    words = {0: translate("Spoken", "today"), 1: translate("Spoken", "yesterday")}
    return words.get(days) or translate("Spoken", "{count} days ago").format(count=days)


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its word; ``one`` and ``many`` may hold ``{count}``, which else comes first.

    >>> plural(1, "client", "clients"), plural(1200, "client", "clients")
    ('1 client', '1,200 clients')
    """
    words = one if count == 1 else many
    if "{count}" in words:
        return words.format(count=f"{count:,}")
    return f"{count:,} {words}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "Amara, Ian and Kemi"."""
    if len(names) < 2:  # noqa: PLR2004  # a list begins with two
        return "".join(names)
    return translate("Spoken", "{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])


def full_name(given: str, family: str) -> str:
    """Return a name as it is spoken, whichever half is known."""
    return f"{given} {family}".strip()


def money(pence: int) -> str:
    """Return pence as pounds: "£1,234.50"."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
