"""The workbook in another program, and each point of the guidance it follows (disclosure.md 1, S19 and S20)."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.returns.finished.finished_pack import files

OFFICE = shutil.which("soffice")
WHOLE = files()["tables.xlsx"]
PLAIN_SHEETS = ("Cover",)


@pytest.fixture(scope="module")
def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(WHOLE))


def cells(book: openpyxl.Workbook) -> dict[str, list[list[object]]]:
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


@pytest.mark.skipif(
    OFFICE is None and not os.environ.get("CI"),
    reason="LibreOffice Calc is not installed; make test installs it on Debian and its kin",
)
def test_opened_recalculated_and_saved_by_libreoffice_no_cell_changes(
    opened: openpyxl.Workbook, tmp_path: Path
) -> None:
    assert OFFICE is not None, "the gate has to have LibreOffice Calc"
    (tmp_path / "tables.xlsx").write_bytes(WHOLE)
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "tables.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    saved = openpyxl.load_workbook(tmp_path / "saved" / "tables.xlsx")
    assert cells(saved) == cells(opened)
    assert not any(
        cell.data_type in {"f", "e"}
        for sheet in saved.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
    assert [sheet.tables.keys() for sheet in saved.worksheets] == [
        sheet.tables.keys() for sheet in opened.worksheets
    ]


def tables(book: openpyxl.Workbook) -> Iterator[Worksheet]:
    return (sheet for sheet in book.worksheets if sheet.title not in PLAIN_SHEETS)


def test_cover_contents_and_notes_stand_before_the_tables(opened: openpyxl.Workbook) -> None:
    assert opened.sheetnames[:4] == ["Cover", "Contents", "Notes", "Figures"]
    assert opened.sheetnames[4:] == [f"Table {number}" for number in range(1, len(opened.sheetnames) - 3)]


def test_every_sheet_has_its_title_in_a1_and_one_marked_up_table_with_a_name(
    opened: openpyxl.Workbook,
) -> None:
    assert all(
        isinstance(sheet["A1"].value, str) and sheet["A1"].font.sz >= 12 for sheet in opened.worksheets
    )
    for sheet in tables(opened):
        (table,) = sheet.tables.values()
        assert not table.displayName.lower().startswith("table")  # a name that says what it holds
        assert table.headerRowCount == 1
        assert len(table.displayName) > 3


def test_nothing_is_merged_hidden_blank_or_told_by_colour(opened: openpyxl.Workbook) -> None:
    for any_sheet in opened.worksheets:
        assert not any_sheet.merged_cells.ranges
        assert any_sheet.sheet_state == "visible"
        assert not any_sheet.conditional_formatting
    with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
        assert not [name for name in archive.namelist() if "drawing" in name or "media" in name]
        assert not [name for name in archive.namelist() if b"headerFooter" in archive.read(name)]
    for sheet in tables(opened):
        (table,) = sheet.tables.values()
        header, *rows = sheet[table.ref]
        assert all(cell.value not in {None, ""} for row in rows for cell in row)
        fills = {cell.fill.fgColor.rgb for row in rows for cell in row if cell.fill.fill_type}
        assert not fills
        assert all(cell.alignment.wrap_text for cell in header)
        assert sheet.max_row == rows[-1][0].row  # nothing below, and so no second table


def test_shorthand_is_explained_beside_the_table_and_in_the_notes(opened: openpyxl.Workbook) -> None:
    for sheet in tables(opened):
        (table,) = sheet.tables.values()
        marks = {cell.value for row in sheet[table.ref] for cell in row if str(cell.value).startswith("[")}
        said = " ".join(str(row[0]) for row in list(sheet.values)[:5])
        assert all(f"{mark} stands for" in said for mark in marks - {None} if sheet.title.startswith("Table"))
    notes = " ".join(str(row[1]) for row in opened["Notes"].iter_rows(values_only=True))
    assert all(f"{mark} stands" in notes for mark in ("[c]", "[x]", "[z]"))


def test_headings_stay_in_sight_on_every_table_and_the_cursor_is_in_a1(opened: openpyxl.Workbook) -> None:
    for sheet in tables(opened):
        (table,) = sheet.tables.values()
        first = sheet[table.ref][0][0].row
        assert sheet.freeze_panes == f"A{first + 1}"
    assert opened.active is opened["Cover"]
    assert all(each.activeCell == "A1" for each in opened["Cover"].sheet_view.selection)


def test_every_figure_stands_with_its_whole_definition(opened: openpyxl.Workbook) -> None:
    (table,) = opened["Figures"].tables.values()
    wanted = {"Figure", "Intervention", "Definition", "Unit", "Evidence", "Formula", "Source"}
    assert wanted <= {column.name for column in table.tableColumns}
