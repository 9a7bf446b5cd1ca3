"""What may stand in one cell of a table, and how it reads on paper."""

from datetime import date
from decimal import Decimal
from typing import TypeGuard

Cell = str | int | float | Decimal | date | None

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not strftime: its month names follow the locale of the laptop


def date_words(day: date) -> str:
    """Return a date as it is written in a letter: ``3 October 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def cell_words(cell: Cell) -> str:
    """Return a cell as a person reads it: thousands with commas, dates in words, yes and no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, int | float | Decimal):
        return f"{cell:,}"
    if isinstance(cell, date):
        return date_words(cell)
    return cell


def is_number(cell: Cell) -> TypeGuard[int | float | Decimal]:
    """Return whether a cell holds a number to calculate with (a yes or no is not one)."""
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def is_mark(cell: Cell) -> bool:
    """Return whether a cell holds shorthand such as ``[c]`` in a number's place (disclosure.md 1)."""
    return isinstance(cell, str) and cell.startswith("[") and cell.endswith("]")
