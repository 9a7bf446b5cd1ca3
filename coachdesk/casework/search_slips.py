"""Who may be meant when hardly anybody matches as typed: part of a number, a birth date, a name nearly so.

A coach finds her own clients so, and those she covers for; of colleagues' clients only names that are nearly what was typed.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, case, literal, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import parse_birth
from coachdesk.casework.caseload_changes import newest_change
from coachdesk.casework.listed import not_erased
from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.casework.spelling import in_latin_letters, skeleton
from coachdesk.errors import Refusal
from coachdesk.models import Client, ClientSearch, JournalEntry
from coachdesk.terms import Kind
from coachdesk.vault.caseload_rights import covered_coaches, in_reach
from coachdesk.vault.folding import fold
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import vault_of

PHONE, BIRTH, ALIKE = "part of the phone number", "birth date", "sounds or looks alike"
_SHORTEST_NUMBER = 4
_SHORTEST_SLIP = 3
_SHORTEST_ALIKE = 4
_ALIKE = 75
_ONE_LETTER = 90
_HEARD = 80
_LEAP_YEAR = 2000
_EARLIEST_YEAR = 1900
_YEAR = re.compile(r"\d{4}")
_DATE_SIGNS = re.compile(r"\d[/.\-]\d")


def _there(session: Session, me: UUID | None) -> list[ColumnElement[bool]]:
    """Return the conditions for whose number and birth date may be asked after."""
    own = [] if me is None else [in_reach(session)]
    return [Client.archived_at.is_(None), not_erased(), *own]


def _named(query: Select[*tuple[KeptKey, str]], session: Session, words: Sequence[str]) -> Iterator[KeptKey]:
    """Return those of a question, with everything they are found by, in whose names every word begins a part."""
    for kept, text in plain_rows(session, query):
        folded = f" {text}"
        if all(any(f" {form}" in folded for form in (word, *other_forms(word))) for word in words):
            yield kept


def by_number(session: Session, typed: str, me: UUID | None) -> list[KeptKey]:
    """Return who has a telephone number with these figures in it, from the front, the end or between."""
    parts = fold(typed).replace("+", " ").split()
    typed_figures = "".join(part for part in parts if part.isdigit())
    if len(typed_figures) < _SHORTEST_NUMBER:
        return []
    national = typed_figures.removeprefix("0044").removeprefix("44" if "+44" in typed else "").lstrip("0")
    figures = national if len(national) >= _SHORTEST_NUMBER else typed_figures
    query = select(as_kept(Client.id), ClientSearch.folded).join(
        ClientSearch, ClientSearch.client_id == Client.id
    )
    query = query.where(ClientSearch.folded.contains(figures, autoescape=True), *_there(session, me))
    return list(_named(query, session, [part for part in parts if not part.isdigit()]))


class _Asked(NamedTuple):
    """A birth date as it was typed: the days it can be, or a day of any year, and the other words."""

    first: dt.date
    last: dt.date
    any_year: bool
    words: list[str]

    def may_be(self, born_from: dt.date, born_to: dt.date) -> bool:
        """Return whether somebody born between two days can be meant."""
        if self.any_year:
            day = (self.first.day, self.first.month)
            return born_from == born_to and (born_from.day, born_from.month) == day
        return born_from <= self.last and born_to >= self.first


def by_birth(session: Session, typed: str, today: dt.date, me: UUID | None) -> list[KeptKey]:
    """Return who was born on the day, in the month or in the year that was typed, or on that day of any year."""
    asked = _birth_in(typed, today)
    if asked is None:
        return []
    query = select(as_kept(Client.id), Client.born_from, Client.born_to)
    rows = plain_rows(session, query.where(Client.born_from.is_not(None), *_there(session, me)))
    born = [kept for kept, born_from, born_to in rows if asked.may_be(born_from, born_to)]
    if not asked.words or not born:
        return born
    texts = select(as_kept(Client.id), ClientSearch.folded).join(
        ClientSearch, ClientSearch.client_id == Client.id
    )
    named = set(_named(texts.where(*_there(session, me)), session, asked.words))
    return [kept for kept in born if kept in named]


def _birth_in(typed: str, today: dt.date) -> _Asked | None:
    """Return the longest run of words that is a birth date, with the words around it."""
    words = fold(typed).split()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            birth = _birth(words[start : start + size], typed, today)
            if birth is not None:
                return _Asked(*birth, words[:start] + words[start + size :])
    return None


def _birth(words: Sequence[str], typed: str, today: dt.date) -> tuple[dt.date, dt.date, bool] | None:
    years = [word for word in words if _YEAR.fullmatch(word)]
    if years and not _EARLIEST_YEAR <= int(years[0]) <= today.year:
        return None
    if years or len(words) == 3:  # noqa: PLR2004  day, month and a year of two figures
        return _parsed(words, today, any_year=False)
    named = sum(word.isalpha() for word in words) == 1
    if len(words) == 2 and (named or _DATE_SIGNS.search(typed)):  # noqa: PLR2004  a day and a month
        return _parsed([*words, str(_LEAP_YEAR)], today, any_year=True)
    return None


def _parsed(words: Sequence[str], today: dt.date, *, any_year: bool) -> tuple[dt.date, dt.date, bool] | None:
    if not any(word[0].isdigit() for word in words):
        return None
    try:
        birth = parse_birth(" ".join(words), today)
    except Refusal:
        return None
    assert birth.born_from is not None  # noqa: S101  some words were typed, and they are a date
    assert birth.born_to is not None  # noqa: S101  as above
    return birth.born_from, birth.born_to, any_year


_Stamp: TypeAlias = tuple[int, UUID | None, tuple[UUID, ...]]
"""The newest change when names were read, for whom they were read, and for whom she covered."""
_READ_BY_NAMES = (Kind.CLIENT.value, Kind.ENROLMENT.value, Kind.ERASURE.value)
"""The records that names, and who may find whom by which, are read from."""


class _Names(NamedTuple):
    """Every part of a name in the vault, with who has it; and the parts by what is heard of them."""

    stamp: _Stamp
    parts: Mapping[str, frozenset[KeptKey]]
    heard: Mapping[str, frozenset[str]]


_NAMES: WeakKeyDictionary[OpenVault, _Names] = WeakKeyDictionary()
"""The parts of names of each open vault, read again when a name may have changed; goes with the vault."""


def forget() -> None:
    """Let go of the names of every vault: one was locked, or they are to be read anew."""
    _NAMES.clear()


def _names(session: Session, me: UUID | None) -> _Names:
    vault = vault_of(session)
    stamp = (newest_change(session), me, covered_coaches(session))  # a cover ends with the day
    kept = _NAMES.get(vault)
    if kept is not None and _still_hold(session, kept, stamp):
        _NAMES[vault] = kept._replace(stamp=stamp)
        return kept
    # an earlier name is part of the record: of a colleague's client it is not looked for
    earlier = (
        Client.previous_names
        if me is None
        else case((in_reach(session), Client.previous_names), else_=literal(""))
    )
    query = select(as_kept(Client.id), Client.first_name, Client.last_name, Client.known_as, earlier)
    parts: dict[str, set[KeptKey]] = {}
    known: dict[str, list[set[KeptKey]]] = {"": []}  # many people share a name: each is taken apart once
    for client, *names in plain_rows(session, query.where(Client.archived_at.is_(None), not_erased())):
        for name in names:
            if name not in known:
                known[name] = [parts.setdefault(part, set()) for part in _parts(name)]
            for people in known[name]:
                people.add(client)
    heard: dict[str, set[str]] = {}
    for part in parts:
        if len(part) >= _SHORTEST_ALIKE:
            heard.setdefault(skeleton(part), set()).add(part)
    made = _Names(
        stamp,
        {part: frozenset(clients) for part, clients in parts.items()},
        {sound: frozenset(found) for sound, found in heard.items()},
    )
    _NAMES[vault] = made
    return made


def _still_hold(session: Session, kept: _Names, stamp: _Stamp) -> bool:
    """Return whether names that were read are those of now: nearly every change is a contact, and tells of no name."""
    since, *whose = kept.stamp
    if whose != list(stamp[1:]) or since > stamp[0]:
        return False
    told = select(JournalEntry.position).where(
        JournalEntry.position > since,
        JournalEntry.operation != "event",
        JournalEntry.entity.in_(_READ_BY_NAMES),
    )
    return since == stamp[0] or session.scalar(told.limit(1)) is None


def _parts(name: str) -> set[str]:
    """Return the parts of a name in Latin letters, and each two that may be written as one: O Brien, Smith-Jones."""
    words = fold(in_latin_letters(name)).split()
    return {*words, *(first + second for first, second in pairwise(words))}


def by_likeness(session: Session, words: Sequence[str], most: int, me: UUID | None) -> list[KeptKey]:
    """Return whose names are nearly the words: one letter off, written as one or two, heard alike, or near."""
    names = _names(session, me)
    latin = fold(in_latin_letters(" ".join(words))).split()
    joined = [["".join(pair), *latin[:at], *latin[at + 2 :]] for at, pair in enumerate(pairwise(latin))]
    scores: Counter[KeptKey] = Counter()
    for typed in (latin, *joined):
        for client, score in _everywhere(names, typed):
            scores[client] = max(scores[client], score)
    return [client for client, _ in scores.most_common(most)]


def _everywhere(names: _Names, typed: Sequence[str]) -> Iterator[tuple[KeptKey, int]]:
    """Return who has a part of the name near every word, with how near they are together."""
    each = [_near(names, word) for word in typed]
    for client in set.intersection(*(set(one) for one in each)) if each else ():
        yield client, sum(one[client] for one in each) // len(each)


def _near(names: _Names, word: str) -> dict[KeptKey, int]:
    best: dict[KeptKey, int] = {}
    for part, score in _near_parts(names, word):
        for client in names.parts[part]:
            best[client] = max(best.get(client, 0), score)
    return best


def _near_parts(names: _Names, word: str) -> Iterator[tuple[str, int]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only when hardly anybody matched as typed
    from rapidfuzz.distance import OSA  # noqa: PLC0415  as above

    if word in names.parts:
        yield word, 100
    parts = list(names.parts)
    if len(word) >= _SHORTEST_SLIP:
        slips = process.extract(word, parts, scorer=OSA.distance, limit=None, score_cutoff=1)
        yield from ((part, _ONE_LETTER) for part, _, _ in slips if len(part) >= _SHORTEST_SLIP)
    if len(word) >= _SHORTEST_ALIKE:
        alike = process.extract(word, parts, scorer=fuzz.ratio, limit=None, score_cutoff=_ALIKE)
        yield from ((part, round(score)) for part, score, _ in alike)
        yield from ((part, _HEARD) for part in names.heard.get(skeleton(word), ()))
    yield from ((form, _HEARD) for form in other_forms(word) if form in names.parts)
