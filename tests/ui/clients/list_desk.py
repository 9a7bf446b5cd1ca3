"""An office over a vault without the window around it, for views that stand by themselves."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMenu

from coachdesk.desk.counter import Desk, Executors
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault


def an_office(vault: OpenVault, theme: Theme, folder: Path) -> Office:
    """Return an office whose questions are answered at once."""
    desk = Desk(vault, Executors.inline())
    settings = QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)
    return Office(desk, ScriptedDialogs(), Messages(desk), theme, settings, CodeBook(desk))


def choose(menu: QMenu | None, *words: str) -> None:
    """Choose an entry of a menu by its words, one menu below the other."""
    assert menu is not None
    top = below = menu
    for word in words[:-1]:
        found = next(one.menu() for one in below.actions() if one.text() == word)
        assert isinstance(found, QMenu)
        below = found
    action = next(one for one in below.actions() if one.text() == words[-1])
    assert action.isEnabled()
    top.triggered.emit(action)
    top.close()
