"""What is due after a break: a pause that ends, and somebody who left and said we may ask how things go."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import Contact, Ending, Pause


class After(NamedTuple):
    """A record that calls for its client on a day, and the words that go with it."""

    record: KeptKey
    client: KeptKey
    on: dt.date
    words: str


def pause_ends(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None, open_ones: Collection[KeptKey]
) -> list[After]:
    """Return the pauses that end by the last day, and those that ended lately with no contact since."""
    query = select(as_kept(Pause.id), as_kept(Pause.client_id), Pause.to_on, Pause.reason).where(
        Pause.to_on.between(today - LATEST_CATCH_UP, last),
        Pause.archived_at.is_(None),
        *among(Pause.client_id.expression, whose),
    )
    ended = [After(*told) for told in plain_rows(session, query) if told[1] in open_ones]
    since = _last_contacts(session, {one.client for one in ended})
    return [one for one in ended if one.client not in since or since[one.client] <= one.on]


def _last_contacts(session: Session, clients: Collection[KeptKey]) -> dict[KeptKey, dt.date]:
    query = (
        select(as_kept(Contact.client_id), func.max(Contact.happened_on))
        .where(Contact.client_id.in_([key_of(one) for one in clients]), Contact.archived_at.is_(None))
        .group_by(Contact.client_id)
    )
    return dict(plain_rows(session, query)) if clients else {}


def askings(session: Session, last: dt.date, whose: Whose | None) -> list[After]:
    """Return who said that we may ask how things go, by the last day, and was not asked yet."""
    query: Select[KeptKey, KeptKey, dt.date | None, str] = select(
        as_kept(Ending.id), as_kept(Ending.client_id), Ending.ask_on, Ending.what_stands
    ).where(
        Ending.may_ask_later == "yes",
        Ending.asked_on.is_(None),
        Ending.ask_on <= last,
        Ending.archived_at.is_(None),
        *among(Ending.client_id.expression, whose),
    )
    return [After(*told) for told in plain_rows(session, query)]
