"""A slip in a saved contact is put right: the first words stay in the history, and the rules hold as for a new one."""

from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.contact_corrections import (
    CorrectContact,
    correct_contact,
    newest_contact,
    read_contact,
)
from coachdesk.casework.contacts import OpenGoal, RecordContact, record_contact
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact, new_id
from coachdesk.terms import Kind, Ref
from coachdesk.vault.journal import history
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import ENTERED, a_client, a_contact, a_goal, a_plan, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def contact_id(desk_vault: OpenVault, client: Client) -> UUID:
    wish = RecordContact(
        client_id=client.id, happened_on=days_ago(1), channel="phone", minutes=20, note="Blue door"
    )
    return do(desk_vault, record_contact, wish)[0]


def corrected(vault: OpenVault, contact_id: UUID, **values: Any) -> str:
    return do(vault, correct_contact, CorrectContact(contact_id=contact_id, values=values))[1]


def test_a_correction_keeps_the_first_words_in_the_history(desk_vault: OpenVault, contact_id: UUID) -> None:
    label = corrected(desk_vault, contact_id, note=" Green door ")
    entries = ask(desk_vault, history, Ref(Kind.CONTACT, contact_id))
    assert found(desk_vault, Contact, contact_id).note == "Green door"
    assert "Blue door" in str(entries[0].before)
    assert label == "Corrected a contact with MO"


def test_every_field_can_be_put_right_and_taken_back(
    desk_vault: OpenVault, client: Client, contact_id: UUID
) -> None:
    plan = a_plan(client)
    goal = a_goal(plan)
    keep(desk_vault, plan, goal)
    values = {
        "happened_on": days_ago(3),
        "channel": "video",
        "place": "home",
        "minutes": None,
        "note_kind": "others",
        "did_not_attend": True,
        "is_private": True,
        "goals": (goal.id,),
        "next_on": TODAY,
        "with_whom": "Her sister",
    }
    corrected(desk_vault, contact_id, **values)
    written = ask(desk_vault, read_contact, contact_id)
    assert {name: getattr(written, name) for name in values} == values
    assert written.note == "Blue door"
    with unit_of_work(desk_vault) as work:
        step = last_unit(work.session, PERSON)
        assert step is not None
        undo(work.session, step.unit)
    assert ask(desk_vault, read_contact, contact_id).minutes == 20


def test_what_stays_as_it_was_is_no_change(desk_vault: OpenVault, contact_id: UUID) -> None:
    before = len(ask(desk_vault, history, Ref(Kind.CONTACT, contact_id)))
    corrected(desk_vault, contact_id, note="Blue door", minutes=20)
    assert len(ask(desk_vault, history, Ref(Kind.CONTACT, contact_id))) == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"happened_on": days_ago(-1)}, "happened_on"),
        ({"next_on": days_ago(2)}, "next_on"),
        ({"minutes": 1441}, "minutes"),
        ({"note_kind": "rumour"}, "note_kind"),
        ({"goals": (UUID(int=4),)}, "goals"),
    ],
)
def test_the_rules_of_a_contact_hold(
    desk_vault: OpenVault, contact_id: UUID, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        corrected(desk_vault, contact_id, **values)
    assert set(refused.value.fields) == {field}


def test_what_is_gone_or_no_part_of_it_is_not_corrected(
    desk_vault: OpenVault, client: Client, contact_id: UUID
) -> None:
    away = a_contact(client, archived_at=ENTERED)
    keep(desk_vault, away)
    for gone in (new_id(), away.id):
        with pytest.raises(Refusal, match="This contact is not there"):
            corrected(desk_vault, gone, note="Green")
        with pytest.raises(Refusal, match="This contact is not there"):
            ask(desk_vault, read_contact, gone)
    with pytest.raises(Refusal, match="not corrected here: client_id"):
        corrected(desk_vault, contact_id, client_id=new_id())


def test_goals_reached_since_are_still_shown_with_their_contact(
    desk_vault: OpenVault, client: Client
) -> None:
    plan = a_plan(client)
    reached, still_open = a_goal(plan, achieved_on=TODAY), a_goal(plan, own_words="More hours", position=1)
    about = a_contact(client, goals=[reached.id.hex, new_id().hex])
    keep(desk_vault, plan, reached, still_open, about)
    written = ask(desk_vault, read_contact, about.id)
    assert written.goals == (reached.id,)
    assert written.offered == (
        OpenGoal(id=still_open.id, words="More hours"),
        OpenGoal(id=reached.id, words="A job with animals"),
    )


def test_the_newest_is_the_one_written_last(desk_vault: OpenVault, client: Client) -> None:
    assert ask(desk_vault, newest_contact, client.id) is None
    back_dated = a_contact(client, happened_on=days_ago(90), entered_at=ENTERED.replace(hour=15))
    keep(desk_vault, a_contact(client, happened_on=TODAY), back_dated)
    newest = ask(desk_vault, newest_contact, client.id)
    assert newest is not None
    assert newest.id == back_dated.id
