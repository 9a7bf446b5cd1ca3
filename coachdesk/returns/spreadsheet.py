"""Sheets as the bytes of a workbook (Office Open XML), the same bytes for the same sheets.

Written part by part, so that there is nothing in the file but what is meant to be: no formulas, no cached
values, no comments, no hidden parts, and no dates but the one given. Every text is a text, whatever it begins
with, so nothing in it is ever read as a formula.
"""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXT, TITLE, HEADER, WHOLE, PERCENT, LINE = range(6)
LINE_HEIGHT = 16
TITLE_HEIGHT = 24
UNWRAPPED = (TITLE, LINE)
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a title in A1, lines below it, then one table with a header row.

    ``links`` are names of sheets, one for each row: its first cell leads there.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def header_row(self) -> int:
        """Return the number of the header row."""
        return len(self.lines) + 2

    @property
    def reach(self) -> str:
        """Return the cells of the table, header included."""
        return f"A{self.header_row}:{letter(len(self.columns))}{self.header_row + max(1, len(self.rows))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook; ``made`` is the only date inside."""

    title: str
    made: dt.date
    sheets: tuple[Sheet, ...]


def letter(column: int) -> str:
    """Return the letter of a column, counted from 1; a return has no more than 26."""
    return chr(ord("A") + column - 1)


def workbook(book: Book) -> bytes:
    """Return the workbook as the bytes of an .xlsx file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(book).items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_MOMENT), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _parts(book: Book) -> dict[str, str]:
    parts = {
        "[Content_Types].xml": _content_types(len(book.sheets)),
        "_rels/.rels": _relations(
            (f"{LINKS}/officeDocument", "xl/workbook.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(book),
        "xl/workbook.xml": _listing(book),
        "xl/_rels/workbook.xml.rels": _relations(
            *((f"{LINKS}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(book.sheets) + 1)),
            (f"{LINKS}/styles", "styles.xml"),
        ),
        "xl/styles.xml": STYLES,
    }
    for number, sheet in enumerate(book.sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet, first=number == 1)
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(
            (f"{LINKS}/table", f"../tables/table{number}.xml")
        )
        parts[f"xl/tables/table{number}.xml"] = _table(number, sheet)
    return {
        name: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'
        for name, text in parts.items()
    }


def _content_types(sheets: int) -> str:
    kinds = [
        ("/xl/workbook.xml", f"{KIND}.sheet.main+xml"),
        ("/xl/styles.xml", f"{KIND}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    for number in range(1, sheets + 1):
        kinds.append((f"/xl/worksheets/sheet{number}.xml", f"{KIND}.worksheet+xml"))
        kinds.append((f"/xl/tables/table{number}.xml", f"{KIND}.table+xml"))
    said = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds)
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    said = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'


def _properties(book: Book) -> str:
    moment = f"{book.made.isoformat()}T00:00:00Z"
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(book.title)}</dc:title><dc:language>en-GB</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created></cp:coreProperties>'
    )


def _listing(book: Book) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _sheet(sheet: Sheet, *, first: bool) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(sheet.widths, 1)
    )
    rows = [_row(1, (sheet.title,), TITLE, sheet.widths)]
    rows += [_row(number, (line,), LINE, sheet.widths) for number, line in enumerate(sheet.lines, 2)]
    rows.append(_row(sheet.header_row, sheet.columns, HEADER, sheet.widths))
    below = enumerate(sheet.rows, sheet.header_row + 1)
    rows += [_row(number, row, TEXT, sheet.widths) for number, row in below]
    selected = ' tabSelected="1"' if first else ""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><sheetViews><sheetView workbookViewId="0"{selected}>'
        '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="16"/>'
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>{_hyperlinks(sheet)}"
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
    )


def _row(number: int, cells: tuple[Cell, ...], style: int, widths: tuple[int, ...]) -> str:
    said = "".join(_cell(f"{letter(column)}{number}", cell, style) for column, cell in enumerate(cells, 1))
    height = _height(cells, style, widths)
    return f'<row r="{number}" ht="{height}" customHeight="1">{said}</row>'


def _height(cells: tuple[Cell, ...], style: int, widths: tuple[int, ...]) -> int:
    """Return a height at which wrapped text is whole; programs do not all work it out themselves."""
    if style in UNWRAPPED:
        return TITLE_HEIGHT if style == TITLE else LINE_HEIGHT
    # Words break before the edge, so a line holds a little less than the column is wide.
    lines = [ceil(len(str(cell)) / (0.8 * width)) for cell, width in zip(cells, widths, strict=True)]
    return LINE_HEIGHT * max(1, *lines)


def _cell(place: str, cell: Cell, style: int) -> str:
    if isinstance(cell, str):
        return (
            f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        )
    return f'<c r="{place}" s="{PERCENT if isinstance(cell, float) else WHOLE}"><v>{cell}</v></c>'


def _text(text: str) -> str:
    return escape(_UNPRINTABLE.sub(" ", text))


def _hyperlinks(sheet: Sheet) -> str:
    if not sheet.links:
        return ""
    said = "".join(
        f'<hyperlink ref="A{row}" location={quoteattr(_place(name))} display={quoteattr(name)}/>'
        for row, name in enumerate(sheet.links, sheet.header_row + 1)
    )
    return f"<hyperlinks>{said}</hyperlinks>"


def _place(name: str) -> str:
    return f"'{name}'!A1"


def _table(number: int, sheet: Sheet) -> str:
    name = re.sub(r"\W+", "_", sheet.name)
    columns = "".join(
        f'<tableColumn id="{place}" name={quoteattr(column)}/>'
        for place, column in enumerate(sheet.columns, 1)
    )
    return (
        f'<table xmlns="{MAIN}" id="{number}" name="{name}" displayName="{name}" ref="{sheet.reach}" '
        f'totalsRowShown="0"><tableColumns count="{len(sheet.columns)}">{columns}</tableColumns>'
        '<tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>'
    )


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="3">'
    '<font><sz val="12"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="16"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="12"/><name val="Arial"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment horizontal="left" vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment horizontal="left" vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
