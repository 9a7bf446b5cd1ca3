"""A finished PDF against the blocks it was drawn from: nothing but their words, and bars as long as printed numbers.

Every letter and digit of the document must come from its blocks, once each; so a number that somebody added
anywhere, visible or not, is one too many.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from zlib import error

from coachdesk.press import blocks
from coachdesk.press.cells import cell_words
from coachdesk.press.faces import runs
from coachdesk.press.style import Face
from coachdesk.returns.finished.pdf_reading import Painted, PdfFile, Stream, unreadable

_TYPES = frozenset(
    [
        "Catalog",
        "Pages",
        "Page",
        "Font",
        "FontDescriptor",
        "XObject",
        "StructTreeRoot",
        "StructElem",
        "MCR",
        "Outlines",
        "Metadata",
    ]
)
_NEVER = frozenset(
    [
        "JS",
        "JavaScript",
        "AA",
        "OpenAction",
        "Launch",
        "EmbeddedFiles",
        "EmbeddedFile",
        "EF",
        "Annots",
        "AcroForm",
        "URI",
        "PieceInfo",
        "Names",
        "Collection",
        "AF",
        "Encrypt",
        "ObjStm",
        "XRef",
    ]
)
_INFO = frozenset(
    ["Author", "CreationDate", "Creator", "Keywords", "ModDate", "Producer", "Subject", "Title", "Trapped"]
)
_TOLD_NOTHING = frozenset({"", "CoachDesk", "unspecified"})
_HAIR = 0.02  # points: how exactly a length is written


def pdf_faults(data: bytes, document: blocks.Document) -> Iterator[str]:
    """Return what is in a PDF besides the document it was drawn from; raises Trouble where it cannot be read."""
    try:
        yield from _faults(PdfFile(data), document)
    except (LookupError, ValueError, TypeError, AttributeError, error) as broken:
        raise unreadable() from broken


def _faults(file: PdfFile, document: blocks.Document) -> Iterator[str]:
    yield from _furnished(file)
    yield from _properties(file, document)
    marks = [file.painted(page) for page in file.pages()]
    yield from _words(marks, document)
    yield from _furniture(marks, document)
    yield from _charts(file, marks, document)


def _furnished(file: PdfFile) -> Iterator[str]:
    if (_NEVER | {"Prev"}) & set(_names(file.trailer)):  # an earlier state of the file, kept before the last
        yield "The report holds something that is no page."
    for value in file.objects.values():
        info = value.info if isinstance(value, Stream) else value
        if not isinstance(info, dict):
            continue
        if _NEVER & set(_names(info)) or str(info.get("Type", "Page")) not in _TYPES:
            yield "The report holds something that is no page."
        if info.get("Subtype") == "Image":
            yield "The report holds a picture."


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)
    elif isinstance(value, str):
        yield value


def _properties(file: PdfFile, document: blocks.Document) -> Iterator[str]:
    info = file.at(file.trailer["Info"])
    if not set(info) <= _INFO:
        yield "The report has properties that are nobody’s business."
    day = f"D:{document.made:%Y%m%d}000000" if isinstance(document.made, dt.date) else "D:"
    for key, value in info.items():
        said = _plain(_decoded(value)) if isinstance(value, bytes) else str(value)
        if key.endswith("Date"):
            if not _decoded(value).startswith(day):
                yield "The report says when it was written, beyond the day."
        elif said not in {
            _plain(text) for text in (*_TOLD_NOTHING, document.title, document.subject, document.author)
        } and said not in {"anonymous", "False"}:
            yield "The report’s properties say more than its title, its subject and the organisation."
    yield from _metadata(file, document)


def _metadata(file: PdfFile, document: blocks.Document) -> Iterator[str]:
    told = file.at(file.at(file.trailer["Root"]).get("Metadata"))
    texts = re.findall(r">([^<>]+)<", told.data.decode("utf-8")) if isinstance(told, Stream) else []
    known = {document.title, document.subject, document.author, document.language, "application/pdf"}
    if {_plain(_unescaped(text)) for text in texts} - {_plain(text) for text in known} - {""}:
        yield "The report’s properties say more than its title, its subject and the organisation."


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _decoded(value: bytes) -> str:
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be")
    return value.decode("latin-1")


def _plain(text: str) -> str:
    """Return the letters and digits every way of writing agrees on."""
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())


def _counted(texts: Iterable[str]) -> Counter[str]:
    letters = Counter("".join(texts))
    return Counter({letter: count for letter, count in letters.items() if letter.isalnum()})


def _words(pages: Sequence[Sequence[Painted]], document: blocks.Document) -> Iterator[str]:
    found = _counted(
        text
        for page in pages
        for mark in page
        if mark.tag not in {"Artifact", "Figure"}
        for text in mark.texts
    )
    said = [*([document.watermark] if document.watermark else []), *_said(document.blocks)]
    if not _titled(document.blocks):
        said.append(document.title)
    expected = _counted(run.text for text in said for run in runs(text, Face.INTER))
    if found != expected:
        yield "The report says something that was not to be printed, or leaves something out."


def _titled(content: Sequence[blocks.Block]) -> bool:
    return any(isinstance(block, blocks.Heading) and block.level == 1 for block in content)


def _furniture(pages: Sequence[Sequence[Painted]], document: blocks.Document) -> Iterator[str]:
    """Return whether headers, footers and repeated headings hold a number that is no page's and no title's."""
    heads = [word for block in _tables(document.blocks) for word in block.columns]
    own = " ".join([document.title, document.author, document.watermark or "", *heads])
    known = {*re.findall(r"\d+", own), *(str(number) for number in range(1, len(pages) + 1))}
    said = " ".join(text for page in pages for mark in page if mark.tag == "Artifact" for text in mark.texts)
    if set(re.findall(r"\d+", said)) - known:
        yield "A header or footer of the report holds a number that is no page’s."


def _charts(file: PdfFile, pages: Sequence[Sequence[Painted]], document: blocks.Document) -> Iterator[str]:
    charts = [block.chart for block in _every(document.blocks) if isinstance(block, blocks.ChartBlock)]
    alternatives = [
        _plain(_decoded(value["Alt"]))
        for value in file.objects.values()
        if isinstance(value, dict) and "Alt" in value
    ]
    if Counter(alternatives) != Counter(_plain(chart.alt) for chart in charts):
        yield "A picture of the report has other words beside it than it should."
    figures = [mark for page in pages for mark in page if mark.tag == "Figure"]
    if len(figures) != len(charts):
        yield "The report shows other pictures than its charts."
        return
    for chart, figure in zip(charts, figures, strict=True):
        yield from _chart(chart, figure)


def _chart(chart: blocks.Chart, figure: Painted) -> Iterator[str]:
    values = [value for value in chart.values if value]
    words = [chart.value_words(index) for index in range(len(chart.values))]
    ticks = [f"{tick:,g}" for tick in chart.ticks()]
    numbers = re.compile(r"[\d.,]+%?|\[\w\]")
    told = [text for text in figure.texts if numbers.fullmatch(text)]
    own = [text for text in (*chart.categories, chart.unit) if numbers.fullmatch(text)]
    if Counter(told) != Counter([*words, *ticks, *own]):
        yield "A chart of the report is labelled with other numbers than its table."
    if len(figure.boxes) != len(values) or not _in_proportion(figure.boxes, values, chart.bars):
        yield "A bar of the report is longer or shorter than its number."


def _in_proportion(boxes: Sequence[float], values: Sequence[float], bars: blocks.Bars) -> bool:
    if bars is blocks.Bars.UP:
        return True  # their width is the same; the reader of boxes takes widths
    return all(
        abs(one * second - other * first) <= _HAIR * (first + second)
        for (one, first), (other, second) in pairwise(zip(boxes, values, strict=True))
    )


def _every(content: Sequence[blocks.Block]) -> Iterator[blocks.Block]:
    for block in content:
        if isinstance(block, blocks.KeepTogether):
            yield from _every(block.blocks)
        else:
            yield block


def _tables(content: Sequence[blocks.Block]) -> Iterator[blocks.TableBlock]:
    return (block for block in _every(content) if isinstance(block, blocks.TableBlock))


def _said(content: Sequence[blocks.Block]) -> Iterator[str]:
    """Return every text of the blocks; what stands inside a chart is weighed apart."""
    for block in _every(content):
        yield from _SAID[type(block)](block)


def _table_words(block: blocks.TableBlock) -> Iterator[str]:
    yield from (block.title, block.caption, *block.columns, block.note)
    yield from (cell_words(cell) for row in block.rows for cell in row)


def _list_words(block: blocks.BulletList) -> Iterator[str]:
    yield from block.items
    if block.numbered:
        yield from (str(number) for number in range(1, len(block.items) + 1))


_SAID: dict[type, Callable[[Any], Iterable[str]]] = {
    blocks.Heading: lambda block: (block.text,),
    blocks.Text: lambda block: (block.text,),
    blocks.Note: lambda block: (block.text,),
    blocks.Quote: lambda block: (block.text,),
    blocks.Callout: lambda block: (block.label, block.text),
    blocks.Facts: lambda block: [
        words for label, value in block.pairs for words in (label, cell_words(value))
    ],
    blocks.BulletList: _list_words,
    blocks.Tiles: lambda block: [
        words for tile in block.tiles for words in (tile.label, cell_words(tile.value))
    ],
    blocks.TableBlock: _table_words,
    blocks.ChartBlock: lambda block: (block.chart.title,),
    blocks.PageBreak: lambda _block: (),
}
