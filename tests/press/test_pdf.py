import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from coachdesk.press.blocks import (
    BulletList,
    Chart,
    ChartBlock,
    Document,
    Facts,
    Heading,
    KeepTogether,
    Note,
    PageBreak,
    TableBlock,
    Text,
    Tile,
    Tiles,
)
from coachdesk.press.pdf import pdf
from coachdesk.press.style import LARGE_PRINT, STANDARD, Face, PageStyle
from tests.press.paper import Paper

LONG = "She would like to work outdoors, near home, with people she knows. " * 5
WHOLE = Document(
    "Action plan & <notes>",
    [
        Text("Łucja’s words: a < b & é"),
        Tiles([Tile("Clients", 12), Tile("Jobs", "[c]"), Tile("Hours", 21.5), Tile("D", 1), Tile("E", 2)]),
        Facts([("Period", "July"), ("As at", date(2026, 10, 3))]),
        Facts([]),
        Heading(2, "What I want"),
        BulletList(["First", LONG * 20]),
        BulletList(["One", "Two"], numbered=True),
        Note("A note"),
        Heading(4, "Deeper"),
        TableBlock(
            "By age", ["Age", "Clients"], [["16 to 24", 31], ["25 to 49", "[c]"]], caption="c", note="n"
        ),
        ChartBlock(Chart("Chart title", ["a", "b"], [3, None], "a has three, b is withheld")),
        PageBreak(),
        TableBlock(
            "Contacts",
            ["When", "Words", "Share"],
            [[f"day {i}", LONG if i % 5 else "short", "5%"] for i in range(40)],
        ),
        KeepTogether([Heading(2, "Signed"), Text("Name\nDate")]),
    ],
    subject="Sub",
    author="Calder Works",
    watermark="DRAFT – not for release",
    made=date(2026, 10, 3),
)
STYLES = {
    "standard": STANDARD,
    "large print": LARGE_PRINT,
    "easy read": replace(STANDARD, face=Face.EASY_READ, landscape=True),
}


@pytest.fixture(scope="module")
def whole() -> Paper:
    return Paper(pdf(WHOLE))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_everything_painted_is_marked(style: PageStyle) -> None:
    assert Paper(pdf(WHOLE, style=style)).loose_paint() == []


def test_the_file_says_what_it_is(whole: Paper) -> None:
    root = whole.pdf.Root
    assert str(root.Lang) == "en-GB"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    info = whole.pdf.docinfo
    assert (str(info.Title), str(info.Subject), str(info.Author)) == (
        "Action plan & <notes>",
        "Sub",
        "Calder Works",
    )
    assert str(info.CreationDate).startswith("D:20261003")
    with whole.pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Action plan & <notes>"
        assert metadata["dc:language"] == {"en-GB"}
    assert b"pdfuaid" not in root.Metadata.read_bytes()  # nobody has checked it against PDF/UA


def test_reading_order_and_tags_follow_the_blocks(whole: Paper) -> None:
    read = [(tag, text) for tag, text in whole.read() if tag != "Figure"]
    assert read[:5] == [
        ("P", "DRAFT – not for release"),
        ("H1", "Action plan & <notes>"),
        ("P", "Łucja’s words: a < b & é"),
        ("Lbl", "Clients"),
        ("LBody", "12"),
    ]
    assert ("H2", "What I want") in read
    assert ("H4", "Deeper") in read
    assert ("Lbl", "2.") in read
    at = read.index(("Caption", "By age"))
    assert read[at : at + 9] == [
        ("Caption", "By age"),
        ("Caption", "c"),
        ("TH", "Age"),
        ("TH", "Clients"),
        ("TH", "16 to 24"),
        ("TD", "31"),
        ("TH", "25 to 49"),
        ("TD", "[c]"),
        ("P", "n"),
    ]


def test_headers_say_what_they_head(whole: Paper) -> None:
    scopes = [str(element.A.Scope) for element in whole.elements("TH")[:4]]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def test_a_chart_has_words_and_a_place(whole: Paper) -> None:
    (figure,) = whole.elements("Figure")
    assert str(figure.Alt) == "a has three, b is withheld"
    left, bottom, right, top = (float(side) for side in figure.A.BBox)
    assert STANDARD.margin <= left < right <= STANDARD.page_size[0] - STANDARD.margin + 0.01
    assert STANDARD.margin <= bottom < top <= STANDARD.page_size[1] - STANDARD.margin + 0.01


def test_a_table_over_several_pages_is_one_table_whose_header_is_read_once(whole: Paper) -> None:
    assert len(whole.elements("Table")) == 2
    assert [text for tag, text in whole.read() if tag == "TH"].count("When") == 1
    repeated = [page for page in whole.furniture() if "When" in page]
    assert repeated


def test_every_mark_finds_its_element_again(whole: Paper) -> None:
    numbers = list(whole.pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for page in whole.pdf.pages:
        assert str(page.Tabs) == "/S"
        marks = [
            int(instruction.operands[1].MCID)
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "BDC" and str(instruction.operands[0]) != "/Artifact"
        ]
        owners = parents[int(page.StructParents)]
        assert marks == list(range(len(owners)))


def test_every_page_says_which_of_how_many_it_is(whole: Paper) -> None:
    pages = whole.furniture()
    assert len(pages) > 3
    for number, words in enumerate(pages, start=1):
        at = words.index(f"Page {number} of ")
        assert words[at + 1] == str(len(pages))
        assert "DRAFT – not for release" in words
        assert ("Action plan & <notes>" in words) == (number > 1)


def test_headings_are_bookmarks(whole: Paper) -> None:
    with whole.pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Action plan & <notes>"
        assert [child.title for child in title.children] == ["What I want", "Signed"]
        assert [child.title for child in title.children[0].children] == ["Deeper"]


def test_every_font_is_inside_the_file(whole: Paper) -> None:
    fonts = {str(font.BaseFont): font for page in whole.pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("/FontFile2" in font.FontDescriptor for font in fonts.values())


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_the_same_document_gives_the_same_bytes(style: PageStyle) -> None:
    assert pdf(WHOLE, style=style) == pdf(WHOLE, style=style)


def test_the_bytes_do_not_depend_on_what_was_printed_before_or_on_hashing() -> None:
    small = Document("T", [Text("x Борис")])
    script = (
        "import sys; from coachdesk.press.blocks import Document, Text; from coachdesk.press.pdf import pdf;"
        "sys.stdout.buffer.write(pdf(Document('T', [Text('x Борис')])))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )
    assert fresh.stdout == pdf(small)


def test_a_title_given_as_a_heading_is_not_printed_twice() -> None:
    for blocks in ([Heading(1, "Mine")], [KeepTogether([Heading(1, "Mine")])]):
        read = Paper(pdf(Document("File title", blocks))).read()
        assert read == [("H1", "Mine")]


def test_a_document_of_nothing_but_its_title_prints() -> None:
    paper = Paper(pdf(Document("Only this")))
    assert paper.read() == [("H1", "Only this")]
    assert paper.furniture() == [["Page 1 of ", "1"]]


def test_a_row_longer_than_a_page_runs_on_and_loses_no_words() -> None:
    words = " ".join(f"word{number}" for number in range(2500))
    block = TableBlock("T", ["A", "B", "C"], [["first", "x", 1], ["second", words, 2]])
    paper = Paper(pdf(Document("Long", [block])))
    assert len(paper.pdf.pages) > 2
    text = " ".join(part for tag, part in paper.read() if tag == "TD")
    assert all(f"word{number}" in text.split() for number in range(2500))
    # the first page has the header itself; a repeated one stands at the top of a page and nowhere else
    assert [page.count("A") for page in paper.furniture()] == [0] + [1] * (len(paper.pdf.pages) - 1)


def test_many_wide_columns_are_squeezed_onto_the_page() -> None:
    columns = [f"Unbreakablylongheading{number}" for number in range(14)]
    block = TableBlock("T", columns, [["Llanfairpwllgwyngyll" * 2] * 14])
    assert Paper(pdf(Document("Wide", [block]), style=LARGE_PRINT)).loose_paint() == []


def test_a_table_without_rows_keeps_its_header() -> None:
    paper = Paper(pdf(Document("D", [TableBlock("T", ["A", "B"], [])])))
    assert [text for tag, text in paper.read() if tag == "TH"] == ["A", "B"]
