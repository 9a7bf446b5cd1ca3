import datetime as dt

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.periods import Period, check_as_at, checked_period, months_later, parse_period

Q2 = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))


def test_a_period_is_read_as_it_is_written() -> None:
    assert parse_period(" 2026-07-01..2026-09-30 ") == Q2
    assert Q2.key == "2026-07-01..2026-09-30"
    assert Q2.words == "1 July 2026 to 30 September 2026"


def test_a_period_holds_its_first_and_last_day_and_no_blank() -> None:
    assert Q2.holds(Q2.from_on)
    assert Q2.holds(Q2.to_on)
    assert not Q2.holds(dt.date(2026, 10, 1))
    assert not Q2.holds(None)


def test_a_period_covers_what_lies_within_it() -> None:
    assert Period(dt.date(2026, 4, 1), Q2.to_on).covers(Q2)
    assert not Q2.covers(Period(dt.date(2026, 4, 1), Q2.to_on))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-07-01", "is not a period"),
        ("July..September", "“July” is not a date"),
        ("2026-07-01..2026-09-31", "“2026-09-31” is not a date"),
        ("2026-09-30..2026-07-01", "ends (1 July 2026) before it starts (30 September 2026)"),
        ("2016-07-01..2026-09-30", "longer than five years"),
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_period(text)
    assert sentence in refusal.value.message
    assert list(refusal.value.fields.values()) == [refusal.value.message]


def test_the_as_at_date_is_neither_in_the_future_nor_before_the_period() -> None:
    today = dt.date(2026, 10, 5)
    check_as_at(Q2, today, today)
    check_as_at(Q2, Q2.from_on, today)
    with pytest.raises(Refusal, match="lies in the future"):
        check_as_at(Q2, dt.date(2026, 10, 6), today)
    with pytest.raises(Refusal, match="lies before the period begins"):
        check_as_at(Q2, dt.date(2026, 6, 30), today)


def test_months_later_keeps_the_day_or_takes_the_last_one() -> None:
    assert months_later(dt.date(2026, 1, 15), 6) == dt.date(2026, 7, 15)
    assert months_later(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2026, 3, 31), 9) == dt.date(2026, 12, 31)


def test_one_day_is_a_period() -> None:
    assert checked_period(Q2.from_on, Q2.from_on).words == "1 July 2026 to 1 July 2026"
