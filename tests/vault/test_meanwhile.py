"""Two forms on the same record: the second is told, and nothing that was typed is lost."""

import datetime as dt
from uuid import UUID

import pytest

from coachdesk.models import Client
from coachdesk.terms import Kind, Ref
from coachdesk.vault.journal import history, position
from coachdesk.vault.meanwhile import ChangedMeanwhile, check_nothing_meanwhile, where_it_stands
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, record_event, unit_of_work

DAY = dt.date(2026, 10, 5)


@pytest.fixture
def client_id(vault: OpenVault) -> UUID:
    with unit_of_work(vault, label="Added a client") as work:
        client = Client(first_name="Ann", last_name="Bell", town="Kendal", reference="A1")
        work.session.add(client)
    return client.id


def stands(vault: OpenVault) -> int:
    with reading(vault) as session:
        return where_it_stands(session, None)


def save(vault: OpenVault, client_id: UUID, *, since: int | None = None, **values: object) -> None:
    with unit_of_work(vault, label="Changed details") as work:
        client = work.session.get_one(Client, client_id)
        for name, value in values.items():
            setattr(client, name, value)
        if since is not None:
            check_nothing_meanwhile(work.session, since)


def town(vault: OpenVault, client_id: UUID) -> str:
    with reading(vault) as session:
        return session.get_one(Client, client_id).town


def test_fault_40_the_second_of_two_saves_is_told_and_both_texts_are_kept(
    vault: OpenVault, client_id: UUID
) -> None:
    opened = stands(vault)
    save(vault, client_id, since=opened, town="Ulverston")
    with pytest.raises(ChangedMeanwhile, match="Nothing you typed is lost") as told:
        save(vault, client_id, since=opened, town="Barrow")
    assert told.value.now == {"town": "Ulverston"}
    assert town(vault, client_id) == "Ulverston"
    save(vault, client_id, since=told.value.position, town="Barrow")
    assert town(vault, client_id) == "Barrow"
    with reading(vault) as session:
        said = [entry.after.get("town") for entry in history(session, Ref(Kind.CLIENT, client_id))]
        assert position(session) == stands(vault)
    assert [one for one in said if one] == ["Barrow", "Ulverston", "Kendal"]


def test_what_nobody_else_touched_is_saved_without_a_word(vault: OpenVault, client_id: UUID) -> None:
    opened = stands(vault)
    save(vault, client_id, since=opened, language="Polish")
    save(vault, client_id, since=opened, town="Barrow")
    with unit_of_work(vault) as work:
        record_event(work.session, "looked at", client_id.hex, Ref(Kind.CLIENT, client_id))
    save(vault, client_id, since=stands(vault), town="Dalton")
    assert town(vault, client_id) == "Dalton"


def test_a_new_record_is_nobody_elses(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Added a client") as work:
        client = Client(first_name="Bo", reference="B1")
        work.session.add(client)
        check_nothing_meanwhile(work.session, 0)
    assert town(vault, client.id) == ""


def test_one_that_is_gone_meanwhile_and_came_back_is_told(vault: OpenVault, client_id: UUID) -> None:
    opened = stands(vault)
    with unit_of_work(vault, label="Taken out") as work:
        work.session.delete(work.session.get_one(Client, client_id))
    with unit_of_work(vault, label="Put back") as work:
        work.session.add(Client(id=client_id, first_name="Ann", town="Askam", reference="A1"))
    with pytest.raises(ChangedMeanwhile) as told:
        save(vault, client_id, since=opened, town="Barrow")
    assert told.value.now["town"] == "Askam"
