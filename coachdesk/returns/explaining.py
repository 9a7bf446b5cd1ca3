"""A figure explained inside the vault: the formula with its numbers, who counted, who nearly did and why not."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import and_, not_, select
from sqlalchemy.orm import Session

from coachdesk.casework.joined import joining_of
from coachdesk.casework.listed import hers
from coachdesk.models import Client, Erasure
from coachdesk.returns.wishes import FigurePart, FigureRow, PeopleQuestion, PersonRow, ReasonsQuestion

CHUNK = 500
_PEOPLE_UNIT = "people"


def worked_formula(figure: FigureRow) -> str:
    """Return the formula with this figure's own numbers in it."""
    worked = _WORKED.get(figure.kind) if figure.parts else None
    return f"{figure.value_words} {figure.base_words}".strip() if worked is None else worked(figure)


def _count(figure: FigureRow) -> str:
    part = figure.parts[0]
    people = len(part.client_ids)
    who = "1 person" if people == 1 else f"{people:,} people"
    if figure.unit.casefold() == _PEOPLE_UNIT:
        return f"{who}, each counted once"
    return f"{part.number:,} ({figure.unit[:1].lower()}{figure.unit[1:]}), of {who}"


def _share(figure: FigureRow) -> str:
    kept = [part for part in figure.parts if not part.left_out]
    aside = [part for part in figure.parts if part.left_out and part.number]
    number, base = figure.parts[0].number, sum(part.number for part in kept)
    if not base:
        return "Nobody to divide by: there is no base"
    told = f"{number:,} ÷ {base:,} = {round(100 * number / base)}%, where {base:,} = {_sum(kept)}"
    return f"{told}; left out: {_listed(aside)}" if aside else told


def _split(figure: FigureRow) -> str:
    return f"{_sum(figure.parts)} = {sum(part.number for part in figure.parts):,}"


def _mean(figure: FigureRow) -> str:
    """Return yes = 1, partly = ½, no = 0 over the answers (facts 12.4 row 21)."""
    yes, partly, no = (part.number for part in figure.parts[:3])
    answers = yes + partly + no
    if not answers:
        return "No answers to divide by"
    mean = (2 * yes + partly) / (2 * answers)
    return f"({yes:,} yes + ½ × {partly:,} partly + 0 × {no:,} no) ÷ {answers:,} answers = {mean:.2f}"


_WORKED = {"count": _count, "share": _share, "split": _split, "mean": _mean}


def _sum(parts: Iterable[FigurePart]) -> str:
    return " + ".join(f"{part.number:,} {part.label.lower()}" for part in parts)


def _listed(parts: Iterable[FigurePart]) -> str:
    return ", ".join(f"{part.number:,} {part.label.lower()}" for part in parts)


def people_behind(session: Session, question: PeopleQuestion) -> tuple[PersonRow, ...]:
    """Return the clients behind a figure by name; they never leave the vault.

    A coach is told the names of her own; how many are with colleagues, and how many were erased, follow as counts.
    Whoever was joined with another record since stands there under that one.
    """
    return reasons_behind(session, ReasonsQuestion(reasons=tuple((one, "") for one in question.client_ids)))


def reasons_behind(session: Session, question: ReasonsQuestion) -> tuple[PersonRow, ...]:
    """Return clients by name with the reason told of each, withheld by right as in ``people_behind``."""
    now = now_known_as(session, (client for client, _ in question.reasons))
    said: dict[UUID, list[str]] = {}
    for client, reason in question.reasons:
        said.setdefault(now[client], []).append(reason)
    known = _clients(session, said)
    erased = set(session.scalars(select(Erasure.client_id))) & said.keys()
    hidden = _with_colleagues(session, said)
    away = {client.id for client in known if client.archived_at is not None} - erased
    named = [client for client in known if client.id not in erased | hidden | away]
    rows = [
        PersonRow(
            id=client.id,
            name=client.called(),
            reference=client.reference,
            reason="; ".join(dict.fromkeys(reason for reason in said[client.id] if reason)),
        )
        for client in named
    ]
    counts = ((hidden - erased - away, "with colleagues"), (erased, "erased"), (away, "put away"))
    rows += [
        PersonRow(id=None, name=f"{len(people)} {words}", reference="") for people, words in counts if people
    ]
    return tuple(rows)


def _clients(session: Session, wanted: Iterable[UUID]) -> list[Client]:
    ids = list(wanted)
    found: list[Client] = []
    for place in range(0, len(ids), CHUNK):
        found += session.scalars(select(Client).where(Client.id.in_(ids[place : place + CHUNK])))
    return sorted(found, key=_by_name)


def _by_name(client: Client) -> tuple[str, str, UUID]:
    return (client.last_name, client.first_name, client.id)


def _with_colleagues(session: Session, wanted: Mapping[UUID, object]) -> set[UUID]:
    """Return who of these the one who asks may not see in a list."""
    conditions = hers(session)
    if not conditions:
        return set()
    return set(session.scalars(select(Client.id).where(not_(and_(*conditions))))) & wanted.keys()


def now_known_as(session: Session, client_ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return for each client the record under which the same person is found now."""
    wanted = set(client_ids)
    away = set(session.scalars(select(Client.id).where(Client.archived_at.is_not(None)))) & wanted
    return {client: _followed(session, client) if client in away else client for client in wanted}


def _followed(session: Session, client_id: UUID) -> UUID:
    joining = joining_of(session, client_id)
    return client_id if joining is None else _followed(session, joining.keep_id)
