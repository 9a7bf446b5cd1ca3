"""Due days in words, for rows that go up to the window."""

import datetime as dt


def due_words(on: dt.date | None, today: dt.date) -> str:
    """Return "3 days late", "Today", "Tomorrow" or "Fri 24 Oct"; nothing for no day."""
    if on is None:
        return ""
    away = (on - today).days
    if away < 0:
        return f"{-away} day late" if away == -1 else f"{-away} days late"
    if away == 0:
        return "Today"
    return "Tomorrow" if away == 1 else f"{on:%a} {on.day} {on:%b}"


def ago_words(on: dt.date | None, today: dt.date) -> str:
    """Return "today", "yesterday", "6 days ago", or the date when it is longer ago."""
    if on is None:
        return ""
    days = (today - on).days
    if days <= 0:
        return "today" if days == 0 else f"{on.day} {on:%b %Y}"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days <= 60 else f"{on.day} {on:%b %Y}"  # noqa: PLR2004  two months
