"""Deleting is putting away: out of the lists, with its way back, by whoever may change the record."""

from uuid import UUID

import pytest

from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import PUT_AWAY, CaseloadFilter, ClientQuestion, list_clients
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.putting_away import (
    ArchiveClient,
    BringBackClient,
    archive_client,
    bring_back_client,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import actor, unit_of_work
from tests.makers import a_client, a_coach, ask, do, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def ada(desk_vault: OpenVault) -> UUID:
    client = a_client(first_name="Ada", last_name="Ash", coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    return client.id


def listed(vault: OpenVault, working: str) -> list[UUID]:
    rows = ask(vault, list_clients, CaseloadFilter(today=TODAY, working=working))
    return [row.id for row in rows if row.last_name == "Ash"]


def is_away(vault: OpenVault, client: UUID) -> bool:
    head = ask(vault, read_client, ClientQuestion(client_id=client, today=TODAY))
    return bool(head.is_put_away)


def test_put_away_and_brought_back(desk_vault: OpenVault, ada: UUID) -> None:
    assert (listed(desk_vault, "open"), listed(desk_vault, PUT_AWAY), is_away(desk_vault, ada)) == (
        [ada], [], False,
    )  # fmt: skip
    _, label = do(desk_vault, archive_client, ArchiveClient(client_id=ada, reason=" Registered twice "))
    assert label == "Put away AA"
    assert (listed(desk_vault, "open"), listed(desk_vault, "all"), listed(desk_vault, PUT_AWAY)) == (
        [], [], [ada],
    )  # fmt: skip
    assert is_away(desk_vault, ada)
    (newest, *_) = ask(desk_vault, read_history, HistoryQuestion(client_id=ada))
    assert (newest.label, newest.reason) == ("Put away AA", "Registered twice")
    _, label = do(desk_vault, bring_back_client, BringBackClient(client_id=ada))
    assert label == "Brought back AA"
    assert (listed(desk_vault, "open"), listed(desk_vault, PUT_AWAY)) == ([ada], [])


def test_putting_away_is_undone_like_anything_else(desk_vault: OpenVault, ada: UUID) -> None:
    do(desk_vault, archive_client, ArchiveClient(client_id=ada))
    with unit_of_work(desk_vault) as work:
        step = last_unit(work.session, actor(work.session))
        assert step is not None
        undo(work.session, step.id)
    assert listed(desk_vault, "open") == [ada]


def test_what_is_refused(desk_vault: OpenVault, ada: UUID) -> None:
    with pytest.raises(Refusal, match="not put away"):
        do(desk_vault, bring_back_client, BringBackClient(client_id=ada))
    do(desk_vault, archive_client, ArchiveClient(client_id=ada))
    with pytest.raises(Refusal, match="put away already"):
        do(desk_vault, archive_client, ArchiveClient(client_id=ada))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, archive_client, ArchiveClient(client_id=UUID(int=7)))
    do(desk_vault, erase_client, EraseClient(client_id=ada, reason="Asked for it"))
    with pytest.raises(Refusal, match="has been erased"):
        do(desk_vault, bring_back_client, BringBackClient(client_id=ada))
    head = ask(desk_vault, read_client, ClientQuestion(client_id=ada, today=TODAY))
    assert head.is_erased


def test_a_coach_puts_away_her_own_clients_only(desk_vault: OpenVault, ada: UUID) -> None:
    colleague = a_coach(name="Iqra Malik")
    other = a_client(coach_id=colleague.id)
    keep(desk_vault, colleague, other)
    assert desk_vault.coach_id is not None
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="clients of colleagues"):
        do(desk_vault, archive_client, ArchiveClient(client_id=other.id))
    do(desk_vault, archive_client, ArchiveClient(client_id=ada))
    assert listed(desk_vault, PUT_AWAY) == [ada]
