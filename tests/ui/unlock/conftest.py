"""A window that asks for the passphrase, its answers, and the vaults it opened, closed afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.inline import InlineExecutor
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.opened import OpenVault
from tests.vault_fixtures import TODAY

Opened = list[OpenVault]


@pytest.fixture
def opened() -> Iterator[Opened]:
    found: Opened = []
    yield found
    for vault in found:
        vault.close()


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, dialogs: ScriptedDialogs, opened: Opened
) -> UnlockWindow:
    assert theme is not None
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = UnlockWindow(InlineExecutor(), dialogs, FixedClock.on(TODAY), KnownVaults(settings, tmp_path))
    made.opened.connect(opened.append)
    qtbot.addWidget(made)
    made.show()
    return made
