"""Ctrl+K over the directory of services: found by name, sort or area, and shown with Enter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.casework.services import SaveService, put_service_away, save_service
from coachdesk.ui.find_anybody import FindBox
from coachdesk.ui.services.page import ServicesPage
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import do


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    for name, area in (("Debt Line Furness", "Barrow"), ("Zebra Café", "Ulverston")):
        do(vault, save_service, SaveService(name=name, area=area))
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()


def offered(desk: DeskWindow, typed: str) -> list[tuple[str, str]]:
    box: FindBox = desk.window.find_box
    desk.control(Qt.Key.Key_K)
    desk.type(typed)
    desk.until(lambda: box._asked == typed)
    settle()
    return [(item.title, item.detail) for item in box.groups["services"].list.items()]


def test_a_service_is_found_by_name_and_by_area_and_shown(desk: DeskWindow) -> None:
    assert offered(desk, "debt") == [("Debt Line Furness", "Barrow")]
    desk.key(Qt.Key.Key_Escape)
    assert offered(desk, "ulverston") == [("Zebra Café", "Ulverston")]
    desk.key(Qt.Key.Key_Return)
    shown = page(desk.window.pages["services"], ServicesPage)
    assert desk.window.stack.currentWidget() is shown
    chosen = shown.table.current_row()
    assert chosen is not None
    assert chosen.name == "Zebra Café"
    assert "Zebra Café" in desk.words(shown.card)


def test_a_change_of_the_directory_is_read_again(desk: DeskWindow) -> None:
    assert offered(desk, "zebra") == [("Zebra Café", "Ulverston")]
    names = desk.window.service_names
    zebra = next(one for one in names.rows if one.name == "Zebra Café")
    desk.key(Qt.Key.Key_Escape)
    desk.desk.do(put_service_away, zebra.id)
    assert offered(desk, "zebra") == []
