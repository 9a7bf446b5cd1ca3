"""Rows as the bytes of a CSV file that a spreadsheet opens as text and numbers, never as formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from coachdesk.press.cells import Cell

# OWASP, "CSV injection": a cell that begins so may be run; the wide forms are what some keyboards type
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def neutralised(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before a risky start."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file as RFC 4180 has it, in UTF-8 with the mark Excel needs to see that.

    Text is neutralised, numbers are not touched, dates are written 2026-10-03, nothing is an empty cell.
    """
    target = StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_text(heading) for heading in header])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, int | float):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return _text(cell)


def _text(text: str) -> str:
    # some readers stop at a NUL, which would hide what comes after it
    return neutralised(text.replace("\x00", ""))
