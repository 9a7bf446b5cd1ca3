"""Taking an erased client's words out of the journal: the chain stays whole, the values are gone."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, and_, inspect, or_, select, update
from sqlalchemy.orm import Session

from coachdesk.models import TEAM, Erasure, ImportRow
from coachdesk.terms import Kind
from coachdesk.vault.chronicle import ERASED, EVENT, TABLE, Chronicle

PENDING = "erased clients"
ENQUIRY_ERASED = "enquiry erased"
"""The event, of the team, that proves that an enquiry's words were rightly taken out."""
JOINED, SEPARATED = "joined", "separated"
"""The events of two records of one person that were joined, and of two that are two people after all."""


def take_out_of_journal(session: Session, client_id: UUID) -> None:
    """Have a client's values, labels and reasons taken out of the journal when this action is committed."""
    session.info.setdefault(PENDING, []).append(client_id)


def forget(session: Session, chronicle: Chronicle) -> tuple[UUID, ...]:
    """Take out what ``take_out_of_journal`` asked for, this very action's entries included; return whose."""
    clients = tuple(session.info.pop(PENDING, ()))
    for client_id in clients:
        told = or_(_told_of(client_id), TABLE.columns["position"].in_(_elsewhere(session, client_id)))
        statement = (
            update(TABLE).where(told).values(before=None, after=None, label="", reason="", salt=ERASED)
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


def _elsewhere(session: Session, client_id: UUID) -> frozenset[int]:
    """Return the entries that tell of a client under another one with whom the client was joined for a while.

    They are found by what stays in the journal for ever, who and which record, so that they can be found again.
    """
    return frozenset((*_of_records(session, client_id), *_of_names(session, client_id)))


def _of_records(session: Session, client_id: UUID) -> Iterator[int]:
    """Yield entries about records that are the client's now, written while they were filed under the other."""
    own, later = TABLE.alias(), TABLE.alias()
    went_on = select(later.c.position).where(
        later.c.entity == own.c.entity,
        later.c.row_id == own.c.row_id,
        later.c.position > own.c.position,
        later.c.operation != EVENT,
        later.c.scope != client_id.hex,
    )
    theirs = select(own.c.row_id).where(
        own.c.scope == client_id.hex,
        own.c.operation != EVENT,
        own.c.entity != Kind.CLIENT.value,
        ~went_on.exists(),
    )
    columns = TABLE.columns
    yield from session.scalars(
        select(columns["position"]).where(
            columns["row_id"].in_(theirs), columns["scope"] != client_id.hex, columns["operation"] != EVENT
        )
    )


def _of_names(session: Session, client_id: UUID) -> Iterator[int]:
    """Yield entries about the other's own record from the action that joined the two to the one that parted them."""
    columns = TABLE.columns
    events = session.execute(
        select(columns["position"], columns["unit"], columns["row_id"], columns["field_group"])
        .where(
            columns["scope"] == client_id.hex,
            columns["operation"] == EVENT,
            columns["field_group"].in_((JOINED, SEPARATED)),
        )
        .order_by(columns["position"])
    ).all()
    for place, (since, unit, other, event) in enumerate(events):
        if event == JOINED:
            ends = [
                one.position for one in events[place:] if (one.row_id, one.field_group) == (other, SEPARATED)
            ]
            within = columns["position"].between(since, ends[0] if ends else since)
            yield from session.scalars(
                select(columns["position"]).where(
                    columns["entity"] == Kind.CLIENT.value,
                    columns["row_id"] == other,
                    columns["operation"] != EVENT,
                    or_(columns["unit"] == unit, within),
                )
            )


def without_values(session: Session) -> tuple[frozenset[str], frozenset[UUID], frozenset[int]]:
    """Return which entries may stand empty: scopes of erased clients and enquiries, rows they were imported from, places elsewhere."""
    if not inspect(session.connection()).has_table(Erasure.__tablename__):
        return (
            frozenset(),
            frozenset(),
            frozenset(),
        )  # a vault about to be brought up to date has erased nobody
    clients = list(session.scalars(select(Erasure.client_id)))
    rows = session.scalars(select(ImportRow.id).where(ImportRow.client_id.in_(clients)))
    places = {place for one in clients for place in _elsewhere(session, one)}
    enquiries = session.scalars(
        select(TABLE.columns["row_id"]).where(
            TABLE.columns["operation"] == EVENT,
            TABLE.columns["field_group"] == ENQUIRY_ERASED,
            TABLE.columns["entity"] == Kind.ENQUIRY.value,
            TABLE.columns["scope"] == TEAM,
        )
    )
    scopes = frozenset(one.hex for one in (*clients, *enquiries))
    return scopes, frozenset(rows), frozenset(places)
