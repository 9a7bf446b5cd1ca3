"""Blocks for papers people take home: each is heard in its place, and goes on over the page."""

from dataclasses import replace

import pikepdf
import pytest

from coachdesk.press.blocks import (
    Block,
    Callout,
    Document,
    Heading,
    KeepTogether,
    PageBreak,
    PictureItem,
    PictureList,
    Quote,
    TableBlock,
    Text,
    WritingLines,
)
from coachdesk.press.faces import prints
from coachdesk.press.handed import Pictured, Ruled
from coachdesk.press.pdf import pdf
from coachdesk.press.prose import prose
from coachdesk.press.style import BLACK_AND_WHITE, EASY_READ, LARGE_PRINT, STANDARD, PageStyle
from coachdesk.press.tagging import Element
from tests.press.paper import Paper

LONG = "She would like to work outdoors, near home, with people she knows. " * 60
HANDED: tuple[Block, ...] = (
    Heading(1, "Plan"),
    Callout("Communication needs", "Please write things down."),
    Quote("“A job with animals”"),
    PictureList(
        (
            PictureItem("box", "Write a CV", ("You do this.", "By Friday."), is_strong=True),
            PictureItem("box-ticked", "Visit the kennels"),
        )
    ),
    PictureList(()),
    WritingLines(("You", "Date"), (2, 1)),
    WritingLines(("",)),
)
STYLES = {
    "standard": replace(STANDARD, inks=BLACK_AND_WHITE),
    "large print": replace(LARGE_PRINT, inks=BLACK_AND_WHITE),
    "easy read": replace(EASY_READ, inks=BLACK_AND_WHITE),
}


def printed(*content: Block, style: PageStyle = STANDARD) -> Paper:
    return Paper(pdf(Document("Plan", content), style=style))


def colours(paper: Paper) -> set[tuple[float, ...]]:
    """Return every colour that a page paints with."""
    return {
        tuple(round(float(part), 3) for part in instruction.operands)
        for page in paper.pdf.pages
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) in {"rg", "RG"}
    }


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_everything_is_heard_in_its_order_and_nothing_painted_is_loose(style: PageStyle) -> None:
    paper = printed(*HANDED, style=style)
    assert paper.loose_paint() == []
    assert paper.read() == [
        ("H1", "Plan"),
        ("P", "Communication needs"),
        ("P", "Please write things down."),
        ("P", "“A job with animals”"),
        ("P", "Write a CV"),
        ("P", "You do this."),
        ("P", "By Friday."),
        ("P", "Visit the kennels"),
        ("P", "You"),
        ("P", "Date"),
    ]
    assert [len(paper.elements(tag)) for tag in ("BlockQuote", "L", "LI", "LBody", "Sect")] == [1, 1, 2, 2, 1]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_black_and_white_has_no_colour_in_it(style: PageStyle) -> None:
    table = TableBlock("Steps", ("What", "Who"), [("Ring\nthem", "You")], caption="c", note="n")
    assert all(len(set(one)) == 1 for one in colours(printed(*HANDED, table, style=style)))
    assert any(len(set(one)) > 1 for one in colours(printed(*HANDED, table)))


def test_long_words_go_on_over_the_page() -> None:
    blocks = (Quote(LONG), PictureList((PictureItem("box", LONG, ("More",)),)), Callout("Needs", LONG))
    paper = printed(*blocks, style=LARGE_PRINT)
    assert len(paper.pdf.pages) > 4
    assert paper.loose_paint() == []
    heard = " ".join(words for _, words in paper.read())
    assert heard.count("with people she knows.") == 180


def test_the_picture_stands_beside_the_first_part_alone() -> None:
    paper = printed(PictureList((PictureItem("circle-check", LONG),)), style=LARGE_PRINT)
    curves = [
        sum(str(one.operator) == "c" for one in pikepdf.parse_content_stream(page))
        for page in paper.pdf.pages
    ]
    assert curves[0] > 0
    assert len(curves) > 1
    assert not any(curves[1:])


def test_a_page_breaks_only_where_little_is_left() -> None:
    few = [Text("Words")] * 3
    assert len(printed(*few, PageBreak(unless_left=0.3), *few).pdf.pages) == 1
    assert len(printed(*[Text("Words")] * 32, PageBreak(unless_left=0.3), *few).pdf.pages) == 2
    assert len(printed(*few, PageBreak(), *few).pdf.pages) == 2


def test_a_table_that_flows_on_begins_at_once_and_repeats_its_header() -> None:
    rows = [(f"Step {number}", "You") for number in range(30)]
    table = TableBlock("Steps", ("What", "Who"), rows)
    words = [Text("Words")] * 14
    kept, flowing = (printed(*words, one) for one in (table, replace(table, flows_on=True)))
    assert [len(one.pdf.pages) for one in (kept, flowing)] == [2, 2]
    assert "What" not in " ".join(kept.furniture()[1])
    assert {"What", "Who"} <= set(flowing.furniture()[1])


def test_what_belongs_together_moves_together() -> None:
    paper = printed(*[Text("Words")] * 36, KeepTogether((Heading(2, "Sign"), WritingLines(("You",)))))
    assert len(paper.pdf.pages) == 2


@pytest.mark.parametrize(
    ("text", "does"),
    [("Łucja Świątek", True), ("O’Neill 中", False), ("محمد", False), ("Юлія", True), ("", True)],
)
def test_letters_that_no_face_holds_are_known_beforehand(text: str, *, does: bool) -> None:
    assert prints(text) is does


def test_what_says_nothing_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="beside words"):
        PictureItem("box", " ")
    with pytest.raises(ValueError, match="beside words"):
        PictureItem("", "Words")
    with pytest.raises(ValueError, match="at least one line"):
        WritingLines(())
    with pytest.raises(ValueError, match="one share"):
        WritingLines(("You",), (1, 2))


def test_no_flowable_tells_what_it_holds() -> None:
    secret = prose("Łucja’s words", face=STANDARD.face, size=10)
    ruled = Ruled(secret, Element("P"), indent=10, after=0, colour="#000000")
    pictured = Pictured(secret, Element("P"), picture="box", style=STANDARD, after=0, goes_on=False)
    assert (ruled.identity(), pictured.identity()) == ("P", "P")
