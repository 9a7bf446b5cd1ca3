"""One's own passphrase, the recovery key and a new key for the vault, in the settings; and all of it for everybody."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Executors
from coachdesk.ui.settings.people_recovery_card import RecoveryCard
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery_slot import recovery_facts
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import WrongPassphrase
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.people_desk import NEW, add_iqra, hold_key_changes, show, twice
from tests.makers import ask
from tests.ui import accessibility_walk
from tests.vault.team import IQRA, IQRAS, as_iqra, with_iqra
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

pytestmark = pytest.mark.journey


@pytest.fixture
def people(vault: OpenVault, open_desk: Opener) -> DeskWindow:
    desk = open_desk(vault)
    show(desk)
    return desk


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    return hold_key_changes(monkeypatch)


def test_ones_own_passphrase_is_changed(
    people: DeskWindow, vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    card = people.settings.passphrase
    people.click(card.change_button)
    people.click(card.save_button)
    assert card.old.refusal.text() == "Type the passphrase you have now."
    card.old.line.setText("not this")
    for line in (card.secret.passphrase, card.secret.again):
        line.line.setText(NEW)
    people.click(card.save_button)
    assert card.old.refusal.text() == "The old passphrase is not right."
    card.old.line.setText(PASSPHRASE)
    people.click(card.save_button)
    assert card.found.text().startswith("Your passphrase is changed.")
    assert not card.form.isVisible()
    people.lock()
    with pytest.raises(WrongPassphrase):
        SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    SealedVault(vault_folder).open(NEW, clock=clock).close()


def test_a_coach_changes_her_own_passphrase(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, open_desk: Opener
) -> None:
    with_iqra(vault)
    vault.close()
    desk = open_desk(as_iqra(vault_folder, clock))
    show(desk)
    card = desk.settings.passphrase
    desk.click(card.change_button)
    card.old.line.setText(IQRAS)
    for line in (card.secret.passphrase, card.secret.again):
        line.line.setText(NEW)
    desk.click(card.save_button)
    assert card.found.text().startswith("Your passphrase is changed.")
    desk.lock()
    SealedVault(vault_folder).open(NEW, person=IQRA, clock=clock).close()


def test_with_the_recovery_key_no_old_passphrase_is_asked_for(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock, open_desk: Opener
) -> None:
    vault.close()
    key = vault_template.recovery_key
    desk = open_desk(SealedVault(vault_folder).open_with_recovery_key(key, clock=clock))
    show(desk)
    card = desk.settings.passphrase
    desk.click(card.change_button)
    assert not card.old.isVisible()
    for line in (card.secret.passphrase, card.secret.again):
        line.line.setText(NEW)
    desk.click(card.save_button)
    desk.lock()
    SealedVault(vault_folder).open(NEW, clock=clock).close()


def shown_key(card: RecoveryCard) -> str:
    return "-".join(card.key_words.text().split())


def test_a_new_recovery_key_counts_once_typed_back(
    people: DeskWindow,
    vault: OpenVault,
    vault_folder: Path,
    vault_template: Template,
    clock: FixedClock,
    tmp_path: Path,
) -> None:
    card = people.settings.recovery
    assert card.state.text() == "Made on Mon 5 Oct 2026; its sheet was never typed back whole."
    people.click(card.new_button)
    key = shown_key(card)
    sheet = tmp_path / "sheet.pdf"
    people.dialogs.script(None, sheet)
    people.click(card.sheet_button)
    assert not sheet.exists()
    people.click(card.sheet_button)
    assert sheet.read_bytes().startswith(b"%PDF")
    people.click(card.next_button)
    assert not card.key_words.isVisible()
    assert card.key_words.text() == ""
    people.click(card.confirm_button)
    assert card.typed.refusal.text() == "Type the key from its sheet."
    card.typed.line.setText(vault_template.recovery_key)
    people.click(card.confirm_button)
    assert "not the key on the new sheet" in card.typed.refusal.text()
    people.click(card.again_button)
    assert shown_key(card) == key
    people.click(card.next_button)
    card.typed.line.setText(key.replace("-", " ").lower())
    people.click(card.confirm_button)
    assert card.found.text().startswith("The new recovery key counts.")
    assert card.state.text().endswith("its sheet was last proved today.")
    people.lock()
    sealed = SealedVault(vault_folder)
    with pytest.raises(WrongPassphrase):
        sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock)
    sealed.open_with_recovery_key(key, clock=clock).close()


def test_a_key_that_is_put_away_never_counts(people: DeskWindow, vault_template: Template) -> None:
    card = people.settings.recovery
    people.click(card.new_button)
    people.click(card.away_button)
    people.click(card.prove_button)
    assert not card.again_button.isVisible()
    card.typed.line.setText(vault_template.recovery_key)
    people.click(card.confirm_button)
    assert card.found.text().startswith("Proved:")


def test_the_sheet_is_proved_by_typing_it(
    people: DeskWindow, vault: OpenVault, vault_template: Template
) -> None:
    card = people.settings.recovery
    people.click(card.prove_button)
    key = vault_template.recovery_key
    card.typed.line.setText(key[:-1] + ("0" if key[-1] != "0" else "1"))
    people.click(card.confirm_button)
    assert card.typed.refusal.text() == "Check group 8: it has a slip."
    card.typed.line.setText(key)
    people.click(card.confirm_button)
    assert ask(vault, recovery_facts).proved_on == TODAY


def test_the_vault_gets_a_new_key_and_everybody_keeps_their_passphrase(
    people: DeskWindow, vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    add_iqra(people)
    card = people.settings.new_key
    key = vault.keys.data_key()
    people.dialogs.script(False, True)
    people.click(card.renew_button)
    assert vault.keys.data_key() == key
    people.click(card.renew_button)
    assert card.found.text().startswith("Done: the vault has a new key")
    assert vault.keys.data_key() != key
    people.lock()
    as_iqra(vault_folder, clock).close()


def test_a_new_key_can_be_stopped(vault: OpenVault, open_desk: Opener, held: threading.Event) -> None:
    desk = open_desk(vault, Executors.threads())
    show(desk)
    card = desk.settings.new_key
    desk.until(card.renew_button.isVisible)
    key = vault.keys.data_key()
    desk.dialogs.script(True)
    desk.click(card.renew_button)
    desk.click(card.progress.cancel)
    held.set()
    desk.until(card.found.isVisible)
    assert vault.keys.data_key() == key


def test_nothing_typed_about_keys_is_kept_as_a_draft(people: DeskWindow) -> None:
    card = people.settings.team
    people.click(card.add_person_button)
    card.form.name.line.setText(IQRA)
    twice(card.form, IQRAS)
    people.desk.locking.emit()
    kept: list[object] = []
    people.desk.read_drafts(kept.extend)
    assert kept == []


def open_form(which: str) -> Callable[[DeskWindow], None]:
    def press(desk: DeskWindow) -> None:
        settings = desk.settings
        buttons = {
            "add": settings.team.add_person_button,
            "own": settings.passphrase.change_button,
            "new recovery key": settings.recovery.new_button,
            "prove": settings.recovery.prove_button,
        }
        desk.click(buttons[which])
        if which == "add":
            desk.click(settings.team.form.secret.suggest_button)
            settings.team.form.secret.again.line.setText("x")
            desk.click(settings.team.form.save_button)

    return press


@pytest.mark.parametrize("which", ["", "add", "own", "new recovery key", "prove"])
@pytest.mark.slow
def test_people_can_be_used_by_everybody(
    people: DeskWindow, vault: OpenVault, qapp: QApplication, theme: Theme, which: str
) -> None:
    if which:
        open_form(which)(people)
    settle()
    assert accessibility_walk.walk(people.window) == []
    people.window.activateWindow()
    settle()
    assert accessibility_walk.focus_findings(people.window) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(people.window) == []
    theme.apply(qapp, "dark")
    settle()
    assert accessibility_walk.contrast_findings(people.window) == []
