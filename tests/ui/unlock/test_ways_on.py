"""What the unlock window offers when a vault does not open: waiting, copies of the key file, backups, going on."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.clock import FixedClock
from coachdesk.errors import Trouble
from coachdesk.models import Hub
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.unlock.mending import TroublePanel
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.backup import back_up
from coachdesk.vault.cost import Cost
from coachdesk.vault.driver import connected
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


def test_what_can_be_read_of_a_damaged_vault_is_saved_beside_it(
    window: UnlockWindow, vault: OpenVault, vault_folder: Path, vault_template: Template, opened: Opened
) -> None:
    data, key = vault.data_file, vault_template.keyring().sub("db")
    vault.close()
    raw = connected(data, key)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'coach'").fetchone()
    raw.close()
    content = bytearray(data.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    data.write_bytes(content)
    window.choose(vault_folder)
    type_passphrase(window)
    assert offered(window) == ["Restore a backup…", "Save what can be read…"]
    window.unlock_page.passphrase.line.clear()
    press(window, "Save what can be read…")
    assert "Type your passphrase first" in window.unlock_page.passphrase.refusal.text()
    window.unlock_page.passphrase.line.setText(PASSPHRASE)
    press(window, "Save what can be read…")
    assert "was not touched" in panel(window).banner.message.text()
    assert "0 are lost" in panel(window).banner.advice.text()
    type_passphrase(window)
    (saved,) = opened
    assert saved.folder.name == "Furness (what could be read 1).coachdesk"
    assert saved.coach_id is not None
    saved.close()


def test_a_vault_in_use_may_be_opened_for_reading_meanwhile(
    window: UnlockWindow, vault_folder: Path, opened: Opened
) -> None:
    holding = SealedVault(vault_folder).open(PASSPHRASE, clock=CLOCK)
    window.choose(vault_folder)
    type_passphrase(window)
    assert "in use" in panel(window).banner.message.text()
    assert "nothing can be saved" in panel(window).banner.advice.text()
    press(window, "Try again")
    assert not opened
    press(window, "Open it for reading")
    (vault,) = opened
    assert vault.read_only
    vault.close()
    holding.close()


def test_after_the_recovery_key_a_read_only_vault_opens_at_once(
    window: UnlockWindow, vault_folder: Path, vault_template: Template, opened: Opened
) -> None:
    sealed = SealedVault(vault_folder)
    vault = sealed.open(PASSPHRASE, clock=CLOCK, reading=True)
    assert vault.read_only
    window.recover_page.key.line.setText(vault_template.recovery_key)
    window._recovered(vault)
    assert opened == [vault]


def test_what_nobody_expected_goes_on_to_the_crash_window(window: UnlockWindow) -> None:
    with pytest.raises(ZeroDivisionError):
        window.say(ZeroDivisionError())
    window.say(Trouble("The drive is full.", advice="Make room."))
    assert offered(window) == []
    panel(window).banner.close_button.click()
    assert not panel(window).isVisible()
