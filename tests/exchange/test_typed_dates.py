"""Dates are read in every style people type, and an impossible one is refused in a sentence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.exchange.typed_dates import read_date

TODAY = dt.date(2026, 10, 5)
MAY = dt.date(2026, 5, 3)
STYLES = (
    "{0.day:02}/{0.month:02}/{0.year}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day}.{0.month}.{0.year}",
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0:%d} {0:%B} {0.year}",
    "{0:%d}-{0:%b}-{0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%A} {0.day} {0:%b} {0.year}",
    "{0.year}-{0.month:02}-{0.day:02} 00:00:00",
)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "03/05/2026",
            "3/5/26",
            "3.5.26",
            "3-5-2026",
            "3rd May 2026",
            "03-May-2026",
            "3 May 26",
            "3 may 2026",
        ),
        *(
            "2026-05-03",
            "2026/05/03",
            "May 3rd, 2026",
            "Sunday 3rd of May 2026",
            "3May2026",
            " 3 / 5 / 2026 ",
        ),
        *("2026-05-03T09:30:00", "3/5/26 14:30"),
    ],
)
def test_every_style_of_the_third_of_may(typed: str) -> None:
    assert read_date(typed, TODAY) == MAY


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(STYLES))
def test_a_date_with_its_whole_year_is_read_back_in_every_style(day: dt.date, style: str) -> None:
    assert read_date(style.format(day), TODAY) == day


@given(st.dates(dt.date(1937, 1, 1), dt.date(2036, 12, 31)))
def test_two_digits_mean_the_year_nearest_to_now(day: dt.date) -> None:
    assert read_date(f"{day.day}/{day.month}/{day.year % 100:02}", TODAY) == day


@pytest.mark.parametrize(
    ("typed", "year"), [("1/3/60", 1960), ("12/12/08", 2008), ("1/1/26", 2026), ("1/1/27", 1927)]
)
def test_a_birth_of_two_digits_lies_in_the_past(typed: str, year: int) -> None:
    assert read_date(typed, TODAY, birth=True).year == year


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/02/2026", "There is no day 31 in that month"),
        ("0/5/2026", "There is no day 0"),
        ("05/25/2026", "There is no month 25"),
        ("3 Mai 2026", "There is no month “Mai”"),
        ("3/5/0226", "The year 226 cannot be right"),
        ("3/5/2206", "The year 2206 cannot be right"),
        ("soon", "This is not a date"),
        ("45123", "This is not a date"),
        ("3/5", "This is not a date"),
    ],
)
def test_an_impossible_date_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        read_date(typed, TODAY)
    assert "3 May 2026" in refused.value.message


@given(st.text(max_size=20))
def test_whatever_is_typed_ends_as_a_date_or_a_refusal(typed: str) -> None:
    try:
        found = read_date(typed, TODAY)
    except Refusal:
        return
    assert dt.date(1900, 1, 1) <= found <= dt.date(2100, 12, 31)
