"""All ways to a job of a caseload by stage: whose they are, in order, and only of those the reader may see."""

from uuid import UUID

import pytest

from coachdesk.casework.application_board import ApplicationBoard, BoardQuestion, read_board
from coachdesk.casework.applications import MoveOn, SaveApplication, move_on, save_application
from coachdesk.casework.codes import RetireCode, retire_code
from coachdesk.models import Client, Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, a_coach, ask, days_ago, do, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    return client


def applied(vault: OpenVault, client: Client, stage: str, title: str, next_in: int | None = None) -> UUID:
    wish = SaveApplication(
        client_id=client.id, employer_name="Bay Bakery", title=title, found_on=days_ago(100),
        next_on=None if next_in is None else days_ago(-next_in),
    )  # fmt: skip
    application = do(vault, save_application, wish)[0]
    if stage != "lead":
        do(vault, move_on, MoveOn(application_id=application, stage=stage, on=TODAY))
    return application


def board(vault: OpenVault, *, everybody: bool = False) -> ApplicationBoard:
    return ask(vault, read_board, BoardQuestion(today=TODAY, everybody=everybody))


def shown(found: ApplicationBoard) -> dict[str, list[str]]:
    return {column.stage.title: [line.application.title for line in column.lines] for column in found.columns}


def test_each_stage_shows_who_is_there_the_next_due_first(desk_vault: OpenVault, maya: Client) -> None:
    applied(desk_vault, maya, "lead", "Some day")
    applied(desk_vault, maya, "lead", "Soon", 2)
    applied(desk_vault, maya, "accepted", "Got it")
    applied(desk_vault, maya, "withdrawn", "Too far")
    long_ago = applied(desk_vault, maya, "lead", "Long ago")
    over = MoveOn(application_id=long_ago, stage="not_taken", on=days_ago(90))
    do(desk_vault, move_on, over)
    found = board(desk_vault)
    assert shown(found) == {
        "Lead": ["Soon", "Some day"], "Applied": [], "Interview": [], "Offer": [], "Accepted": ["Got it"],
    }  # fmt: skip
    assert (found.count, found.ended, found.sees_everybody) == (3, 1, True)
    assert found.columns[0].lines[0].client == "Maya Okonkwo"


def test_a_stage_that_is_offered_no_more_stays_while_somebody_is_there(
    desk_vault: OpenVault, maya: Client
) -> None:
    applied(desk_vault, maya, "offer", "Baker")
    do(desk_vault, retire_code, RetireCode(list_name="application_stage", key="offer", on=TODAY))
    assert shown(board(desk_vault))["Offer"] == ["Baker"]


def test_only_the_readers_own_list(desk_vault: OpenVault, maya: Client) -> None:
    other = a_coach()
    theirs = a_client(coach_id=other.id)
    keep(desk_vault, other)
    keep(desk_vault, theirs)
    applied(desk_vault, maya, "lead", "Hers")
    applied(desk_vault, theirs, "lead", "Theirs")
    assert shown(board(desk_vault))["Lead"] == ["Hers"]
    assert shown(board(desk_vault, everybody=True))["Lead"] == ["Hers", "Theirs"]
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    assert shown(board(desk_vault, everybody=True))["Lead"] == ["Hers"]
    assert not board(desk_vault).sees_everybody
