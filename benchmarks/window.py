"""The main window over a vault, as the program makes it, and the moment when Today can be read."""

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from coachdesk.desk.counter import Desk, Executors
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import QtDialogs
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.ui.today.page import TodayPage
from coachdesk.vault.opened import OpenVault

LONGEST_WAIT = 60.0


class Arrival(QObject):
    """Notices when Today has its rows and has then been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.has_rows = False
        self.is_painted = False
        show = TodayPage._show  # noqa: SLF001  the moment is not announced otherwise

        def shown(page: TodayPage, rows: object) -> None:
            show(page, rows)  # type: ignore[arg-type]  # passed on as it came
            self.has_rows = True
            page.update()

        TodayPage._show = shown  # type: ignore[method-assign]  # noqa: SLF001  as above

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.has_rows and event.type() == QEvent.Type.Paint:
            self.is_painted = True
        return False

    def wait(self, app: QApplication) -> None:
        """Turn the event loop until Today has been painted with its rows."""
        started = time.perf_counter()
        while not self.is_painted:
            app.processEvents()
            assert time.perf_counter() - started < LONGEST_WAIT, "Today never came"


def main_window(app: QApplication, vault: OpenVault, arrival: Arrival, folder: Path) -> MainWindow:
    """Return the window over an open vault, shown, with Today on its way."""
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    theme = Theme(app)
    theme.apply(app, "light")
    desk = Desk(vault, Executors.threads(), app)
    window = MainWindow(Office(desk, QtDialogs(), Messages(desk), theme, settings, CodeBook(desk, desk)))
    window.pages["today"].installEventFilter(arrival)
    window.show()
    return window
