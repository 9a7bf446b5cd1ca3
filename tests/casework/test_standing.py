"""Where clients stand: the newest contact of each is read from an index alone, and one client is asked about with few questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.standing import Standing, next_contacts, standing_of, standings
from coachdesk.models import Client, Record
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    a_client,
    a_contact,
    a_job,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

MOST_QUESTIONS = 11
"""Behind a client's head, whoever it is; each costs more to put into SQL than to answer."""

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


def lives(vault: OpenVault, clients: list[Client]) -> list[Record]:
    """Return one client never enrolled, one in work with much that is due, one whose support ended, and one of two programmes."""
    programme, employer = ask(vault, lambda s, _: programme_id(s)), an_employer()
    asks, works, ended, twice = clients
    return [
        employer,
        an_action(asks, due_on=days_ago(-3)),
        an_action(asks, due_on=days_ago(5), done_on=days_ago(4)),
        an_enrolment(works, programme, started_on=days_ago(200)),
        a_job(works, employer, started_on=days_ago(40)),
        a_job(works, employer, started_on=days_ago(90), ended_on=days_ago(60)),
        a_contact(works, happened_on=days_ago(9), next_on=days_ago(-5)),
        a_contact(works, happened_on=days_ago(9), next_on=None),
        a_contact(works, happened_on=days_ago(1), next_on=days_ago(-1), archived_at=vault.clock.now()),
        an_action(works, due_on=days_ago(-2)),
        an_action(works, due_on=days_ago(2), archived_at=vault.clock.now()),
        an_enrolment(ended, programme, started_on=days_ago(200), exit_on=days_ago(3)),
        an_action(ended, due_on=days_ago(-2)),
        a_contact(ended, happened_on=days_ago(9), next_on=days_ago(-5)),
        an_enrolment(twice, programme, started_on=days_ago(300)),
        an_enrolment(twice, programme, stage="profiling"),
        a_job(twice, employer, started_on=days_ago(-4)),
    ]


def test_one_client_stands_where_all_of_them_together_do(desk_vault: OpenVault) -> None:
    clients = [a_client(reference=f"REF-{place}") for place in range(4)]
    keep(desk_vault, *clients)
    keep(desk_vault, *lives(desk_vault, clients))
    with reading(desk_vault) as session:
        ids = [client.id for client in clients]
        together = standings(session, TODAY, ids)
        alone = {one: standing_of(session, TODAY, one) for one in ids}
    asks, works, ended, twice = (alone[one] for one in ids)
    assert alone == {one: together.get(one, Standing()) for one in ids}
    assert asks.dues == [days_ago(-3)]
    assert works.dues == [days_ago(-2), days_ago(-5)]
    assert (works.job_started_on, works.last_contact_on) == (days_ago(40), days_ago(9))
    assert (ended.is_open, ended.dues, ended.last_contact_on) == (False, [], None)
    assert len(twice.going_on) == len(ids) // 2
    assert twice.job_started_on is None


def test_a_head_is_read_with_few_questions_and_none_twice(desk_vault: OpenVault) -> None:
    client = a_client()
    keep(desk_vault, client)
    keep(desk_vault, an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s))))
    with reading(desk_vault) as session, asked_of(session.connection()) as asked:
        read_client(session, ClientQuestion(client_id=client.id, today=TODAY))
    assert len(asked) <= MOST_QUESTIONS
    assert len({(statement, str(given)) for statement, given in asked}) == len(asked)
