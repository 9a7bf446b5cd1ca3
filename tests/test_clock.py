import datetime as dt

from coachdesk.clock import SystemClock


def test_the_laptops_clock_is_aware_goes_forward_and_knows_the_day() -> None:
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is dt.UTC
    assert first <= clock.now()
    assert abs(clock.today() - first.date()) <= dt.timedelta(days=1)  # another day elsewhere than in UTC
