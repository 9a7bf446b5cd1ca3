"""A register becomes one session, a place for everybody on it and a contact for whoever came, in one act."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.groups import (
    Register,
    RegisteredPerson,
    RegisterLine,
    SaveGroupSession,
    list_group_sessions,
    new_register,
    put_group_session_away,
    read_register,
    save_group_session,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Contact, GroupPlace, GroupSession, new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, a_coach, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def two(desk_vault: OpenVault) -> tuple[Client, Client]:
    maya = a_client(coach_id=desk_vault.coach_id)
    otto = a_client(first_name="Otto", last_name="Berg", coach_id=desk_vault.coach_id)
    keep(desk_vault, maya, otto)
    return maya, otto


def saved(vault: OpenVault, *people: RegisteredPerson, **values: Any) -> UUID:
    given = {"title": "CVs that say who you are", "happened_on": days_ago(1), "minutes": 90, "place": "hub"}
    return do(vault, save_group_session, SaveGroupSession(**{**given, "people": people, **values}))[0]


def here(client: Client, *, attended: bool = True) -> RegisteredPerson:
    return RegisteredPerson(client_id=client.id, attended=attended)


def contacts(vault: OpenVault) -> dict[UUID, Contact]:
    def read(session: Any, _: object) -> dict[UUID, Contact]:
        query = select(Contact).where(Contact.archived_at.is_(None))
        return {one.client_id: one for one in session.scalars(query)}

    return ask(vault, read)


def take_back(vault: OpenVault) -> str:
    with unit_of_work(vault) as work:
        step = last_unit(work.session, PERSON)
        assert step is not None
        undo(work.session, step.unit)
    return step.label


def test_whoever_came_has_a_contact_and_whoever_did_not_has_none(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    maya, otto = two
    session_id = saved(desk_vault, here(maya), here(otto, attended=False), note="Brought examples")
    (contact,) = contacts(desk_vault).values()
    assert (contact.client_id, contact.channel, contact.minutes, contact.place, contact.coach_id) == (
        maya.id,
        "group",
        90,
        "hub",
        desk_vault.coach_id,
    )
    assert contact.note == "CVs that say who you are\nBrought examples"
    assert contact.happened_on == days_ago(1)
    (row,) = ask(desk_vault, list_group_sessions)
    assert (row.id, row.came, row.registered, row.place, row.coach) == (session_id, 1, 2, "Hub", PERSON)
    register = ask(desk_vault, read_register, session_id)
    assert register.lines == (
        RegisterLine(client_id=maya.id, name="Maya Okonkwo", attended=True),
        RegisterLine(client_id=otto.id, name="Otto Berg", attended=False),
    )
    assert register.hidden == 0


def test_the_whole_register_is_one_act_to_take_back(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    saved(desk_vault, *map(here, two), RegisteredPerson(new_name="Ada  Lovelace"))
    assert take_back(desk_vault) == "Registered a group session: CVs that say who you are"
    assert contacts(desk_vault) == {}
    assert ask(desk_vault, list_group_sessions) == ()
    names = ask(desk_vault, lambda s, _: set(s.scalars(select(Client.first_name))))
    assert names == {"Maya", "Otto"}


def test_new_people_become_clients_by_name_alone(desk_vault: OpenVault) -> None:
    new = [RegisteredPerson(new_name=name) for name in ("Ada Lovelace", "Cher", "Anna Maria de Silva")]
    saved(desk_vault, *new)
    rows = ask(
        desk_vault,
        lambda s, _: [
            (one.first_name, one.last_name, one.reference, one.coach_id)
            for one in s.scalars(select(Client).order_by(Client.reference))
        ],
    )
    me = desk_vault.coach_id
    assert rows == [
        ("Ada", "Lovelace", "C-0001", me),
        ("Cher", "", "C-0002", me),
        ("Anna Maria de", "Silva", "C-0003", me),
    ]
    assert len(contacts(desk_vault)) == 3


def test_the_next_session_begins_as_the_last_one_was(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    empty = ask(desk_vault, new_register)
    assert empty == Register(id=None, title="", happened_on=TODAY, minutes=None, place="not_asked", note="")
    saved(desk_vault, here(two[0]))
    saved(desk_vault, here(two[0]), title="Older", happened_on=days_ago(30))
    other = a_coach()
    keep(desk_vault, other, GroupSession(title="A colleague's", happened_on=TODAY, coach_id=other.id))
    begun = ask(desk_vault, new_register)
    assert (begun.title, begun.minutes, begun.place, begun.happened_on) == (
        "CVs that say who you are",
        90,
        "hub",
        TODAY,
    )


def test_a_correction_takes_the_contacts_along_and_leaves_notes_of_their_own(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    maya, otto = two
    session_id = saved(desk_vault, here(maya), here(otto))
    with unit_of_work(desk_vault) as work:
        work.session.get_one(Contact, contacts(desk_vault)[otto.id].id).note = "He led the exercise"
    saved(desk_vault, here(maya), here(otto), id=session_id, title="Letters", happened_on=TODAY, minutes=None)
    kept = contacts(desk_vault)
    assert (kept[maya.id].note, kept[maya.id].happened_on, kept[maya.id].minutes) == ("Letters", TODAY, None)
    assert (kept[otto.id].note, kept[otto.id].happened_on) == ("He led the exercise", TODAY)
    assert take_back(desk_vault) == "Corrected a group session: Letters"
    assert contacts(desk_vault)[maya.id].note == "CVs that say who you are"


def test_somebody_taken_off_or_not_there_after_all_loses_the_contact_and_gets_it_back(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    maya, otto = two
    session_id = saved(desk_vault, here(maya), here(otto))
    first = contacts(desk_vault)
    saved(desk_vault, here(otto, attended=False), id=session_id)
    assert contacts(desk_vault) == {}
    register = ask(desk_vault, read_register, session_id)
    assert [(line.client_id, line.attended) for line in register.lines] == [(otto.id, False)]
    saved(desk_vault, here(maya), here(otto), id=session_id)
    again = contacts(desk_vault)
    assert {one: again[one].id for one in again} == {one: first[one].id for one in first}
    places = ask(desk_vault, lambda s, _: len(list(s.scalars(select(GroupPlace)))))
    assert places == 2


def test_a_register_can_be_emptied_only_when_it_is_corrected(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    session_id = saved(desk_vault, here(two[0], attended=False), here(two[1]))
    saved(desk_vault, id=session_id)
    (row,) = ask(desk_vault, list_group_sessions)
    assert (row.came, row.registered) == (0, 0)


def test_a_session_is_put_away_with_its_contacts(desk_vault: OpenVault, two: tuple[Client, Client]) -> None:
    session_id = saved(desk_vault, here(two[0]), here(two[1], attended=False))
    do(desk_vault, put_group_session_away, session_id)
    assert ask(desk_vault, list_group_sessions) == ()
    assert contacts(desk_vault) == {}
    for act in (read_register, put_group_session_away):
        with pytest.raises(Refusal, match="not there any more"):
            do(desk_vault, act, session_id)
    with pytest.raises(Refusal, match="not there any more"):
        saved(desk_vault, here(two[0]), id=session_id)
    take_back(desk_vault)
    assert len(contacts(desk_vault)) == 1


def test_clients_of_colleagues_stay_on_a_register_unseen(
    desk_vault: OpenVault, two: tuple[Client, Client]
) -> None:
    maya, _ = two
    colleague = a_coach()
    theirs = a_client(first_name="Vera", coach_id=colleague.id)
    keep(desk_vault, colleague, theirs)
    session_id = saved(desk_vault, here(maya), here(theirs))
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    register = ask(desk_vault, read_register, session_id)
    assert [line.name for line in register.lines] == ["Maya Okonkwo"]
    assert register.hidden == 1
    saved(desk_vault, id=session_id)
    assert list(contacts(desk_vault)) == [theirs.id]
    with pytest.raises(Refusal, match="colleagues"):
        saved(desk_vault, here(theirs))


def test_a_trustee_sees_no_register(desk_vault: OpenVault, two: tuple[Client, Client]) -> None:
    session_id = saved(desk_vault, here(two[0]))
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.TRUSTEE
    assert ask(desk_vault, list_group_sessions) == ()
    with pytest.raises(Refusal, match="trustee"):
        ask(desk_vault, read_register, session_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"happened_on": days_ago(-1)}, "happened_on"),
        ({"minutes": 1441}, "minutes"),
        ({"people": ()}, "people"),
        ({"people": (RegisteredPerson(new_name=" "),)}, "people"),
        ({"people": (RegisteredPerson(client_id=new_id()),)}, "people"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk_vault: OpenVault, two: tuple[Client, Client], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        saved(desk_vault, here(two[0]), **values)
    assert set(refused.value.fields) == {field}


def test_twice_on_the_register_is_once_there(desk_vault: OpenVault, two: tuple[Client, Client]) -> None:
    session_id = saved(desk_vault, here(two[0]), here(two[0], attended=False))
    assert len(ask(desk_vault, read_register, session_id).lines) == 1
    assert found(desk_vault, GroupSession, session_id).coach_id == desk_vault.coach_id
