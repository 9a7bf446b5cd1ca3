"""A window over a team: Ruth at the desk and Iqra, with clients fading, paused, and with nothing agreed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow
from tests.ui.team.team_world import TeamWorld, a_team_world


@pytest.fixture
def world(vault: OpenVault) -> TeamWorld:
    return a_team_world(vault)


@pytest.fixture
def desk(
    world: TeamWorld, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    del world
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()
