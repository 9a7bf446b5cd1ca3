"""The main window comes back where it was left, and never lies partly outside a small screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.window_place import keep_place, show_in_place


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


@pytest.mark.parametrize(
    ("room", "is_all_over"),
    [((1366, 728), True), ((1366, 1000), True), ((1920, 800), True), ((1920, 1040), False)],
)
def test_on_a_small_screen_the_window_is_all_over_it(
    settings: QSettings, window: QWidget, room: tuple[int, int], *, is_all_over: bool
) -> None:
    show_in_place(window, settings, QSize(*room))
    assert window.isVisible()
    assert window.isMaximized() == is_all_over


def test_a_window_comes_back_where_it_was_left(settings: QSettings, window: QWidget, qtbot: QtBot) -> None:
    window.setGeometry(30, 40, 500, 400)
    keep_place(window, settings)
    settings.sync()
    again = QWidget()
    qtbot.addWidget(again)
    show_in_place(again, QSettings(settings.fileName(), QSettings.Format.IniFormat), QSize(1, 1))
    assert again.isVisible()
    assert again.size() == window.size()
    assert not again.isMaximized()


def test_what_cannot_be_read_is_passed_over(settings: QSettings, window: QWidget) -> None:
    settings.setValue("window/place", "nonsense")
    show_in_place(window, settings, QSize(1366, 768))
    assert window.isMaximized()
