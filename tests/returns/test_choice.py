"""How a return is to protect people: what may be chosen, and what stays the programme's."""

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.choice import (
    AS_USUAL,
    HEADLINES_ONLY,
    ROUND,
    ProtectionChoice,
    checked_choice,
    read_choice,
)


def test_a_choice_is_kept_and_read_again() -> None:
    choice = ProtectionChoice(
        method=ROUND,
        threshold=8,
        wide=("reach-by-age",),
        left_out=("reach-by-hub",),
        seconds=0,
        cumulative=HEADLINES_ONLY,
    )
    assert read_choice(choice.plain()) == choice


@pytest.mark.parametrize(
    "told", [{}, {"method": "guess", "threshold": "many", "seconds": 999}, {"wide": None}]
)
def test_what_is_not_understood_is_as_usual(told: dict[str, object]) -> None:
    assert read_choice(told) == AS_USUAL


def test_a_threshold_is_raised_and_never_lowered() -> None:
    assert checked_choice(ProtectionChoice(threshold=8), 5).threshold == 8
    assert checked_choice(AS_USUAL, 5).threshold is None


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (ProtectionChoice(threshold=4), "threshold"),
        (ProtectionChoice(threshold=21), "threshold"),
        (ProtectionChoice(seconds=121), "seconds"),
        (ProtectionChoice(method="guess"), "method"),  # type: ignore[arg-type]  # as somebody could type it
    ],
)
def test_a_choice_that_protects_less_is_refused_at_its_field(choice: ProtectionChoice, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_choice(choice, 5)
    assert set(refusal.value.fields) == {field}
