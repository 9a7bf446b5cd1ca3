"""A signature on paper: drawn over its line, and a text for those who do not see it."""

import pytest

from coachdesk.press.blocks import Document, Signature
from coachdesk.press.pdf import pdf
from tests.press.paper import Paper

STROKE = ((0.0, 0.0), (0.5, 1.0), (1.0, 0.5))


def test_a_signature_is_a_figure_with_a_text_and_a_label() -> None:
    block = Signature((STROKE, ((0.2, 0.2),)), "Signed by you", "Signature of the client")
    paper = Paper(pdf(Document("Plan", (block,))))
    (figure,) = paper.elements("Figure")
    assert str(figure.Alt) == "Signature of the client"
    assert paper.loose_paint() == []
    assert ("P", "Signed by you") in paper.read()


def test_other_strokes_are_another_paper() -> None:
    one, other = (
        pdf(Document("Plan", (Signature((strokes,), "You", "Signature"),)))
        for strokes in (STROKE, STROKE[::-1][:2])
    )
    assert one != other


@pytest.mark.parametrize(("strokes", "alt"), [((), "Signature"), (((),), "Signature"), ((STROKE,), " ")])
def test_a_signature_without_strokes_or_words_is_none(
    strokes: tuple[tuple[tuple[float, float], ...], ...], alt: str
) -> None:
    with pytest.raises(ValueError, match="a signature has strokes"):
        Signature(strokes, "You", alt)
