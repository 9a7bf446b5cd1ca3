"""A piece that is shown before it has a place is a window of its own for a moment: it flashes and takes the keyboard."""

from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.main_window import MainWindow
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow, settle


class Shown(QObject):
    """Keeps which windows were shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


def test_nothing_but_the_window_itself_is_ever_a_window(
    vault: OpenVault, qapp: QApplication, qtbot: Any, theme: Any, tmp_path: Any
) -> None:
    caseload: Caseload = a_caseload(vault)
    shown = Shown()
    qapp.installEventFilter(shown)
    desk = DeskWindow(vault, qtbot, theme, tmp_path)
    try:
        for place in desk.window.pages:
            desk.window.go(place)
            settle()
        desk.open(caseload.late)
        for name in TABS:
            desk.tab(name)
            settle()
    finally:
        qapp.removeEventFilter(shown)
        desk.close()
    assert [one for one in shown.windows if not one.startswith(MainWindow.__name__)] == []
