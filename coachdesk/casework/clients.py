"""Clients: the caseload as a list, one client's head, and registering somebody new."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, birth_words, parse_birth
from coachdesk.casework.due_words import due_words
from coachdesk.casework.fading import FadingQuestion, fading_clients
from coachdesk.casework.identifiers import postcode
from coachdesk.casework.listed import Conditions, hers, not_erased, whose
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.programmes import programme_of
from coachdesk.casework.standing import Standing, kept_standings, stage_titles
from coachdesk.errors import Refusal
from coachdesk.models import Client, ClientSearch, Coach, Enrolment, Hub
from coachdesk.models.base import new_id
from coachdesk.terms import Unstated
from coachdesk.vault.folding import fold
from coachdesk.vault.work import describe

WORKING_LISTS = ("open", "due", "in_work", "quiet", "closed", "all")
PUT_AWAY = "put_away"
"""The list of those who were put away; they stand in no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientQuestion:
    """One client, as things stand today."""

    client_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadFilter:
    """Which clients: one coach's or everybody's who may be seen, and which working list, or those put away."""

    today: dt.date
    coach_id: UUID | None = None
    working: str = "open"
    text: str = ""


class ClientRow(NamedTuple):
    """A client as a line of the caseload; what few lines show is put into words when it is asked for."""

    id: UUID
    reference: str
    first_name: str
    last_name: str
    known_as: str
    birth: Birth
    as_on: dt.date
    town: str
    postcode: str
    phone: str
    coach: str
    hub: str
    stage: str
    due_on: dt.date | None
    is_open: bool
    communication_needs: bool
    haystack: str

    @property
    def name(self) -> str:
        """The name the client goes by: known-as (or first) and last name."""
        return _both(self.known_as or self.first_name, self.last_name)

    @property
    def full_name(self) -> str:
        """First and last name."""
        return _both(self.first_name, self.last_name)

    @property
    def initials(self) -> str:
        """The initials of the name the client goes by."""
        return (self.known_as or self.first_name)[:1].upper() + self.last_name[:1].upper()

    @property
    def birth_words(self) -> str:
        """The birth date as it is shown, with the age on the day of the list."""
        return birth_words(self.birth, self.as_on)

    @property
    def due_words(self) -> str:
        """When something is due, in words; nothing where nothing is."""
        return due_words(self.due_on, self.as_on)


def _both(given: str, last: str) -> str:
    return f"{given} {last}" if given and last else given or last


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """A working list, and how many clients each of the working lists holds."""

    clients: tuple[ClientRow, ...]
    counts: dict[str, int]


def read_caseload(session: Session, wanted: CaseloadFilter) -> Caseload:
    """Return a working list, those with something due first, then by name; and the counts of all from one reading.

    The words that were typed narrow the list, not the counts. A coach's lists hold her own clients only.
    """
    lists, written = _lists(session, wanted), _Written(session, wanted)
    words = fold(wanted.text).split()
    counts = dict.fromkeys((*WORKING_LISTS, PUT_AWAY), 0)
    rows = []
    for kept, archived, *told in plain_rows(session, _clients_query(session, wanted)):
        standing = lists.standing(kept)
        theirs = lists.of(kept, standing) if archived is None else (PUT_AWAY,)
        for name in theirs:
            counts[name] += 1
        if wanted.working in theirs:
            row = _row(key_of(kept), told, standing, written)
            if not words or all(word in row.haystack for word in words):
                rows.append(row)
    return Caseload(clients=tuple(sorted(rows, key=_by_due)), counts=counts)


def list_clients(session: Session, wanted: CaseloadFilter) -> tuple[ClientRow, ...]:
    """Return the clients of a working list: those with something due first, then by name."""
    return read_caseload(session, wanted).clients


def count_clients(session: Session, wanted: CaseloadFilter) -> dict[str, int]:
    """Return how many clients each working list holds, counted by the same rule as the lists."""
    lists = _lists(session, wanted)
    counts = dict.fromkeys((*WORKING_LISTS, PUT_AWAY), 0)
    query = select(as_kept(Client.id), Client.archived_at).where(*_hers_to_see(session, wanted))
    for kept, archived in plain_rows(session, query):
        for name in lists.of(kept, lists.standing(kept)) if archived is None else (PUT_AWAY,):
            counts[name] += 1
    return counts


def _by_due(row: ClientRow) -> tuple[bool, dt.date, str, str]:
    return (row.due_on is None, row.due_on or dt.date.max, _sorted_as(row.name), row.reference)


def _sorted_as(name: str) -> str:
    return name.lower() if name.isascii() else fold(name)  # folding is slow, and most names need none


@dataclass(frozen=True, slots=True)
class _Lists:
    """Where the clients stand, and which working lists that puts them on."""

    today: dt.date
    stands: dict[KeptKey, Standing]
    fading: frozenset[KeptKey]

    def standing(self, client: KeptKey) -> Standing:
        return self.stands.get(client) or Standing()

    def of(self, client: KeptKey, standing: Standing) -> tuple[str, ...]:
        """Return the working lists of a client who stands so."""
        if not standing.is_open:
            return ("closed", "all")
        theirs = ["open", "all"]
        due_on = standing.due_on()
        if due_on is not None and due_on <= self.today:
            theirs.append("due")
        if standing.job_started_on is not None:
            theirs.append("in_work")
        if client in self.fading:
            theirs.append("quiet")
        return tuple(theirs)


def _lists(session: Session, wanted: CaseloadFilter) -> _Lists:
    stands = kept_standings(session, wanted.today, whose(session, wanted.coach_id))
    fading = fading_clients(session, FadingQuestion(today=wanted.today, coach_id=wanted.coach_id))
    return _Lists(wanted.today, stands, fading)


def _hers_to_see(session: Session, wanted: CaseloadFilter) -> Conditions:
    """Return the conditions on Client for all lists together, of those put away too."""
    return (not_erased(), *hers(session, wanted.coach_id))


def _clients_query(session: Session, wanted: CaseloadFilter) -> Select[*tuple[Any, ...]]:
    """Return the question for the columns of a row; whole records would take three times as long."""
    columns = (
        as_kept(Client.id),
        Client.archived_at,
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
        as_kept(Client.coach_id),
        as_kept(Client.hub_id),
        ClientSearch.folded,
    )
    query = select(*columns).outerjoin(ClientSearch, ClientSearch.client_id == Client.id)
    return query.where(*_hers_to_see(session, wanted))


class _Written:
    """The names behind the keys of a row, and the day."""

    def __init__(self, session: Session, wanted: CaseloadFilter) -> None:
        self.today = wanted.today
        self.stages = stage_titles(session)
        self.coaches = dict(plain_rows(session, select(as_kept(Coach.id), Coach.name)))
        self.hubs = dict(plain_rows(session, select(as_kept(Hub.id), Hub.name)))


def birth_of(client: Client) -> Birth:
    """Return a client's birth date as the range it is."""
    return Birth(client.born_from, client.born_to, client.birth_precision, client.birth_told_on)


def _row(client_id: UUID, told: Sequence[Any], standing: Standing, written: _Written) -> ClientRow:
    reference, first, last, known_as, *birth, town, postcode, phone, needs, coach, hub, folded = told
    return ClientRow(
        client_id,
        reference,
        first,
        last,
        known_as,
        Birth(*birth),
        written.today,
        town,
        postcode,
        phone,
        written.coaches.get(coach, ""),
        written.hubs.get(hub, ""),
        standing.stage(written.today, written.stages),
        standing.due_on(),
        standing.is_open,
        bool(needs),
        f"{folded or ''} {_sorted_as(town)}",
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
    email: str = ""
    postcode: str = ""
    safe_contact_note: str = ""
    source: str = Unstated.NOT_ASKED
    referrer: str = ""
    route: str = Unstated.NOT_ASKED
    received_on: dt.date | None = None
    accepted_on: dt.date | None = None
    started_on: dt.date | None = None
    coach_id: UUID | None = None
    hub_id: UUID | None = None
    id: UUID | None = None
    """The id of the enquiry that becomes this client, if there was one."""


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
        id=wish.id or new_id(),
        reference=next_reference(session),
        first_name=names[0],
        last_name=names[1],
        known_as=names[2],
        phone=wish.phone.strip(),
        email=wish.email.strip(),
        postcode=postcode(wish.postcode)[0],
        safe_contact_note=wish.safe_contact_note.strip(),
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
            referrer=wish.referrer.strip(),
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
