"""The directory of services: whom clients can be referred on to, how, and when somebody last made sure of it.

A service belongs to the whole team. A trustee, who keeps keys and reads no records, sees none of them. The fields are
those of Open Referral UK that a coach needs, and what it has no place for: who it is for, how to refer (facts, section 9).
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.referral_rules import CONFIRM, referral_rules
from coachdesk.errors import Refusal
from coachdesk.models import Service
from coachdesk.terms import UNSTATED_WORDS, Role, Unstated
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.folding import fold
from coachdesk.vault.work import actor, clock_of, describe

SORTS = "service_type"
_TEXTS = (
    "purpose", "who_for", "how_to_refer", "waiting_time", "phone", "email", "website", "address", "area", "cost", "note",
)  # fmt: skip
_GONE = "This service is not in the directory any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """A service in words; ``unconfirmed`` says since when nobody has made sure of it, where that is too long ago."""

    id: UUID
    name: str
    sort: str
    sort_words: str
    purpose: str
    who_for: str
    how_to_refer: str
    waiting_time: str
    phone: str
    email: str
    website: str
    address: str
    area: str
    is_free: str
    cost: str
    confirmed_on: dt.date | None
    confirmed_by: str
    note: str
    unconfirmed: str
    is_put_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesQuestion:
    """Which services: every word of the text in name, sort, area or what it is for; one sort; those put away too."""

    today: dt.date
    text: str = ""
    sort: str = ""
    with_put_away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services asked for; how many the directory has, and which sorts they are of, as key and words."""

    rows: tuple[ServiceRow, ...]
    count: int
    put_away: int
    sorts: tuple[tuple[str, str], ...]


def list_services(session: Session, question: ServicesQuestion) -> Services:
    """Return the services that a search finds, by name; a trustee sees none."""
    if acting_role(session) is Role.TRUSTEE:
        return Services(rows=(), count=0, put_away=0, sorts=())
    titles = titles_of(session, SORTS)[SORTS]
    months = referral_rules(session)[CONFIRM].number
    query = select(Service).order_by(Service.folded, Service.id)
    every = [_row(one, titles, months, question.today) for one in session.scalars(query)]
    here = [one for one in every if not one.is_put_away]
    words = fold(question.text).split()
    return Services(
        rows=tuple(one for one in (every if question.with_put_away else here) if _is_found(one, question.sort, words)),
        count=len(here),
        put_away=len(every) - len(here),
        sorts=tuple(sorted({(one.sort, one.sort_words) for one in here if one.sort_words}, key=_by_words)),
    )  # fmt: skip


def service_names(session: Session, today: dt.date) -> tuple[ServiceRow, ...]:
    """Return the services that can be referred on to, for finding one; a trustee sees none."""
    return list_services(session, ServicesQuestion(today=today)).rows


def _by_words(sort: tuple[str, str]) -> str:
    return sort[1]


def _is_found(one: ServiceRow, sort: str, words: list[str]) -> bool:
    text = fold(f"{one.name} {one.sort_words} {one.area} {one.purpose} {one.who_for} {one.address}")
    return (not sort or one.sort == sort) and all(word in text for word in words)


def _row(one: Service, titles: dict[str, str], months: int, today: dt.date) -> ServiceRow:
    return ServiceRow(
        id=one.id,
        name=one.name,
        sort=one.sort,
        sort_words="" if one.sort in UNSTATED_WORDS else titles.get(one.sort, one.sort),
        **{name: getattr(one, name) for name in _TEXTS},
        is_free=one.is_free,
        confirmed_on=one.confirmed_on,
        confirmed_by=one.confirmed_by,
        unconfirmed=_unconfirmed(one.confirmed_on, months, today),
        is_put_away=one.archived_at is not None,
    )


def _unconfirmed(confirmed_on: dt.date | None, months: int, today: dt.date) -> str:
    if confirmed_on is None:
        return "Nobody has confirmed this yet"
    if today <= months_after(confirmed_on, months):
        return ""
    return f"Not confirmed since {confirmed_on.day} {confirmed_on:%b %Y}"


def find_service(session: Session, typed: str) -> ServiceRow | None:
    """Return the service of the directory that goes by what was typed, whatever the capitals; None for none."""
    found = session.scalar(
        select(Service).where(Service.folded == fold(typed), Service.archived_at.is_(None))
    )
    if found is None or acting_role(session) is Role.TRUSTEE:
        return None
    months = referral_rules(session)[CONFIRM].number
    return _row(found, titles_of(session, SORTS)[SORTS], months, clock_of(session).today())


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveService:
    """A service, new or changed; with a day on which somebody made sure that it is right."""

    name: str
    id: UUID | None = None
    sort: str = Unstated.NOT_ASKED
    purpose: str = ""
    who_for: str = ""
    how_to_refer: str = ""
    waiting_time: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    area: str = ""
    is_free: str = Unstated.NOT_ASKED
    cost: str = ""
    confirmed_on: dt.date | None = None
    note: str = ""


def save_service(session: Session, wish: SaveService) -> UUID:
    """Write a service into the directory; return its id.

    Raises Refusal without a name, with the name of another one, for a confirmation to come, and when it is gone.
    """
    name = " ".join(wish.name.split())
    if not name:
        raise Refusal("A service needs a name.", fields={"name": "Type its name."})
    _check_confirmed(wish.confirmed_on, clock_of(session).today())
    _check_alone(session, name, wish.id)
    one = Service() if wish.id is None else _service(session, wish.id)
    if wish.confirmed_on != one.confirmed_on:
        one.confirmed_by = actor(session) if wish.confirmed_on is not None else ""
    one.name, one.folded = name, fold(name)
    one.sort, one.is_free, one.confirmed_on = wish.sort, wish.is_free, wish.confirmed_on
    for field in _TEXTS:
        setattr(one, field, getattr(wish, field).strip())
    session.add(one)
    describe(session, f"{'Added' if wish.id is None else 'Changed'} a service: {one.name}")
    return one.id


def _check_confirmed(confirmed_on: dt.date | None, today: dt.date) -> None:
    if confirmed_on is not None and confirmed_on > today:
        sentence = "This is later than today."
        raise Refusal(sentence, fields={"confirmed_on": sentence})


def _check_alone(session: Session, name: str, own_id: UUID | None) -> None:
    other = session.scalar(select(Service).where(Service.folded == fold(name), Service.archived_at.is_(None)))
    if other is not None and other.id != own_id:
        sentence = f"The directory has “{other.name}” already."
        raise Refusal(sentence, fields={"name": sentence})


def _service(session: Session, service_id: UUID) -> Service:
    one = session.get(Service, service_id)
    if one is None:
        raise Refusal(_GONE)
    return one


def confirm_service(session: Session, service_id: UUID) -> None:
    """Write down that what the directory says was found right today; raises Refusal when the service is gone."""
    one = _service(session, service_id)
    one.confirmed_on, one.confirmed_by = clock_of(session).today(), actor(session)
    describe(session, f"Confirmed a service: {one.name}")


def put_service_away(session: Session, service_id: UUID) -> None:
    """Offer a service no longer; referrals that were made to it stay. Raises Refusal when it is away or gone."""
    one = _service(session, service_id)
    if one.archived_at is not None:
        raise Refusal(_GONE)
    one.archived_at = clock_of(session).now()
    describe(session, f"Put away a service: {one.name}")


def bring_service_back(session: Session, service_id: UUID) -> None:
    """Offer a service again; raises Refusal where it is offered, where another has its name, and when it is gone."""
    one = _service(session, service_id)
    if one.archived_at is None:
        raise Refusal("This service is in the directory.")
    _check_alone(session, one.name, one.id)
    one.archived_at = None
    describe(session, f"Brought back a service: {one.name}")
