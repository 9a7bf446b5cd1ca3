"""The timeline shows what happened, newest first, at a cost that does not grow with what there is."""

import pytest
from sqlalchemy import event

from coachdesk.casework.due_words import ago_words, due_words
from coachdesk.casework.timeline import TimelineQuestion, read_timeline
from coachdesk.models import Client
from coachdesk.terms import Kind
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    a_client,
    a_contact,
    a_job,
    a_plan,
    a_reading,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def lived(vault: OpenVault, client: Client) -> None:
    programme, employer = ask(vault, lambda s, _: programme_id(s)), an_employer()
    keep(
        vault,
        employer,
        an_enrolment(client, programme, started_on=days_ago(90), exit_on=days_ago(1), exit_reason="health"),
        an_enrolment(client, programme, started_on=None, exit_on=days_ago(100)),
        a_plan(client, agreed_on=days_ago(80)),
        a_plan(client, version=2),
        an_action(client, done_on=days_ago(70), outcome="Sent"),
        an_action(client),
        a_job(
            client,
            employer,
            title="Baker",
            started_on=days_ago(60),
            ended_on=days_ago(20),
            end_reason="redundancy",
        ),
        a_job(client, employer, started_on=days_ago(10), ended_on=days_ago(9)),
        a_job(client, employer, started_on=days_ago(5)),
        a_reading(client, taken_on=days_ago(4), point="review"),
        a_reading(client, taken_on=days_ago(3)),
        a_contact(client, happened_on=days_ago(2), minutes=20, note="Came by"),
        a_contact(client, happened_on=TODAY, channel="not_asked", did_not_attend=True),
    )


def test_everything_that_happened_stands_newest_first(desk_vault: OpenVault, client: Client) -> None:
    lived(desk_vault, client)
    items = ask(desk_vault, read_timeline, TimelineQuestion(client_id=client.id))
    assert [(item.title, item.text or item.tag) for item in items] == [
        ("Note", "Could not make it"),
        ("Support ended on Connect to Work", "Health"),
        ("Phone · 20 min", "Came by"),
        ("Wellbeing questions answered", ""),
        ("Wellbeing questions answered", "Review"),
        ("Started work: Bay Bakery", ""),
        ("Left work: Bay Bakery", ""),
        ("Started work: Bay Bakery", ""),
        ("Left work: Baker at Bay Bakery", "Redundancy"),
        ("Started work: Baker at Bay Bakery", ""),
        ("Done: Write a CV", "Sent"),
        ("Plan agreed, version 1", ""),
        ("Started on Connect to Work", ""),
        ("Support ended on Connect to Work", ""),
    ]
    assert {item.kind for item in items} == {
        Kind.CONTACT, Kind.ACTION, Kind.PLAN, Kind.JOB, Kind.READING, Kind.ENROLMENT
    }  # fmt: skip


def test_only_as_many_as_asked_for_are_shown(desk_vault: OpenVault, client: Client) -> None:
    lived(desk_vault, client)
    items = ask(desk_vault, read_timeline, TimelineQuestion(client_id=client.id, limit=2))
    assert [item.title for item in items] == ["Note", "Support ended on Connect to Work"]


def test_a_longer_life_takes_no_more_questions(desk_vault: OpenVault, client: Client) -> None:
    asked: list[str] = []
    counts = []
    for _ in range(3):
        lived(desk_vault, client)
        asked.clear()
        with reading(desk_vault) as session:
            connection = session.connection()
            event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
            assert read_timeline(session, TimelineQuestion(client_id=client.id))
        counts.append(len([one for one in asked if one.startswith("SELECT")]))
    assert len(set(counts)) == 1
    assert counts[0] <= 12


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(-2, "2 days late"), (-1, "1 day late"), (0, "Today"), (1, "Tomorrow"), (4, "Fri 9 Oct")],
)
def test_a_day_that_is_due_is_said_as_people_say_it(ahead: int, words: str) -> None:
    assert due_words(days_ago(-ahead), TODAY) == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (-1, "6 Oct 2026"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (60, "60 days ago"),
        (61, "5 Aug 2026"),
    ],
)
def test_a_day_gone_by_is_said_as_people_say_it(ago: int, words: str) -> None:
    assert ago_words(days_ago(ago), TODAY) == words


def test_no_day_needs_no_words() -> None:
    assert (due_words(None, TODAY), ago_words(None, TODAY)) == ("", "")


def test_questions_answered_at_one_sitting_are_one_thing_that_happened(
    desk_vault: OpenVault, client: Client
) -> None:
    programme = ask(desk_vault, lambda session, _: programme_id(session))
    keep(
        desk_vault,
        a_reading(client, instrument="work_ability", taken_on=TODAY),
        a_reading(client, instrument="confidence", taken_on=TODAY),
        an_enrolment(client, programme, started_on=None),
    )
    items = ask(desk_vault, read_timeline, TimelineQuestion(client_id=client.id))
    assert [(item.kind, item.title) for item in items] == [(Kind.READING, "Questions from 0 to 10 answered")]
