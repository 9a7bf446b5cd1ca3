"""Writing into the named cells of a funder's workbook, and nowhere else; and the proof that just that was written."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping

from openpyxl import load_workbook

from coachdesk.errors import Refusal, Trouble
from coachdesk.returns.funder_sheets_file import BOOK, NamedCell, Template
from coachdesk.returns.funder_sheets_xml import (
    Element,
    PlacedCell,
    cell_name,
    elements,
    escaped,
    placed_cells,
    spliced,
)

LONGEST = 32_767
"""Characters that fit into one cell of a workbook."""
_KIND = re.compile(rb"\st\s*=\s*(\"[^\"]*\"|'[^']*')")
_RECALCULATE = re.compile(rb"\s(fullCalcOnLoad|calcCompleted)\s*=\s*(\"[^\"]*\"|'[^']*')")
_UNREADABLE = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    SyntaxError,
    zipfile.BadZipFile,
)
"""What openpyxl raises over a workbook whose parts do not go together; the content is in memory, no drive is asked."""
Splice = tuple[int, int, bytes]
Values = Mapping[NamedCell, int | str]


def written(template: Template, values: Values) -> bytes:
    """Return the funder's workbook with values in its named cells; every other part stays byte for byte.

    What the workbook's own formulas came to before is taken out, so that nothing old stands beside new numbers; the
    spreadsheet program works them out again when it opens the file. Raises Refusal for a text that no cell can hold,
    and Trouble when the file does not read back as it was written.
    """
    for cell, value in values.items():
        if len(str(value)) > LONGEST:
            raise Refusal(
                f"The text for “{cell.name}” is longer than the {LONGEST:,} characters a cell can hold. Shorten it."
            )
    changed = {BOOK: _to_be_recalculated(template.part(BOOK))}
    for part in set(template.sheets.values()):
        mine = {(cell.column, cell.row): value for cell, value in values.items() if cell.part == part}
        changed[part] = _filled(template.part(part), mine)
    content = _packed(template, changed)
    _prove(content, values)
    return content


def has_formulas(template: Template) -> bool:
    """Return whether the funder's workbook works anything out by itself."""
    return any(elements(template.part(part), {"f"}) for part in set(template.sheets.values()))


def _packed(template: Template, changed: Mapping[str, bytes]) -> bytes:
    """Return the parts as one file, in their order and with the times they had."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for told, content in template.parts:
            entry = zipfile.ZipInfo(told.filename, told.date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = told.external_attr
            packed.writestr(entry, changed.get(told.filename, content))
    return stream.getvalue()


def _to_be_recalculated(book: bytes) -> bytes:
    """Return the workbook part with the wish that its formulas are worked out when it is opened."""
    wish = b' fullCalcOnLoad="1"'
    found = elements(book, {"calcPr", "definedNames"})
    for one in found:
        if one.name == "calcPr":
            tag = _RECALCULATE.sub(b"", book[one.start : one.open_end])
            end = -2 if tag.endswith(b"/>") else -1
            return spliced(book, [(one.start, one.open_end, tag[:end].rstrip() + wish + tag[end:])])
    after = found[0]
    prefix = after.prefix(book)
    return spliced(book, [(after.end, after.end, b"<" + prefix + b"calcPr" + wish + b"/>")])


def _filled(content: bytes, values: Mapping[tuple[int, int], int | str]) -> bytes:
    """Return a worksheet with values in cells, and without the kept results of its formulas."""
    found = elements(content, {"sheetData", "row", "c", "f", "v", "col"})
    cells = placed_cells(found)
    pieces: list[Splice] = [piece for cell in cells if cell.formula for piece in _forgotten(content, cell)]
    there = {cell.place: cell.element for cell in cells}
    rows = _rows(found)
    missing: dict[int, list[tuple[int, int | str]]] = {}
    for (column, row), value in sorted(values.items()):
        element = there.get((column, row))
        if element is None:
            missing.setdefault(row, []).append((column, value))
        else:
            prefix = element.prefix(content)
            pieces.append(
                (element.start, element.end, _cell(prefix, (column, row), element.attributes.get("s"), value))
            )
    styles = _column_styles(found)
    data = next(one for one in found if one.name == "sheetData")
    fresh: list[tuple[int, bytes]] = []
    for row, wanted in missing.items():
        if row in rows:
            pieces += _into_row(content, rows[row], row, wanted, cells, styles)
        else:
            prefix = data.prefix(content)
            inside = b"".join(_cell(prefix, (c, row), styles.get(c), value) for c, value in wanted)
            fresh.append((row, b'<%srow r="%d">%s</%srow>' % (prefix, row, inside, prefix)))
    return spliced(content, _merged([*pieces, *_new_rows(content, data, rows, fresh)]))


def _rows(found: Iterable[Element]) -> dict[int, Element]:
    rows: dict[int, Element] = {}
    number = 0
    for one in sorted((each for each in found if each.name == "row"), key=_start):
        number = int(one.attributes.get("r", number + 1))
        rows[number] = one
    return rows


def _start(one: Element) -> int:
    return one.start


def _forgotten(content: bytes, cell: PlacedCell) -> list[Splice]:
    """Return how a formula loses what it came to before: its result, and of which kind that was."""
    element, result = cell.element, cell.result
    if result is None:
        return []
    tag = content[element.start : element.open_end]
    return [(element.start, element.open_end, _KIND.sub(b"", tag)), (result.start, result.end, b"")]


def _cell(prefix: bytes, place: tuple[int, int], style: str | None, value: int | str) -> bytes:
    """Return a cell that keeps its style; text stands in it as text, whatever it begins with."""
    start = b'<%sc r="%s"' % (prefix, cell_name(*place).encode())
    if style is not None:
        start += b' s="%s"' % escaped(style)
    if isinstance(value, int):
        return start + b"><%sv>%d</%sv></%sc>" % (prefix, value, prefix, prefix)
    text = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (
        prefix,
        prefix,
        escaped(value),
        prefix,
        prefix,
    )
    return start + b' t="inlineStr">' + text + b"</%sc>" % prefix


def _column_styles(found: Iterable[Element]) -> dict[int, str]:
    """Return the style of each column that has one, for cells that are not there yet."""
    styles: dict[int, str] = {}
    for one in found:
        style = one.attributes.get("style")
        if one.name == "col" and style is not None:
            first, last = int(one.attributes["min"]), min(int(one.attributes["max"]), 16_384)
            styles.update(dict.fromkeys(range(first, last + 1), style))
    return styles


def _into_row(
    content: bytes,
    element: Element,
    row: int,
    wanted: Iterable[tuple[int, int | str]],
    cells: Iterable[PlacedCell],
    styles: Mapping[int, str],
) -> list[Splice]:
    """Return where new cells go in a row that is there: before the first cell that stands to their right."""
    prefix = element.prefix(content)
    own = element.attributes.get("s") if element.attributes.get("customFormat") in {"1", "true"} else None
    made = [
        (column, _cell(prefix, (column, row), own or styles.get(column), value)) for column, value in wanted
    ]
    if element.is_empty_tag:
        tag = content[element.start : element.open_end - 2].rstrip() + b">"
        inside = b"".join(cell for _, cell in made)
        return [(element.start, element.end, tag + inside + b"</%srow>" % prefix)]
    ours = [(cell.place[0], cell.element.start) for cell in cells if cell.place[1] == row]
    last = content.rindex(b"</", element.start, element.end)
    return [
        (at, at, cell)
        for column, cell in made
        for at in [next((start for other, start in ours if other > column), last)]
    ]


def _new_rows(
    content: bytes, data: Element, rows: Mapping[int, Element], fresh: Iterable[tuple[int, bytes]]
) -> list[Splice]:
    """Return where rows go that are not there yet: in their order among the others."""
    made = sorted(fresh)
    if data.is_empty_tag:
        prefix = data.prefix(content)
        inside = b"".join(row for _, row in made)
        whole = b"<%ssheetData>%s</%ssheetData>" % (prefix, inside, prefix)
        return [(data.start, data.end, whole)] if made else []
    last = content.rindex(b"</", data.start, data.end)
    return [
        (at, at, row)
        for number, row in made
        for at in [min((one.start for other, one in rows.items() if other > number), default=last)]
    ]


def _merged(pieces: Iterable[Splice]) -> list[Splice]:
    """Return the pieces with those that go to the same place put behind each other, as they were given."""
    inserted: dict[int, bytes] = {}
    replaced: list[Splice] = []
    for start, end, new in pieces:
        if start == end:
            inserted[start] = inserted.get(start, b"") + new
        else:
            replaced.append((start, end, new))
    return [*replaced, *((at, at, new) for at, new in inserted.items())]


def _prove(content: bytes, values: Values) -> None:
    """Open the finished file with a reader of its own and compare; raises Trouble where a cell says anything else."""
    with warnings.catch_warnings():
        # What openpyxl cannot keep on saving (drop-down lists, print set-ups) does not matter to reading.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(content))
        except _UNREADABLE as error:
            raise _not_kept() from error
    for cell, value in values.items():
        if _plain(book[cell.sheet].cell(row=cell.row, column=cell.column).value) != _plain(value):
            raise _not_kept()


def _not_kept() -> Trouble:
    return Trouble(
        "The funder’s sheet does not hold what was to be written, so it was not kept.",
        advice="Save the funder’s sheet again in your spreadsheet program and bring it in anew.",
    )


def _plain(value: object) -> object:
    """Return what a cell says without what no workbook can hold; a number is no text that looks like it."""
    if not isinstance(value, str):
        return value
    text = value
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter in "\t\n" or letter >= " ")
