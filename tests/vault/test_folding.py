"""Folded text is found whatever the accents, capitals and apostrophes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.vault.folding import _without_marks, fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("O'Neil", "oneil"),
        ("O’NEIL", "oneil"),
        ("Łukasz Øster-Đukić", "lukasz oster dukic"),
        ("Weiß", "weiss"),
        ("Þóra Æsir", "thora aesir"),
        ("İpek", "ipek"),
        ("Nguyễn", "nguyen"),
        ("  A \0 B ", "a b"),
        ("林", "林"),
        ("", ""),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_folds_the_same_the_short_way(text: str) -> None:
    assert _without_marks(text) == text.lower()


@given(st.text(st.characters(max_codepoint=127)))
def test_an_accent_elsewhere_changes_nothing_in_plain_text(text: str) -> None:
    assert fold(f"{text} é") == f"{fold(text)} e".strip()
