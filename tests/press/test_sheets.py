from collections.abc import Callable
from datetime import date

import pytest

from coachdesk.press.sheets import Sheet, Workbook


def a_sheet(
    name: str = "Table 1", table_name: str = "clients", columns: tuple[str, ...] = ("A", "B")
) -> Sheet:
    return Sheet(name, "Title", table_name, columns, [("x", 1)])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: a_sheet(name=""), "31"),
        (lambda: a_sheet(name="x" * 32), "31"),
        (lambda: a_sheet(name="a/b"), "31"),
        (lambda: a_sheet(name="'a"), "apostrophe"),
        (lambda: a_sheet(table_name="a b"), "table's name"),
        (lambda: a_sheet(table_name="AB12"), "address"),
        (lambda: a_sheet(columns=("A", "a")), "different"),
        (lambda: a_sheet(columns=("A", " ")), "headings"),
        (lambda: a_sheet(columns=()), "headings"),
        (lambda: a_sheet(columns=("A",)), "one cell"),
        (lambda: Sheet("S", "Title", "clients", ("A",), [], shares=("B",)), "shares"),
        (lambda: Workbook("t", date(2026, 1, 1), [a_sheet(name="cover")]), "different names"),
        (lambda: Workbook("t", date(2026, 1, 1), [a_sheet(), a_sheet(name="Other")]), "different names"),
    ],
    ids=[f"case {number}" for number in range(13)],
)
def test_what_a_spreadsheet_would_refuse_is_refused_first(wrong: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        wrong()
