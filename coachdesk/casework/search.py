"""Find anybody: names, known-as, phone, postcode, reference; swapped, shortened, or one letter off.

A coach finds her own clients so, and those she covers for while she does; other colleagues' clients by name and known-as
alone, and sees no more than the name and with whom they are. A trustee finds nobody. Whoever was put away or erased is not found.

The full-text index is one of the two places where SQL is written for the engine (decisions.md section 3).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from coachdesk.casework.births import NOT_KNOWN, Birth, birth_words
from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.search_answers import by_answer
from coachdesk.casework.search_slips import ALIKE, BIRTH, PHONE, by_birth, by_likeness, by_number
from coachdesk.models import Client, Coach
from coachdesk.models.base import Key
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role, covered_coaches, in_reach
from coachdesk.vault.folding import fold
from coachdesk.vault.work import clock_of, coach_of

_LONGEST_QUESTION = 120
_MOST_WORDS = 6
_ENOUGH = 3
_SHORTEST_FUZZY = 3
_KEPT = as_kept(Client.id).label("id")
_COLUMNS = (
    Client.reference,
    Client.temporary_reference,
    Client.first_name,
    Client.last_name,
    Client.known_as,
    Client.previous_names,
    Client.postcode,
    Client.phone,
    Client.email,
    Client.born_from,
    Client.born_to,
    Client.birth_precision,
    Client.birth_told_on,
)
_COACH = Coach.name.label("coach")
_THERE = "client.archived_at IS NULL AND client.id NOT IN (SELECT client_id FROM erasure)"
_FOR_A_PROGRAMME = "(SELECT client_id FROM enrolment WHERE coach_id IN :mine AND archived_at IS NULL)"
_OWN = f"(client.coach_id IN :mine OR client.coach_id IS NULL OR client.id IN {_FOR_A_PROGRAMME})"
_SHOWN = f"client.id, {', '.join(f'client.{column.key}' for column in _COLUMNS)}, coach.name AS coach"
_INDEX = "client_fts f JOIN client_search s ON s.number = f.rowid"
_WITH_COACH = "LEFT JOIN coach ON coach.id = client.coach_id"
# One statement for each letter typed: who matches and what is shown of them.
_MATCH = text(
    f"SELECT {_SHOWN} FROM (SELECT s.client_id, s.number FROM {_INDEX} "  # noqa: S608  our own names
    f"WHERE client_fts MATCH :query ORDER BY s.number DESC LIMIT :most) AS hit "
    f"JOIN client ON client.id = hit.client_id {_WITH_COACH} WHERE {_THERE} ORDER BY hit.number DESC"
).columns(_KEPT, *_COLUMNS, _COACH)
_MATCH_OWN = (
    text(
        f"SELECT {_SHOWN} FROM {_INDEX} JOIN client ON client.id = s.client_id {_WITH_COACH} "  # noqa: S608  our own names
        f"WHERE client_fts MATCH :query AND {_THERE} AND {_OWN} ORDER BY s.number DESC LIMIT :most"
    )
    .bindparams(bindparam("mine", type_=Key(), expanding=True))
    .columns(_KEPT, *_COLUMNS, _COACH)
)
_NAMES_OF_OTHERS = (
    text(
        "SELECT client.id, client.first_name, client.last_name, client.known_as, coach.name AS coach "  # noqa: S608  our own names
        f"FROM {_INDEX} JOIN client ON client.id = s.client_id {_WITH_COACH} "
        f"WHERE client_fts MATCH :query AND {_THERE} AND NOT {_OWN} ORDER BY f.rowid DESC"
    )
    .bindparams(bindparam("mine", type_=Key(), expanding=True))
    .columns(_KEPT, Client.first_name, Client.last_name, Client.known_as, _COACH)
)
_BREAK = "|"  # between fields that are folded together, a third of the time of folding each
_END = "~"  # between the people whose fields are folded together
_Hit = Any  # a row of the columns above
_Fields: TypeAlias = Sequence[tuple[str, str]]
_Sortable: TypeAlias = "tuple[bool, bool, str, str, KeptKey, FoundRow]"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAnybody:
    """What was typed, and how many to show."""

    text: str
    limit: int = 20


class FoundRow(NamedTuple):
    """Somebody found: enough to tell two people of one name apart, and why they match."""

    id: UUID
    name: str
    reference: str
    birth_words: str
    coach: str
    why: str
    is_own: bool = True
    """Whether who asked may see more than the name; for a colleague's client the rest is blank."""

    def of_a_colleague(self) -> "FoundRow":
        """Return the row as it may be shown of a colleague's client: name and coach only."""
        return self._replace(reference="", birth_words="", is_own=False)


def find_anybody(session: Session, question: FindAnybody) -> tuple[FoundRow, ...]:
    """Return who matches, the likeliest first; any text is answered, none raises."""
    words = _words(question.text)
    role = acting_role(session)
    if not words or role is Role.TRUSTEE:
        return ()
    seeker = _Seeker(session, coach_of(session) if role is Role.COACH else None, question.limit)
    found: dict[KeptKey, tuple[_Hit, str]] = {}
    _collect(found, seeker.matching(_exact(words), [[word] for word in words]), "")
    if len(found) < _ENOUGH:
        forms = [[word, *sorted(other_forms(word))] for word in words]
        _collect(found, seeker.matching(_with_forms(forms), forms), "short form of the name")
    today = clock_of(session).today()
    if len(found) < _ENOUGH:
        for kept, why in _slips(session, question, words, seeker.me):
            _collect(found, seeker.of([one for one in kept if one not in found]), why)
    asked = _Asked.of(words, today)
    rows = sorted(_rows(found.values(), asked))
    return tuple(
        row.of_a_colleague() if kept in seeker.colleagues else row for *_, kept, row in rows[: question.limit]
    )


def _words(typed: str) -> list[str]:
    """Return what to look for; a telephone number typed with blanks is one word."""
    readable = typed[:_LONGEST_QUESTION].encode("utf-8", "ignore").decode("utf-8")  # no halves of a letter
    words = [word for word in fold(readable).split() if any(map(str.isalnum, word))][:_MOST_WORDS]
    if len(words) > 1 and all(word.removeprefix("+").isdigit() for word in words):
        return ["".join(word.removeprefix("+") for word in words)]
    return words


def _slips(
    session: Session, question: FindAnybody, words: Sequence[str], me: UUID | None
) -> Iterator[tuple[Sequence[KeptKey], str]]:
    """Return who may be meant though nothing begins as typed, and why; no name has a figure in it."""
    typed = question.text[:_LONGEST_QUESTION]
    if _has_figure(words):
        yield by_number(session, typed, me)[: question.limit], PHONE
        yield by_birth(session, typed, clock_of(session).today(), me)[: question.limit], BIRTH
    elif max(map(len, words)) >= _SHORTEST_FUZZY:
        yield by_likeness(session, words, question.limit, me), ALIKE
    yield from by_answer(session, words, question.limit, me)


def _has_figure(words: Iterable[str]) -> bool:
    return any(map(str.isdigit, "".join(words)))


def _collect(found: dict[KeptKey, tuple[_Hit, str]], hits: Iterable[_Hit], why: str) -> None:
    for hit in hits:
        found.setdefault(hit[0], (hit, why))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"*'


def _exact(words: Sequence[str]) -> str:
    return " AND ".join(_quoted(word) for word in words)


def _with_forms(forms: Sequence[Sequence[str]]) -> str:
    return " AND ".join(f"({' OR '.join(map(_quoted, one))})" for one in forms)


class _Seeker:
    """Looks clients up for somebody; ``me`` is given for a coach, who finds whom she may not open by name only."""

    def __init__(self, session: Session, me: UUID | None, most: int) -> None:
        self._session, self.me, self._most = session, me, most
        self._mine = [] if me is None else [me, *covered_coaches(session)]
        self.colleagues: set[KeptKey] = set()

    def matching(self, query: str, forms: Sequence[Sequence[str]]) -> Sequence[_Hit]:
        """Return who matches a question to the index; of colleagues' clients those whose names do by themselves."""
        asked: dict[str, Any] = {"query": query, "most": self._most}
        connection = self._session.connection()
        if self.me is None:
            return connection.execute(_MATCH, asked).all()
        asked["mine"] = self._mine
        own = connection.execute(_MATCH_OWN, asked).all()
        if _has_figure(form for one in forms for form in one):
            return own
        with connection.execute(_NAMES_OF_OTHERS, {"query": query, "mine": self._mine}) as others:
            named = (row for row in others if _is_named(row[1:4], forms))
            return [*own, *(self._only_name(*row) for row in islice(named, self._most))]

    def of(self, kept: Sequence[KeptKey]) -> Sequence[_Hit]:
        """Return the same columns of clients already known by their keys."""
        if not kept:
            return ()
        query = select(_KEPT, *_COLUMNS, _COACH).outerjoin(Coach, Coach.id == Client.coach_id)
        hits = plain_rows(self._session, query.where(Client.id.in_(map(key_of, kept))))
        if self.me is None:
            return hits
        theirs = select(_KEPT).where(Client.id.in_(map(key_of, kept)), in_reach(self._session))
        own = {one for (one,) in plain_rows(self._session, theirs)}
        return [
            hit if hit[0] in own else self._only_name(hit[0], hit[3], hit[4], hit[5], hit[-1]) for hit in hits
        ]

    def _only_name(self, kept: KeptKey, first: str, last: str, known_as: str, coach: str | None) -> _Hit:
        """Return the columns of a colleague's client with nothing but the name and the coach."""
        self.colleagues.add(kept)
        return (kept, "", "", first, last, known_as, "", "", "", "", *NOT_KNOWN, coach)


def _is_named(names: Sequence[str], forms: Sequence[Sequence[str]]) -> bool:
    """Return whether every word, in one of its forms, begins a part of these names."""
    folded = f" {fold(' '.join(names))}"
    return all(any(f" {form}" in folded for form in one) for one in forms)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, as it is looked for in folded text: a word begins behind a blank."""

    begins: tuple[str, ...]
    has_figure: bool
    today: dt.date

    @classmethod
    def of(cls, words: Sequence[str], today: dt.date) -> "_Asked":
        return cls(tuple(f" {word}" for word in words), _has_figure(words), today)


def _rows(hits: Iterable[tuple[_Hit, str]], asked: _Asked) -> Iterator[_Sortable]:
    """Return rows behind what each is sorted by: found as typed, the name itself, the name, the reference."""
    told = [(hit, why, _fields(hit, asked)) for hit, why in hits]
    for (hit, why, fields), texts in zip(told, _folded([fields for *_, fields in told]), strict=True):
        _, called = fields[0]
        begins = asked.begins
        reasons = why or _reasons(fields, texts, begins)
        *born, coach = hit[10:]
        words = _birth_words(*born, asked.today)
        row = FoundRow(key_of(hit[0]), called, hit[1], words, coach or "", reasons)
        yield bool(why), not all(map(texts[0].__contains__, begins)), called, hit[1], hit[0], row


@lru_cache(maxsize=4096)  # letter after letter finds the same people
def _birth_words(
    born_from: dt.date | None,
    born_to: dt.date | None,
    precision: str,
    told_on: dt.date | None,
    today: dt.date,
) -> str:
    return birth_words(Birth(born_from, born_to, precision, told_on), today)


def _fields(hit: _Hit, asked: _Asked) -> _Fields:
    """Return what somebody can be found by, each under its name; what they are called comes first."""
    _, reference, temporary, first, last, known_as, previous, postcode, phone, email, *_ = hit
    given = known_as or first
    called = f"{given} {last}" if given and last else given or last
    fields = [("name", called)]
    if known_as:
        fields = [("", called), ("name", f"{first} {last}"), ("known as", known_as)]
    if previous:
        fields.append(("previous name", previous))
    fields.append(("reference", f"{reference} {temporary}" if temporary else reference))
    if postcode:
        fields.append(("postcode", f"{postcode} {''.join(postcode.split())}"))
    if asked.has_figure:
        fields.append(("phone", "".join(filter(str.isdigit, phone))))
    if email:
        fields.append(("email", email.replace("@", " ")))
    return fields


def _folded(rows: Sequence[_Fields]) -> list[list[str]]:
    """Return the texts of all fields of all rows folded, each beginning with a blank; folded together, once."""
    lines = [f" {_BREAK} ".join([text for _, text in fields]) for fields in rows]
    whole = f" {_END} ".join(lines)
    if whole.count(_BREAK) + len(rows) != sum(map(len, rows)) or whole.count(_END) >= max(len(rows), 1):
        cleaned = [[text.replace(_BREAK, " ").replace(_END, " ") for _, text in fields] for fields in rows]
        whole = f" {_END} ".join(f" {_BREAK} ".join(texts) for texts in cleaned)
    return [f" {line}".split(_BREAK) for line in f" {fold(whole)}".split(_END)] if rows else []


def _reasons(fields: _Fields, texts: Sequence[str], begins: Sequence[str]) -> str:
    """Return the names of the fields in which a part begins with a word typed."""
    found = [
        name
        for (name, _), text in zip(fields, texts, strict=True)
        if name and any(map(text.__contains__, begins))
    ]
    return ", ".join(found) or "details"
