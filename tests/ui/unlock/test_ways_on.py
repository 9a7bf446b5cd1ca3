"""What the unlock window offers when a vault does not open: waiting, copies of the key file, backups, going on."""

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.inline import InlineExecutor
from coachdesk.errors import Trouble
from coachdesk.models import Hub
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.fields import PassphraseLine, caps_lock_by
from coachdesk.ui.unlock.mending import TroublePanel
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.backup import back_up
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.people import AddPerson, add_person
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.trouble import NotEnoughMemory
from coachdesk.vault.waiting import FREE_ATTEMPTS
from coachdesk.vault.work import unit_of_work
from tests.ui import accessibility_walk
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

GOOD = "velvet anchor bicycle plum"
CLOCK = FixedClock.on(TODAY)
Opened = list[OpenVault]


@pytest.fixture
def opened() -> Iterator[Opened]:
    found: Opened = []
    yield found
    for vault in found:
        vault.close()


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, tmp_path: Path, dialogs: ScriptedDialogs, opened: Opened
) -> UnlockWindow:
    assert theme is not None
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = UnlockWindow(InlineExecutor(), dialogs, CLOCK, KnownVaults(settings, tmp_path))
    made.opened.connect(opened.append)
    qtbot.addWidget(made)
    made.show()
    return made


def type_passphrase(window: UnlockWindow, passphrase: str = PASSPHRASE) -> None:
    window.unlock_page.passphrase.line.setText(passphrase)
    window.unlock_page.unlock_button.click()


def panel(window: UnlockWindow) -> TroublePanel:
    assert isinstance(window.trouble, TroublePanel)
    return window.trouble


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def offered(window: UnlockWindow) -> list[str]:
    return [button.text() for button in panel(window).buttons]


def press(window: UnlockWindow, words: str) -> None:
    next(one for one in panel(window).buttons if one.text() == words).click()


def backup_of(vault: OpenVault, path: Path) -> Path:
    back_up(vault, path)
    vault.close()
    return path


def test_waiting_is_counted_down_and_ends(window: UnlockWindow, vault_folder: Path, opened: Opened) -> None:
    window.choose(vault_folder)
    page = window.unlock_page
    for _ in range(FREE_ATTEMPTS):
        type_passphrase(window, "wrong")
    type_passphrase(window)
    assert page.passphrase.refusal.text() == "Too many wrong attempts. Please wait 2 seconds."
    assert not page.unlock_button.isEnabled()
    assert window.pages.isEnabled()
    page.submit()
    assert opened == []
    page.countdown.tick()
    assert page.passphrase.refusal.text() == "Too many wrong attempts. Please wait one second."
    page.countdown.tick()
    assert page.passphrase.refusal.text() == "You can try again now."
    assert page.unlock_button.isEnabled()
    assert not page.countdown.timer.isActive()


def test_waiting_holds_for_the_recovery_key_too(
    window: UnlockWindow, vault_folder: Path, vault_template: Template
) -> None:
    window.choose(vault_folder)
    for _ in range(FREE_ATTEMPTS):
        type_passphrase(window, "wrong")
    window.unlock_page.recover_button.click()
    page = window.recover_page
    page.key.line.setText(vault_template.recovery_key)
    page.unlock_button.click()
    assert page.countdown.is_running
    assert "Please wait" in page.key.refusal.text()
    page.submit()
    window.choose(vault_folder)
    assert not window.unlock_page.countdown.is_running


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_lost_key_file_is_put_back_and_the_older_people_are_accepted(
    window: UnlockWindow,
    vault: OpenVault,
    vault_folder: Path,
    dialogs: ScriptedDialogs,
    opened: Opened,
    how: str,
) -> None:
    window.known.remember(vault_folder)
    add_person(vault, AddPerson(name="Iqra Malik", passphrase=GOOD))
    vault.close()
    keys = vault_folder / SLOT_FILE
    if how == "missing":
        keys.unlink()
    else:
        keys.write_bytes(keys.read_bytes()[:-2])
    window.choose(vault_folder)
    page = window.mending.page
    assert window.pages.currentWidget() is page
    assert vault_folder in window.known.all()
    assert [choice.text() for choice in page.choices] == ["The copy beside it"]
    assert accessibility_walk.walk(window) == []
    page.put_back_button.click()
    assert window.pages.currentWidget() is window.unlock_page
    assert keys.is_file()
    type_passphrase(window)
    assert opened == []
    assert "a passphrase changed since then is the old one again" in panel(window).banner.advice.text()
    assert offered(window) == ["Restore a backup…", "Go on without them…"]
    settle()
    assert accessibility_walk.walk(window) == []
    dialogs.script(False)
    press(window, "Go on without them…")
    assert opened == []
    dialogs.script(True)
    press(window, "Go on without them…")
    assert [found.folder for found in opened] == [vault_folder]


def test_a_copy_of_the_key_file_is_found_on_a_stick(
    window: UnlockWindow, vault: OpenVault, vault_folder: Path, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backup = backup_of(vault, stick / "kept.coachdesk-backup")
    (vault_folder / SLOT_FILE).unlink()
    (vault_folder / KEPT).unlink(missing_ok=True)
    window.choose(vault_folder)
    page = window.mending.page
    assert page.choices == []
    assert "plug it in and look there" in page.found.text()
    assert not page.put_back_button.isVisible()
    dialogs.script(None, stick)
    page.elsewhere_button.click()
    page.elsewhere_button.click()
    (choice,) = page.choices
    assert choice.text().startswith("Backup of ")
    assert backup.name in choice.accessibleDescription()
    page.put_back_button.click()
    assert (vault_folder / SLOT_FILE).is_file()
    page.back_button.click()
    assert window.pages.currentWidget() is window.welcome


def test_a_key_file_changed_outside_offers_copies(
    window: UnlockWindow, vault: OpenVault, vault_folder: Path, opened: Opened
) -> None:
    change_passphrase(vault, NewPassphrase(passphrase=GOOD, old=PASSPHRASE))
    vault.close()
    keys = vault_folder / SLOT_FILE
    content = keys.read_bytes()
    mac = content.rstrip(b"\n").rsplit(b"\n", 1)[1]
    keys.write_bytes(content.replace(mac, mac[::-1]))
    window.choose(vault_folder)
    type_passphrase(window, GOOD)
    assert opened == []
    assert offered(window) == ["Put the key file back…", "Restore a backup…"]
    press(window, "Put the key file back…")
    assert len(window.mending.page.choices) == 1


def lose_changes(vault: OpenVault) -> None:
    """Put back the data file of before the last change."""
    vault.checkpoint()
    kept = vault.data_file.read_bytes()
    with unit_of_work(vault, label="Noted something") as work:
        work.session.add(Hub(name="Ulverston"))
    vault.close()
    vault.data_file.write_bytes(kept)


def test_missing_changes_are_told_and_the_person_decides(
    window: UnlockWindow, vault: OpenVault, vault_folder: Path, dialogs: ScriptedDialogs, opened: Opened
) -> None:
    lose_changes(vault)
    window.choose(vault_folder)
    type_passphrase(window)
    assert opened == []
    assert "lost for good" in panel(window).banner.advice.text()
    dialogs.script(True)
    press(window, "Go on without them…")
    assert len(opened) == 1


def test_missing_changes_with_the_recovery_key(
    window: UnlockWindow,
    vault: OpenVault,
    vault_folder: Path,
    vault_template: Template,
    dialogs: ScriptedDialogs,
) -> None:
    lose_changes(vault)
    window.choose(vault_folder)
    window.unlock_page.recover_button.click()
    window.recover_page.key.line.setText(vault_template.recovery_key)
    window.recover_page.unlock_button.click()
    dialogs.script(True)
    press(window, "Go on without them…")
    assert window.pages.currentWidget() is window.regaining.page
    window.close()


def test_a_backup_is_restored_from_the_unlock_window(
    window: UnlockWindow,
    vault: OpenVault,
    vault_folder: Path,
    dialogs: ScriptedDialogs,
    opened: Opened,
    tmp_path: Path,
) -> None:
    backup = backup_of(vault, tmp_path / "kept.coachdesk-backup")
    (vault_folder / "data-1.db").unlink()
    window.choose(vault_folder)
    type_passphrase(window)
    assert offered(window) == ["Restore a backup…"]
    dialogs.script(None)
    press(window, "Restore a backup…")
    dialogs.script(backup, True)
    press(window, "Restore a backup…")
    type_passphrase(window)
    assert [found.folder for found in opened] == [vault_folder]


def test_a_backup_of_another_vault_is_not_restored(
    window: UnlockWindow,
    vault: OpenVault,
    vault_folder: Path,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    vault.close()
    other = SealedVault.create(
        tmp_path / "Other.coachdesk",
        organisation="Other",
        person="Sam",
        passphrase=GOOD,
        clock=CLOCK,
        cost=Cost.floor(),
    ).vault
    backup = backup_of(other, tmp_path / "other.coachdesk-backup")
    (vault_folder / "data-1.db").unlink()
    window.choose(vault_folder)
    type_passphrase(window)
    dialogs.script(backup, True)
    press(window, "Restore a backup…")
    assert panel(window).banner.message.text().startswith("This is a backup of another vault.")
    assert not (vault_folder / "data-1.db").exists()


def test_too_little_memory_says_what_to_do_and_tries_again(
    window: UnlockWindow, vault_folder: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive = Cost.derive

    def short(cost: Cost, secret: str, salt: bytes) -> bytes:
        del cost, secret, salt
        raise NotEnoughMemory("There is not enough free memory to unlock.")

    monkeypatch.setattr(Cost, "derive", short)
    window.choose(vault_folder)
    type_passphrase(window)
    assert "Close other programs" in panel(window).banner.advice.text()
    assert "neither right nor wrong" in panel(window).banner.advice.text()
    monkeypatch.setattr(Cost, "derive", derive)
    press(window, "Try again")
    assert len(opened) == 1


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
    return "-".join(window.recovery.key_words.text().split())


def test_the_sheet_is_saved_at_the_first_run(
    window: UnlockWindow, dialogs: ScriptedDialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = first_run(window, monkeypatch)
    assert len(key) == 47
    page = window.recovery
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


def test_after_the_recovery_key_a_read_only_vault_opens_at_once(
    window: UnlockWindow, vault_folder: Path, vault_template: Template, opened: Opened
) -> None:
    sealed = SealedVault(vault_folder)
    vault = sealed.open(PASSPHRASE, clock=CLOCK, reading=True)
    assert vault.read_only
    window.recover_page.key.line.setText(vault_template.recovery_key)
    window._recovered(vault)
    assert opened == [vault]


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


def test_what_nobody_expected_goes_on_to_the_crash_window(window: UnlockWindow) -> None:
    with pytest.raises(ZeroDivisionError):
        window.say(ZeroDivisionError())
    window.say(Trouble("The drive is full.", advice="Make room."))
    assert offered(window) == []
    panel(window).banner.close_button.click()
    assert not panel(window).isVisible()
