"""Passphrases as people type them, the sheet of the first run, and every page at any size and in the dark."""

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.fields import PassphraseLine, caps_lock_by
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.sealed import SealedVault
from tests.ui import accessibility_walk
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

GOOD = "velvet anchor bicycle plum"
CLOCK = FixedClock.on(TODAY)
Opened = list[OpenVault]


def type_passphrase(window: UnlockWindow, passphrase: str = PASSPHRASE) -> None:
    window.unlock_page.passphrase.line.setText(passphrase)
    window.unlock_page.unlock_button.click()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_composed_and_decomposed_accents_unlock_alike(
    window: UnlockWindow, vault: OpenVault, vault_folder: Path, opened: Opened
) -> None:
    words = "café crème brûlée über naïve"
    change_passphrase(vault, NewPassphrase(passphrase=unicodedata.normalize("NFC", words), old=PASSPHRASE))
    vault.close()
    window.choose(vault_folder)
    type_passphrase(window, unicodedata.normalize("NFD", words))
    assert len(opened) == 1


def test_both_lines_of_a_new_passphrase_may_be_typed_on_two_keyboards(
    window: UnlockWindow,
) -> None:
    window.welcome.create_button.click()
    secret = window.create_page.secret
    secret.passphrase.line.setText(unicodedata.normalize("NFC", "café crème brûlée"))
    secret.again.line.setText(unicodedata.normalize("NFD", "café crème brûlée"))
    assert secret.missing() is None


def test_a_suggestion_at_first_run_is_typed_once_more(window: UnlockWindow) -> None:
    window.welcome.create_button.click()
    secret = window.create_page.secret
    secret.suggest_button.click()
    first = secret.text()
    assert len(first.split()) >= 4
    assert secret.keep.isVisible()
    assert secret.missing() is secret.again
    secret.suggest_button.click()
    assert secret.text() != first
    secret.passphrase.line.textEdited.emit("own")
    assert not secret.keep.isVisible()


def first_run(window: UnlockWindow, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("coachdesk.vault.sealed.measured", Cost.floor)
    window.welcome.create_button.click()
    page = window.create_page
    page.organisation.line.setText("Furness Into Work")
    page.person.line.setText("Ruth Ellison")
    page.passphrase.line.setText(GOOD)
    page.again.line.setText(GOOD)
    page.create_button.click()
    return "-".join(window.creation.recovery.key_words.text().split())


def test_the_sheet_is_saved_at_the_first_run(
    window: UnlockWindow, dialogs: ScriptedDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = first_run(window, monkeypatch)
    assert len(key) == 47
    page = window.creation.recovery
    sheet = tmp_path / "sheet.pdf"
    dialogs.script(None, tmp_path / "nowhere" / "sheet.pdf", sheet)
    page.sheet_button.click()
    assert not page.sheet_words.isVisible()
    page.sheet_button.click()
    assert "not there any more" in page.sheet_words.text()
    page.sheet_button.click()
    assert sheet.read_bytes().startswith(b"%PDF")
    assert str(sheet) in page.sheet_words.text()
    settle()
    assert accessibility_walk.walk(window) == []
    window.close()


def test_a_window_closed_before_the_key_was_kept_leaves_no_vault_open(
    window: UnlockWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_run(window, monkeypatch)
    window.close()
    folder = tmp_path / "CoachDesk" / "Furness Into Work.coachdesk"
    SealedVault(folder).open(GOOD, clock=CLOCK).close()


@pytest.mark.parametrize(
    ("typed", "shifted", "found"),
    [
        ("a", False, False),
        ("A", False, True),
        ("A", True, False),
        ("a", True, True),
        ("7", False, None),
        ("", True, None),
    ],
)
def test_a_letter_tells_caps_lock(typed: str, shifted: bool, found: bool | None) -> None:  # noqa: FBT001 - given by the list above
    assert caps_lock_by(typed, shifted=shifted) is found


def test_caps_lock_is_shown_while_it_is_on(qtbot: QtBot, theme: Theme) -> None:
    assert theme is not None
    line = PassphraseLine("&Passphrase")
    qtbot.addWidget(line)
    line.show()
    QTest.keyClick(line.line, Qt.Key.Key_CapsLock)
    assert not line.caps.isVisible()
    QTest.keyClicks(line.line, "A")
    assert line.caps.isVisible()
    QTest.keyClicks(line.line, "B7")
    assert line.caps.isVisible()
    QTest.keyClick(line.line, Qt.Key.Key_CapsLock)
    assert not line.caps.isVisible()
    assert line.text() == "AB7"
    line.clear()
    assert line.text() == ""


def pages(window: UnlockWindow, vault: OpenVault, key: str) -> Iterator[tuple[str, QWidget]]:
    """Go through every page that has words and fields."""
    folder = vault.folder
    vault.close()
    yield "welcome", window.welcome
    window.welcome.create_button.click()
    window.create_page.secret.suggest_button.click()
    window.create_page.create_button.click()
    yield "create", window.create_page
    window.choose(folder)
    yield "unlock", window.unlock_page
    window.unlock_page.recover_button.click()
    yield "recover", window.recover_page
    window.recover_page.key.line.setText(key)
    window.recover_page.unlock_button.click()
    yield "regain", window.regaining.page
    window.regaining.close()
    (folder / SLOT_FILE).unlink()
    window.choose(folder)
    yield "key file", window.mending.page
    window.choose(folder.parent)
    yield "trouble", window.welcome


Check = Callable[[QWidget], list[str]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "scale", "checks"),
    [
        ("light", 1.0, (accessibility_walk.walk, accessibility_walk.focus_findings)),
        ("light", 2.0, (accessibility_walk.clipping_findings,)),
        ("dark", 1.0, (accessibility_walk.contrast_findings,)),
    ],
)
def test_every_page_is_fit_for_everybody_at_any_size_and_in_the_dark(
    window: UnlockWindow,
    vault: OpenVault,
    vault_template: Template,
    qapp: QApplication,
    theme: Theme,
    scheme: str,
    scale: float,
    checks: tuple[Check, ...],
) -> None:
    window.resize(1366, 768)
    theme.apply(qapp, scheme, scale)  # type: ignore[arg-type]  # one of the two above
    found: list[str] = []
    for name, page in pages(window, vault, vault_template.recovery_key):
        assert window.pages.currentWidget() is page
        window.activateWindow()
        settle()
        found += [f"{name}: {one}" for check in checks for one in check(window)]
    assert found == []
