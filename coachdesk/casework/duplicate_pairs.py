"""Who may stand in the vault twice: pairs among the clients of whoever asks, each with its reasons.

Only who shares a key of one or two facts is compared (``block_keys``), so that ten thousand clients take seconds.
What somebody has looked at and found to be two people is not shown again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, birth_words
from coachdesk.casework.likeness import Decision, Likened, Likeness, Told, block_keys, likened, likeness
from coachdesk.casework.listed import listed
from coachdesk.casework.plain_rows import as_kept, key_of, plain_rows
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.caseload_rights import AUDITOR_CHANGES_NOTHING, acting_role, check_may_see
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, record_event

MOST_UNDER_A_KEY = 100
"""A key that more people share than this says nothing: a hostel's address, a birth date filled in by default."""
_TWO_PEOPLE = "two people"
_READ, _CHOSEN = 0.2, 0.4
"""How far the work is once everybody has been read, and once it is known who is to be compared."""
_AT_A_TIME = 1000
_COLUMNS = (
    as_kept(Client.id),
    Client.first_name,
    Client.last_name,
    Client.known_as,
    Client.previous_names,
    Client.born_from,
    Client.born_to,
    Client.birth_precision,
    Client.birth_told_on,
    Client.nino,
    Client.phone,
    Client.email,
    Client.postcode,
    Client.address,
    Client.town,
    Client.reference,
    Coach.name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPairs:
    """How many pairs to show, the surest first."""

    today: dt.date
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPerson:
    """One of two people, as far as it takes to tell them apart."""

    id: UUID
    name: str
    reference: str
    birth_words: str
    coach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two clients who may be one person; ``one`` was registered first."""

    one: PairPerson
    other: PairPerson
    reasons: tuple[str, ...]
    decision: Decision


def candidate_pairs(people: Sequence[Likened]) -> set[tuple[int, int]]:
    """Return who is held against whom, by their places in the list; the smaller place first."""
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for key in block_keys(person):
            shared[key].append(place)
    found: set[tuple[int, int]] = set()
    for places in shared.values():
        if 1 < len(places) <= MOST_UNDER_A_KEY:
            found.update(combinations(places, 2))
    return found


def find_pairs(session: Session, question: FindPairs) -> tuple[Pair, ...]:
    """Return pairs of clients who are surely or likely one person, the surest first.

    A coach sees pairs of her own clients only, a trustee none; who was put away or erased stands in no pair.
    """
    return _find(session, question, Watch.silent())


def look_for_pairs(vault: OpenVault, question: FindPairs, watch: Watch) -> tuple[Pair, ...]:
    """Return what find_pairs does, telling how far the work is; raises Cancelled when the person stopped it."""
    with reading(vault) as session:
        return _find(session, question, watch)


def _find(session: Session, question: FindPairs, watch: Watch) -> tuple[Pair, ...]:
    query = select(*_COLUMNS).outerjoin(Coach, Coach.id == Client.coach_id).where(*listed(session))
    watch.progress(0.0, "Reading the clients…")
    rows = plain_rows(session, query.order_by(Client.id))
    people = [likened(_told(row)) for row in rows]
    watch.progress(_READ, "Looking who may be alike…")
    found = _compared(people, watch)
    apart = _known_apart(session)
    pairs = (
        Pair(
            one=_person(rows[first], question.today),
            other=_person(rows[second], question.today),
            reasons=alike.reasons,
            decision=alike.decision,
        )
        for _, first, second, alike in found
        if _both(key_of(rows[first][0]), key_of(rows[second][0])) not in apart
    )
    return tuple(pair for pair, _ in zip(pairs, range(question.limit), strict=False))


def _compared(people: Sequence[Likened], watch: Watch) -> list[tuple[float, int, int, Likeness]]:
    """Return the pairs who may be one person, the surest first."""
    candidates = candidate_pairs(people)
    found: list[tuple[float, int, int, Likeness]] = []
    for place, (first, second) in enumerate(candidates):
        if place % _AT_A_TIME == 0:
            share = _CHOSEN + (1 - _CHOSEN) * place / len(candidates)
            watch.progress(share, "Comparing pairs of clients…")
        alike = likeness(people[first], people[second])
        if alike.decision is not Decision.NO:
            found.append((-alike.score, first, second, alike))
    found.sort(key=_surest)
    return found


def _surest(one: tuple[float, int, int, Likeness]) -> tuple[bool, float, int, int]:
    points, first, second, alike = one
    return alike.decision is not Decision.SAME, points, first, second


def told_of(client: Client) -> Told:
    """Return what a client's record says, to be held against somebody else's."""
    return Told(
        first_name=client.first_name,
        last_name=client.last_name,
        known_as=client.known_as,
        previous_names=client.previous_names,
        born_from=client.born_from,
        born_to=client.born_to,
        nino=client.nino,
        phone=client.phone,
        email=client.email,
        postcode=client.postcode,
        address=client.address,
        town=client.town,
    )


def _told(row: Any) -> Told:
    _, first, last, known_as, previous, born_from, born_to, _, _, nino, phone, email, postcode, *rest = row
    return Told(
        first_name=first,
        last_name=last,
        known_as=known_as,
        previous_names=previous,
        born_from=born_from,
        born_to=born_to,
        nino=nino,
        phone=phone,
        email=email,
        postcode=postcode,
        address=rest[0],
        town=rest[1],
    )


def _person(row: Any, today: dt.date) -> PairPerson:
    kept, first, last, known_as, _, *birth = row[:9]
    return PairPerson(
        id=key_of(kept),
        name=" ".join(part for part in (known_as or first, last) if part),
        reference=row[-2],
        birth_words=birth_words(Birth(*birth), today),
        coach=row[-1] or "",
    )


def _both(one: UUID, other: UUID) -> str:
    return " ".join(sorted((one.hex, other.hex)))


def _known_apart(session: Session) -> frozenset[str]:
    return frozenset((read_setting(session, _TWO_PEOPLE) or {}).get("pairs", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepApart:
    """Two clients who look alike and are two people."""

    one_id: UUID
    other_id: UUID


def keep_apart(session: Session, wish: KeepApart) -> None:
    """Note that two clients are two people, so that nobody is asked again.

    Raises Refusal for an auditor, and for clients that whoever acts may not see.
    """
    _note(session, wish, "found to be two people")
    _keep_pairs(session, _known_apart(session) | {_both(wish.one_id, wish.other_id)})


def ask_again(session: Session, wish: KeepApart) -> None:
    """Take back that two clients are two people: they are shown again as likely one. Raises Refusal as keep_apart."""
    _note(session, wish, "perhaps one person after all")
    _keep_pairs(session, _known_apart(session) - {_both(wish.one_id, wish.other_id)})


def _note(session: Session, wish: KeepApart, event: str) -> None:
    if acting_role(session) is Role.AUDITOR:
        raise Refusal(AUDITOR_CHANGES_NOTHING)
    for client_id in (wish.one_id, wish.other_id):
        check_may_see(session, client_id)
        record_event(session, event, client_id.hex, Ref(Kind.CLIENT, client_id))


def _keep_pairs(session: Session, pairs: frozenset[str]) -> None:
    keep_setting(session, _TWO_PEOPLE, {"pairs": sorted(pairs)})
