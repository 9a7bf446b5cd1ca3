import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coachdesk.press.csv_file import FORMULA_STARTS, csv_bytes, neutralised

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


def test_numbers_dates_and_blanks_are_written_plainly() -> None:
    written = csv_bytes(
        ["Name", "Count"],
        [["Łucja’s", -5], ["a,b", 1.5], ['q"', Decimal("1E+2")], [None, date(2026, 10, 3)], [True, False]],
    )
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == (
        'Name,Count\r\nŁucja’s,-5\r\n"a,b",1.5\r\n"q""",100\r\n,2026-10-03\r\nYes,No\r\n'
    )


def test_what_looks_like_a_formula_is_text() -> None:
    assert neutralised("=1+1") == "'=1+1"
    assert neutralised("1+1") == "1+1"
    assert csv_bytes(["@head"], [["-5"], ["\tx"]]).decode("utf-8-sig") == "'@head\r\n'-5\r\n'\tx\r\n"


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_no_cell_starts_a_formula_and_no_text_is_lost(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(csv_bytes(["a", "b"], rows).decode("utf-8-sig"), newline="")))
    assert len(back) == len(rows) + 1
    for sent, came in zip(rows, back[1:], strict=True):
        for text, cell in zip(sent, came, strict=True):
            assert not cell.startswith(FORMULA_STARTS)
            assert cell.removeprefix("'") in {
                text.replace("\x00", ""),
                text.replace("\x00", "").removeprefix("'"),
            }
