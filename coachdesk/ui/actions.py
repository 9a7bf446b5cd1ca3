"""Every key of the window once: its text, its chord, and what it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from coachdesk.ui.notice import Notice

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


class Shortcuts(QObject):
    """The keys that work everywhere in the main window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.lock = self._action(self.tr("Lock now"), "Ctrl+L", window.lock_wanted.emit)
        self.cover = self._action(self.tr("Privacy screen on or off"), "F9", window.privacy.toggle)
        self.beside = self._action(
            self.tr("Beside me: one client only, on or off"), "F8", window.beside.toggle
        )
        self.contact = self._action(self.tr("Record a contact"), "Ctrl+R", window.contact_shortcut)
        self.all: tuple[QAction, ...] = (
            self._action(self.tr("Find anybody or anything"), "Ctrl+K", window.go_find),
            self.contact,
            self._action(self.tr("New client"), "Ctrl+N", window.new_client_shortcut),
            self._action(self.tr("New enquiry"), "Ctrl+Shift+E", window.new_enquiry),
            self._action(self.tr("Undo the last action"), "Ctrl+Shift+Z", window.undo.trigger),
            self.lock,
            self.cover,
            self.beside,
            self._action(self.tr("Today"), "Alt+1", self._go_today),
            self._action(self.tr("Clients"), "Alt+2", self._go_clients),
            self._action(self.tr("Returns"), "Alt+3", self._go_returns),
            self._action(self.tr("Settings"), "Alt+4", self._go_settings),
            self._action(self.tr("Data rights"), "Alt+5", self._go_rights),
            self._action(self.tr("Enquiries"), "Alt+6", self._go_enquiries),
            self._action(self.tr("Likely duplicates"), "Alt+7", self._go_duplicates),
            self._action(self.tr("Lists of clients"), "Ctrl+T", self._go_lists),
            self._action(self.tr("Board by stage"), "Ctrl+B", self._go_board),
            self._action(self.tr("Vacancies"), "Ctrl+Shift+V", self._go_vacancies),
            self._action(self.tr("Employers"), "Ctrl+Shift+M", self._go_employers),
            self._action(self.tr("Groups"), "Alt+8", self._go_groups),
            self._action(self.tr("Services"), "Alt+0", self._go_services),
            self._action(self.tr("My week"), "Ctrl+Shift+W", self._go_week),
            self._action(self.tr("Team"), "Alt+9", self._go_team),
            self._action(self.tr("Help: keys and words"), "F1", self._help),
        )

    def allow(self, *, covered: bool, beside: bool) -> None:
        """Let only those keys work that show nobody else: over a cover two, beside a client a few."""
        always = {self.lock, self.cover}
        for action in self.all:
            together = action in {*always, self.beside, self.contact}
            action.setEnabled(action in always if covered else together or not beside)

    def _action(self, words: str, keys: str, slot: object) -> QAction:
        action = QAction(words, self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    @Slot()
    def _go_today(self) -> None:
        self._window.go("today")

    @Slot()
    def _go_clients(self) -> None:
        self._window.go("clients")

    @Slot()
    def _go_returns(self) -> None:
        self._window.go("returns")

    @Slot()
    def _go_settings(self) -> None:
        self._window.go("settings")

    @Slot()
    def _go_rights(self) -> None:
        self._window.go("rights")

    @Slot()
    def _go_enquiries(self) -> None:
        self._window.go("enquiries")

    @Slot()
    def _go_duplicates(self) -> None:
        self._window.go("duplicates")

    @Slot()
    def _go_lists(self) -> None:
        self._window.go("clients")
        self._window.clients.show_lists()

    @Slot()
    def _go_board(self) -> None:
        self._window.go("clients")
        self._window.clients.show_board()

    @Slot()
    def _go_vacancies(self) -> None:
        self._window.go("vacancies")

    @Slot()
    def _go_employers(self) -> None:
        self._window.go("employers")

    @Slot()
    def _go_groups(self) -> None:
        self._window.go("groups")

    @Slot()
    def _go_services(self) -> None:
        self._window.go("services")

    @Slot()
    def _go_week(self) -> None:
        self._window.go("week")

    @Slot()
    def _go_team(self) -> None:
        self._window.go("team")

    @Slot()
    def _help(self) -> None:
        lines = [f"{action.shortcut().toString()}   {action.text()}" for action in self.all]
        lines.append(self.tr("Ctrl+Enter   Save the form you are in"))
        Notice(self.tr("Keys that work everywhere"), "\n".join(lines), self._window).open()
