"""The newest contact of every client is read from an index alone: the question behind Today and every list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from coachdesk.casework.standing import next_contacts, standings
from coachdesk.models import Client
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.vault_fixtures import TODAY

Asked = list[tuple[str, Any]]


@contextmanager
def asked_of(connection: Connection) -> Iterator[Asked]:
    asked: Asked = []

    def keep(*told: Any) -> None:
        asked.append((told[2], told[3]))

    event.listen(connection, "before_cursor_execute", keep)
    yield asked
    event.remove(connection, "before_cursor_execute", keep)


def next_days(session: Session) -> object:
    return list(next_contacts(session, select(Client.id)))


def every_standing(session: Session) -> object:
    return standings(session, TODAY)


@pytest.mark.parametrize("question", [next_days, every_standing])
def test_the_newest_contact_is_read_from_the_index_alone(
    desk_vault: OpenVault, question: Callable[[Session], object]
) -> None:
    with reading(desk_vault) as session:
        connection = session.connection()
        with asked_of(connection) as asked:
            question(session)
        (statement, given) = next(one for one in asked if "FROM contact" in one[0])
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
    of_contacts = [step.detail for step in steps if "contact" in step.detail]
    assert of_contacts
    assert all("USING COVERING INDEX ix_contact_client_date" in one for one in of_contacts), of_contacts
