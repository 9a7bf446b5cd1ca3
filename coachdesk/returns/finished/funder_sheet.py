"""A filled funder's sheet against the written release.json: a number in it is the one printed there, or its mark."""

import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.returns.finished.released import Released
from coachdesk.returns.funder_sheets_file import CellAt
from coachdesk.returns.tables import MARK, SEPARATOR

NOT_AVAILABLE = "[x]"
NUMBERS, CELLS = "number", "cell"
"""How the key of a value begins that is a number of the public form; other keys are words."""


def require_sheet(content: bytes, keys: Mapping[CellAt, str], release: bytes) -> None:
    """Raise Trouble when a filled sheet says of a cell anything but what the written public form prints of it."""
    faults = tuple(dict.fromkeys(sheet_faults(content, keys, json.loads(release))))
    if faults:
        raise Trouble(
            f"The funder’s sheet was taken back: {' '.join(faults)}",
            advice="Prepare the return again, and tell whoever looks after CoachDesk.",
        )


def sheet_faults(content: bytes, keys: Mapping[CellAt, str], release: Mapping[str, Any]) -> Iterator[str]:
    """Return what a filled sheet says that the public form does not, in sentences that name nobody and no number."""
    from openpyxl import load_workbook  # noqa: PLC0415  the window starts without it

    printed = Released(release, {}).cells
    with warnings.catch_warnings():
        # What openpyxl cannot keep on saving (drop-down lists, print set-ups) does not matter to reading.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content))
            found = {at: book[at[0]].cell(row=at[1], column=at[2]).value for at in keys}
        except (LookupError, ValueError, zipfile.BadZipFile):
            yield "it cannot be read back."
            return
    for at, key in keys.items():
        sort, *place = key.split(SEPARATOR)
        if sort not in {NUMBERS, CELLS}:
            continue
        cell = (place[0], tuple(place[1:]))
        wanted: int | str = NOT_AVAILABLE
        if cell in printed:
            number = printed[cell]
            wanted = MARK if number is None else number
        if found[at] != wanted:
            yield "a cell of it says something else than the public form of the return."
