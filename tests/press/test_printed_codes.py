"""Codes on the page: typed ones stand in even places, square ones say what they hold."""

import pytest

from coachdesk.press.blocks import Document, QrCode, TypedCode
from coachdesk.press.codes import PitchedLine
from coachdesk.press.pdf import pdf
from coachdesk.press.style import LARGE_PRINT, STANDARD, PageStyle
from tests.press.paper import Paper

CODE = TypedCode(("S7GF5", "0NRJB", "S0J0W", "PKS1B", "WWWWW"))


@pytest.mark.parametrize("style", [STANDARD, LARGE_PRINT], ids=["standard", "large print"])
def test_groups_are_read_out_with_their_numbers(style: PageStyle) -> None:
    abreast = TypedCode(CODE.groups, abreast=4 if style is STANDARD else 2)
    paper = Paper(pdf(Document("Code", (abreast,)), style=style))
    read = [(tag, words) for tag, words in paper.read() if tag in {"Lbl", "LBody"}]
    assert read == [
        told
        for number, group in enumerate(CODE.groups, start=1)
        for told in (("Lbl", f"Group {number}"), ("LBody", " ".join(group)))
    ]
    assert paper.loose_paint() == []
    assert len(paper.elements("LI")) == 5


def test_every_character_has_the_same_room() -> None:
    wide, narrow = PitchedLine("WWWWW", 20), PitchedLine("1J1J1", 20)
    assert wide.wrap(500, 500) == narrow.wrap(500, 500)
    assert wide.wrap(500, 500)[0] <= (STANDARD.text_width / 4) * 1.2


def test_a_square_code_is_a_figure_with_words() -> None:
    paper = Paper(pdf(Document("Code", (QrCode("S7GF5-0NRJB", "A square code"),))))
    (figure,) = paper.elements("Figure")
    assert str(figure.Alt) == "A square code"
    assert paper.loose_paint() == []


@pytest.mark.parametrize(("groups", "abreast"), [((), 4), (("A", ""), 4), (("A",), 0)])
def test_a_typed_code_that_says_nothing_is_our_own_mistake(groups: tuple[str, ...], abreast: int) -> None:
    with pytest.raises(ValueError, match="code"):
        TypedCode(groups, abreast=abreast)


@pytest.mark.parametrize(("text", "alt"), [("", "words"), ("x", " ")])
def test_a_square_code_that_says_nothing_is_our_own_mistake(text: str, alt: str) -> None:
    with pytest.raises(ValueError, match="code"):
        QrCode(text, alt)
