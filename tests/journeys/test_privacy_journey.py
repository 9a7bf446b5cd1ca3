"""A client full of one word: it is nowhere but in the vault."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.ui.crash import CrashReporter
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle

pytestmark = pytest.mark.journey

MARKER = "Zwoltrabbel"


def files_with_the_marker(folder: Path) -> list[Path]:
    found = [MARKER.encode(), MARKER.lower().encode(), MARKER.encode("utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(word in path.read_bytes() for word in found)]


def file_everything(desk: DeskWindow) -> None:
    desk.control(Qt.Key.Key_N)
    new = desk.window.clients.new
    desk.fill(
        new.form,
        first_name=MARKER,
        last_name=MARKER,
        known_as=MARKER,
        programme_key="connect-to-work",
    )
    desk.click(new.save_button)
    assert MARKER in desk.view.header.name.text()
    desk.control(Qt.Key.Key_R)
    desk.type(f"{MARKER} was here")
    desk.key(Qt.Key.Key_Tab)
    desk.type(MARKER)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: MARKER in desk.words(desk.view))
    desk.control(Qt.Key.Key_R)
    desk.type(f"{MARKER} is half written")
    desk.key(Qt.Key.Key_Escape)


def test_word_stays_in_the_vault(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    del caseload
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    desk = open_desk(vault)
    with caplog.at_level(logging.DEBUG):
        file_everything(desk)
        titles = [window.windowTitle() for window in QApplication.topLevelWidgets()]
        said = [f"{message.words} {message.advice}" for message in desk.said]
        desk.window.office.settings.sync()
        desk.lock()
    assert not [title for title in titles if MARKER in title]
    assert not [words for words in said if MARKER in words]
    assert MARKER not in caplog.text
    assert (tmp_path / "Furness.coachdesk").is_dir()
    assert files_with_the_marker(tmp_path) == []
    assert MARKER not in QApplication.clipboard().text()


def every_page(desk: DeskWindow) -> Iterator[str]:
    """Walk through the window with the client on the page, and say where."""
    for tab in ("timeline", "plan", "contacts", "work", "details"):
        desk.tab(tab)
        yield tab
    desk.key(Qt.Key.Key_F9)
    yield "privacy screen"
    desk.key(Qt.Key.Key_F9)
    desk.key(Qt.Key.Key_F8)
    yield "beside me"
    desk.key(Qt.Key.Key_F8)
    for place in desk.window.pages:
        desk.window.go(place)
        settle()
        yield place
    desk.control(Qt.Key.Key_K)
    desk.window.find_box.box.setText(MARKER)
    yield "find anybody"
    desk.window.find_box.hide()


def test_no_page_puts_the_word_into_a_title_a_setting_a_log_or_a_report(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del caseload
    desk = open_desk(vault)
    reporter = CrashReporter(tmp_path / "notes")
    titles: dict[str, list[str]] = {}
    report = ""
    with caplog.at_level(logging.DEBUG):
        file_everything(desk)
        client = desk.view.client_id
        for place in every_page(desk):
            windows = QApplication.topLevelWidgets() + QGuiApplication.topLevelWindows()
            titles[place] = [
                window.windowTitle() if isinstance(window, QWidget) else window.title() for window in windows
            ]
        try:
            _fail(MARKER)
        except KeyError as fault:
            report = reporter.report(type(fault), fault.__traceback__)
    settings = desk.window.office.settings
    assert len(titles) >= 12
    assert {place: said for place, said in titles.items() if any(MARKER in title for title in said)} == {}
    assert MARKER not in "\n".join(f"{key}={settings.value(key)}" for key in settings.allKeys())
    assert str(client) not in "\n".join(f"{key}={settings.value(key)}" for key in settings.allKeys())
    assert MARKER not in caplog.text
    assert "KeyError" in report
    assert MARKER not in report
    assert MARKER not in QGuiApplication.applicationDisplayName() + QApplication.applicationName()


def test_fault_is_told_without_the_word(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    reporter = CrashReporter(tmp_path)
    caught: list[str] = []
    reporter.caught.connect(caught.append)
    reporter.install()
    try:
        for _ in range(2):
            try:
                _fail(MARKER)
            except KeyError as fault:
                sys.excepthook(type(fault), fault, fault.__traceback__)
        settle()
    finally:
        reporter.give_back()
    assert len(caught) == 1
    assert "KeyError" in caught[0]
    assert "_fail" in caught[0]
    assert (tmp_path / "fault.txt").is_file()
    assert files_with_the_marker(tmp_path) == []
    for window in QApplication.topLevelWidgets():
        if window.windowTitle() == "CoachDesk made a mistake":
            window.close()
    settle()


def _fail(word: str) -> None:
    raise KeyError(word)
