import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from coachdesk.returns.finished.workbook_file import workbook_faults
from coachdesk.returns.workbook import book
from tests.returns.finished.finished_pack import files, prepared
from tests.vault_fixtures import TODAY

SHEET = "xl/worksheets/sheet5.xml"
CORE = "docProps/core.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
WHOLE = files()["tables.xlsx"]


def faults(data: bytes) -> str:
    return " ".join(workbook_faults(data, book(prepared(), TODAY)))


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: dict[str, bytes], *, moment: Any = (1980, 1, 1, 0, 0, 0), remark: bytes = b"") -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, moment), data)
        archive.comment = remark
    return target.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    content = parts()
    assert old in content[name], content[name]
    return zipped(content | {name: content[name].replace(old, new, 1)})


def opened(change: Callable[[Any], object]) -> bytes:
    """Return the workbook after another program opened, changed and saved it."""
    known = openpyxl.load_workbook(BytesIO(WHOLE))
    change(known)
    target = BytesIO()
    known.save(target)
    return target.getvalue()


def test_the_workbook_as_it_is_holds_nothing_besides() -> None:
    assert faults(WHOLE) == ""
    assert faults(zipped(parts())) == ""


FIRST = b'<row r="1"'
BY_HAND = {
    "a formula with its cached value": (
        lambda: replaced(
            SHEET, b"</sheetData>", b'<row r="99"><c r="A99"><f>1+2</f><v>3</v></c></row></sheetData>'
        ),
        "a formula, a remark or something hidden",
    ),
    "a hidden row": (lambda: replaced(SHEET, FIRST, b'<row hidden="1" r="1"'), "something hidden"),
    "a hidden column": (lambda: replaced(SHEET, b"<col ", b'<col hidden="1" '), "something hidden"),
    "a hidden sheet": (
        lambda: replaced(
            "xl/workbook.xml", b'<sheet name="Table 1"', b'<sheet state="hidden" name="Table 1"'
        ),
        "hidden",
    ),
    "a value outside the table": (
        lambda: replaced(SHEET, b"</sheetData>", b'<row r="99"><c r="A99"><v>3</v></c></row></sheetData>'),
        "other cells",
    ),
    "a text in the cell itself": (
        lambda: replaced(
            SHEET, b"</sheetData>", b'<row r="99"><c r="A99" t="str"><v>3</v></c></row></sheetData>'
        ),
        "neither text nor number",
    ),
    "a text no cell shows": (
        lambda: replaced("xl/sharedStrings.xml", b"</sst>", b"<si><t>Carlisle Hub: 3</t></si></sst>"),
        "text that no cell shows",
    ),
    "a defined name": (
        lambda: replaced(
            "xl/workbook.xml", b"<definedNames>", b'<definedNames><definedName name="three">3</definedName>'
        ),
        "defined name",
    ),
    "a chart's cache": (
        lambda: zipped(parts() | {"xl/charts/chart1.xml": b"<c/>"}),
        "no sheet of values needs",
    ),
    "a pivot's cache": (
        lambda: zipped(parts() | {"xl/pivotCache/pivotCacheDefinition1.xml": b"<c/>"}),
        "no sheet of values needs",
    ),
    "custom properties": (
        lambda: zipped(parts() | {"docProps/custom.xml": b"<c/>"}),
        "no sheet of values needs",
    ),
    "printer settings": (
        lambda: zipped(parts() | {"xl/printerSettings/printerSettings1.bin": b"HP"}),
        "no sheet of values needs",
    ),
    "a link to a path": (
        lambda: replaced(
            RELATIONS,
            b"</Relationships>",
            b'<Relationship Id="r9" Type="x" Target="file:///C:/Users/x.xlsx" TargetMode="External"/></Relationships>',
        ),
        "outside of itself",
    ),
    "a path": (
        lambda: replaced(
            RELATIONS,
            b"</Relationships>",
            b'<Relationship Id="r9" Type="x" Target="file://x"/></Relationships>',
        ),
        "outside of itself",
    ),
    "an author": (
        lambda: replaced(CORE, b"</dc:title>", b"</dc:title><dc:creator>Ruth Ahmed</dc:creator>"),
        "who made it",
    ),
    "a company": (
        lambda: replaced("docProps/app.xml", b"<Company>", b"<Company>Dell"),
        "who made it",
    ),
    "the hour": (lambda: replaced(CORE, b"T00:00:00Z", b"T09:12:00Z"), "beyond the day"),
    "the times of its parts": (
        lambda: zipped(parts(), moment=(2026, 10, 3, 9, 0, 0)),
        "when they were written",
    ),
    "a remark on the archive": (lambda: zipped(parts(), remark=b"3"), "remark"),
    "another theme": (
        lambda: replaced("xl/theme/theme1.xml", b'name="Office Theme"', b'name="Carlisle 3"'),
        "theme",
    ),
}


@pytest.mark.parametrize(("made", "said"), BY_HAND.values(), ids=BY_HAND.keys())
def test_what_is_put_in_by_hand_is_found(made: Callable[[], bytes], said: str) -> None:
    assert said in faults(made())


def _remark(known: Any) -> None:
    known["Table 1"]["A1"].comment = Comment("3 in Carlisle", "Ruth")


def _name(known: Any) -> None:
    known.defined_names["three"] = DefinedName("three", attr_text="Notes!$A$1")


def _value(known: Any) -> None:
    known["Table 3"]["B6"] = 3


def _moved(known: Any) -> None:
    known["Table 1"]["A5"], known["Table 1"]["A6"] = "Male", "Female"


WITH_A_PROGRAM: dict[str, tuple[Callable[[Any], object], str]] = {
    "a hidden sheet": (
        lambda known: setattr(known.create_sheet("Working"), "sheet_state", "hidden"),
        "other sheets",
    ),
    "a sheet that is hidden": (lambda known: setattr(known["Table 2"], "sheet_state", "hidden"), "is hidden"),
    "a remark": (_remark, "has a remark or a formula"),
    "a formula": (lambda known: known["Table 1"].append(["=1+2"]), "has a remark or a formula"),
    "merged cells": (lambda known: known["Table 1"].merge_cells("F1:G1"), "merged cells"),
    "a hidden line": (
        lambda known: setattr(known["Table 1"].row_dimensions[9], "hidden", True),
        "hidden lines",
    ),
    "a defined name": (_name, "defined name"),
    "a true value": (_value, "other cells"),
    "lines that changed places": (_moved, "other cells"),
    "an author": (lambda known: setattr(known.properties, "creator", "Ruth Ahmed"), "who made it"),
    "an hour": (
        lambda known: setattr(known.properties, "modified", dt.datetime(2026, 10, 3, 9, 12)),  # noqa: DTZ001  as the library wants it
        "beyond the day",
    ),
    "a note": (
        lambda known: known["Notes"].append(["[note 99]", "Carlisle: 3"]),
        "say more than they should",
    ),
}


@pytest.mark.parametrize(("change", "said"), WITH_A_PROGRAM.values(), ids=WITH_A_PROGRAM.keys())
def test_what_another_program_puts_in_is_found(change: Callable[[Any], object], said: str) -> None:
    assert said in faults(opened(change))


@pytest.mark.parametrize("data", [b"", b"no workbook", WHOLE[:-30], zipped({"a": b""})])
def test_what_cannot_be_read_is_no_clean_workbook(data: bytes) -> None:
    assert "cannot be read back" in faults(data)
