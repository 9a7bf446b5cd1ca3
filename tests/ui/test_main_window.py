"""The window arranges: places, keys, messages, titles; and the practice world says what it is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.casework.clients import CaseloadFilter, list_clients
from coachdesk.clock import FixedClock
from coachdesk.errors import Trouble
from coachdesk.ui import practice_world
from coachdesk.ui.crash import CrashReporter
from coachdesk.ui.notice import Notice
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import PATIENCE, DeskWindow, settle
from tests.makers import ask


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    a_caseload(vault)
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_1, "today"),
        (Qt.Key.Key_2, "clients"),
        (Qt.Key.Key_3, "returns"),
        (Qt.Key.Key_4, "settings"),
    ],
)
def test_places_have_keys(desk: DeskWindow, key: Qt.Key, place: str) -> None:
    desk.window.go("import")
    desk.key(key, Qt.KeyboardModifier.AltModifier)
    assert desk.window.stack.currentWidget() is desk.window.pages[place]


def test_help_lists_every_key(desk: DeskWindow) -> None:
    desk.key(Qt.Key.Key_F1)
    notice = next(one for one in desk.window.findChildren(Notice))
    for action in desk.window.shortcuts.all:
        assert action.text() in notice.text.text()
    notice.close_button.click()


def test_trouble_stays_as_a_banner(desk: DeskWindow) -> None:
    desk.desk.troubled.emit(Trouble("The disk is full.", advice="Make room, then try again."))
    assert [banner.message.text() for banner in desk.window.banners.banners()] == ["The disk is full."]


def test_nothing_to_take_back_is_said(desk: DeskWindow) -> None:
    for _ in range(9):
        desk.window.undo.trigger()
    assert any("nothing to take back" in message.words for message in desk.said)


def test_toast_offers_undo(desk: DeskWindow) -> None:
    desk.window.new_client("Ola Nowak")
    desk.fill(desk.window.clients.new.form, programme_key="connect-to-work")
    desk.click(desk.window.clients.new.save_button)
    toast = desk.window.banners.toast()
    assert toast is not None
    desk.press("Undo", toast)
    assert "Ola Nowak" not in [item.title for item in desk.window.clients.pane.list.items()]


def test_title_names_the_vault_and_nobody_else(desk: DeskWindow) -> None:
    desk.open(desk.due()["Maya Okonkwo"].item.client_id)
    assert desk.window.windowTitle() == "Furness – CoachDesk"
    assert not desk.window.status.practice.isVisible()


def test_caseload_pane_filters_and_steps(desk: DeskWindow) -> None:
    desk.window.go("clients")
    pane = desk.window.clients.pane
    assert [item.title for item in pane.list.items()]
    pane.list.choose_first()
    first = desk.window.clients.client_id
    desk.control(Qt.Key.Key_Down)
    assert desk.window.clients.client_id != first
    desk.control(Qt.Key.Key_Up)
    assert desk.window.clients.client_id == first
    desk.click(pane.chips["in_work"])
    assert [item.title for item in pane.list.items()] == ["Maya Okonkwo"]
    desk.click(pane.chips["closed"])
    assert pane.empty.isVisible()


def test_practice_world_is_made_once_and_says_what_it_is(
    qtbot: QtBot, theme: Theme, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice_world, "_CLIENTS", 6)
    folder = tmp_path / practice_world.NAME
    parent = QObject()
    world = practice_world.PracticeWorld(parent)
    heard: list[float] = []
    faults: list[Exception] = []
    world.progressed.connect(lambda share, _words: heard.append(share))
    counts = []
    for _ in range(2):
        with (
            ThreadPoolExecutor(1) as executor,
            qtbot.waitSignal(world.opened, timeout=3 * PATIENCE) as opened,
        ):
            world.start(executor, folder, clock, faults.append)
        (vault,) = opened.args
        assert isinstance(vault, OpenVault)
        desk = DeskWindow(vault, qtbot, theme, tmp_path)
        assert desk.window.windowTitle() == "Practice world – CoachDesk"
        assert desk.window.status.practice.isVisible()
        rows = [
            ask(vault, list_clients, CaseloadFilter(working=one, today=clock.today()))
            for one in ("open", "closed")
        ]
        counts.append(sum(map(len, rows)))
        desk.close()
    assert counts == [6, 6]
    assert heard
    assert faults == []


def test_each_fault_is_told_once_and_threads_report_too(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    reporter = CrashReporter(tmp_path / "notes")
    told: list[str] = []
    reporter.caught.connect(told.append)
    for _ in range(2):
        reporter._hook(ValueError, ValueError("a name"), None)
    reporter._hook(TypeError, TypeError("a name"), None)
    assert len(told) == 2
    assert not any("a name" in report for report in told)
    settle()
    assert (tmp_path / "notes" / "fault.txt").read_text(encoding="utf-8") == told[-1] + "\n"
    for notice in QApplication.topLevelWidgets():
        if isinstance(notice, Notice):
            notice.close()
    settle()
    reporter.deleteLater()
    settle()
