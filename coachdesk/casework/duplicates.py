"""Who may be here already, seen while somebody is being registered."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, birth_words, parse_birth
from coachdesk.casework.clients import birth_of
from coachdesk.casework.identifiers import postcode
from coachdesk.casework.listed import hers, not_erased
from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.search import FoundRow
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.folding import fold

_ALIKE = 0.88
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyDuplicates:
    """What was typed about somebody who may be here already."""

    today: dt.date
    first_name: str = ""
    last_name: str = ""
    birth: str = ""
    postcode: str = ""
    phone: str = ""


def likely_duplicates(session: Session, typed: LikelyDuplicates) -> tuple[FoundRow, ...]:
    """Return who may be the same person, the likeliest first, each with why.

    A name alone must be nearly the same; with the same birth date, postcode or phone a looser likeness is
    enough. Nothing is shown for less than three letters. Of colleagues' clients a coach learns the name and with
    whom they are, by a likeness of the name alone; a trustee learns nothing.
    """
    name = fold(f"{typed.first_name} {typed.last_name}")
    if len(name.replace(" ", "")) < 3:  # noqa: PLR2004  two letters would show half the caseload
        return ()
    if acting_role(session) is Role.TRUSTEE:
        return ()
    own = _own(session)
    from rapidfuzz import fuzz  # noqa: PLC0415  only while somebody is being registered
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415  as above

    last = fold(typed.last_name)
    forms = (name, *(f"{other} {last}" for other in sorted(other_forms(fold(typed.first_name)))))
    born = _typed_birth(typed)
    digits = "".join(letter for letter in typed.phone if letter.isdigit())
    code = postcode(typed.postcode)[0]
    query = select(Client, Coach.name).outerjoin(Coach, Coach.id == Client.coach_id)
    found: list[tuple[float, FoundRow]] = []
    for client, coach in session.execute(query.where(Client.archived_at.is_(None), not_erased())):
        is_own = own is None or client.id in own
        theirs = fold(f"{client.first_name} {client.last_name}")
        known = fold(f"{client.known_as} {client.last_name}") if client.known_as else theirs
        likeness = max(
            max(JaroWinkler.similarity(form, theirs), fuzz.token_sort_ratio(form, theirs) / 100,
                JaroWinkler.similarity(form, known))
            for form in forms
        )  # fmt: skip
        why = _shared(client, born, digits, code) if is_own else []
        needed = _ALIKE - 0.1 * len(why)
        if likeness >= needed:
            row = _found(client, coach or "", ["name", *why], typed.today)
            shown = row if is_own else row.of_a_colleague()
            found.append((likeness + 0.1 * len(why), shown))
    found.sort(key=lambda one: (-one[0], one[1].name))
    return tuple(row for _, row in found[:_MOST_SHOWN])


def look_for_likely(
    session: Session, typed: LikelyDuplicates
) -> tuple[LikelyDuplicates, tuple[FoundRow, ...]]:
    """Return what was asked with the answer: while somebody types, an earlier answer may come after a later one."""
    return typed, likely_duplicates(session, typed)


def _own(session: Session) -> set[UUID] | None:
    """Return the clients of who acts; None where everybody may be seen."""
    conditions = hers(session)
    return set(session.scalars(select(Client.id).where(*conditions))) if conditions else None


def _typed_birth(typed: LikelyDuplicates) -> Birth | None:
    try:
        return parse_birth(typed.birth, typed.today)
    except Refusal:
        return None  # half a date says nothing yet


def _shared(client: Client, born: Birth | None, digits: str, code: str) -> list[str]:
    why = []
    if born is not None and born.born_from is not None and born.born_from == client.born_from:
        why.append("birth date")
    if digits and digits == "".join(letter for letter in client.phone if letter.isdigit()):
        why.append("phone")
    if code and code == client.postcode:
        why.append("postcode")
    return why


def _found(client: Client, coach: str, why: list[str], today: dt.date) -> FoundRow:
    return FoundRow(
        id=client.id,
        name=client.called(),
        reference=client.reference,
        birth_words=birth_words(birth_of(client), today),
        coach=coach,
        why="same or similar " + ", ".join(why),
    )
