"""Places of the window: made when wanted, prepared one by one when Today is on the screen, each only once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from coachdesk.ui import places
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import PATIENCE, DeskWindow

OTHERS = (
    "enquiries", "clients", "vacancies", "employers", "groups", "services", "week", "team", "returns", "settings", "import",
    "duplicates", "drafts", "rights",
)  # fmt: skip


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PAUSE_MILLISECONDS", 3_600_000)


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    a_caseload(vault)
    opened = DeskWindow(vault, qtbot, theme, tmp_path, every_page=True)
    yield opened
    opened.close()


@pytest.mark.usefixtures("unhurried")
def test_only_the_first_page_is_made_before_the_window_is_there(desk: DeskWindow) -> None:
    assert list(desk.window.pages) == ["today", *OTHERS]
    assert desk.window.pages.missing() == OTHERS
    desk.window.go("returns")
    assert desk.window.stack.currentWidget() is desk.window.pages["returns"]
    assert desk.window.pages.missing() == tuple(key for key in OTHERS if key != "returns")


def test_a_page_is_made_once(desk: DeskWindow) -> None:
    assert desk.window.clients is desk.window.pages["clients"]
    assert desk.window.settings is desk.window.pages["settings"]
    pages = list(desk.window.pages.values())
    assert pages == list(desk.window.pages.values())
    assert all(desk.window.stack.indexOf(page) >= 0 for page in pages)
    assert desk.window.stack.count() == len(pages)


def test_the_others_are_made_while_nobody_waits_and_no_window_of_its_own_is_opened(
    desk: DeskWindow, qtbot: QtBot
) -> None:
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: not desk.window.pages.missing(), timeout=PATIENCE)
    assert desk.window.isActiveWindow()
    assert desk.window.stack.currentWidget() is desk.window.today
    desk.window.preparation.start()
    assert desk.window.stack.count() == len(desk.window.pages)


@pytest.mark.usefixtures("unhurried")
def test_a_window_that_goes_makes_no_more_pages(desk: DeskWindow) -> None:
    timer = desk.window.preparation.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    desk.window.lock_wanted.emit()
    assert not timer.isActive()
    assert desk.window.pages.missing()
