"""What is due after a break: a pause that ends, and somebody who left and said we may ask how things go."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
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


class Breaks(NamedTuple):
    """Pauses that end about now, and the enrolments that rest today with the last day of their rest, None if open."""

    ends: list[After]
    resting: dict[KeptKey, dt.date | None]


def breaks(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None, open_ones: Collection[KeptKey]
) -> Breaks:
    """Return the pauses that end by the last day, those that ended lately with no contact since, and who rests."""
    query = select(
        as_kept(Pause.id),
        as_kept(Pause.client_id),
        as_kept(Pause.enrolment_id),
        Pause.from_on,
        Pause.to_on,
        Pause.reason,
    ).where(
        or_(Pause.to_on >= today - LATEST_CATCH_UP, Pause.to_on.is_(None)),
        Pause.from_on <= last,
        Pause.archived_at.is_(None),
        *among(Pause.client_id.expression, whose),
    )
    found = [told for told in plain_rows(session, query) if told[1] in open_ones]
    resting = {
        enrolment: to_on
        for _, _, enrolment, from_on, to_on, _ in found
        if from_on <= today and (to_on is None or to_on >= today)
    }
    ended = [
        After(pause, client, on, why)
        for pause, client, _, _, on, why in found
        if on is not None and on <= last
    ]
    since = _last_contacts(session, {one.client for one in ended})
    ends = [one for one in ended if one.client not in since or since[one.client] <= one.on]
    return Breaks(ends, resting)


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
