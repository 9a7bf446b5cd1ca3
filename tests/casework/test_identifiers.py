"""Numbers and postcodes: the shape is checked, what was typed is tidied, nothing is demanded."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.casework.identifiers import national_insurance_number, postcode
from coachdesk.errors import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), ("qq 12 34 56 a", "QQ123456A"), ("AB123456C", "AB123456C")]
)
def test_a_number_is_kept_in_capitals_without_blanks(typed: str, kept: str) -> None:
    assert national_insurance_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["BG123456A", "DA123456A", "AO123456A", "AB12345A", "AB123456E", "11A11111"]
)
def test_a_number_that_cannot_be_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(Refusal, match="two letters, six digits") as refused:
        national_insurance_number(typed)
    assert set(refused.value.fields) == {"nino"}


@pytest.mark.parametrize(
    ("typed", "kept", "fits"),
    [
        ("la12 9hb", "LA12 9HB", True),
        ("ca16at", "CA1 6AT", True),
        ("", "", True),
        ("NE1", "NE1", False),
        ("no idea", "NOI DEA", False),
    ],
)
def test_a_postcode_is_tidied_and_doubted_but_never_refused(typed: str, kept: str, fits: bool) -> None:  # noqa: FBT001  a column of the table of cases
    assert postcode(typed) == (kept, fits)


@given(some.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(postcode(text)[0], str)
