"""A client with a plan for every test that asks for one."""

import pytest

from coachdesk.vault.opened import OpenVault
from tests.papers.planned import Planned, a_planned_client


@pytest.fixture
def planned(vault: OpenVault) -> Planned:
    return a_planned_client(vault)
