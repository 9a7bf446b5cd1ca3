"""Contacts answer what was due, are corrected without losing the first words, and are listed newest first."""

from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.contacts import (
    ContactDefaults,
    OpenGoal,
    RecordContact,
    contact_start,
    last_contact_ways,
    list_contacts,
    record_contact,
)
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.standing import next_contacts
from coachdesk.casework.today import DueRef
from coachdesk.errors import Refusal
from coachdesk.models import Action, Client, Contact, Enrolment, Goal, Plan, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_client,
    a_contact,
    a_goal,
    a_plan,
    an_action,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def told(client: Client, **values: Any) -> RecordContact:
    return RecordContact(**{"client_id": client.id, "happened_on": days_ago(1), "channel": "phone", **values})


def test_a_day_agreed_without_a_step_stands_with_the_contact(desk_vault: OpenVault, client: Client) -> None:
    contact_id, label = do(desk_vault, record_contact, told(client, next_on=TODAY, note=" Well "))
    kept = found(desk_vault, Contact, contact_id)
    assert (kept.next_on, kept.note, kept.coach_id) == (TODAY, "Well", desk_vault.coach_id)
    assert label == "Recorded a contact with MO"


def next_contact(vault: OpenVault, client: Client) -> list[Any]:
    return ask(vault, lambda s, _: [(key_of(one), day) for one, day in next_contacts(s, [client.id])])


@pytest.mark.parametrize("channel", ["not_applicable", "not_asked"])
def test_a_quick_note_leaves_the_next_contact_as_agreed(
    desk_vault: OpenVault, client: Client, channel: str
) -> None:
    agreed, earlier = days_ago(-9), days_ago(-2)
    keep(
        desk_vault,
        a_contact(client, happened_on=days_ago(20), next_on=earlier),
        a_contact(client, happened_on=days_ago(5), next_on=agreed),
    )
    do(desk_vault, record_contact, told(client, channel=channel, note="Rang back"))
    assert next_contact(desk_vault, client) == [(client.id, agreed)]
    do(desk_vault, record_contact, told(client, channel=channel, next_step="Ring", next_on=TODAY))
    assert next_contact(desk_vault, client) == [(client.id, agreed)]
    old, _ = do(desk_vault, record_contact, told(client, channel=channel, happened_on=days_ago(10)))
    assert found(desk_vault, Contact, old).next_on == earlier
    do(desk_vault, record_contact, told(client, channel=channel, happened_on=TODAY, next_on=days_ago(-1)))
    assert next_contact(desk_vault, client) == [(client.id, days_ago(-1))]


@pytest.mark.parametrize("answers_what_was_due", [True, False])
def test_a_contact_takes_the_day_agreed_before_away(
    desk_vault: OpenVault, client: Client, *, answers_what_was_due: bool
) -> None:
    keep(desk_vault, a_contact(client, happened_on=days_ago(3), next_on=TODAY))
    due = DueRef("next_contact", client.id, TODAY)
    wish = told(client, channel="not_asked", due=due) if answers_what_was_due else told(client)
    assert next_contact(desk_vault, client) == [(client.id, TODAY)]
    do(desk_vault, record_contact, wish)
    assert next_contact(desk_vault, client) == []


def test_ticked_actions_are_done_but_never_those_of_somebody_else(
    desk_vault: OpenVault, client: Client
) -> None:
    other = a_client(first_name="Otto")
    mine, due, theirs, finished = (
        an_action(client),
        an_action(client),
        an_action(other),
        an_action(client, done_on=days_ago(30)),
    )
    keep(desk_vault, other, mine, due, theirs, finished)
    wish = told(
        client,
        done_actions=(mine.id, theirs.id, finished.id, new_id()),
        due=DueRef("action", due.id, TODAY),
    )
    do(desk_vault, record_contact, wish)
    days = [found(desk_vault, Action, one.id).done_on for one in (mine, due, theirs, finished)]
    assert days == [days_ago(1), days_ago(1), None, days_ago(30)]


def test_a_review_or_profile_that_was_due_is_done_by_the_contact(
    desk_vault: OpenVault, client: Client
) -> None:
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    enrolment = an_enrolment(client, programme, profile_started_on=None, started_on=TODAY)
    plan = a_plan(client, agreed_on=days_ago(40), next_review_on=days_ago(2))
    keep(desk_vault, enrolment, plan)
    for kind, record in (("review", plan), ("profile", enrolment)):
        missed = told(client, did_not_attend=True, due=DueRef(kind, record.id, TODAY))
        do(desk_vault, record_contact, missed)
        assert found(desk_vault, Plan, plan.id).next_review_on == (days_ago(2) if kind == "review" else None)
        assert found(desk_vault, Enrolment, enrolment.id).profile_started_on is None
        do(desk_vault, record_contact, told(client, due=DueRef(kind, record.id, TODAY)))
        do(desk_vault, record_contact, told(client, due=DueRef(kind, new_id(), TODAY)))
    assert found(desk_vault, Plan, plan.id).reviewed_on == days_ago(1)
    assert found(desk_vault, Enrolment, enrolment.id).profile_started_on == TODAY


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_a_contact_fits_into_a_day(desk_vault: OpenVault, client: Client, minutes: int) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, record_contact, told(client, minutes=minutes))
    assert set(refused.value.fields) == {"minutes"}


def test_who_is_gone_cannot_be_contacted(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="This client is not there"):
        do(desk_vault, record_contact, RecordContact(client_id=new_id(), happened_on=TODAY))


def test_the_last_way_of_meeting_is_offered_next_and_quick_notes_do_not_count(
    desk_vault: OpenVault, client: Client
) -> None:
    assert ask(desk_vault, last_contact_ways, client.id) == ContactDefaults(
        channel="phone", place="phone", minutes=None
    )
    keep(
        desk_vault,
        a_contact(client, channel="face_to_face", place="hub", minutes=45),
        a_contact(client, channel="not_asked", happened_on=TODAY),
    )
    assert ask(desk_vault, last_contact_ways, client.id) == ContactDefaults(
        channel="face_to_face", place="hub", minutes=45
    )


def test_contacts_are_listed_in_words_newest_first(desk_vault: OpenVault, client: Client) -> None:
    keep(
        desk_vault,
        a_contact(client, place="hub", coach_id=desk_vault.coach_id, happened_on=days_ago(9)),
        a_contact(client, channel="pigeon", place="hub", place_note="The park", did_not_attend=True),
    )
    rows = ask(desk_vault, list_contacts, ClientQuestion(client_id=client.id, today=TODAY))
    assert [(row.note_kind, row.is_private, row.goals) for row in rows] == [("fact", False, ())] * 2
    assert [(row.channel, row.place, row.coach, row.did_not_attend) for row in rows] == [
        ("pigeon", "The park", "", True),
        ("Phone", "Hub", PERSON, False),
    ]


def a_goal_of(vault: OpenVault, client: Client, **values: Any) -> Goal:
    plan = a_plan(client)
    goal = a_goal(plan, **values)
    keep(vault, plan, goal)
    return goal


def test_a_contact_offers_the_open_goals_of_the_plan(desk_vault: OpenVault, client: Client) -> None:
    assert ask(desk_vault, contact_start, client.id).goals == ()
    plan = a_plan(client, version=2)
    first = a_goal(plan, own_words="A job with animals")
    second = a_goal(plan, own_words="", coach_summary="Mornings", position=1)
    reached = a_goal(plan, achieved_on=days_ago(3))
    earlier = a_plan(client)
    keep(desk_vault, earlier, a_goal(earlier, own_words="Something older"), plan, second, first, reached)
    start = ask(desk_vault, contact_start, client.id)
    assert start.ways.channel == "phone"
    assert start.goals == (
        OpenGoal(id=first.id, words="A job with animals"),
        OpenGoal(id=second.id, words="Mornings"),
    )


def test_a_next_step_belongs_to_the_one_goal_the_contact_was_about(
    desk_vault: OpenVault, client: Client
) -> None:
    goal = a_goal_of(desk_vault, client)
    other = a_goal_of(desk_vault, client, own_words="More hours")
    one, _ = do(
        desk_vault,
        record_contact,
        told(client, goals=(goal.id,), next_step=" Ring the vet ", next_on=days_ago(-2)),
    )
    two, _ = do(desk_vault, record_contact, told(client, goals=(goal.id, other.id), next_step="Write"))
    none, _ = do(desk_vault, record_contact, told(client, next_step="Rest"))
    assert found(desk_vault, Contact, one).goals == [goal.id.hex]
    assert found(desk_vault, Contact, two).goals == [goal.id.hex, other.id.hex]
    rows = ask(desk_vault, list_contacts, ClientQuestion(client_id=client.id, today=TODAY))
    assert {row.id: row.goals for row in rows}[two] == ("A job with animals", "More hours")
    steps = ask(
        desk_vault,
        lambda s, _: {a.what: (a.contact_id, a.goal_id, a.due_on) for a in s.scalars(select(Action))},
    )
    assert steps == {
        "Ring the vet": (one, goal.id, days_ago(-2)),
        "Write": (two, None, None),
        "Rest": (none, None, None),
    }


def test_goals_of_somebody_else_and_kinds_of_notes_that_are_none_are_refused(
    desk_vault: OpenVault, client: Client
) -> None:
    other = a_client(first_name="Otto")
    keep(desk_vault, other)
    theirs = a_goal_of(desk_vault, other)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, record_contact, told(client, goals=(theirs.id,)))
    assert set(refused.value.fields) == {"goals"}
    with pytest.raises(Refusal) as refused:
        do(desk_vault, record_contact, told(client, note_kind="rumour"))
    assert set(refused.value.fields) == {"note_kind"}
