"""A birth date is read as it was told, shown as it was read, and never made more exact than it is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.casework.births import (
    NOT_KNOWN,
    STRADDLES,
    Birth,
    age_band_on,
    age_on,
    ages_on,
    birth_text,
    birth_words,
    parse_birth,
)
from coachdesk.errors import Refusal

TOLD = dt.date(2026, 10, 5)
NINTH = dt.date(1974, 4, 9)
days = some.dates(dt.date(1907, 1, 1), TOLD)


@pytest.mark.parametrize(
    "text",
    ["9/4/1974", "09.04.74", "9th April 1974", "9 Apr 1974", "1974-04-09", "09041974", " 9 - 4 - 1974 "],
)
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert parse_birth(text, TOLD) == Birth(NINTH, NINTH, "exact", TOLD)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "shown"),
    [
        ("May 1974", dt.date(1974, 5, 1), dt.date(1974, 5, 31), "month", "born May 1974"),
        ("1974", dt.date(1974, 1, 1), dt.date(1974, 12, 31), "year", "born in 1974"),
        ("about 40", dt.date(1985, 10, 6), dt.date(1986, 10, 5), "about", "about 40"),
    ],
)
def test_what_is_not_exact_stays_a_range(
    text: str, first: dt.date, last: dt.date, precision: str, shown: str
) -> None:
    birth = parse_birth(text, TOLD)
    assert birth == Birth(first, last, precision, TOLD)
    assert birth_words(birth, TOLD) == shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6/10/2026", "in the future"),
        ("31/2/1974", "not a date in the calendar"),
        ("9 Foo 1974", "not a date in the calendar"),
        ("1/1/1800", "more than 120 years ago"),
        ("about 130", "too high"),
        ("ages ago in spring", "could not be understood"),
        ("12", "could not be understood"),
    ],
)
def test_what_cannot_be_a_birth_date_is_refused_beside_the_field(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        parse_birth(text, TOLD)
    assert words in refused.value.fields["birth"]


def test_nothing_said_stays_nothing() -> None:
    assert parse_birth("  ", TOLD) == NOT_KNOWN
    assert birth_words(NOT_KNOWN, TOLD) == ""
    assert birth_text(NOT_KNOWN) == ""
    assert ages_on(NOT_KNOWN, TOLD) is None
    assert age_band_on(NOT_KNOWN, TOLD) == ""


def test_a_two_digit_year_is_never_in_the_future() -> None:
    assert parse_birth("1/1/26", TOLD).born_from == dt.date(2026, 1, 1)
    assert parse_birth("1/1/27", TOLD).born_from == dt.date(1927, 1, 1)


@given(days, some.sampled_from(["exact", "month", "year"]))
def test_what_a_form_shows_is_read_back_alike(day: dt.date, precision: str) -> None:
    text = {"exact": f"{day.day}/{day.month}/{day.year}", "month": f"{day:%b %Y}", "year": str(day.year)}
    birth = parse_birth(text[precision], TOLD)
    assert birth.precision == precision
    assert parse_birth(birth_text(birth), TOLD) == birth


@given(some.integers(0, 100), some.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31)))
def test_about_an_age_means_that_age_on_the_day_it_was_told(age: int, told_on: dt.date) -> None:
    birth = parse_birth(f"about {age}", told_on)
    assert age_on(birth, told_on) == age
    assert parse_birth(birth_text(birth), told_on) == birth


@given(some.text(max_size=30))
def test_no_text_at_all_breaks_the_reading(text: str) -> None:
    try:
        birth = parse_birth(text, TOLD)
    except Refusal:
        return
    assert birth == NOT_KNOWN or (birth.born_from is not None and birth.born_from <= TOLD)


@given(days, some.integers(0, 400), some.dates(TOLD, dt.date(2060, 1, 1)))
def test_an_age_band_is_named_only_where_every_possible_day_agrees(
    first: dt.date, spread: int, on: dt.date
) -> None:
    last = first + dt.timedelta(days=spread)
    every = {
        age_band_on(Birth(day, day), on)
        for day in (first + dt.timedelta(days=further) for further in range(spread + 1))
    }
    told = age_band_on(Birth(first, last), on)
    assert told == (every.pop() if len(every) == 1 else STRADDLES)


@pytest.mark.parametrize(
    ("age", "band"),
    [(15, ""), (16, "16_17"), (18, "18_24"), (25, "25_34"), (49, "35_49"), (64, "50_64"), (65, "65_over")],
)
def test_bands_begin_and_end_on_the_birthday(age: int, band: str) -> None:
    day = TOLD.replace(year=TOLD.year - age)
    assert age_band_on(Birth(day, day), TOLD) == band


def test_a_year_whose_birthday_may_be_past_straddles() -> None:
    assert age_band_on(parse_birth("2001", TOLD), TOLD) == STRADDLES
    assert age_on(parse_birth("2001", TOLD), TOLD) is None
