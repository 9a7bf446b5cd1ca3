"""A window with the data rights page open, over a vault full of requests or an empty one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.ui.rights.page import RightsPage
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, page
from tests.ui.rights.rights_world import RightsWorld, a_rights_world


@pytest.fixture
def world(vault: OpenVault) -> RightsWorld:
    return a_rights_world(vault)


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def rights(world: RightsWorld, desk: DeskWindow) -> RightsPage:
    del world
    desk.window.go("rights")
    return page(desk.window.pages["rights"], RightsPage)
