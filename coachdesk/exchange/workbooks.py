"""Reading workbooks with openpyxl; imported only when a workbook is chosen."""

import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from coachdesk.errors import Refusal

BIGGEST_UNPACKED = 1024 * 1024 * 1024
SAVE_AGAIN = (
    "Open it in your spreadsheet program, save it again as “Excel workbook (.xlsx)”, and choose that file."
)

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What openpyxl, the unpacking and whichever reader of XML is there raise over a workbook that is not sound: fuzzing
brought up all of these (SyntaxError is the readers' own). The content is in memory, so none of them is the drive's."""


def workbook_tables(name: str, content: bytes) -> list[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    """Return each worksheet's title and rows of text; raises Refusal when the workbook cannot be read."""
    try:
        _refuse_the_unpackable(name, content)
        with warnings.catch_warnings():
            # What openpyxl cannot keep on saving (validation lists, print settings) does not matter to reading.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                return [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
            finally:
                book.close()
    except UNREADABLE as error:
        raise Refusal(f"“{name}” is damaged or is not an Excel workbook. {SAVE_AGAIN}") from error


def _refuse_the_unpackable(name: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > BIGGEST_UNPACKED:
            raise Refusal(
                f"“{name}” unpacks to more than a gigabyte. Split it into smaller workbooks and choose those."
            )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    # The size a workbook states for a sheet is often wrong; forgetting it makes openpyxl read what is there.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, tuple(map(text_of, values))


def text_of(value: Any) -> str:
    """Return a cell as the text a person would have typed: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
