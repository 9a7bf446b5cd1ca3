"""Find anybody: names, known-as, phone, postcode, reference; swapped, shortened, or one letter off.

The full-text index is one of the two places where SQL is written for the engine (decisions.md section 3).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, birth_words
from coachdesk.casework.nicknames import other_forms
from coachdesk.models import Client, Coach
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of

_LONGEST_QUESTION = 120
_MOST_WORDS = 6
_ENOUGH = 3
_SHORTEST_FUZZY = 4
_ALIKE = 75
_COLUMNS = (
    Client.id,
    Client.reference,
    Client.temporary_reference,
    Client.first_name,
    Client.last_name,
    Client.known_as,
    Client.previous_names,
    Client.born_from,
    Client.born_to,
    Client.birth_precision,
    Client.birth_told_on,
    Client.postcode,
    Client.phone,
    Client.email,
)
_COACH = Coach.name.label("coach")
# One statement for each letter typed: who matches and what is shown of them.
_MATCH = text(
    f"SELECT {', '.join(f'client.{column.key}' for column in _COLUMNS)}, coach.name AS coach "  # noqa: S608  our own names
    "FROM (SELECT s.client_id, s.number FROM client_fts f JOIN client_search s ON s.number = f.rowid "
    "WHERE client_fts MATCH :query ORDER BY s.number DESC LIMIT :most) AS hit "
    "JOIN client ON client.id = hit.client_id LEFT JOIN coach ON coach.id = client.coach_id "
    "WHERE client.archived_at IS NULL ORDER BY hit.number DESC"
).columns(*_COLUMNS, _COACH)
_BREAK = "|"  # between fields that are folded together, a third of the time of folding each
_Hit = Any  # a row of the columns above


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAnybody:
    """What was typed, and how many to show."""

    text: str
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """Somebody found: enough to tell two people of one name apart, and why they match."""

    id: UUID
    name: str
    reference: str
    birth_words: str
    coach: str
    why: str


def find_anybody(session: Session, question: FindAnybody) -> tuple[FoundRow, ...]:
    """Return who matches, the likeliest first; any text is answered, none raises."""
    words = _words(question.text)
    if not words:
        return ()
    found: dict[UUID, tuple[_Hit, str]] = {}
    _collect(found, _matching(session, _exact(words), question.limit), "")
    if len(found) < _ENOUGH:
        _collect(found, _matching(session, _with_forms(words), question.limit), "short form of the name")
    if len(found) < _ENOUGH and _could_be_slips(words):
        alike = _alike(session, words, question.limit)
        _collect(found, _of(session, [one for one in alike if one not in found]), "sounds or looks alike")
    today = clock_of(session).today()
    rows = sorted(_sortable(hit, why, words, today) for hit, why in found.values())
    return tuple(row for *_, row in rows[: question.limit])


def _words(typed: str) -> list[str]:
    """Return what to look for; a telephone number typed with blanks is one word."""
    readable = typed[:_LONGEST_QUESTION].encode("utf-8", "ignore").decode("utf-8")  # no halves of a letter
    words = [word for word in fold(readable).split() if any(map(str.isalnum, word))][:_MOST_WORDS]
    if len(words) > 1 and all(word.removeprefix("+").isdigit() for word in words):
        return ["".join(word.removeprefix("+") for word in words)]
    return words


def _could_be_slips(words: Sequence[str]) -> bool:
    """Return whether names may be meant that look alike; no name has a figure in it."""
    return max(map(len, words)) >= _SHORTEST_FUZZY and not any(map(str.isdigit, "".join(words)))


def _collect(found: dict[UUID, tuple[_Hit, str]], hits: Iterable[_Hit], why: str) -> None:
    for hit in hits:
        found.setdefault(hit.id, (hit, why))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"*'


def _exact(words: Sequence[str]) -> str:
    return " AND ".join(_quoted(word) for word in words)


def _with_forms(words: Sequence[str]) -> str:
    groups = []
    for word in words:
        forms = [word, *sorted(other_forms(word))]
        groups.append("(" + " OR ".join(_quoted(form) for form in forms) + ")")
    return " AND ".join(groups)


def _matching(session: Session, query: str, most: int) -> Sequence[_Hit]:
    return session.connection().execute(_MATCH, {"query": query, "most": most}).all()


def _of(session: Session, ids: Sequence[UUID]) -> Sequence[_Hit]:
    """Return the same columns of clients already known by their ids."""
    query = select(*_COLUMNS, _COACH).outerjoin(Coach, Coach.id == Client.coach_id)
    found: Sequence[_Hit] = session.connection().execute(query.where(Client.id.in_(ids))).all() if ids else ()
    return found


def _alike(session: Session, words: Sequence[str], most: int) -> list[UUID]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only when hardly anybody matched as typed

    rows = session.execute(
        select(Client.id, Client.first_name, Client.last_name, Client.known_as).where(
            Client.archived_at.is_(None)
        )
    ).all()
    named: dict[str, set[UUID]] = {}
    for client_id, *names in rows:
        for part in fold(" ".join(names)).split():
            named.setdefault(part, set()).add(client_id)
    scores: Counter[UUID] = Counter()
    hits: Counter[UUID] = Counter()
    for word in words:
        best: dict[UUID, float] = {}
        for part, score, _ in process.extract(
            word, list(named), scorer=fuzz.ratio, limit=None, score_cutoff=_ALIKE
        ):
            for client_id in named[part]:
                best[client_id] = max(best.get(client_id, 0.0), score)
        hits.update(best.keys())
        scores.update({client_id: round(score) for client_id, score in best.items()})
    everywhere = [client_id for client_id, _ in scores.most_common() if hits[client_id] == len(words)]
    return everywhere[:most]


def _sortable(
    hit: _Hit, why: str, words: Sequence[str], today: dt.date
) -> tuple[bool, bool, str, str, bytes, FoundRow]:
    """Return a row behind what it is sorted by: found as typed, the name itself, the name, the reference."""
    called = " ".join(part for part in (hit.known_as or hit.first_name, hit.last_name) if part)
    name, *fields = _folded(hit, called)
    row = FoundRow(
        id=hit.id,
        name=called,
        reference=hit.reference,
        birth_words=birth_words(
            Birth(hit.born_from, hit.born_to, hit.birth_precision, hit.birth_told_on), today
        ),
        coach=hit.coach or "",
        why=why or _why(fields, words),
    )
    aside = not all(f" {word}" in name for word in words)
    return bool(why), aside, called, hit.reference, hit.id.bytes, row


_FIELDS = ("name", "known as", "previous name", "reference", "postcode", "phone", "email")


def _folded(hit: _Hit, called: str) -> list[str]:
    """Return the name and the searched fields folded, each beginning with a blank."""
    fields = (
        called,
        f"{hit.first_name} {hit.last_name}",
        hit.known_as,
        hit.previous_names,
        f"{hit.reference} {hit.temporary_reference}",
        f"{hit.postcode} {''.join(hit.postcode.split())}",
        "".join(filter(str.isdigit, hit.phone)),
        hit.email.replace("@", " "),
    )
    joined = f" {_BREAK} ".join(field.replace(_BREAK, " ") for field in fields)
    return f" {fold(joined)}".split(_BREAK)


def _why(fields: Sequence[str], words: Sequence[str]) -> str:
    """Return the names of the fields in which a part begins with a word typed."""
    matched = [
        name
        for name, field in zip(_FIELDS, fields, strict=True)
        if any(f" {word}" in field for word in words)
    ]
    return ", ".join(matched) or "details"
