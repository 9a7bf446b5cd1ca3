import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.press.blocks import Align
from coachdesk.press.prose import prose
from coachdesk.press.style import Face


@pytest.mark.parametrize(
    "words", ["a < b & c > d", "<b>Bold</b>", "</para>", "&amp;", "<img src='/etc/passwd'/>", '"']
)
def test_mark_up_in_somebodys_words_stays_words(words: str) -> None:
    assert prose(words, face=Face.INTER, size=10).getPlainText(identify=False) == words


@given(st.text(alphabet="<>&/ab\"'= ", max_size=40))
def test_no_text_breaks_the_paragraph(text: str) -> None:
    words = prose(text, face=Face.INTER, size=10).getPlainText(identify=False)
    assert "".join(words.split()) == "".join(text.split())


def test_a_line_break_is_kept() -> None:
    paragraph = prose("a\nb", face=Face.INTER, size=10)
    paragraph.wrap(300, 300)
    assert len(paragraph.blPara.lines) == 2


def test_a_paragraph_can_stand_to_the_right_and_change_face() -> None:
    paragraph = prose("to Борис", face=Face.EASY_READ, size=10, align=Align.RIGHT)
    assert [fragment.fontName for fragment in paragraph.frags] == [
        "AtkinsonHyperlegibleNext-Regular",
        "Inter-Regular",
    ]
    assert paragraph.style.alignment == 2
