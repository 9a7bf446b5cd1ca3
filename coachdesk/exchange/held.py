"""Rows that wait for a decision: likely duplicates, and what belongs to them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.exchange.client_rows import ClientRows
from coachdesk.exchange.contact_rows import ContactRows
from coachdesk.exchange.ground import Ground, survey
from coachdesk.exchange.identity import fold_reference
from coachdesk.exchange.job_rows import JobRows
from coachdesk.exchange.outcomes import Fate, Outcome
from coachdesk.exchange.row_reading import ReadRow, RowReader
from coachdesk.models import Client, ImportRow
from coachdesk.vault.work import clock_of, describe

Decision = Literal["merge", "new", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A row that waits: where it came from, what it says in brief, why it waits, and whom it is likely about."""

    id: UUID
    sheet: str
    row: int
    summary: str
    why: str
    likely_client_id: UUID | None
    likely_client_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideHeld:
    """The decision on a held row: merge into the likely client, take as a new client, or leave it out."""

    id: UUID
    decision: Decision


def list_held(session: Session, _question: None) -> tuple[HeldRow, ...]:
    """Return the clients that wait for a decision; contacts and jobs follow their client and are not listed."""
    rows = [row for row in _waiting(session) if row.held_values["kind"] == "clients"]
    wanted = {UUID(hex=row.held_values["likely"]) for row in rows if row.held_values["likely"]}
    clients = {one.id: one for one in session.scalars(select(Client).where(Client.id.in_(wanted)))}
    return tuple(_shown(row, clients) for row in rows)


def _shown(row: ImportRow, clients: dict[UUID, Client]) -> HeldRow:
    likely = UUID(hex=row.held_values["likely"]) if row.held_values["likely"] else None
    client = clients.get(likely) if likely else None
    cells = row.held_values["cells"]
    named = ("reference", "first_name", "last_name", "full_name", "birth", "postcode")
    parts = (cells.get(f"clients.{name}", "").strip() for name in named)
    return HeldRow(
        id=row.id,
        sheet=row.sheet,
        row=row.row,
        summary=" · ".join(part for part in parts if part),
        why=row.held_why,
        likely_client_id=likely,
        likely_client_name=client.called() if client else "",
    )


def decide_held(session: Session, wish: DecideHeld) -> UUID | None:
    """Carry a decision out, for the row and the contacts and jobs that wait with it; returns the client.

    Raises Refusal when the row was decided already, or there is nobody to merge it into.
    """
    held = session.get(ImportRow, wish.id)
    if held is None or held.outcome != Fate.HELD or held.decided_at is not None:
        raise Refusal("This row was decided already. Look at the list again.")
    ground = survey(session, held.held_values["programme"], clock_of(session).today())
    outcome = _settle(ground, held, wish.decision)
    held.decided_at = clock_of(session).now()
    if outcome:
        held.outcome, held.client_id, held.record_id = outcome.fate, outcome.client_id, outcome.record_id
        if outcome.client_id and held.reference:
            ground.people.also_known(held.reference, outcome.client_id)
    _followers(ground, held)
    ground.settle()
    words = {
        "merge": "Merged a held row",
        "new": "Took a held row as a new client",
        "refuse": "Left a held row out",
    }
    describe(session, words[wish.decision])
    return outcome.client_id if outcome else None


def _settle(ground: Ground, held: ImportRow, decision: Decision) -> Outcome | None:
    if decision == "refuse":
        return None
    taker = ClientRows(ground, {})
    row = _read(ground, held)
    if decision == "new":
        return taker.add(row)
    likely = held.held_values["likely"]
    person = ground.people.get(UUID(hex=likely)) if likely else None
    if person is None:
        raise Refusal("There is nobody to merge this row into. Take it as a new client, or leave it out.")
    return taker.merge(row, person)


def _read(ground: Ground, held: ImportRow) -> ReadRow:
    cells: dict[str, str] = held.held_values["cells"]
    columns = tuple((ground.fields[key].title, key) if key in ground.fields else ("", "") for key in cells)
    reader = RowReader(columns, ground.wordings, ground.today, ground.fields)
    row = reader.read(held.row, tuple(cells.values()))
    ClientRows(ground, {}).complete(row)
    return row


def _followers(ground: Ground, decided: ImportRow) -> None:
    """Let contacts and jobs that waited with a client follow the decision."""
    wanted = fold_reference(decided.reference)
    for row in _waiting(ground.session) if wanted else ():
        if row.held_values["kind"] == "clients" or fold_reference(row.reference) != wanted:
            continue
        row.decided_at = decided.decided_at
        person = ground.people.referred(decided.reference) if decided.client_id else None
        if person:
            outcome = _taker(ground, row).add(_read(ground, row), person)
            row.outcome, row.client_id, row.record_id = outcome.fate, person.id, outcome.record_id


def _taker(ground: Ground, row: ImportRow) -> ContactRows | JobRows:
    if row.held_values["kind"] == "contacts":
        named = {key.partition(".")[2]: "" for key in row.held_values["cells"]}
        return ContactRows(ground, named, clock_of(ground.session).now())
    return JobRows(ground, {})


def _waiting(session: Session) -> list[ImportRow]:
    query = select(ImportRow).where(ImportRow.outcome == Fate.HELD, ImportRow.decided_at.is_(None))
    return list(
        session.scalars(query.order_by(ImportRow.run_id, ImportRow.sheet, ImportRow.row, ImportRow.id))
    )
