"""Folded text is found whatever the accents, capitals and apostrophes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.vault.folding import fold


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
