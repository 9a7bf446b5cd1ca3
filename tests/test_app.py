"""Round and round: unlock window, main window, lock, unlock window."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.app import Program
from coachdesk.ui.accessible_areas import read_scroll_areas_safely
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.window import UnlockWindow
from tests.vault_fixtures import PASSPHRASE, Template

PATIENCE = 30_000  # a shared machine under load; a green wait ends at once


@pytest.fixture
def program(qapp: QApplication, theme: Theme, vault_template: Template, tmp_path: Path) -> Iterator[Program]:
    read_scroll_areas_safely.cache_clear()
    settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    made = Program(
        qapp, settings, ScriptedDialogs(), vault_template.copied_to(tmp_path / "Furness.coachdesk")
    )
    yield made
    made.finish()
    made.theme.forget()
    made.deleteLater()


def _unlock_window(program: Program) -> UnlockWindow:
    window = program.unlock
    assert window is not None
    return window


def test_a_vault_is_unlocked_locked_and_asked_for_again(program: Program, qtbot: QtBot) -> None:
    program.start()
    unlock = _unlock_window(program)
    assert unlock.isVisible()
    qtbot.waitUntil(
        lambda: unlock._sealed is not None, timeout=PATIENCE
    )  # found behind the window once it is seen
    assert read_scroll_areas_safely.cache_info().currsize == 1, "a screen reader may be here from the start"
    unlock.unlock_page.passphrase.line.setText(PASSPHRASE)
    unlock.unlock_page.unlock_button.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE)
    window = program.window
    assert window is not None
    person = window.office.desk.person
    assert gc.get_freeze_count() > 0
    with qtbot.waitSignal(window.office.desk.locked, timeout=PATIENCE):
        window.lock_wanted.emit()
    qtbot.waitUntil(lambda: program.window is None, timeout=PATIENCE)
    again = _unlock_window(program)
    assert again is not unlock
    qtbot.waitUntil(
        lambda: gc.get_freeze_count() == 0, timeout=PATIENCE
    )  # what the window knew may be forgotten
    assert program._watch is None
    was_at = program._was_at
    assert was_at is not None
    assert was_at[1:] == (person, ("today", None))
    qtbot.waitUntil(lambda: again.unlock_page.title.text() == "Furness", timeout=PATIENCE)
    again.close()
