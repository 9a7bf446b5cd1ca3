"""What is due about looking for work and staying in it: each room says its own, Today puts them with the rest."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from coachdesk.casework.due_rules import Due
from coachdesk.casework.plain_rows import KeptKey
from coachdesk.casework.standing import Whose

KINDS = ("interview", "absence", "application", "adjustment", "access_to_work", "good_work", "disclosure")
"""The kinds of such lines, the most pressing first."""


class DueAtWork(NamedTuple):
    """A record that calls for its client on a day."""

    kind: str
    record: KeptKey
    client: KeptKey
    due: Due


Source: TypeAlias = Callable[[Session, dt.date, dt.date, Whose | None], Iterable[DueAtWork]]
"""Asked with today, the last day shown, and whose clients (None: everybody's)."""
SOURCES: tuple[Source, ...] = ()


def due_at_work(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield what every room has due by the last day shown, overdue lines among them."""
    for source in SOURCES:
        yield from source(session, today, last, whose)
