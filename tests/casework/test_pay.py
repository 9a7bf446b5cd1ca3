"""Hours and pay as people type them, and what the law asks for an age on a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.casework.births import NOT_KNOWN, Birth, parse_birth
from coachdesk.casework.pay import (
    RateOn,
    all_rates,
    hours_words,
    minutes_of,
    money,
    pence_of,
    rate_on,
    statutory_minimum,
)
from coachdesk.errors import Refusal
from coachdesk.vault.opened import OpenVault
from tests.makers import ask
from tests.vault_fixtures import TODAY


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("16", 960), ("37.5", 2250), (" 37.5 ", 2250), ("", None), ("168", 10_080), ("0", 0)],
)
def test_hours_a_week_become_minutes(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed, "usual_hours") == minutes


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("12.71", 1271), ("£12.71", 1271), ("£1,000", 100_000), ("", None), (" £ ", None), ("0", 0)],
)
def test_pounds_become_pence(typed: str, pence: int | None) -> None:
    assert pence_of(typed, "hourly_pay") == pence


@pytest.mark.parametrize(
    "typed", ["many", "-1", "NaN", "sNaN", "Infinity", "1e999999", "1e9999999999", "12.71.1", "1001"]
)
def test_what_is_no_likely_number_is_refused_beside_its_field(typed: str) -> None:
    for reading_of in (minutes_of, pence_of):
        with pytest.raises(Refusal) as refused:
            reading_of(typed, "the field")
        assert set(refused.value.fields) == {"the field"}


@given(some.text(max_size=12))
def test_any_text_is_a_number_nothing_or_refused(typed: str) -> None:
    for reading_of in (minutes_of, pence_of):
        try:
            assert reading_of(typed, "field") in {None, *range(100_001)}
        except Refusal as refused:
            assert "field" in refused.fields  # noqa: PT017 - either answer is right


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, ""),
        (60, "1 hour a week"),
        (2250, "37.5 hours a week"),
        (2400, "40 hours a week"),
        (100, "1.67 hours a week"),
        (0, "0 hours a week"),
    ],
)
def test_hours_are_said_plainly(minutes: int | None, words: str) -> None:
    assert hours_words(minutes) == words


def test_money_is_said_in_pounds_and_pence() -> None:
    assert [money(1271), money(5), money(123_400)] == ["£12.71", "£0.05", "£1,234.00"]


@pytest.fixture
def rates(desk_vault: OpenVault) -> tuple[RateOn, ...]:
    return ask(desk_vault, lambda session, _: all_rates(session))


def aged(years: int, months: int = 1) -> Birth:
    born = dt.date(TODAY.year - years, TODAY.month - months, 1)
    return Birth(born, born)


@pytest.mark.parametrize(
    ("birth", "pence"),
    [
        (aged(16), 800),
        (aged(17), 800),
        (aged(18), 1085),
        (aged(20), 1085),
        (aged(21), 1271),
        (aged(66), 1271),
    ],
)
def test_the_minimum_follows_the_age(rates: tuple[RateOn, ...], birth: Birth, pence: int) -> None:
    assert statutory_minimum(rates, birth, TODAY) == pence


def test_an_apprentice_has_a_rate_of_their_own_under_19_or_in_the_first_year(
    rates: tuple[RateOn, ...],
) -> None:
    lately, long_since = TODAY - dt.timedelta(days=100), TODAY - dt.timedelta(days=500)
    assert statutory_minimum(rates, aged(18), TODAY, apprentice_since=long_since) == 800
    assert statutory_minimum(rates, aged(30), TODAY, apprentice_since=lately) == 800
    assert statutory_minimum(rates, aged(30), TODAY, apprentice_since=long_since) == 1271


def test_the_rate_is_that_of_the_day(rates: tuple[RateOn, ...]) -> None:
    assert statutory_minimum(rates, aged(30), dt.date(2025, 3, 31)) == 1144
    assert statutory_minimum(rates, aged(30), dt.date(2025, 4, 1)) == 1221
    assert statutory_minimum(rates, aged(30), dt.date(2031, 4, 1)) is None
    assert rate_on(rates, "real_living_wage", TODAY) == 1345
    assert rate_on(rates, "real_living_wage", dt.date(2020, 1, 1)) is None


def test_an_age_that_is_not_certain_takes_the_lowest_rate_and_none_takes_none(
    rates: tuple[RateOn, ...],
) -> None:
    assert statutory_minimum(rates, parse_birth("2005", TODAY), TODAY) == 1085
    assert statutory_minimum(rates, NOT_KNOWN, TODAY) is None
