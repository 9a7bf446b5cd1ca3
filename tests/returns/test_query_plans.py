"""The return never reads the tables that grow by the hundred thousand, also after SQLite counted the rows."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from coachdesk.clock import FixedClock
from coachdesk.models import Programme
from coachdesk.returns.breakdowns import breakdowns
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.lines import counts
from coachdesk.returns.periods import Period
from coachdesk.returns.rules import rules_of
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, a_contact, an_enrolment, furnished, keep, programme_id

FIRST, LAST = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


@contextmanager
def heard(connection: Connection) -> Iterator[list[tuple[str, Any]]]:
    """Give every statement that is asked meanwhile."""
    asked: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        asked.append((statement, given))

    event.listen(connection, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def ask_everything(session: Session) -> None:
    programme = session.scalars(select(Programme).where(Programme.key == "connect-to-work")).one()
    scope = Scope(
        programme_id=programme.id,
        period=Period(FIRST, LAST),
        as_at=LAST,
        rules=rules_of(programme.definition),
    )
    counts(session, scope, read_catalogue(), 5)
    breakdowns(session, scope)


@pytest.mark.parametrize("analysed", [False, True])
def test_fault_68_no_question_of_the_return_reads_the_notes(
    vault: OpenVault,
    clock: FixedClock,
    analysed: bool,  # noqa: FBT001 - what is tried
) -> None:
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    for _ in range(40):
        client = a_client()
        keep(vault, client, an_enrolment(client, programme), *(a_contact(client) for _ in range(8)))
    if analysed:
        vault.checkpoint()
        connection = connected(vault.data_file, vault.keys.sub("db"))
        connection.execute("ANALYZE")
        connection.close()
        vault._reader.dispose()
    with reading(vault) as session:
        connection_ = session.connection()
        with heard(connection_) as asked:
            ask_everything(session)
        steps = [
            step.detail
            for statement, given in asked
            for step in connection_.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    assert len(asked) > 10
    assert any("enrolment" in step for step in steps)
    assert [step for step in steps if {"journal_entry", "draft"} & set(step.split())] == []
    # the minutes of the period's contacts, found by client and day, and nothing else of them
    contacts = {step.partition(" (")[0] for step in steps if "contact" in step.split()}
    assert contacts == {"SEARCH contact USING INDEX ix_contact_client_date"}
    assert not any("contact.note" in statement for statement, _ in asked)
