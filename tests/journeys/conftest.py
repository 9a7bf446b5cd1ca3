"""A window for every journey, closed afterwards whatever became of the journey."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Executors
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow
from tests.vault_fixtures import Template

Opener = Callable[..., DeskWindow]
Unlocker = Callable[[], DeskWindow]


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
def unlock_again(
    open_desk: Opener, vault_template: Template, vault_folder: Path, clock: FixedClock
) -> Unlocker:
    """Open the vault once more with a window, after it was locked or the program ended."""

    def unlock() -> DeskWindow:
        return open_desk(vault_template.opened(vault_folder, clock))

    return unlock


@pytest.fixture
def desk(vault: OpenVault, caseload: Caseload, open_desk: Opener) -> DeskWindow:
    del caseload
    return open_desk(vault)
