"""Many records by one statement leave the same rows and the same journal as a flush of each."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact, JournalEntry, Record, new_id
from coachdesk.models.base import LINE
from coachdesk.terms import Kind, Ref
from coachdesk.vault.journal import history, last_unit, undo, verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import chronicle_of, reading, unit_of_work

DAY = dt.date(2026, 10, 5)
AT = dt.datetime(2026, 10, 5, 9, 30, tzinfo=dt.UTC)
TOLD: dict[str, Any] = {"happened_on": DAY, "minutes": None, "note": "Rang\0 \u2028 “back”", "entered_at": AT}


@pytest.fixture
def client_id(vault: OpenVault) -> UUID:
    client = Client(first_name="Ann", last_name="Bell", reference="A1")
    with unit_of_work(vault, label="Added a client") as work:
        work.session.add(client)
    return client.id


def insert_many(vault: OpenVault, *rows: dict[str, Any]) -> None:
    with unit_of_work(vault, label="Brought in") as work:
        chronicle_of(work.session).insert_many(work.session, Contact, rows)


def columns_of(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__table__.columns.keys() if name != "id"}  # noqa: SIM118  a table's columns are no dict


def test_rows_and_journal_are_those_of_a_flush(vault: OpenVault, client_id: UUID) -> None:
    one, two = new_id(), new_id()
    with unit_of_work(vault) as work:
        work.session.add(Contact(id=one, client_id=client_id, **TOLD))
    insert_many(vault, {"id": two, "client_id": client_id, **TOLD})
    with reading(vault) as session:
        flushed, inserted = session.get_one(Contact, one), session.get_one(Contact, two)
        assert columns_of(flushed) == columns_of(inserted)
        first, second = (
            session.scalars(select(JournalEntry).where(JournalEntry.row_id == row_id)).one()
            for row_id in (one, two)
        )
        assert second.after == first.after
        assert (second.scope, second.field_group, second.operation, second.entity) == (
            *(first.scope, first.field_group, first.operation, first.entity),
        )
        assert history(session, Ref(Kind.CONTACT, two))[0].label == "Brought in"
        assert verify_chain(session) is None


def test_they_are_told_and_can_be_taken_back(vault: OpenVault, client_id: UUID) -> None:
    ids = [new_id() for _ in range(3)]
    insert_many(vault, *({"id": one, "client_id": client_id, **TOLD} for one in ids))
    with unit_of_work(vault) as work:
        step = last_unit(work.session, "Ruth Ellison")
        assert step is not None
        undo(work.session, step.unit)
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == 0
        assert verify_chain(session) is None


def test_a_text_too_long_is_refused_and_nothing_written(vault: OpenVault, client_id: UUID) -> None:
    row = {"id": new_id(), "client_id": client_id, **TOLD, "with_whom": "x" * (LINE + 1)}
    with pytest.raises(Refusal, match="too long"):
        insert_many(vault, row)
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == 0


def test_no_rows_are_no_action(vault: OpenVault) -> None:
    with reading(vault) as session:
        before = session.scalar(select(func.max(JournalEntry.position)))
    insert_many(vault)
    with reading(vault) as session:
        assert session.scalar(select(func.max(JournalEntry.position))) == before
