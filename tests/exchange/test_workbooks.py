"""Workbooks: text, numbers and dates as a person would have typed them."""

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from coachdesk.errors import Refusal
from coachdesk.exchange import workbooks
from coachdesk.exchange.sheets import read_sheets
from coachdesk.exchange.workbooks import text_of


def saved(folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    path = folder / "book.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("a", "a"), (True, "Yes"), (False, "No"), (16.0, "16"), (37.5, "37.5"), (16, "16"), (dt.datetime(2026, 5, 3), "2026-05-03")],  # noqa: DTZ001 -- a workbook knows no zone
)  # fmt: skip
def test_cells_become_what_a_person_would_type(value: object, text: str) -> None:
    assert text_of(value) == text


def test_a_workbook_without_headings_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, ("Clients", [["CD0001", "Emma", dt.date(1974, 4, 9)], ["CD0002", "Chidi", None]]))
    with pytest.raises(Refusal, match="sheet “Clients” has no row of headings"):
        read_sheets([path])


def test_a_page_of_notes_beside_the_clients_is_kept_and_explained(tmp_path: Path) -> None:
    clients: list[list[object]] = [["Ref", "First name", "Surname"], ["C1", "A", "B"]]
    path = saved(tmp_path, ("Empty", []), ("Clients", clients), ("Sums", [[1, 2], [3, 4]]))
    found = {sheet.sheet: sheet for sheet in read_sheets([path])}
    assert set(found) == {"Clients", "Sums"}
    assert found["Sums"].kind == ""
    assert len(found["Sums"].rows) == 2
    assert "no row of headings" in found["Sums"].note


def test_a_hundred_thousand_empty_rows_do_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Ref", "First name", "Surname"])
    page.append(["C1", "A", "B"])
    page.cell(row=100_003, column=1, value=" ")
    path = tmp_path / "long.xlsx"
    book.save(path)
    (sheet,) = read_sheets([path])
    assert len(sheet.rows) == 1


def test_a_workbook_that_unpacks_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "BIGGEST_UNPACKED", 100)
    path = saved(tmp_path, ("Clients", [["Ref", "Surname"], ["C1", "B"]]))
    with pytest.raises(Refusal, match="unpacks to more than a gigabyte"):
        read_sheets([path])


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415 -- only here

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("readme.txt", "hello")
    path = tmp_path / "other.xlsx"
    path.write_bytes(packed.getvalue())
    with pytest.raises(Refusal, match="is damaged or is not an Excel workbook"):
        read_sheets([path])
