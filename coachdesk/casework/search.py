"""Find anybody: names, known-as, phone, postcode, reference; swapped, shortened, or one letter off.

The full-text index is one of the two places where SQL is written for the engine (decisions.md section 3).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
_MATCH = text(
    "SELECT s.client_id FROM client_fts f JOIN client_search s ON s.number = f.rowid "
    "WHERE client_fts MATCH :query ORDER BY s.number DESC LIMIT :most"
)


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
    found: dict[UUID, str] = {}
    _collect(found, _matching(session, _exact(words), question.limit), "")
    if len(found) < _ENOUGH:
        _collect(found, _matching(session, _with_forms(words), question.limit), "short form of the name")
    if len(found) < _ENOUGH and max(map(len, words)) >= _SHORTEST_FUZZY:
        _collect(found, _alike(session, words, question.limit), "sounds or looks alike")
    return _rows(session, found, words, question.limit)


def _words(typed: str) -> list[str]:
    """Return what to look for; a telephone number typed with blanks is one word."""
    readable = typed[:_LONGEST_QUESTION].encode("utf-8", "ignore").decode("utf-8")  # no halves of a letter
    words = [word for word in fold(readable).split() if any(map(str.isalnum, word))][:_MOST_WORDS]
    if len(words) > 1 and all(word.removeprefix("+").isdigit() for word in words):
        return ["".join(word.removeprefix("+") for word in words)]
    return words


def _collect(found: dict[UUID, str], ids: Iterable[UUID], why: str) -> None:
    for client_id in ids:
        found.setdefault(client_id, why)


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


def _matching(session: Session, query: str, most: int) -> list[UUID]:
    rows = session.execute(_MATCH, {"query": query, "most": most}).scalars()
    return [UUID(bytes=bytes(raw)) for raw in rows]


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


def _rows(session: Session, found: dict[UUID, str], words: Sequence[str], limit: int) -> tuple[FoundRow, ...]:
    today = clock_of(session).today()
    query = (
        select(Client, Coach.name)
        .outerjoin(Coach, Coach.id == Client.coach_id)
        .where(Client.id.in_(list(found)), Client.archived_at.is_(None))
    )
    rows = []
    for client, coach in session.execute(query):
        birth = Birth(client.born_from, client.born_to, client.birth_precision, client.birth_told_on)
        rows.append(
            FoundRow(
                id=client.id,
                name=client.called(),
                reference=client.reference,
                birth_words=birth_words(birth, today),
                coach=coach or "",
                why=found[client.id] or _why(client, words),
            )
        )
    return tuple(
        sorted(rows, key=lambda row: (bool(found[row.id]), _rank(row, words), row.name, row.reference))
    )[:limit]


def _why(client: Client, words: Sequence[str]) -> str:
    fields = (
        ("name", f"{client.first_name} {client.last_name}"),
        ("known as", client.known_as),
        ("previous name", client.previous_names),
        ("reference", f"{client.reference} {client.temporary_reference}"),
        ("postcode", f"{client.postcode} {''.join(client.postcode.split())}"),
        ("phone", "".join(letter for letter in client.phone if letter.isdigit())),
        ("email", client.email.replace("@", " ")),
    )
    matched = [
        name
        for name, value in fields
        if any(part.startswith(word) for word in words for part in fold(value).split())
    ]
    return ", ".join(matched) or "details"


def _rank(row: FoundRow, words: Sequence[str]) -> int:
    """Return 0 where the name itself begins with what was typed."""
    parts = fold(row.name).split()
    return 0 if all(any(part.startswith(word) for part in parts) for word in words) else 1
