"""The composition root of the window: who is made, in which order, and how locking comes full circle."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea

from coachdesk.clock import SystemClock
from coachdesk.ui.crash import CrashReporter
from coachdesk.ui.dialogs import Dialogs, QtDialogs
from coachdesk.ui.garbage import Garbage
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.look_settings import apply_kept_look
from coachdesk.ui.theme import STYLE_ARGUMENTS, STYLED, Theme
from coachdesk.ui.unlock.behind import BehindWindow
from coachdesk.ui.unlock.window import UnlockWindow

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow
    from coachdesk.ui.places_window import Place
    from coachdesk.ui.privacy.watch import Watch


def run(arguments: Sequence[str]) -> int:
    """Show the unlock window and run until the last window is closed; return the exit status."""
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    app = QApplication([sys.argv[0], *STYLE_ARGUMENTS])
    app.setProperty(STYLED, True)
    app.setApplicationName("CoachDesk")
    app.setOrganizationName("CoachDesk")
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "CoachDesk", "CoachDesk")
    wanted = next((Path(one) for one in arguments if not one.startswith("-")), None)
    programme = Program(app, settings, QtDialogs(), wanted)
    programme.start()
    status = app.exec()
    programme.finish()
    return int(status)


class Program(QObject):
    """Goes round: unlock window, main window, lock, unlock window."""

    def __init__(
        self, app: QApplication, settings: QSettings, dialogs: Dialogs, wanted: Path | None = None
    ) -> None:
        super().__init__(app)
        self._app, self._settings, self._dialogs = app, settings, dialogs
        self._clock = SystemClock()
        self.theme = Theme(self)
        apply_kept_look(app, self.theme, settings)
        self._garbage = Garbage(self)
        self._crash = CrashReporter(parent=self)
        self._behind = BehindWindow()
        self._wanted = wanted
        self.unlock: UnlockWindow | None = None
        self.window: MainWindow | None = None
        self._watch: Watch | None = None
        self._was_at: tuple[Path, str, Place] | None = None
        app.setQuitOnLastWindowClosed(True)

    def start(self) -> None:
        """Show the unlock window first, and fetch the heavy libraries behind it."""
        self._crash.install()
        self._show_unlock()
        if self._wanted is not None and self.unlock is not None:
            self.unlock.choose(self._wanted)

    def finish(self) -> None:
        """Close what is open, in order."""
        if self.window is not None:
            self.window.office.desk.lock()
        self._behind.finish()
        self._crash.give_back()
        self._garbage.give_back()

    def _show_unlock(self) -> None:
        known = KnownVaults(self._settings, Path.home())
        self.unlock = UnlockWindow(self._behind, self._dialogs, self._clock, known)
        self.unlock.opened.connect(self._opened)
        self.unlock.practise.connect(self._practise)
        self.unlock.seen.connect(self._seen)
        self.unlock.show()

    def _seen(self) -> None:
        QTimer.singleShot(0, self._warm_up)  # the painting under way comes first

    def _warm_up(self) -> None:
        from coachdesk.ui.accessible_areas import read_scroll_areas_safely  # noqa: PLC0415  not before the first painting

        read_scroll_areas_safely()
        prepare_names()
        self.theme.look_again()
        self._behind.begin()
        self._behind.submit(_import_the_rest)

    def _opened(self, vault: object) -> None:
        from coachdesk.desk.counter import Desk, Executors  # noqa: PLC0415  SQLAlchemy arrives behind the unlock window
        from coachdesk.ui.backups.day_backup import DayBackup  # noqa: PLC0415  as above
        from coachdesk.ui.code_book import CodeBook  # noqa: PLC0415  as below
        from coachdesk.ui.main_window import MainWindow  # noqa: PLC0415  as above
        from coachdesk.ui.messages import Messages  # noqa: PLC0415  as above
        from coachdesk.ui.office import Office  # noqa: PLC0415  as above
        from coachdesk.ui.privacy.watch import Watch  # noqa: PLC0415  as above
        from coachdesk.ui.window_place import show_in_place  # noqa: PLC0415  as above

        desk = Desk(vault, Executors.threads(), self)  # type: ignore[arg-type]  # an OpenVault, not imported at start
        office = Office(desk, self._dialogs, Messages(desk), self.theme, self._settings, CodeBook(desk, desk))
        self.window = MainWindow(office)
        self.window.lock_wanted.connect(self._lock)
        desk.locked.connect(self._locked)
        self._watch = Watch(self.window, self)
        self._watch.lock_wanted.connect(self._lock)
        show_in_place(self.window, self._settings, self.window.screen().availableGeometry().size())
        self._watch.start()
        if self._was_at is not None and self._was_at[:2] == (desk.vault_folder, desk.person):
            self.window.return_to(self._was_at[2])
        DayBackup(office, self.window).done.connect(self.window.status.refresh)
        if self.unlock is not None:
            self.unlock.close()
            self.unlock.deleteLater()
            self.unlock = None
        gc.freeze()

    def _lock(self) -> None:
        window = self.window
        if window is not None:
            desk = window.office.desk
            self._was_at = (desk.vault_folder, desk.person, window.place())
            window.destroyed.connect(self._forget)
            self._show_unlock()
            window.close()

    def _locked(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch.deleteLater()
            self._watch = None
        self.window = None

    def _forget(self) -> None:
        """Let go of what the window knew, when Qt has taken it apart: rows hang on in rings that only this breaks."""
        gc.unfreeze()
        QTimer.singleShot(0, self._garbage, self._garbage.collect_all)

    def _practise(self) -> None:
        from coachdesk.ui.practice_world import NAME, PracticeWorld  # noqa: PLC0415  SQLAlchemy arrives behind the window

        unlock = self.unlock
        if unlock is not None:
            folder = KnownVaults(self._settings, Path.home()).usual_place() / NAME
            unlock.show_progress(0.0, "")
            world = PracticeWorld(unlock)
            world.progressed.connect(unlock.show_progress)
            world.opened.connect(unlock.opened_elsewhere)
            world.start(self._behind, folder, self._clock, unlock.failed_elsewhere)


def prepare_names() -> None:
    """Have Qt for Python make now what it makes at the first asking, before any other thread might ask as well.

    Those are the hundred lists of names in ``Qt``, and every class of widgets as soon as it has to tell of which one
    an unknown piece is, such as what a scroll area shows its contents in: a seventh of the making of the main window.
    """
    QtCore.Qt  # noqa: B018  reading it is the purpose
    QScrollArea().viewport()


def _import_the_rest() -> None:
    """Load what the main window needs while the passphrase is being typed.

    Qt for Python reads the source of every module that is imported, and Python keeps those lines: a tenth of the
    memory of the whole program, for tracebacks that can read them again.
    """
    import linecache  # noqa: PLC0415  nobody waits for it here

    import coachdesk.ui.main_window  # noqa: PLC0415, F401  loading is the purpose
    from coachdesk.casework.record_words import words_file  # noqa: PLC0415  as above

    words_file()  # a tab that is opened would read it while somebody waits
    linecache.clearcache()
