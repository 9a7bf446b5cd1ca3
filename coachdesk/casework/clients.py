"""Clients: the caseload as a list, one client's head, and registering somebody new."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, birth_words, parse_birth
from coachdesk.casework.definition import Definition
from coachdesk.casework.due_words import due_words
from coachdesk.casework.identifiers import postcode
from coachdesk.casework.programmes import definitions, programme_of
from coachdesk.casework.standing import Standing, stage_titles, standings, still_open
from coachdesk.errors import Refusal
from coachdesk.models import Client, ClientSearch, Coach, Enrolment, Hub
from coachdesk.terms import Unstated
from coachdesk.vault.folding import fold
from coachdesk.vault.work import describe

WORKING_LISTS = ("open", "due", "in_work", "quiet", "closed", "all")
_USUAL_FADING_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientQuestion:
    """One client, as things stand today."""

    client_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadFilter:
    """Which clients: one coach's or everybody's, and which working list."""

    today: dt.date
    coach_id: UUID | None = None
    working: str = "open"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """A client as a line of the caseload."""

    id: UUID
    reference: str
    name: str
    full_name: str
    known_as: str
    initials: str
    birth_words: str
    town: str
    postcode: str
    phone: str
    coach: str
    hub: str
    stage: str
    due_on: dt.date | None
    due_words: str
    is_open: bool
    communication_needs: bool
    haystack: str


def list_clients(session: Session, wanted: CaseloadFilter) -> tuple[ClientRow, ...]:
    """Return the clients of a working list: those with something due first, then by name."""
    chosen = _chosen(wanted)
    stands = standings(session, wanted.today, select(Client.id).where(*chosen))
    stages, rules = stage_titles(session), definitions(session)
    words = fold(wanted.text).split()
    rows = []
    for told in session.execute(_clients_query().where(*chosen)):
        standing = stands.get(told.id, Standing())
        if _belongs(standing, rules, wanted.working, wanted.today):
            row = _row(told, standing, stages, wanted.today)
            if all(word in row.haystack for word in words):
                rows.append(row)
    return tuple(sorted(rows, key=_by_due))


def _by_due(row: ClientRow) -> tuple[bool, dt.date, str, str]:
    return (row.due_on is None, row.due_on or dt.date.max, _sorted_as(row.name), row.reference)


def _sorted_as(name: str) -> str:
    return name.lower() if name.isascii() else fold(name)  # folding is slow, and most names need none


def count_clients(session: Session, wanted: CaseloadFilter) -> dict[str, int]:
    """Return how many clients each working list holds, counted by the same rule as the lists."""
    query = select(Client.id).where(*_chosen(replace(wanted, working="all")))
    stands, rules = standings(session, wanted.today, query), definitions(session)
    found = [stands.get(client_id, Standing()) for client_id in session.scalars(query)]
    return {
        name: sum(_belongs(standing, rules, name, wanted.today) for standing in found)
        for name in WORKING_LISTS
    }


def _chosen(wanted: CaseloadFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on clients that the database can judge alone."""
    chosen: list[ColumnElement[bool]] = [Client.archived_at.is_(None)]
    if wanted.coach_id is not None:
        chosen.append(Client.coach_id == wanted.coach_id)
    if wanted.working not in {"all", "closed"}:
        chosen.append(still_open(wanted.today))
    return chosen


def _belongs(standing: Standing, rules: dict[UUID, Definition], working: str, today: dt.date) -> bool:
    if working in {"all", "closed"}:
        return working == "all" or not standing.is_open
    due_on, last_on = standing.due_on(), standing.last_contact_on
    belongs = {
        "open": True,
        "due": due_on is not None and due_on <= today,
        "in_work": standing.job_started_on is not None,
        "quiet": last_on is None or (today - last_on).days > _fading(standing, rules),
    }
    return standing.is_open and belongs[working]


def _clients_query() -> Select[*tuple[Any, ...]]:
    """Return the question for the columns of a row; whole records would take three times as long."""
    return (
        select(
            Client.id,
            Client.reference,
            Client.first_name,
            Client.last_name,
            Client.known_as,
            Client.born_from,
            Client.born_to,
            Client.birth_precision,
            Client.birth_told_on,
            Client.town,
            Client.postcode,
            Client.phone,
            Client.communication_needs,
            Coach.name.label("coach"),
            Hub.name.label("hub"),
            ClientSearch.folded,
        )
        .outerjoin(Coach, Coach.id == Client.coach_id)
        .outerjoin(Hub, Hub.id == Client.hub_id)
        .outerjoin(ClientSearch, ClientSearch.client_id == Client.id)
    )


def _fading(standing: Standing, rules: dict[UUID, Definition]) -> int:
    enrolment = standing.enrolment
    found = rules.get(enrolment.programme_id) if enrolment is not None else None
    return found.fading_days if found is not None and found.fading_days is not None else _USUAL_FADING_DAYS


def birth_of(client: Client) -> Birth:
    """Return a client's birth date as the range it is."""
    return Birth(client.born_from, client.born_to, client.birth_precision, client.birth_told_on)


def _row(told: Any, standing: Standing, stages: dict[str, str], today: dt.date) -> ClientRow:
    given = told.known_as or told.first_name
    birth = Birth(told.born_from, told.born_to, told.birth_precision, told.birth_told_on)
    due_on = standing.due_on()
    return ClientRow(
        id=told.id,
        reference=told.reference,
        name=" ".join(part for part in (given, told.last_name) if part),
        full_name=" ".join(part for part in (told.first_name, told.last_name) if part),
        known_as=told.known_as,
        initials="".join(part[0].upper() for part in (given, told.last_name) if part),
        birth_words=birth_words(birth, today),
        town=told.town,
        postcode=told.postcode,
        phone=told.phone,
        coach=told.coach or "",
        hub=told.hub or "",
        stage=standing.stage(today, stages),
        due_on=due_on,
        due_words=due_words(due_on, today),
        is_open=standing.is_open,
        communication_needs=bool(told.communication_needs),
        haystack=f"{told.folded or ''} {_sorted_as(told.town)}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """The few facts one needs to start; only some name and the programme are needed."""

    programme_key: str
    today: dt.date
    first_name: str = ""
    last_name: str = ""
    known_as: str = ""
    birth: str = ""
    phone: str = ""
    postcode: str = ""
    source: str = Unstated.NOT_ASKED
    route: str = Unstated.NOT_ASKED
    received_on: dt.date | None = None
    accepted_on: dt.date | None = None
    started_on: dt.date | None = None
    coach_id: UUID | None = None
    hub_id: UUID | None = None


def register_client(session: Session, wish: NewClient) -> UUID:
    """Register a client and enrol them; return the client's id.

    Raises Refusal without any name, for a birth date that cannot be, or dates in the wrong order.
    """
    names = [name.strip() for name in (wish.first_name, wish.last_name, wish.known_as)]
    if not any(names):
        raise Refusal(
            "Some name is needed, whatever the person goes by.", fields={"first_name": "Type some name."}
        )
    _in_order(wish)
    birth = parse_birth(wish.birth, wish.today)
    client = Client(
        reference=next_reference(session),
        first_name=names[0],
        last_name=names[1],
        known_as=names[2],
        phone=wish.phone.strip(),
        postcode=postcode(wish.postcode)[0],
        born_from=birth.born_from,
        born_to=birth.born_to,
        birth_precision=birth.precision,
        birth_told_on=birth.told_on,
        coach_id=wish.coach_id,
        hub_id=wish.hub_id,
    )
    session.add(client)
    session.add(
        Enrolment(
            client_id=client.id,
            programme_id=programme_of(session, wish.programme_key).id,
            received_on=wish.received_on,
            accepted_on=wish.accepted_on,
            started_on=wish.started_on,
            source=wish.source,
            route=wish.route,
            coach_id=wish.coach_id,
            hub_id=wish.hub_id,
        )
    )
    describe(session, f"Registered {client.initials()}")
    return client.id


def _in_order(wish: NewClient) -> None:
    if wish.received_on and wish.accepted_on and wish.accepted_on < wish.received_on:
        raise Refusal(
            "The referral cannot be accepted before it came.",
            fields={"accepted_on": "This is before the referral was received."},
        )
    if wish.received_on and wish.started_on and wish.started_on < wish.received_on:
        raise Refusal(
            "Support cannot start before the referral came.",
            fields={"started_on": "This is before the referral was received."},
        )


def next_reference(session: Session) -> str:
    """Return the next free reference of this vault's own series: C-0001, C-0002 and so on."""
    taken = set(session.scalars(select(Client.reference).where(Client.reference.startswith("C-"))))
    number = len(taken) + 1
    while f"C-{number:04d}" in taken:
        number += 1
    return f"C-{number:04d}"
