"""A filled funder's sheet is held against the public form that lies beside it."""

import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from coachdesk.errors import Trouble
from coachdesk.returns.finished.funder_sheet import require_sheet, sheet_faults
from coachdesk.returns.funder_sheets_file import CellAt
from tests.returns.funder_forms import funder_form
from tests.returns.printed_returns import TABLES

RELEASE = {"tables": TABLES}
KEYS: dict[CellAt, str] = {
    ("Grant form", 2, 2): "fact|organisation",
    ("Grant form", 4, 2): "number|starts",
    ("Grant form", 5, 2): "cell|starts-by-sex|Female",
    ("Grant form", 6, 2): "cell|starts-by-sex|Male",
    ("Notes", 40, 3): "cell|no-such-table|Total",
}
TRUE = {"B2": "Furness Into Work", "B4": 42, "B5": 30, "B6": "[c]"}


def sheet(**changes: Any) -> bytes:
    book = load_workbook(io.BytesIO(funder_form()))
    for place, value in {**TRUE, **changes}.items():
        book["Grant form"][place] = value
    book["Notes"]["C40"] = "[x]"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_sheet_that_says_what_is_printed_is_let_through() -> None:
    assert list(sheet_faults(sheet(), KEYS, RELEASE)) == []
    require_sheet(sheet(B2="Any words"), KEYS, json.dumps(RELEASE).encode())


@pytest.mark.parametrize("changes", [{"B6": 8}, {"B5": 31}, {"B4": "42"}, {"B5": "[c]"}, {"B6": None}])
def test_any_other_number_or_mark_takes_it_back(changes: dict[str, Any]) -> None:
    with pytest.raises(Trouble, match="something else than the public form") as told:
        require_sheet(sheet(**changes), KEYS, json.dumps(RELEASE).encode())
    assert "8" not in told.value.message


def test_what_is_no_workbook_or_lacks_the_sheet_is_taken_back() -> None:
    assert list(sheet_faults(b"no workbook", KEYS, RELEASE)) == ["it cannot be read back."]
    assert list(sheet_faults(sheet(), {("Gone", 1, 1): "number|starts"}, RELEASE)) == [
        "it cannot be read back."
    ]
