import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from coachdesk.errors import Refusal, Trouble
from coachdesk.returns import funder_sheets_cells, funder_sheets_file
from coachdesk.returns.funder_sheets_cells import has_formulas, written
from coachdesk.returns.funder_sheets_file import NamedCell, read_template
from coachdesk.returns.funder_sheets_xml import cell_name, column_number, elements, place_of
from tests.returns.funder_forms import changed_part, funder_form, part, with_part

BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
NOTES = "xl/worksheets/sheet2.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def named(content: bytes) -> dict[str, NamedCell]:
    return {cell.name: cell for cell in read_template("form.xlsx", content).cells}


def filled(content: bytes, **values: int | str) -> bytes:
    template = read_template("form.xlsx", content)
    cells = {cell.name: cell for cell in template.cells}
    return written(template, {cells[name]: value for name, value in values.items()})


def shown(content: bytes, sheet: str, cell: str) -> object:
    return load_workbook(io.BytesIO(content))[sheet][cell].value


def test_the_names_of_a_form_are_listed_with_what_stands_in_the_way() -> None:
    cells = named(funder_form())
    assert cells["Organisation"].place == "Grant form!B2"
    assert cells["What_went_well"].place == "Grant form!B9"
    assert {name: cell.obstacle for name, cell in cells.items() if cell.obstacle} == {
        "Grant_total": "is worked out by a formula of the funder’s",
        "Both_columns": "covers several cells",
    }


def test_a_name_inside_a_merged_cell_or_on_a_hidden_sheet_cannot_be_written() -> None:
    form = funder_form({"Inside": "'Grant form'!$C$9", "Out": "Notes!$A$2", "Deep": "'Grant form'!$B$8:$D$9"})
    hidden = changed_part(form, BOOK, b'name="Notes"', b'state="hidden" name="Notes"')
    hidden = (
        changed_part(hidden, BOOK, b'state="visible" ', b"")
        if b'state="visible"' in part(hidden, BOOK)
        else hidden
    )
    found = {name: cell.obstacle for name, cell in named(_one_state(hidden)).items()}
    assert found == {
        "Inside": "lies inside a merged cell",
        "Out": "is on a hidden sheet",
        "Deep": "covers several cells",
    }


def _one_state(content: bytes) -> bytes:
    book = part(content, BOOK)
    return with_part(content, BOOK, re.sub(rb'(state="hidden" [^>]*) state="visible"', rb"\1", book))


def test_names_of_the_spreadsheet_program_and_of_nothing_are_left_out() -> None:
    form = funder_form(
        {
            "_xlnm.Print_Area": "'Grant form'!$A$1:$D$20",
            "Rate": "0.2",
            "Gone": "#REF!",
            "Elsewhere": "Other!$A$1",
            "Here": "'Grant form'!$B$2",
        }
    )
    assert set(named(form)) == {"Here"}


def test_values_go_into_their_cells_and_everything_else_stays() -> None:
    form = funder_form()
    done = filled(form, Organisation="Furness & <Work>", Starts=42, Starts_Female="[c]", Far_away="=1+1")
    assert shown(done, "Grant form", "B2") == "Furness & <Work>"
    assert shown(done, "Grant form", "B4") == 42
    assert shown(done, "Grant form", "B5") == "[c]"
    assert shown(done, "Grant form", "B6") is None
    assert shown(done, "Notes", "C40") == "=1+1"
    assert shown(done, "Grant form", "B7") == "=SUM(B5:B6)"
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(io.BytesIO(done)) as new:
        assert old.namelist() == new.namelist()
        assert [one.date_time for one in old.infolist()] == [one.date_time for one in new.infolist()]
        same = set(old.namelist()) - {BOOK, SHEET, NOTES}
        assert all(old.read(name) == new.read(name) for name in same)
    before, after = (load_workbook(io.BytesIO(one))["Grant form"] for one in (form, done))
    for row in range(1, 12):
        for column in range(1, 6):
            one, other = before.cell(row=row, column=column), after.cell(row=row, column=column)
            assert (one.fill.fgColor.rgb, one.font.b) == (other.fill.fgColor.rgb, other.font.b)
    assert part(done, SHEET).count(b"<dataValidation ") == 1


def test_the_same_values_give_the_same_bytes() -> None:
    form = funder_form()
    assert filled(form, Starts=1) == filled(form, Starts=1)


def test_text_is_text_whatever_it_begins_with() -> None:
    done = filled(funder_form(), Organisation='=HYPERLINK("x")', What_went_well="Two\nlines\x07 “here”")
    assert b"<f>" not in part(done, SHEET).split(b'r="B2"')[1].split(b"</c>")[0]
    assert shown(done, "Grant form", "B9") == "Two\nlines “here”"


def with_results(form: bytes) -> bytes:
    """Return the form as Excel keeps it: with what its formula came to, and of which kind that is."""
    bare = re.sub(rb'<c r="B7"><f>SUM\(B5:B6\)</f><v ?(/>|></v>)</c>', b"<B7>", part(form, SHEET))
    return with_part(form, SHEET, bare.replace(b"<B7>", b'<c r="B7" t="n"><f>SUM(B5:B6)</f><v>7</v></c>'))


def test_what_a_formula_came_to_before_is_taken_out_and_worked_out_again_on_opening() -> None:
    form = with_results(funder_form())
    done = filled(form, Starts_Female=3)
    assert b'<c r="B7"><f>SUM(B5:B6)</f></c>' in part(done, SHEET)
    assert part(done, BOOK).count(b"fullCalcOnLoad") == 1
    assert has_formulas(read_template("form.xlsx", form))
    assert not has_formulas(read_template("form.xlsx", sheet_with(b"<sheetData/>")))
    bare = sheet_with(b'<sheetData><row r="7"><c r="B7"><f>1+1</f></c></row></sheetData>')
    assert b'<c r="B7"><f>1+1</f></c>' in part(filled(bare, Starts=1), SHEET)


def test_a_book_that_says_nothing_of_calculation_is_told_to_calculate() -> None:
    bare = with_part(funder_form(), BOOK, re.sub(rb"<calcPr[^>]*/>", b"", part(funder_form(), BOOK)))
    assert b'</definedNames><calcPr fullCalcOnLoad="1"/>' in part(filled(bare, Starts=1), BOOK)
    long = changed_part(bare, BOOK, b"</definedNames>", b"</definedNames><calcPr calcId='1'></calcPr>")
    assert b"<calcPr calcId='1' fullCalcOnLoad=\"1\"></calcPr>" in part(filled(long, Starts=1), BOOK)


def sheet_with(rows: bytes, columns: bytes = b"") -> bytes:
    """Return a form whose first sheet holds just these rows."""
    content = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + columns
        + rows
        + b"</worksheet>"
    )
    return with_part(funder_form(), SHEET, content)


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [
        (b"<sheetData/>", b"", b'<sheetData><row r="4"><c r="B4"><v>5</v></c></row></sheetData>'),
        (b"<sheetData></sheetData>", b"", b'<sheetData><row r="4"><c r="B4"><v>5</v></c></row></sheetData>'),
        (
            b'<sheetData><row r="2"/><row r="9"/></sheetData>',
            b'<cols><col min="2" max="3" style="1"/><col min="4" max="5"/></cols>',
            b'<row r="2"/><row r="4"><c r="B4" s="1"><v>5</v></c></row><row r="9"/>',
        ),
        (b'<sheetData><row r="4" s="2" customFormat="1"/></sheetData>', b"", b'<c r="B4" s="2"><v>5</v></c></row>'),
        (
            b'<sheetData><row r="4"><c r="A4"><v>1</v></c><c r="C4"><v>2</v></c></row></sheetData>',
            b"",
            b'</c><c r="B4"><v>5</v></c><c r="C4">',
        ),
        (
            b'<sheetData><row r="4"><c r="A4"><v>1</v></c></row></sheetData>',
            b"",
            b'</c><c r="B4"><v>5</v></c></row>',
        ),
        (b"<sheetData><row/><row/><row/><row><c/><c/></row></sheetData>", b"", b'<c/><c r="B4"><v>5</v></c></row>'),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_there_yet_gets_its_place(rows: bytes, columns: bytes, expected: bytes) -> None:
    done = filled(sheet_with(rows, columns), Starts=5)
    assert expected in part(done, SHEET)
    assert shown(done, "Grant form", "B4") == 5


def test_two_new_cells_of_one_row_stand_in_order() -> None:
    form = with_part(
        funder_form({"Two": "'Grant form'!$C$4", "One": "'Grant form'!$B$4"}),
        SHEET,
        part(sheet_with(b'<sheetData><row r="4"><c r="D4"/></row></sheetData>'), SHEET),
    )
    assert b'<c r="B4"><v>1</v></c><c r="C4"><v>2</v></c><c r="D4"/>' in part(
        filled(form, One=1, Two=2), SHEET
    )


def test_a_sheet_with_letters_before_its_names_keeps_them() -> None:
    space = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = b'<x:sheetData><x:row r="4"><x:c r="B4" s="1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData>'
    form = with_part(funder_form(), SHEET, b"<x:worksheet " + space + b">" + rows + b"</x:worksheet>")
    done = part(filled(form, Starts=5, Organisation="We"), SHEET)
    assert b'<x:c r="B4" s="1"><x:v>5</x:v></x:c>' in done
    assert b'<x:row r="2"><x:c r="B2" t="inlineStr"><x:is>' in done


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/activeX/activeX1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "other files or from the internet"),
        ("xl/connections.xml", "other files or from the internet"),
        ("xl/embeddings/oleObject1.bin", "other files inside it"),
        ("_xmlsignatures/sig1.xml", "is signed"),
    ],
)
def test_what_does_more_than_hold_cells_is_refused(name: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_template("form.xlsx", with_part(funder_form(), name))


def test_a_workbook_for_macros_under_another_name_is_refused() -> None:
    form = changed_part(
        funder_form(), "[Content_Types].xml", b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    with pytest.raises(Refusal, match="macros"):
        read_template("form.xlsx", form)


def test_a_relation_to_another_file_is_refused_and_a_link_to_click_is_not() -> None:
    relation = (
        b'<Relationship Id="r99" Type="http://x/%s" Target="https://funder.example" TargetMode="External"/>'
    )
    form = funder_form()
    end = b"</Relationships>"
    linked = changed_part(form, RELATIONS, end, relation % b"hyperlink" + end)
    assert read_template("form.xlsx", linked).cells
    with pytest.raises(Refusal, match="from other files"):
        read_template("form.xlsx", changed_part(form, RELATIONS, end, relation % b"oleObject" + end))


def test_a_protected_form_is_filled_and_stays_protected() -> None:
    """Locked cells keep a person from typing; what the file holds beside the filled cells stays byte for byte."""
    form = funder_form()
    lock = b'<sheetProtection algorithmName="SHA-512" hashValue="q83v" saltValue="Zm9v" spinCount="100000" sheet="1"/>'
    form = changed_part(form, SHEET, b"</sheetData>", b"</sheetData>" + lock)
    form = with_part(form, BOOK, re.sub(rb"<workbookProtection\s*/>", b"", part(form, BOOK)))
    structure = b'<workbookProtection workbookPassword="CC1A" lockStructure="1"/>'
    form = changed_part(form, BOOK, b"<definedNames>", structure + b"<definedNames>")
    done = filled(form, Starts=12)
    assert lock in part(done, SHEET)
    assert structure in part(done, BOOK)
    book = load_workbook(io.BytesIO(done))
    assert book["Grant form"]["B4"].value == 12
    assert book["Grant form"].protection.sheet
    assert book["Grant form"]["B4"].protection.locked


def test_what_is_locked_too_large_or_no_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    form = funder_form()
    with pytest.raises(Refusal, match="locked with a password"):
        read_template("form.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + form)
    with pytest.raises(Refusal, match="damaged"):
        read_template("form.xlsx", b"plain words")
    flagged = bytearray(form)
    flagged[flagged.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refusal, match="locked with a password"):
        read_template("form.xlsx", bytes(flagged))
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(Refusal, match="not an Excel workbook"):
        read_template("form.xlsx", empty.getvalue())
    monkeypatch.setattr(funder_sheets_file, "LARGEST_UNPACKED", 100)
    with pytest.raises(Refusal, match="unpacks to"):
        read_template("form.xlsx", form)
    monkeypatch.setattr(funder_sheets_file, "LARGEST", 100)
    with pytest.raises(Refusal, match="is larger than"):
        read_template("form.xlsx", form)


def test_a_form_without_named_cells_or_with_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match="no named cells"):
        read_template("form.xlsx", funder_form({}))
    monkeypatch.setattr(funder_sheets_file, "MOST_NAMES", 1)
    with pytest.raises(Refusal, match="more than 1 named cells"):
        read_template("form.xlsx", funder_form())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (SHEET, b"<worksheet><sheetData></worksheet>"),
        (SHEET, b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet/>'),
        (SHEET, b"\xff\xfe<\x00"),
        (RELATIONS, b"<Relationships/>"),
    ],
)
def test_parts_that_are_not_sound_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal, match="damaged"):
        read_template("form.xlsx", with_part(funder_form(), name, content))


def test_a_relation_to_a_sheet_that_is_not_there_is_refused() -> None:
    form = funder_form()
    gone = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(gone, "w") as new:
        for told in old.infolist():
            if told.filename not in {SHEET, RELATIONS}:
                new.writestr(told, old.read(told))
    with pytest.raises(Refusal, match="damaged"):
        read_template("form.xlsx", gone.getvalue())
    with pytest.raises(Refusal, match="damaged"):
        read_template("form.xlsx", with_part(gone.getvalue(), RELATIONS, part(form, RELATIONS)))


def test_a_text_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(Refusal, match="longer than the 32,767 characters"):
        filled(funder_form(), What_went_well="x" * 32_768)


def test_a_file_that_does_not_say_what_was_written_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(funder_sheets_cells, "_filled", lambda content, _values: content)
    with pytest.raises(Trouble, match="does not hold what was to be written"):
        filled(funder_form(), Starts=5)


def test_a_form_that_nobody_else_could_open_is_not_kept() -> None:
    broken = sheet_with(b'<sheetData><row r="4"><c r="B4" s="999"/></row></sheetData>')
    with pytest.raises(Trouble, match="does not hold what was to be written"):
        filled(broken, Starts=5)


def test_places_are_read_and_written_as_a_spreadsheet_does() -> None:
    assert [column_number(one) for one in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
    assert [cell_name(column, 3) for column in (1, 26, 27, 16_384)] == ["A3", "Z3", "AA3", "XFD3"]
    assert place_of("$AB$12") == (28, 12)
    assert place_of("12") == (0, 0)


def test_an_element_knows_where_it_begins_and_ends() -> None:
    content = "<a><b c='>'/><b>ü</b ></a>".encode()
    one, two = elements(content, {"b"})
    assert content[one.start : one.end] == b"<b c='>'/>"
    assert content[two.start : two.end] == "<b>ü</b >".encode()
    assert (one.is_empty_tag, two.is_empty_tag, two.text, two.within) == (True, False, "ü", ("a",))
