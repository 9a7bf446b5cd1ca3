import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.ui import spoken
from coachdesk.ui.dates import Lean, parse_spoken_date
from coachdesk.ui.tokens import Tone

MONDAY = dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", MONDAY),
        ("Tomorrow", dt.date(2026, 10, 6)),
        ("yesterday", dt.date(2026, 10, 4)),
        ("+2w", dt.date(2026, 10, 19)),
        ("+ 3", dt.date(2026, 10, 8)),
        ("-1m", dt.date(2026, 9, 5)),
        ("+2 weeks", dt.date(2026, 10, 19)),
        ("in 3 months", dt.date(2027, 1, 5)),
        ("2 years ago", dt.date(2024, 10, 5)),
        ("05122026", dt.date(2026, 12, 5)),
        ("051226", dt.date(2026, 12, 5)),
        ("3.5.26", dt.date(2026, 5, 3)),
        ("3/5/2026", dt.date(2026, 5, 3)),
        ("3-5-85", dt.date(1985, 5, 3)),
        ("2026-12-05", dt.date(2026, 12, 5)),
        ("5 dec", dt.date(2026, 12, 5)),
        ("5th of December 2027", dt.date(2027, 12, 5)),
        ("dec 5", dt.date(2026, 12, 5)),
        ("5dec26", dt.date(2026, 12, 5)),
        ("Sat 5 Dec 2026", dt.date(2026, 12, 5)),
        ("Saturday, 5 December 2026", dt.date(2026, 12, 5)),
        ("mon", MONDAY),
        ("wed", dt.date(2026, 10, 7)),
        ("next monday", dt.date(2026, 10, 12)),
        ("last mon", dt.date(2026, 9, 28)),
        ("this friday", dt.date(2026, 10, 9)),
    ],
)
def test_a_date_is_read_as_it_is_meant(typed: str, meant: dt.date) -> None:
    assert parse_spoken_date(typed, MONDAY) == meant


@pytest.mark.parametrize(
    ("typed", "lean", "meant"),
    [
        ("fri", "past", dt.date(2026, 10, 2)),
        ("fri", "future", dt.date(2026, 10, 9)),
        ("mon", "past", MONDAY),
        ("1 dec", "past", dt.date(2025, 12, 1)),
        ("1 feb", "future", dt.date(2027, 2, 1)),
        ("1/2", "nearest", dt.date(2027, 2, 1)),
        ("1 aug", "nearest", dt.date(2026, 8, 1)),
    ],
)
def test_what_is_left_out_leans_the_right_way(typed: str, lean: Lean, meant: dt.date) -> None:
    assert parse_spoken_date(typed, MONDAY, lean=lean) == meant


def test_a_step_by_months_stays_in_its_month() -> None:
    assert parse_spoken_date("+1m", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    "typed", ["", "soon", "31 feb 2026", "30/2", "32.1.26", "+9999y", "5 foo", "next foo", "13/13/26"]
)
def test_what_is_no_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_spoken_date(typed, MONDAY)
    assert refused.value.message.endswith(".")


@given(st.text(max_size=20))
def test_no_text_does_anything_but_a_date_or_a_refusal(typed: str) -> None:
    with contextlib.suppress(Refusal):
        assert isinstance(parse_spoken_date(typed, MONDAY), dt.date)


@given(st.dates(dt.date(1930, 1, 1), dt.date(2100, 1, 1)))
def test_a_date_as_we_write_it_is_read_back(date: dt.date) -> None:
    assert parse_spoken_date(spoken.day(date), MONDAY) == date


def test_days_are_spoken() -> None:
    assert spoken.day(dt.date(2026, 9, 10)) == "Thu 10 Sep 2026"
    assert spoken.day(None) == ""
    assert spoken.short_day(dt.date(2026, 10, 8), MONDAY) == "Thu 8 Oct"
    assert spoken.short_day(dt.date(2027, 10, 8), MONDAY) == "Fri 8 Oct 2027"
    assert spoken.short_day(None, MONDAY) == ""
    assert spoken.long_day(MONDAY) == "Monday 5 October"
    assert spoken.month(MONDAY) == "October 2026"
    assert spoken.moment(dt.datetime(2026, 10, 5, 15, 4, tzinfo=dt.UTC), dt.UTC) == "Mon 5 Oct 2026, 15:04"


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-3, "3 days late", Tone.DANGER),
        (-1, "1 day late", Tone.DANGER),
        (0, "Today", Tone.WARNING),
        (1, "Tomorrow", Tone.NEUTRAL),
        (5, "in 5 days", Tone.NEUTRAL),
    ],
)
def test_what_is_due_is_spoken(days: int, words: str, tone: Tone) -> None:
    date = MONDAY + dt.timedelta(days=days)
    assert spoken.due(date, MONDAY) == words
    assert spoken.due_tone(date, MONDAY) is tone


def test_nothing_due_says_nothing() -> None:
    assert spoken.due(None, MONDAY) == ""
    assert spoken.due_tone(None, MONDAY) is Tone.NEUTRAL


def test_the_past_is_spoken() -> None:
    assert [spoken.ago(MONDAY - dt.timedelta(days=days), MONDAY) for days in (0, 1, 6, -1)] == [
        "today",
        "yesterday",
        "6 days ago",
        "Tue 6 Oct 2026",
    ]
    assert spoken.ago(None, MONDAY) == "never"


def test_counts_names_and_money_are_spoken() -> None:
    assert spoken.plural(1, "client", "clients") == "1 client"
    assert spoken.plural(1200, "client", "clients") == "1,200 clients"
    assert spoken.listed([]) == ""
    assert spoken.listed(["Amara"]) == "Amara"
    assert spoken.listed(["Amara", "Ian", "Kemi"]) == "Amara, Ian and Kemi"
    assert spoken.full_name("Amara", "") == "Amara"
    assert spoken.money(123450) == "£1,234.50"
    assert spoken.money(-5) == "-£0.05"
