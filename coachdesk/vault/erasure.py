"""Taking an erased client's words out of the journal: the chain stays whole, the values are gone."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, inspect, or_, select, update
from sqlalchemy.orm import Session

from coachdesk.models import Erasure, ImportRow
from coachdesk.terms import Kind
from coachdesk.vault.chronicle import ERASED, TABLE, Chronicle

PENDING = "erased clients"


def take_out_of_journal(session: Session, client_id: UUID) -> None:
    """Have a client's values, labels and reasons taken out of the journal when this action is committed."""
    session.info.setdefault(PENDING, []).append(client_id)


def forget(session: Session, chronicle: Chronicle) -> tuple[UUID, ...]:
    """Take out what ``take_out_of_journal`` asked for, this very action's entries included; return whose."""
    clients = tuple(session.info.pop(PENDING, ()))
    for client_id in clients:
        statement = (
            update(TABLE)
            .where(_told_of(client_id))
            .values(before=None, after=None, label="", reason="", salt=ERASED)
        )
        chronicle.flushing = True
        session.connection().execute(statement)
        chronicle.flushing = False
    return clients


def _told_of(client_id: UUID) -> ColumnElement[bool]:
    imported = select(ImportRow.id).where(ImportRow.client_id == client_id)
    return or_(
        TABLE.columns["scope"] == client_id.hex,
        and_(TABLE.columns["entity"] == Kind.IMPORT_ROW.value, TABLE.columns["row_id"].in_(imported)),
    )


def without_values(session: Session) -> tuple[frozenset[str], frozenset[UUID]]:
    """Return whose entries may stand empty: scopes of erased clients, and the rows they were imported from."""
    if not inspect(session.connection()).has_table(Erasure.__tablename__):
        return frozenset(), frozenset()  # a vault about to be brought up to date has erased nobody
    clients = list(session.scalars(select(Erasure.client_id)))
    rows = session.scalars(select(ImportRow.id).where(ImportRow.client_id.in_(clients)))
    return frozenset(one.hex for one in clients), frozenset(rows)
