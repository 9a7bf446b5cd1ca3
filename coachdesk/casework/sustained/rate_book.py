"""Dated rates made ready for thousands of weeks: each is looked up where it can change, not week by week."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coachdesk.casework.births import Birth
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.pay import RateOn, minimum_for, rate_on

_BIRTHDAYS = (18, 19, 21)
"""The ages at which another statutory rate begins (facts 5)."""
_ADULT = _BIRTHDAYS[-1]
_YEAR = 12
_ONE_DAY = dt.timedelta(days=1)
_SOMEBODY_GROWN = Birth(dt.date(1900, 1, 1), dt.date(1900, 1, 1))
"""Whoever is 21 on the first day has the same rates on all later days."""


class Table(NamedTuple):
    """Pence from day to day: ordinals of the days on which they can change, and what holds from each on."""

    turns: tuple[int, ...]
    pence: tuple[int | None, ...]

    def at(self, ordinal: int) -> int | None:
        """Return what holds on a day; None where it is not known."""
        return self.pence[max(bisect_right(self.turns, ordinal) - 1, 0)]

    def between(self, first: int, last: int) -> tuple[int | None, ...]:
        """Return everything that holds on some day between two days."""
        return self.pence[max(bisect_right(self.turns, first) - 1, 0) : bisect_right(self.turns, last)]


class RateBook:
    """Every rate, by name and by age."""

    def __init__(self, rates: Sequence[RateOn]) -> None:
        self._rates = tuple(rates)
        self._days = sorted({dt.date.min, *_turns(self._rates)})
        self._by_name: dict[str, Table] = {}
        self._grown = self._by_age(_SOMEBODY_GROWN, None)

    def rate(self, name: str) -> Table:
        """Return a rate from day to day."""
        if name not in self._by_name:
            pence = tuple(rate_on(self._rates, name, day) for day in self._days)
            self._by_name[name] = Table(tuple(day.toordinal() for day in self._days), pence)
        return self._by_name[name]

    def floors(self, birth: Birth, since: dt.date, *, apprentice_since: dt.date | None = None) -> Table:
        """Return the lowest lawful pay an hour for somebody's age, from a day on."""
        born = birth.born_to
        if born is not None and apprentice_since is None and _birthday(born, _ADULT) <= since:
            return self._grown if birth.born_from is not None else Table((1,), (None,))
        return self._by_age(birth, apprentice_since)

    def _by_age(self, birth: Birth, apprentice_since: dt.date | None) -> Table:
        days = set(self._days)
        if birth.born_to is not None:
            days.update(_birthday(birth.born_to, age) for age in _BIRTHDAYS)
        if apprentice_since is not None:
            days.add(months_after(apprentice_since, _YEAR))
        turns, pence = [], []
        for day in sorted(days):
            name = minimum_for(birth, day, apprentice_since=apprentice_since)
            turns.append(day.toordinal())
            pence.append(None if name is None else self.rate(name).at(turns[-1]))
        return Table(tuple(turns), tuple(pence))


def _turns(rates: Sequence[RateOn]) -> Iterator[dt.date]:
    for rate in rates:
        yield rate.valid_from
        if rate.valid_to is not None:
            yield rate.valid_to + _ONE_DAY


def _birthday(born: dt.date, age: int) -> dt.date:
    """Return the first day of an age; whoever was born on 29 February is a year older on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)
