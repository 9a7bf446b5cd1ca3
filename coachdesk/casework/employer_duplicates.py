"""Which employers may stand in the list twice: nearly one name, one phone, or one postcode and a name alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.employer_apart import both, known_apart
from coachdesk.casework.plain_rows import as_kept, key_of, plain_rows
from coachdesk.models import Employer, EmployerPerson, EmployerSite
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.folding import fold

_LEFT_OUT = frozenset(
    {"ltd", "limited", "plc", "llp", "cic", "cio", "the", "co", "company", "and", "&", "uk"}
)
_ALIKE, _ALIKE_AT_ONE_PLACE = 90, 75
"""Of 100: how alike two names are by themselves, and where both stand at one postcode."""
_LEAST_DIGITS = 9
_LEAST_LETTERS = 3
_CROWD = 40
"""A phone or postcode that more employers share than this is a switchboard or a business park, and proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPair:
    """Two records that may be one employer, and why one would think so; the older record stands first."""

    first_id: UUID
    first: str
    second_id: UUID
    second: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    id: UUID
    name: str
    core: str
    phones: set[str]
    postcodes: set[str]


def core_name(name: str) -> str:
    """Return what tells a name apart: folded, without Limited, plc, the and their like.

    >>> core_name("The Bay Bakery Ltd."), core_name("BAY BAKERY (UK) Limited")
    ('bay bakery', 'bay bakery')
    """
    words = fold(name).split()
    return " ".join(word for word in words if word not in _LEFT_OUT) or " ".join(words)


def likely_employer_duplicates(session: Session, _question: object = None) -> tuple[EmployerPair, ...]:
    """Return the pairs of employers that may be one, the most reasons first; a trustee sees none.

    What somebody looked at and found to be two employers is left out.
    """
    if acting_role(session) is Role.TRUSTEE:
        return ()
    known = _read(session)
    reasons: dict[tuple[UUID, UUID], list[str]] = {}
    for why, pairs in (
        ("Nearly the same name", _alike(known)),
        ("The same phone number", _sharing(known, "phones")),
        ("The same postcode, and a name alike", _neighbours(known)),
    ):
        for pair in pairs:
            reasons.setdefault(pair, []).append(why)
    names = {one.id: one.name for one in known}
    apart = known_apart(session)
    return tuple(
        EmployerPair(
            first_id=first, first=names[first], second_id=second, second=names[second], reasons=tuple(why)
        )
        for (first, second), why in sorted(reasons.items(), key=_most_reasons)
        if both(first, second) not in apart
    )


def _most_reasons(item: tuple[tuple[UUID, UUID], list[str]]) -> tuple[int, tuple[UUID, UUID]]:
    return -len(item[1]), item[0]


def _read(session: Session) -> list[_Known]:
    query = select(as_kept(Employer.id), Employer.name, Employer.phone).where(Employer.archived_at.is_(None))
    found = {
        key: _Known(key_of(key), name, core_name(name), set(_digits(phone)), set())
        for key, name, phone in plain_rows(session, query)
    }
    sites = (
        select(as_kept(EmployerSite.employer_id), EmployerSite.postcode, EmployerSite.phone)
        .join(Employer, Employer.id == EmployerSite.employer_id)
        .where(Employer.archived_at.is_(None), EmployerSite.archived_at.is_(None))
    )
    for key, code, phone in plain_rows(session, sites):
        found[key].phones.update(_digits(phone))
        found[key].postcodes.update({fold(code).replace(" ", "")} - {""})
    people = (
        select(as_kept(EmployerPerson.employer_id), EmployerPerson.phone)
        .join(Employer, Employer.id == EmployerPerson.employer_id)
        .where(Employer.archived_at.is_(None), EmployerPerson.archived_at.is_(None))
    )
    for key, phone in plain_rows(session, people):
        found[key].phones.update(_digits(phone))
    return sorted(found.values(), key=_by_id)


def _by_id(one: _Known) -> UUID:
    return one.id


def _digits(phone: str) -> Iterator[str]:
    """Yield the digits that tell a number apart, whichever way it is written: without 44 and 0 before it."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    if len(digits) >= _LEAST_DIGITS:
        yield digits[-_LEAST_DIGITS:]


def _alike(known: list[_Known]) -> Iterator[tuple[UUID, UUID]]:
    """Yield pairs of nearly one name; only names that begin alike are compared, so that thousands stay quick."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only when somebody looks for duplicates

    blocks: defaultdict[str, list[_Known]] = defaultdict(list)
    for one in known:
        if len(one.core) >= _LEAST_LETTERS:
            blocks[one.core[:_LEAST_LETTERS]].append(one)
    for block in blocks.values():
        for first, second in combinations(block, 2):
            if fuzz.ratio(first.core, second.core) >= _ALIKE:
                yield first.id, second.id


def _sharing(known: Iterable[_Known], what: str) -> Iterator[tuple[UUID, UUID]]:
    for group in _groups(known, what):
        yield from ((first.id, second.id) for first, second in combinations(group, 2))


def _neighbours(known: Iterable[_Known]) -> Iterator[tuple[UUID, UUID]]:
    from rapidfuzz import fuzz  # noqa: PLC0415  as above

    for group in _groups(known, "postcodes"):
        for first, second in combinations(group, 2):
            if fuzz.token_set_ratio(first.core, second.core) >= _ALIKE_AT_ONE_PLACE:
                yield first.id, second.id


def _groups(known: Iterable[_Known], what: str) -> Iterator[list[_Known]]:
    found: defaultdict[str, list[_Known]] = defaultdict(list)
    for one in known:
        for value in getattr(one, what):
            found[value].append(one)
    yield from (group for group in found.values() if 1 < len(group) <= _CROWD)
