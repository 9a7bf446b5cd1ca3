"""After a change only whom it concerns is read again, and the lists are as if everybody had been."""

import random
from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from coachdesk.casework import caseload_changes, caseload_reading
from coachdesk.casework.caseload_changes import clients_changed, newest_change
from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.models import Action, Client, Coach, Contact, Cover, Enrolment, Job, Pause, Plan
from coachdesk.models.base import Record
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import record_event, unit_of_work
from tests.casework.test_caseload_compared import somebody
from tests.makers import (
    ENTERED,
    a_client,
    a_coach,
    a_contact,
    an_action,
    an_employer,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

PEOPLE = 20
MOVED: tuple[type[Record], ...] = (Action, Contact, Enrolment, Job, Plan, Pause)
ALL = ListQuestion(today=TODAY, list="all", words="o")


@pytest.fixture
def mixed(desk_vault: OpenVault) -> OpenVault:
    chance = random.Random(5)  # noqa: S311  invented people, not keys
    programme = ask(desk_vault, lambda session, _: programme_id(session))
    employer = an_employer()
    people = (one for _ in range(PEOPLE) for one in somebody(chance, desk_vault, programme, employer))
    keep(desk_vault, employer, *people)
    return desk_vault


def told(session: Session, _: None) -> list[Any]:
    """Return everything the lists say: each line with its lists, the counts, who is found by a word."""
    found = read_list(session, ALL)
    read = caseload_reading.snapshot(session, TODAY)
    everybody = sorted((facts, lists, facts.id in read.known.fading) for facts, lists in read.everybody)
    return [everybody, found.counts, sorted(row.id for row in found.rows)]


def same_as_anew(vault: OpenVault) -> list[Any]:
    """Return what the lists say after a change, once a whole reading has said the same."""
    kept = ask(vault, told)
    caseload_reading.forget()
    assert ask(vault, told) == kept
    return kept


def some_change(chance: random.Random, session: Session) -> None:
    """Change, move, put away or add one record of one client."""
    clients = session.scalars(select(Client).order_by(Client.id)).all()
    client = chance.choice(clients)
    of = chance.choice(MOVED)
    records = session.scalars(select(of).order_by(of.id)).all()
    what = chance.randrange(5)
    if what == 0:
        client.last_name, client.died_on = chance.choice(("Okoro", "Ash")), chance.choice((None, TODAY))
    elif what == 1:
        client.archived_at = None if client.archived_at else ENTERED
    elif what == 2:
        session.add_all([a_contact(client, happened_on=TODAY), an_action(client, due_on=days_ago(2))])
    elif records and what == 3:
        chance.choice(records).client_id = client.id  # type: ignore[attr-defined]  # every record that moves has it
    elif records:
        chance.choice(records).archived_at = ENTERED


@pytest.mark.parametrize("seed", range(3))
def test_after_any_change_the_lists_are_as_if_all_were_read_again(mixed: OpenVault, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  invented people, not keys
    seen = [same_as_anew(mixed)]
    for _ in range(14):
        with unit_of_work(mixed, label="A change") as work:
            some_change(chance, work.session)
        seen.append(same_as_anew(mixed))
    assert sum(one != other for one, other in pairwise(seen)) > 5, "nothing much changed"


def test_what_was_taken_back_stands_as_before(mixed: OpenVault) -> None:
    before = same_as_anew(mixed)
    with unit_of_work(mixed, label="A merge") as work:
        keep_it, other = work.session.scalars(select(Client).where(Client.archived_at.is_(None)).limit(2))
        for contact in work.session.scalars(select(Contact).where(Contact.client_id == other.id)):
            contact.client_id = keep_it.id
        other.archived_at = ENTERED
    assert same_as_anew(mixed) != before
    step = ask(mixed, lambda session, _: last_unit(session, mixed.person))
    assert step is not None
    do(mixed, undo, step.id)
    assert same_as_anew(mixed) == before


def test_who_was_erased_is_on_no_list(mixed: OpenVault) -> None:
    client = ask(mixed, told)[2][0]
    do(mixed, erase_client, EraseClient(client_id=client, reason="Asked for it"))
    assert client not in same_as_anew(mixed)[2]


def test_a_new_client_is_on_the_lists_at_once(mixed: OpenVault) -> None:
    ask(mixed, told)
    newcomer = a_client(last_name="Osei", reference="NEW-1")
    keep(mixed, newcomer)
    assert newcomer.id in same_as_anew(mixed)[2]


def read_statements(vault: OpenVault, question: ListQuestion) -> list[str]:
    """Return the statements that reading a list asked the file."""
    asked: list[str] = []

    def heard(session: Session, _: None) -> None:
        def said(*told: Any) -> None:
            asked.append(str(told[2]))

        engine = session.connection().engine
        event.listen(engine, "before_cursor_execute", said)
        read_list(session, question)
        event.remove(engine, "before_cursor_execute", said)

    ask(vault, heard)
    return asked


def test_only_whom_it_concerns_is_read_again(mixed: OpenVault) -> None:
    def since(session: Session, _: None) -> tuple[int, Iterable[UUID] | None]:
        return newest_change(session), clients_changed(session, place)

    ask(mixed, told)
    place = ask(mixed, since_nothing)
    client = ask(mixed, lambda session, _: session.scalars(select(Client).limit(1)).one())
    keep(mixed, a_contact(client, happened_on=TODAY))
    assert ask(mixed, since)[1] == {client.id}
    asked = read_statements(mixed, ALL)
    (lines,) = (one for one in asked if "client_search" in one)
    assert "client.id IN" in lines
    assert not [one for one in read_statements(mixed, ALL) if "client_search" in one], "nothing has changed"


def since_nothing(session: Session, _: None) -> int:
    return newest_change(session)


def test_that_a_record_was_opened_changes_nobodys_line(mixed: OpenVault) -> None:
    place = ask(mixed, since_nothing)
    with unit_of_work(mixed, label="Looked") as work:
        record_event(work.session, "read", "team")
    assert ask(mixed, clients_changed, place) == frozenset()


def test_what_stands_behind_every_line_is_read_again_for_everybody(mixed: OpenVault) -> None:
    place = ask(mixed, since_nothing)
    with unit_of_work(mixed, label="Another name", by_program=True) as work:
        work.session.scalars(select(Coach).limit(1)).one().name = "Amina Bello"
    assert ask(mixed, clients_changed, place) is None


def test_many_changes_are_read_as_a_whole(mixed: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    place = ask(mixed, since_nothing)
    keep(mixed, *(a_client(reference=f"M-{number}") for number in range(4)))
    assert len(ask(mixed, clients_changed, place) or ()) == 4
    monkeypatch.setattr(caseload_changes, "FEW", 3)
    assert ask(mixed, clients_changed, place) is None


def test_another_day_is_read_anew(mixed: OpenVault) -> None:
    ask(mixed, told)
    tomorrow = days_ago(-1)
    read = ask(mixed, lambda session, _: caseload_reading.snapshot(session, tomorrow))
    assert read.known.today == tomorrow


def test_a_colleagues_clients_come_onto_the_lists_with_the_cover(mixed: OpenVault) -> None:
    colleague = a_coach(name="Iqra Malik")
    theirs = a_client(last_name="Orr", coach_id=colleague.id)
    keep(mixed, colleague, theirs)
    assert "away" not in ask(mixed, told)[0][0][1]
    keep(
        mixed,
        Cover(away_id=colleague.id, covered_by_id=mixed.coach_id, from_on=days_ago(1), to_on=TODAY),
    )
    assert [lists for facts, lists, _ in same_as_anew(mixed)[0] if "away" in lists]
