"""Cells say nothing, something or several things, and each is read as meant."""

import pytest

from coachdesk.errors import Refusal
from coachdesk.exchange.cells import (
    is_nobody,
    non_answer,
    one_line,
    phone_digits,
    read_minutes,
    read_pence,
    read_phone,
    read_weekly_minutes,
    several,
    yes_or_no,
)
from coachdesk.terms import Unstated


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Unstated.NOT_ASKED),
        ("  ", Unstated.NOT_ASKED),
        ("n/k", Unstated.NOT_KNOWN),
        ("N/K", Unstated.NOT_KNOWN),
        ("-", Unstated.NOT_KNOWN),
        ("Not  known", Unstated.NOT_KNOWN),
        ("#N/A", Unstated.NOT_KNOWN),
        ("N/A", Unstated.NOT_APPLICABLE),
        ("Prefer not to say", Unstated.PREFERS_NOT_TO_SAY),
        ("PNTS", Unstated.PREFERS_NOT_TO_SAY),
        ("Male", None),
    ],
)
def test_the_four_non_answers_are_kept_apart(typed: str, meant: Unstated | None) -> None:
    assert non_answer(typed) is meant


def test_na_and_nil_are_names_but_a_dash_is_not() -> None:
    assert not is_nobody("Na")
    assert not is_nobody("Nil")
    assert is_nobody("-")
    assert is_nobody("n/k")


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("£12.21", 1221), ("12.21", 1221), ("£12", 1200), ("12.2", 1220), ("£12.21 per hour", 1221), ("12.21ph", 1221), ("GBP 12.21/hr", 1221), ("£0", 0)],
)  # fmt: skip
def test_pay_for_an_hour(typed: str, pence: int) -> None:
    assert read_pence(typed) == pence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("£25,000", "too much for one hour"), ("lots", "not pay for an hour"), ("£24k pa", "not pay")],
)
def test_other_pay_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_pence(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("16", 960),
        ("37.5", 2250),
        ("37½", 2250),
        ("37,5", 2250),
        ("37h30", 2250),
        ("37:30", 2250),
        ("16 hrs pw", 960),
    ],
)
def test_hours_a_week(typed: str, minutes: int) -> None:
    assert read_weekly_minutes(typed) == minutes


@pytest.mark.parametrize(("typed", "sentence"), [("16-20", "not hours a week"), ("169", "only 168 hours")])
def test_other_hours_are_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_weekly_minutes(typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("45.0", 45), ("90 mins", 90), ("1h30", 90), ("1:15", 75), ("1.5 hours", 90)],
)
def test_the_length_of_a_contact(typed: str, minutes: int) -> None:
    assert read_minutes(typed) == minutes


@pytest.mark.parametrize(("typed", "sentence"), [("long", "not a length"), ("2000", "only 1,440 minutes")])
def test_other_lengths_are_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_minutes(typed)


def test_several_values_in_one_cell() -> None:
    assert several("Mental health; Carer | Homeless,Carer\nRefugee;") == (
        "Mental health",
        "Carer",
        "Homeless",
        "Refugee",
    )


def test_ticks() -> None:
    assert yes_or_no("Yes") is True
    assert yes_or_no("n") is False
    assert yes_or_no("perhaps") is None


def test_a_phone_gets_its_nought_back_and_is_compared_by_digits() -> None:
    assert read_phone("7700900573") == "07700900573"
    assert read_phone("07700 900573") == "07700 900573"
    assert (
        phone_digits("+44 7700 900573") == phone_digits("07700 900573") == phone_digits("+44 (0)7700 900573")
    )
    assert phone_digits("00447700900573").endswith("7700900573")


def test_one_line_has_no_breaks_and_no_nul() -> None:
    assert one_line(" a\n b\0 ") == "a b"
