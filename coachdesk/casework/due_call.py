"""A record that calls for its client, as the rooms of looking for work, staying in it and referring on hand it to Today.

Apart from the list of the rooms, so that each room can be listed there and still know the shape of what it hands over.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from coachdesk.casework.due_rules import Due
from coachdesk.casework.plain_rows import KeptKey
from coachdesk.casework.standing import Whose

KINDS = (
    *("interview", "absence", "application", "adjustment", "access_to_work"),
    *("onward_referral", "good_work", "disclosure"),
)
"""The kinds of such lines, the most pressing first."""


class DueAtWork(NamedTuple):
    """A record that calls for its client on a day."""

    kind: str
    record: KeptKey
    client: KeptKey
    due: Due


Source: TypeAlias = Callable[[Session, dt.date, dt.date, Whose | None], Iterable[DueAtWork]]
"""Asked with today, the last day shown, and whose clients (None: everybody's)."""
