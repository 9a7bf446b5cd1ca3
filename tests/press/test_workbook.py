import importlib
import re
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from coachdesk.press import workbook_sheets
from coachdesk.press.sheets import Section, Sheet, Workbook
from coachdesk.press.workbook import workbook

CLIENTS = Sheet(
    "Table 1",
    "Table 1: Clients by age band",
    "clients_by_age",
    ("Age band", "Clients", "Seen"),
    [
        ("16 to 24", 31, date(2026, 7, 1)),
        ("=1+1", "[c]", None),
        ("+44 7700 900123", 12.5, True),
        ("@x", 10**16, "http://example.org"),
    ],
    ("This sheet contains one table.",),
)
PARTS = Sheet(
    "Parts",
    "Table 3: Parts of a whole",
    "parts",
    ("Sex", "Number", "Share"),
    [("Female", 1204, 0.6), ("Male", "[c]", "[c]")],
    shares=("Share",),
)
NOTHING = Sheet("It's 2", "Table 2: Nothing", "nothing", ("A", "B"), [])
BOOK = Workbook(
    "Return <&’>",
    date(2026, 10, 3),
    [CLIENTS, NOTHING, PARTS],
    cover=[Section("How people are protected", ["Numbers from 1 to 4 are not shown.", "x" * 300])],
    notes=["Rounded."],
    subject="Q2",
    author="Calder Works",
    mark="DRAFT – not for release",
)


@pytest.fixture(scope="module")
def opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(BOOK)))


def values(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_cover_contents_and_notes_come_first(opened: openpyxl.Workbook) -> None:
    assert opened.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "It's 2", "Parts"]
    assert [row[0] for row in values(opened["Cover"])] == [
        "Return <&’>",
        "DRAFT – not for release",
        "How people are protected",
        "Numbers from 1 to 4 are not shown.",
        "x" * 300,
        "Made on 3 October 2026",
    ]
    assert opened.active is opened["Cover"]


def test_contents_lead_to_every_sheet(opened: openpyxl.Workbook) -> None:
    contents = opened["Contents"]
    assert values(contents)[4:] == [
        ["Notes", "Notes used in this workbook"],
        ["Table 1", "Table 1: Clients by age band"],
        ["It's 2", "Table 2: Nothing"],
        ["Parts", "Table 3: Parts of a whole"],
    ]
    links = [contents.cell(row, 1).hyperlink for row in (5, 6, 7, 8)]
    assert [link.location for link in links if link] == [
        "'Notes'!A1",
        "'Table 1'!A1",
        "'It''s 2'!A1",
        "'Parts'!A1",
    ]


def test_each_sheet_holds_its_title_in_a1_and_one_named_table(opened: openpyxl.Workbook) -> None:
    sheet = opened["Table 1"]
    assert sheet["A1"].value == "Table 1: Clients by age band"
    assert sheet["A2"].value == "DRAFT – not for release"
    (table,) = sheet.tables.values()
    assert (table.displayName, table.ref, table.headerRowCount) == ("clients_by_age", "A4:C8", 1)
    assert [column.name for column in table.tableColumns] == ["Age band", "Clients", "Seen"]
    assert table.autoFilter is None


def test_numbers_are_numbers_and_everything_else_is_text(opened: openpyxl.Workbook) -> None:
    assert values(opened["Table 1"])[4:] == [
        ["16 to 24", 31, datetime(2026, 7, 1)],  # noqa: DTZ001  a plain date, as the reader gives it back
        ["=1+1", "[c]", None],
        ["+44 7700 900123", 12.5, "Yes"],
        ["@x", "10,000,000,000,000,000", "http://example.org"],
    ]


def test_whole_numbers_have_their_commas_and_shares_are_percentages(opened: openpyxl.Workbook) -> None:
    _, _, header, first, second = opened["Parts"].iter_rows()
    assert [cell.value for cell in header] == ["Sex", "Number", "Share"]
    assert [cell.value for cell in first] == ["Female", 1204, 0.6]
    assert [cell.number_format for cell in first[1:]] == ["#,##0", "0%"]
    assert [(cell.value, cell.data_type) for cell in second[1:]] == [("[c]", "s"), ("[c]", "s")]
    assert opened["Table 1"]["B7"].number_format == "General"


def test_there_is_no_formula_and_nothing_merged_or_hidden(opened: openpyxl.Workbook) -> None:
    for sheet in opened.worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
    with zipfile.ZipFile(BytesIO(workbook(BOOK))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 6
    assert not any(b"<f>" in sheet or b"headerFooter" in sheet for sheet in sheets)


def test_headings_stay_in_sight_unless_they_would_fill_a_small_screen(opened: openpyxl.Workbook) -> None:
    assert {name: opened[name].freeze_panes for name in opened.sheetnames} == {
        "Cover": None,
        "Contents": "A5",
        "Notes": "A5",
        "Table 1": "A5",
        "It's 2": "A4",
        "Parts": "A4",
    }
    tall = Sheet("Tall", "t", "tall_head", ("A", "B " * 400), [("a", "b")])
    book = openpyxl.load_workbook(BytesIO(workbook(Workbook("t", date(2026, 1, 1), [tall]))))
    assert book["Tall"].freeze_panes is None


def test_the_cursor_stands_in_a1_of_the_first_sheet(opened: openpyxl.Workbook) -> None:
    assert opened.active is opened.worksheets[0]
    assert {each.activeCell for sheet in opened.worksheets for each in sheet.sheet_view.selection} == {"A1"}


def test_links_say_where_they_lead(opened: openpyxl.Workbook) -> None:
    links = [cell.hyperlink for row in opened["Contents"].iter_rows() for cell in row if cell.hyperlink]
    assert [link.tooltip for link in links] == [
        f"Go to the sheet {name}" for name in ("Notes", "Table 1", "It's 2", "Parts")
    ]


def test_an_empty_table_says_none_recorded(opened: openpyxl.Workbook) -> None:
    assert values(opened["It's 2"])[2:] == [["A", "B"], ["[w]", "[w]"]]


def test_every_cell_is_arial_12_or_larger(opened: openpyxl.Workbook) -> None:
    cells = [cell for sheet in opened.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.font.name for cell in cells} == {"Arial"}
    assert min(cell.font.sz for cell in cells) == 12


def test_a_table_wider_than_a_sheet_of_paper_lies_on_its_side_in_narrower_columns() -> None:
    long = "How it is worked out, at some length. " * 4
    wide = Sheet("Wide", "t", "wide_table", ("A", "B", "C"), [(long, long, "x")])
    book = openpyxl.load_workbook(BytesIO(workbook(Workbook("t", date(2026, 1, 1), [wide, CLIENTS]))))
    assert (book["Wide"].page_setup.orientation, book["Table 1"].page_setup.orientation) == (
        "landscape",
        "portrait",
    )
    widths = [book["Wide"].column_dimensions[letter].width for letter in "AC"]
    assert [round(width) for width in widths] == [31, 13]
    assert book["Wide"].row_dimensions[3].height == 5 * 16.5
    assert book["Wide"].print_title_rows == "$2:$2"


def test_the_properties_say_title_and_the_date_given(opened: openpyxl.Workbook) -> None:
    properties = opened.properties
    assert (properties.title, properties.subject, properties.creator) == ("Return <&’>", "Q2", "Calder Works")
    assert properties.created == properties.modified == datetime(2026, 10, 3)  # noqa: DTZ001  as the reader has it


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert workbook(BOOK) == workbook(BOOK)


def test_the_first_workbook_of_a_program_is_like_those_that_follow() -> None:
    importlib.reload(workbook_sheets)
    first = workbook_sheets.written(BOOK)
    assert workbook_sheets.written(BOOK) == first


def test_nothing_is_in_the_file_but_sheets_tables_and_what_a_workbook_must_have() -> None:
    with zipfile.ZipFile(BytesIO(workbook(BOOK))) as archive:
        names = archive.namelist()
        moments = {entry.date_time for entry in archive.infolist()}
    assert not [name for name in names if re.search("comment|chart|pivot|vba|external|drawing|custom", name)]
    assert moments == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_longer_than_a_cell_says_that_it_was_cut() -> None:
    sheet = Sheet("Long", "t", "long_text", ("A",), [("y" * 40_000,)])
    book = openpyxl.load_workbook(BytesIO(workbook(Workbook("t", date(2026, 1, 1), [sheet]))))
    assert book.sheetnames == ["Cover", "Contents", "Long"]
    text = str(book["Long"]["A3"].value)
    assert len(text) == 32_767
    assert text.endswith("[the rest does not fit in a cell]")
