"""What is done with lists: kept under a name, clients handed over together, cards moved from stage to stage."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from coachdesk.casework.board import NO_STAGE, Board, MoveCard, enrolment_of, move_card, read_board
from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.codes import RetireCode, retire_code
from coachdesk.casework.reassigning import ReassignClients, reassign_clients
from coachdesk.casework.saved_lists import SavedListRow, SaveList, list_saved, remove_list, save_list
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.casework.test_own_lists import Team
from tests.makers import a_client, a_coach, an_enrolment, ask, days_ago, do, found, keep, programme_id
from tests.vault_fixtures import TODAY

QUESTION = ListQuestion(
    today=TODAY,
    list="quiet",
    whose="mine",
    words="kendal",
    only=(("town", "Kendal"),),
    columns=("name", "town"),
    order="town",
    descending=True,
)


def saved(vault: OpenVault, today: dt.date = TODAY) -> tuple[SavedListRow, ...]:
    rows: tuple[SavedListRow, ...] = ask(vault, list_saved, today)
    return rows


def programme(vault: OpenVault) -> UUID:
    key: UUID = ask(vault, lambda session, _: programme_id(session))
    return key


def take_back(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        step = last_unit(work.session, vault.person)
        assert step is not None
        undo(work.session, step.unit)


def test_a_list_is_kept_with_all_it_asks_for(desk_vault: OpenVault) -> None:
    list_id, label = do(desk_vault, save_list, SaveList(title="  Kendal,  quiet ", question=QUESTION))
    assert label == "Saved the list “Kendal, quiet”"
    tomorrow = TODAY + dt.timedelta(days=1)
    (row,) = saved(desk_vault, tomorrow)
    assert (row.id, row.title, row.is_everybodys) == (list_id, "Kendal, quiet", False)
    assert row.question == ListQuestion(
        today=tomorrow, list="quiet", whose="mine", words="kendal", only=(("town", "Kendal"),),
        columns=("name", "town"), order="town", descending=True,
    )  # fmt: skip
    do(
        desk_vault,
        save_list,
        SaveList(
            title="Kendal, quiet", question=ListQuestion(today=TODAY), for_everybody=True, list_id=list_id
        ),
    )
    (row,) = saved(desk_vault)
    assert (row.is_everybodys, row.question) == (True, ListQuestion(today=TODAY))
    _, label = do(desk_vault, remove_list, list_id)
    assert label == "Removed the list “Kendal, quiet”"
    assert saved(desk_vault) == ()
    take_back(desk_vault)
    assert [row.title for row in saved(desk_vault)] == ["Kendal, quiet"]


@pytest.mark.parametrize("title", ["", "   ", "x" * 61])
def test_a_list_needs_a_name(desk_vault: OpenVault, title: str) -> None:
    with pytest.raises(Refusal, match="Give the list a name") as refused:
        do(desk_vault, save_list, SaveList(title=title, question=QUESTION))
    assert set(refused.value.fields) == {"title"}


def test_names_are_taken_once_and_ones_own_lists_are_ones_own(desk_vault: OpenVault) -> None:
    colleague = a_coach(name="Iqra Malik")
    keep(desk_vault, colleague)
    me = desk_vault.coach_id
    hers, _ = do(desk_vault, save_list, SaveList(title="Quiet", question=QUESTION))
    with pytest.raises(Refusal, match="of that name already"):
        do(desk_vault, save_list, SaveList(title="QUIET", question=QUESTION, for_everybody=True))
    desk_vault.coach_id = colleague.id
    assert saved(desk_vault) == ()
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, remove_list, hers)
    do(desk_vault, save_list, SaveList(title="Quiet", question=QUESTION))
    do(desk_vault, save_list, SaveList(title="All of us", question=QUESTION, for_everybody=True))
    desk_vault.coach_id = me
    assert [row.title for row in saved(desk_vault)] == ["All of us", "Quiet"]
    do(desk_vault, remove_list, hers)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, remove_list, hers)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, remove_list, uuid4())


def test_clients_are_handed_over_together_and_taken_back_as_one(desk_vault: OpenVault) -> None:
    colleague = a_coach(name="Iqra Malik")
    me, theirs = desk_vault.coach_id, programme(desk_vault)
    one, two, three = (a_client(coach_id=coach) for coach in (me, None, colleague.id))
    keep(desk_vault, colleague, one, two, three)
    going_on, shared, ended = (
        an_enrolment(one, theirs, coach_id=me),
        an_enrolment(two, theirs, coach_id=me),
        an_enrolment(one, theirs, coach_id=me, exit_on=TODAY),
    )
    keep(desk_vault, going_on, shared, ended)
    wish = ReassignClients(client_ids=(one.id, two.id, three.id, one.id), coach_id=colleague.id)
    moved, label = do(desk_vault, reassign_clients, wish)
    assert (moved, label) == (2, "Gave 2 clients to Iqra Malik")
    with_whom = [found(desk_vault, Client, client.id).coach_id for client in (one, two, three)]
    assert with_whom == [colleague.id] * 3
    enrolled = [found(desk_vault, Enrolment, it.id).coach_id for it in (going_on, shared, ended)]
    assert enrolled == [colleague.id, me, me]
    take_back(desk_vault)
    assert [found(desk_vault, Client, client.id).coach_id for client in (one, two)] == [me, None]
    assert found(desk_vault, Enrolment, going_on.id).coach_id == me


def test_one_client_is_one_client(desk_vault: OpenVault) -> None:
    client = a_client()
    keep(desk_vault, client)
    assert desk_vault.coach_id is not None
    _, label = do(
        desk_vault, reassign_clients, ReassignClients(client_ids=(client.id,), coach_id=desk_vault.coach_id)
    )
    assert label.startswith("Gave 1 client to ")


def test_who_cannot_be_handed_over_is_refused(desk_vault: OpenVault) -> None:
    left = a_coach(name="Gone", ended_on=TODAY)
    archived = a_coach(name="Archived", archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    client = a_client()
    keep(desk_vault, left, archived, client)
    me: Any = desk_vault.coach_id
    refusals = (
        ((client.id,), uuid4(), "not known"),
        ((client.id,), archived.id, "not known"),
        ((client.id,), left.id, "Gone has left the team"),
        ((), me, "Tick the clients"),
        ((client.id, uuid4()), me, "not there any more"),
    )
    for clients, coach, sentence in refusals:
        with pytest.raises(Refusal, match=sentence):
            do(desk_vault, reassign_clients, ReassignClients(client_ids=clients, coach_id=coach))
    assert found(desk_vault, Client, client.id).coach_id is None
    leaving = found(desk_vault, Coach, left.id)
    assert leaving.ended_on == TODAY


def test_a_coach_hands_over_her_own_and_nobody_elses(desk_vault: OpenVault) -> None:
    team = Team(desk_vault)
    with pytest.raises(ReasonNeeded):
        do(
            desk_vault,
            reassign_clients,
            ReassignClients(client_ids=(team.own.id, team.others.id), coach_id=team.colleague),
        )
    assert found(desk_vault, Client, team.own.id).coach_id == team.me
    do(desk_vault, reassign_clients, ReassignClients(client_ids=(team.own.id,), coach_id=team.colleague))
    assert found(desk_vault, Client, team.own.id).coach_id == team.colleague


def board(vault: OpenVault) -> Board:
    read: Board = ask(vault, read_board, ListQuestion(today=TODAY))
    return read


def shown(vault: OpenVault) -> dict[str, list[str]]:
    return {column.title: [row.name for row in column.rows] for column in board(vault).columns}


@pytest.fixture
def staged(desk_vault: OpenVault) -> OpenVault:
    theirs = programme(desk_vault)
    people = [
        a_client(first_name=name, last_name="") for name in ("New", "Seen", "Odd", "Left", "Loose", "Shy")
    ]
    new, seen, odd, left, _, shy = people
    keep(desk_vault, *people)
    keep(
        desk_vault,
        an_enrolment(new, theirs),
        an_enrolment(seen, theirs, stage="profiling"),
        an_enrolment(odd, theirs, stage="of_old"),
        an_enrolment(left, theirs, stage="profiling", exit_on=days_ago(1)),
        an_enrolment(shy, theirs, stage="not_known"),
    )
    return desk_vault


def test_the_board_shows_everybody_whose_support_goes_on(staged: OpenVault) -> None:
    columns = shown(staged)
    assert list(columns)[:3] == ["No stage yet", "Getting to know each other", "Vocational profile"]
    assert columns["No stage yet"] == ["New", "Shy"]
    assert columns["Vocational profile"] == ["Seen"]
    assert columns["of_old"] == ["Odd"]
    assert sum(map(len, columns.values())) == 4
    rows = ask(staged, read_list, ListQuestion(today=TODAY)).rows
    assert sum(row.facts.enrolment is not None for row in rows) == 4


def test_a_retired_stage_has_a_column_while_somebody_is_in_it(staged: OpenVault) -> None:
    for key in ("profiling", "engagement"):
        do(staged, retire_code, RetireCode(list_name="stage", key=key, on=TODAY))
    columns = shown(staged)
    assert columns["Vocational profile"] == ["Seen"]
    assert "Getting to know each other" not in columns


def test_a_card_moves_and_is_taken_back(staged: OpenVault) -> None:
    (card,) = (row for row in board(staged).columns[0].rows if row.name == "New")
    _, label = do(staged, move_card, MoveCard(enrolment_id=enrolment_of(card), stage="profiling"))
    assert label == "Moved N to “Vocational profile”"
    assert shown(staged)["Vocational profile"] == ["New", "Seen"]
    _, label = do(staged, move_card, MoveCard(enrolment_id=enrolment_of(card), stage=NO_STAGE))
    assert label == "Took N out of every stage"
    take_back(staged)
    assert shown(staged)["Vocational profile"] == ["New", "Seen"]


def test_cards_that_cannot_move_say_why(staged: OpenVault) -> None:
    (card,) = (row for row in board(staged).columns[0].rows if row.name == "New")
    gone = ask(staged, read_list, ListQuestion(today=TODAY, list="closed")).rows[0]
    ended = ask(staged, lambda session, _: session.query(Enrolment).filter_by(client_id=gone.id).one().id)
    refusals = (
        (uuid4(), "profiling", "not there any more"),
        (ended, "profiling", "Support has ended"),
        (enrolment_of(card), "of_old", "not in use"),
    )
    for enrolment, stage, sentence in refusals:
        with pytest.raises(Refusal, match=sentence):
            do(staged, move_card, MoveCard(enrolment_id=enrolment, stage=stage))
