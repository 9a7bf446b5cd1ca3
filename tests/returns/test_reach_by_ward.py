"""Where the people supported live, ward by ward as kept: told inside the vault and printed nowhere."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from coachdesk.models import Client
from coachdesk.returns.breakdowns import breakdowns
from coachdesk.returns.indicators.enrolled import reach
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def lives_in(world: World, name: str, ward: str, started: str = "07-01") -> None:
    client = world.session.get_one(Client, world.enrol(name, started).client_id)
    client.ward = ward
    world.session.flush()


def test_each_person_is_told_once_under_the_ward_as_kept_and_those_without_one_apart(world: World) -> None:
    for number in range(3):
        lives_in(world, f"By the sea {number}", "Harbour ")
    lives_in(world, "Up the hill", "Castle Hill")
    lives_in(world, "Nobody asked", "")
    lives_in(world, "After the period", "Harbour", "10-05")
    found = reach(world.session, world.scope())
    assert found.note == "By ward, inside the vault alone: Castle Hill 1, Harbour 3, not stated 1."
    assert "ward" not in {each.name for each in breakdowns(world.session, world.scope())}


def test_where_everybody_has_one_nobody_is_left_and_where_nobody_has_nothing_is_said(world: World) -> None:
    lives_in(world, "Nobody asked", "")
    assert reach(world.session, world.scope()).note == ""
    for client in world.session.scalars(select(Client)):
        client.ward = "Harbour"
    world.session.flush()
    assert reach(world.session, world.scope()).note == "By ward, inside the vault alone: Harbour 1."
