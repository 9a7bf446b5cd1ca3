"""The lowest lawful pay for a client's age from day to day, worked out only where it can change."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from coachdesk.casework.births import Birth
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.pay import RateOn, statutory_minimum

_BIRTHDAYS = (18, 19, 21)
"""The ages at which another statutory rate begins (facts 5)."""
_YEAR = 12
ONE_DAY = dt.timedelta(days=1)


class Floors:
    """Pence an hour by the ordinal of a day; None where age or rate is not known."""

    def __init__(
        self,
        rates: Sequence[RateOn],
        birth: Birth,
        since: dt.date,
        until: dt.date,
        *,
        apprentice_since: dt.date | None = None,
    ) -> None:
        turns = {since}
        turns.update(day for day in _turns(rates, birth, apprentice_since) if since < day <= until)
        days = sorted(turns)
        self.turns = [day.toordinal() for day in days]
        self.pence = [statutory_minimum(rates, birth, day, apprentice_since=apprentice_since) for day in days]

    def at(self, ordinal: int) -> int | None:
        """Return the floor on a day."""
        return self.pence[max(bisect_right(self.turns, ordinal) - 1, 0)]


def _turns(rates: Sequence[RateOn], birth: Birth, apprentice_since: dt.date | None) -> Iterable[dt.date]:
    for rate in rates:
        yield rate.valid_from
        if rate.valid_to is not None:
            yield rate.valid_to + ONE_DAY
    if birth.born_to is not None:
        for age in _BIRTHDAYS:
            yield _birthday(birth.born_to, age)
    if apprentice_since is not None:
        yield months_after(apprentice_since, _YEAR)


def _birthday(born: dt.date, age: int) -> dt.date:
    """Return the first day of an age; whoever was born on 29 February is a year older on 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)
