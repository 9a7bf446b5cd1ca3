"""Draw every screen of the real program into docs/screens, over the practice world, without a display.

``python -m tools.screens [FOLDER]``. The pictures are looked at by people; no test compares them.
"""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.clock import Clock, SystemClock
from coachdesk.desk.counter import Desk, Executors
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import QtDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.practice_world import open_or_make
from coachdesk.ui.theme import Scheme, Theme
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

ROOT = Path(__file__).resolve().parents[1]
SETTLED_SECONDS = 0.6


class Album:
    """Settles a window and keeps its picture."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        folder.mkdir(parents=True, exist_ok=True)

    def settle(self) -> None:
        """Turn the event loop until answers under way have been shown."""
        until = time.monotonic() + SETTLED_SECONDS
        while time.monotonic() < until:
            self._app.processEvents()

    def keep(self, window: QWidget, name: str) -> None:
        """Save a window's picture, small: few colours are enough for a screen."""
        self.settle()
        picture = window.grab().toImage()
        path = self._folder / f"{name}.png"
        picture.convertToFormat(picture.Format.Format_Indexed8).save(str(path), "PNG")
        print(path)


def unlock(album: Album, clock: Clock, folder: Path, settings: QSettings) -> None:
    """Draw the first window of a first run."""
    with ThreadPoolExecutor(1) as executor:
        window = UnlockWindow(executor, QtDialogs(), clock, KnownVaults(settings, folder))
        window.show()
        album.keep(window, "welcome")
        window.close()
        album.settle()


def pages(album: Album, app: QApplication, vault: OpenVault, theme: Theme, settings: QSettings) -> None:
    """Draw every place of the rail, a client's page and the box that finds anybody, in both schemes."""
    desk = Desk(vault, Executors.threads(), app)
    office = Office(desk, QtDialogs(), Messages(desk), theme, settings, CodeBook(desk, desk))
    window = MainWindow(office)
    window.show()
    schemes: tuple[tuple[Scheme, str], ...] = (("light", ""), ("dark", "-dark"))
    for scheme, suffix in schemes:
        theme.apply(app, scheme)
        for key in window.pages:
            window.go(key)
            album.keep(window, f"{key}{suffix}")
    theme.apply(app, "light")
    window.go_find()
    window.find.box.setText("ma")
    album.keep(window.find, "find")
    window.find.close()
    window.close()
    album.settle()


def main(folder: Path) -> int:
    """Draw everything and return 0."""
    app = QApplication(sys.argv[:1])
    album = Album(app, folder)
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        settings = QSettings(str(place / "settings.ini"), QSettings.Format.IniFormat)
        theme = Theme(app)
        theme.apply(app, "light")
        unlock(album, clock, place, settings)
        vault = open_or_make(place / "Practice world.coachdesk", clock, Watch.silent())
        pages(album, app, vault, theme, settings)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "screens"))
