"""Whoever unlocks does not wait for what nobody sees at first: it is made when it is wanted, and once."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.ui.equality.page import AlonePage
from coachdesk.ui.find_anybody import FindBox
from coachdesk.ui.privacy.beside import BesidePage
from coachdesk.ui.privacy.cover import Cover
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import DeskWindow

SEEN_LATER = (FindBox, Cover, BesidePage, AlonePage)


def made(desk: DeskWindow) -> list[str]:
    return [kind.__name__ for kind in SEEN_LATER for _ in desk.window.findChildren(kind)]


def modes(desk: DeskWindow) -> tuple[bool, bool, bool]:
    return desk.window.privacy.is_on, desk.window.beside.is_on, desk.window.alone.is_on


def test_a_window_begins_with_what_is_seen(
    vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    caseload = a_caseload(vault)
    desk = DeskWindow(vault, qtbot, theme, tmp_path)
    desk.window.put_find_box_away()  # nothing to put away is no reason to make one
    assert modes(desk) == (False, False, False)
    assert made(desk) == []

    desk.control(Qt.Key.Key_K)
    assert desk.window.find_box.isVisible()
    desk.window.put_find_box_away()
    assert made(desk) == ["FindBox"]

    for wanted in (True, False, True, False):
        desk.key(Qt.Key.Key_F9)
        assert modes(desk) == (wanted, False, False)
    assert made(desk) == ["FindBox", "Cover"]

    desk.open(caseload.today)
    for wanted in (True, False, True, False):
        desk.key(Qt.Key.Key_F8)
        assert modes(desk) == (False, wanted, False)
    assert made(desk) == ["FindBox", "Cover", "BesidePage"]
    desk.close()
