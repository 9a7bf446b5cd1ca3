"""A window for every journey, closed afterwards whatever became of the journey."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.desk.counter import Executors
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow

Opener = Callable[..., DeskWindow]


@pytest.fixture
def caseload(vault: OpenVault) -> Caseload:
    return a_caseload(vault)


@pytest.fixture
def open_desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Opener]:
    opened: list[DeskWindow] = []

    def open_(vault: OpenVault, executors: Executors | None = None) -> DeskWindow:
        opened.append(DeskWindow(vault, qtbot, theme, tmp_path, executors))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def desk(vault: OpenVault, caseload: Caseload, open_desk: Opener) -> DeskWindow:
    del caseload
    return open_desk(vault)
