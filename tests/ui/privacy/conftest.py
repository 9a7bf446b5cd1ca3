"""A window over a small caseload, closed afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow


@pytest.fixture
def people(vault: OpenVault) -> Caseload:
    return a_caseload(vault)


@pytest.fixture
def desk(
    vault: OpenVault, people: Caseload, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    del people
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.until(opened.window.isActiveWindow)
    yield opened
    opened.close()
