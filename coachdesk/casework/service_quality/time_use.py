"""What coaches' time goes into, and how much of it is in the community (facts 12.4 rows 6 and 10)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.service_quality.ground import (
    TIME_SORTS,
    Indicator,
    Part,
    QualityQuestion,
    QualitySettings,
    Told,
    percent,
)
from coachdesk.casework.week import CLIENTS, GROUPS
from coachdesk.models import Client, Coach, Contact, GroupPlace, GroupSession, WorkTime
from coachdesk.terms import Unstated

_HOUR = 60
_MINUTES = 5
"""Where the minutes stand in a row."""
_NO_MINUTES = (
    "No minutes are written down in this period: they come with contacts and group sessions, and in My week."
)


class Spent(NamedTuple):
    """Minutes of one coach that went into one sort of time."""

    coach: UUID | None
    sort: str
    minutes: int


class Held(NamedTuple):
    """A contact of the period that has minutes of its own."""

    coach: KeptKey | None
    client: KeptKey
    channel: str
    place: str
    did_not_attend: bool
    minutes: int
    client_archived_at: dt.datetime | None


def held_contacts(session: Session, question: QualityQuestion) -> tuple[Held, ...]:
    """Return the contacts of the period with their minutes; those of a group session count with the session.

    They are found by client and day, and once for all figures of time. The join from the client's side keeps the
    database from going through every contact there ever was, notes and all; what it finds of clients without a
    contact in the period is left out here.
    """
    in_groups = select(GroupPlace.contact_id).where(GroupPlace.contact_id.is_not(None))
    in_period = and_(
        Contact.client_id == Client.id,
        Contact.happened_on.between(question.from_on, question.known_to),
        Contact.minutes.is_not(None),
        Contact.archived_at.is_(None),
        Contact.id.not_in(in_groups),
    )
    query: Select[*tuple[Any, ...]] = (
        select(
            as_kept(Contact.coach_id),
            as_kept(Client.id),
            Contact.channel,
            Contact.place,
            Contact.did_not_attend,
            Contact.minutes,
            Client.archived_at,
        )
        .select_from(Client)
        .outerjoin(Contact, in_period)
    )
    return tuple(Held(*row) for row in plain_rows(session, query) if row[_MINUTES] is not None)


def spent(session: Session, question: QualityQuestion, held: Iterable[Held]) -> Iterator[Spent]:
    """Yield minutes by coach and sort; a group session counts once, however many came."""
    with_clients: Counter[KeptKey | None] = Counter()
    for one in held:
        with_clients[one.coach] += one.minutes
    yield from (
        Spent(key_of(coach) if coach is not None else None, CLIENTS, minutes)
        for coach, minutes in with_clients.items()
    )
    days = (question.from_on, question.known_to)
    query: Any = (
        select(GroupSession.coach_id, func.sum(GroupSession.minutes))
        .where(GroupSession.happened_on.between(*days), GroupSession.archived_at.is_(None))
        .group_by(GroupSession.coach_id)
    )
    yield from (Spent(coach, GROUPS, int(minutes or 0)) for coach, minutes in session.execute(query))
    query = (
        select(WorkTime.coach_id, WorkTime.sort, func.sum(WorkTime.minutes))
        .where(WorkTime.worked_on.between(*days), WorkTime.archived_at.is_(None))
        .group_by(WorkTime.coach_id, WorkTime.sort)
    )
    yield from (Spent(coach, sort, int(minutes)) for coach, sort, minutes in session.execute(query))


def employment_time(
    session: Session,
    question: QualityQuestion,
    settings: QualitySettings,
    held: Iterable[Held],
    *,
    manages: bool,
) -> Indicator:
    """Return the share of time that went into employment services (row 6)."""
    told = Told("employment_time")
    sums: Counter[str] = Counter()
    by_coach: dict[UUID | None, list[int]] = {}
    for one in spent(session, question, held):
        if one.sort in settings.not_counted_time:
            continue
        sums[one.sort] += one.minutes
        of_coach = by_coach.setdefault(one.coach, [0, 0])
        of_coach[0] += one.minutes if one.sort in settings.employment_time else 0
        of_coach[1] += one.minutes
    whole = sum(sums.values())
    if not whole:
        return told.nothing(_NO_MINUTES)
    served = sum(minutes for sort, minutes in sums.items() if sort in settings.employment_time)
    share = percent(served, whole)
    names: dict[UUID, str] = dict(session.execute(select(Coach.id, Coach.name)).all())
    lines = sorted(
        (names[coach], f"{percent(*minutes)}% of {_long(minutes[1])}")
        for coach, minutes in by_coach.items()
        if coach is not None and minutes[1]
    )
    return told.made(
        f"{share}%",
        numerator=served,
        denominator=whole,
        basis=f"{_long(served)} of {_long(whole)}",
        band=told.band(share),
        notes=tuple(
            f"{TIME_SORTS[sort]}: {_long(sums[sort])}{'' if sort in settings.employment_time else ', not counted as employment services'}"
            for sort in TIME_SORTS
            if sums[sort]
        ),
        coaches=tuple(lines) if manages else (),
        coach_count=len(lines),
    )


def community(
    session: Session, question: QualityQuestion, settings: QualitySettings, held: Iterable[Held]
) -> Indicator:
    """Return the share of face-to-face time that was in the community (row 10)."""
    told = Told("community")
    minutes: Counter[str] = Counter()
    behind: dict[str, set[UUID]] = {}
    for place, client, spent_minutes in _face_to_face(session, question, settings, held):
        minutes[place] += spent_minutes
        behind.setdefault(place, set()).update({client} if client is not None else ())
    whole = sum(minutes.values())
    if not whole:
        return told.nothing("No minutes of face-to-face contacts are written down in this period.")
    titles: dict[str, str] = titles_of(session, "place")["place"]
    titles |= {unsaid.value: "Place not recorded" for unsaid in Unstated}
    inside = sum(minutes[place] for place in settings.community_places)
    return told.made(
        f"{percent(inside, whole)}%",
        numerator=inside,
        denominator=whole,
        basis=f"{_long(inside)} of {_long(whole)} face to face",
        parts=tuple(
            Part(
                f"{titles.get(place, place)}, {'' if place in settings.community_places else 'not '}community (minutes)",
                of_place,
                frozenset(behind[place]),
                is_counted=place in settings.community_places,
            )
            for place, of_place in minutes.most_common()
        ),
        notes=() if settings.hub_is_community else ("The hub does not count as community here.",),
    )


def _face_to_face(
    session: Session, question: QualityQuestion, settings: QualitySettings, held: Iterable[Held]
) -> Iterator[tuple[str, UUID | None, int]]:
    minutes: Counter[tuple[str, KeptKey]] = Counter()
    for one in held:
        here = one.client_archived_at is None and not one.did_not_attend
        if here and one.minutes and one.channel in settings.face_to_face_channels:
            minutes[one.place, one.client] += one.minutes
    yield from ((place, key_of(client), together) for (place, client), together in minutes.items())
    days = (question.from_on, question.known_to)
    query: Any = (
        select(GroupSession.place, func.sum(GroupSession.minutes))
        .where(
            GroupSession.happened_on.between(*days),
            GroupSession.minutes > 0,
            GroupSession.archived_at.is_(None),
        )
        .group_by(GroupSession.place)
    )
    yield from ((place, None, int(minutes)) for place, minutes in session.execute(query))


def _long(minutes: int) -> str:
    """Return minutes as hours and minutes.

    >>> _long(125), _long(40), _long(120)
    ('2 h 5 min', '40 min', '2 h')
    """
    hours, rest = divmod(minutes, _HOUR)
    said = " ".join(part for part in (f"{hours:,} h" if hours else "", f"{rest} min" if rest else "") if part)
    return said or "0 min"
