"""The real main window over a real vault, used as a person uses it: keys, clicks and what can be read."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from coachdesk.desk.counter import Desk, Executors
from coachdesk.ui.clients.action_list import ActionLine
from coachdesk.ui.clients.client_view import ClientView
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.forms.form import Form
from coachdesk.ui.imports.page import ImportPage
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.messages import Message, Messages
from coachdesk.ui.office import Office
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.theme import Theme
from coachdesk.ui.today.due_list import DueLine
from coachdesk.ui.today.page import TodayPage
from coachdesk.vault.opened import OpenVault

Piece = TypeVar("Piece", bound=QWidget)
PATIENCE = 20_000  # a shared machine under load; a green wait ends at once


class DeskWindow:
    """Drives one window; ``actions`` counts keys and clicks, free text apart."""

    def __init__(
        self,
        vault: OpenVault,
        qtbot: QtBot,
        theme: Theme,
        folder: Path,
        executors: Executors | None = None,
        *,
        every_page: bool = False,
    ) -> None:
        self.qtbot = qtbot
        self.settings_file = folder / "look.ini"
        self.dialogs = ScriptedDialogs()
        self.desk = Desk(vault, executors or Executors.inline())
        self.messages = Messages()
        self.said: list[Message] = []
        self.messages.said.connect(self.said.append)
        settings = QSettings(str(self.settings_file), QSettings.Format.IniFormat)
        office = Office(self.desk, self.dialogs, self.messages, theme, settings, CodeBook(self.desk))
        self.actions = 0
        self.window = MainWindow(office)
        if not every_page:
            self._make_pages_when_wanted()
        self.window.lock_wanted.connect(self.window.close)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window).__enter__().__exit__(None, None, None)

    def _make_pages_when_wanted(self) -> None:
        """Let no page be made that the journey does not visit: all of them cost more than the journey itself."""
        self.today.arrived.disconnect(self.window.preparation.start)
        self.window.preparation.stop()

    @property
    def view(self) -> ClientView:
        """The client's page."""
        return self.window.clients.view

    @property
    def today(self) -> TodayPage:
        """The page of what is due."""
        return page(self.window.pages["today"], TodayPage)

    @property
    def returns(self) -> ReturnsPage:
        """The page of returns."""
        return page(self.window.pages["returns"], ReturnsPage)

    @property
    def settings(self) -> SettingsPage:
        """The page of settings."""
        return page(self.window.pages["settings"], SettingsPage)

    @property
    def imports(self) -> ImportPage:
        """The page that brings a caseload in."""
        return page(self.window.pages["import"], ImportPage)

    def key(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        """Press one key, as one action, where the keyboard is."""
        self.actions += 1
        self.awake()
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        settle()

    def awake(self) -> None:
        """Give the window the keyboard, which a window that was closed before it may have taken along."""
        if QApplication.activeWindow() is None:
            box = self.window.find_box
            (box if box.isVisible() else self.window).activateWindow()
            settle()

    def control(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, words: str) -> None:
        """Type free text where the keyboard is."""
        self.awake()
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit | QPlainTextEdit)
        QTest.keyClicks(box, words)
        settle()

    def click(self, button: QWidget) -> None:
        """Click a button that can be seen and used, as one action."""
        assert button.isVisible()
        assert button.isEnabled()
        self.actions += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Click the button that says, or is named, so."""
        self.click(self.button(words, within))

    def button(self, words: str, within: QWidget | None = None) -> QPushButton:
        """Return the button in sight that says, or is named, so."""
        for one in seen(within or self.window, QPushButton):
            if words in {one.text().replace("&", ""), one.accessibleName()}:
                return one
        said = sorted(one.text() for one in seen(within or self.window, QPushButton))
        raise AssertionError(f"no button says {words!r}, only {said}")

    def find(self, letters: str, client_id: UUID) -> None:
        """Type into the box that finds anybody, until the client is the one at the top."""
        self.type(letters)
        self.until(lambda: self.window.find_box.list.current_id() == client_id)

    def open(self, client_id: UUID) -> None:
        """Go straight to a client's page."""
        self.window.open_client(client_id)
        self.until(lambda: self.view.header.name.text() != "")
        settle()

    def tab(self, name: str) -> None:
        """Bring a tab of the client's page into sight."""
        self.view.show_tab(name)
        settle()

    def fill(self, form: Form | None, **typed: str) -> None:
        """Put words into fields as if typed and chosen."""
        assert form is not None
        for name, words in typed.items():
            control = form.input(name)
            control.set_raw(words)
            assert control.raw() == words, name
        settle()

    def due(self) -> dict[str, DueLine]:
        """Return the lines of Today by the client's name."""
        settle()
        return {line.item.client_name: line for line in seen(self.today, DueLine)}

    def open_actions(self) -> list[str]:
        """Return what is still to be done, beside the timeline."""
        lines = seen(self.view, ActionLine)
        return [line.action.what for line in lines if line.action.done_on is None]

    def words(self, within: QWidget | None = None) -> str:
        """Return every word of the labels in sight; none of a piece that was drawn anew meanwhile."""
        settle()
        if within is not None and not isValid(within):
            return ""
        return "\n".join(one.text() for one in seen(within or self.window, QLabel))

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""

        def asked() -> bool:
            return bool(holds())

        self.qtbot.waitUntil(asked, timeout=PATIENCE)

    def lock(self) -> None:
        """Lock by key; the window closes and the vault with it."""
        self.control(Qt.Key.Key_L)
        self.close()

    def close(self) -> None:
        """Close the window, and see Qt take it apart."""
        if not self.desk.is_locked:
            self.window.close()
        settle()


def page(found: object, kind: type[Piece]) -> Piece:
    """Return a page as what it is."""
    assert isinstance(found, kind)
    return found


def seen(within: QWidget, kind: type[Piece]) -> list[Piece]:
    """Return the pieces of a kind that can be seen."""
    return [one for one in within.findChildren(kind) if one.isVisible()]


def settle() -> None:
    """Let Qt deliver what is queued and take away what was thrown away."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
