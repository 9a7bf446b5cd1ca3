"""A funder's form for tests: titles, styles, a formula, merged cells, and cells with names."""

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

NAMES = {
    "Organisation": "'Grant form'!$B$2",
    "Starts": "'Grant form'!$B$4",
    "Starts_Female": "'Grant form'!$B$5",
    "Starts_Male": "'Grant form'!$B$6",
    "What_went_well": "'Grant form'!$B$9:$D$9",
    "Grant_total": "'Grant form'!$B$7",
    "Both_columns": "'Grant form'!$B$4:$C$4",
    "Far_away": "Notes!$C$40",
}


def funder_form(names: Mapping[str, str] | None = None) -> bytes:
    """Return a form as a funder sends it."""
    book = Workbook()
    book.properties.creator = "The funder"
    sheet = book.active
    assert sheet is not None
    sheet.title = "Grant form"
    sheet["A1"] = "Quarterly return"
    sheet["A1"].font = Font(bold=True, size=16)
    for row, words in enumerate(
        ("Organisation", "", "Starts", "of whom women", "of whom men", "Total"), start=2
    ):
        sheet.cell(row=row, column=1, value=words)
    for row in (2, 4, 5, 6, 9):
        sheet.cell(row=row, column=2).fill = PatternFill("solid", fgColor="FFF2CC")
    sheet["B4"] = 999
    sheet["B7"] = "=SUM(B5:B6)"
    sheet.merge_cells("B9:D9")
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2="9999")
    sheet.add_data_validation(rule)
    rule.add("C4")
    notes = book.create_sheet("Notes")
    notes["A1"] = "How to fill this in"
    for name, place in (NAMES if names is None else names).items():
        book.defined_names[name] = DefinedName(name, attr_text=place)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(content: bytes, name: str, data: bytes = b"x") -> bytes:
    """Return a workbook with one part more, or with another content in a part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for told in old.infolist():
            if told.filename != name:
                new.writestr(told, old.read(told))
        new.writestr(name, data)
    return stream.getvalue()


def part(content: bytes, name: str) -> bytes:
    """Return one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)


def changed_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with some bytes of a part put differently."""
    was = part(content, name)
    assert old in was
    return with_part(content, name, was.replace(old, new))
