"""Who gets in: a manager adds, changes, helps and removes people; a forgotten passphrase; the recovery key; a new key."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Executors
from coachdesk.desk.inline import InlineExecutor
from coachdesk.errors import CoachDeskError
from coachdesk.terms import Role
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.settings.people_forms import ROLES, PersonForm
from coachdesk.ui.settings.people_recovery_card import RecoveryCard
from coachdesk.ui.settings.people_words import role_sentence
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault import rotation
from coachdesk.vault.backup import ensure_backup
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery_slot import recovery_facts
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import WrongPassphrase
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import ask
from tests.ui import accessibility_walk
from tests.vault.team import IQRA, IQRAS, as_iqra, rows, with_iqra
from tests.vault_fixtures import PASSPHRASE, PERSON, TODAY, Template

pytestmark = pytest.mark.journey

NEW = "quiet marble otter seven fields"
OTHER = "amber kettle walks north slowly"
Unlocker = Callable[[Path], "UnlockWindow"]


def show(desk: DeskWindow) -> None:
    desk.window.go("settings")
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index("People"))
    settle()


@pytest.fixture
def people(vault: OpenVault, open_desk: Opener) -> DeskWindow:
    desk = open_desk(vault)
    show(desk)
    return desk


@pytest.fixture
def unlocker(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Unlocker]:
    assert theme is not None
    opened: list[OpenVault] = []
    settings = QSettings(str(tmp_path / "unlock.ini"), QSettings.Format.IniFormat)

    def window(folder: Path) -> UnlockWindow:
        known = KnownVaults(settings, tmp_path)
        made = UnlockWindow(InlineExecutor(), ScriptedDialogs(), FixedClock.on(TODAY), known)
        qtbot.addWidget(made)
        made.opened.connect(opened.append)
        made.show()
        made.choose(folder)
        return made

    yield window
    for vault in opened:
        vault.close()


def unlock(window: UnlockWindow, person: str, passphrase: str) -> list[OpenVault]:
    """Unlock as a person does; return what was opened."""
    opened: list[OpenVault] = []
    window.opened.connect(opened.append)
    page = window.unlock_page
    if not page.person.isHidden():
        page.person.setCurrentText(person)
    page.passphrase.line.setText(passphrase)
    page.unlock_button.click()
    return opened


def twice(form: PersonForm, passphrase: str) -> None:
    form.secret.passphrase.line.setText(passphrase)
    form.secret.again.line.setText(passphrase)


def add_iqra(desk: DeskWindow, role: str = Role.COACH) -> None:
    card = desk.settings.team
    desk.click(card.add_person_button)
    card.form.name.line.setText(IQRA)
    card.form.role.choose(role)
    twice(card.form, IQRAS)
    desk.click(card.form.save_button)
    assert card.found.text() == f"{IQRA} can unlock the vault now."


def test_a_coach_is_added_unlocks_forgets_is_helped_and_is_removed(
    vault: OpenVault, open_desk: Opener, vault_folder: Path, unlocker: Unlocker
) -> None:
    ruths = open_desk(vault)
    show(ruths)
    add_iqra(ruths)
    ruths.lock()

    (iqras,) = unlock(unlocker(vault_folder), "Iqra", IQRAS)
    assert iqras.person == IQRA
    hers = open_desk(iqras)
    show(hers)
    words = hers.words(hers.settings)
    assert "Only a manager adds, changes and removes people." in words
    assert not hers.settings.team.add_person_button.isVisible()
    assert not hers.settings.new_key.renew_button.isVisible()
    assert not hers.settings.recovery.new_button.isVisible()
    assert hers.settings.team.lines_by_name[PERSON].buttons == {}
    hers.lock()

    window = unlocker(vault_folder)
    assert unlock(window, "Iqra", "no longer known") == []
    window.unlock_page.recover_button.click()
    assert "They unlock with their own passphrase, choose Settings, then People" in words_of(window)
    window.recover_page.back_button.click()
    (ruths_vault,) = unlock(window, "Ruth", PASSPHRASE)
    ruths = open_desk(ruths_vault)
    show(ruths)
    card = ruths.settings.team
    ruths.click(card.lines_by_name[IQRA].buttons["reset"])
    twice(card.form, NEW)
    ruths.click(card.form.save_button)
    assert card.found.text() == f"{IQRA} has a new passphrase."
    ruths.lock()

    window = unlocker(vault_folder)
    assert unlock(window, "Iqra", IQRAS) == []
    (iqras,) = unlock(window, "Iqra", NEW)
    iqras.close()

    (ruths_vault,) = unlock(unlocker(vault_folder), "Ruth", PASSPHRASE)
    ruths = open_desk(ruths_vault)
    show(ruths)
    card = ruths.settings.team
    ruths.dialogs.script(True)
    ruths.click(card.lines_by_name[IQRA].buttons["remove"])
    assert card.found.text() == f"{IQRA} cannot unlock this vault any more, and it has a new key."
    assert "Has left" in ruths.words(card.lines_by_name[IQRA])
    ruths.lock()

    window = unlocker(vault_folder)
    assert window.unlock_page.person.isHidden()
    assert unlock(window, "Iqra", NEW) == []
    with pytest.raises(CoachDeskError):
        SealedVault(vault_folder).open(NEW, person="Iqra", clock=FixedClock.on(TODAY))


def words_of(window: UnlockWindow) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_a_forgotten_passphrase_is_replaced_by_following_the_screen(
    vault: OpenVault, vault_folder: Path, vault_template: Template, unlocker: Unlocker, clock: FixedClock
) -> None:
    with_iqra(vault)
    vault.close()
    window = unlocker(vault_folder)
    window.unlock_page.recover_button.click()
    window.recover_page.key.line.setText(vault_template.recovery_key)
    window.recover_page.unlock_button.click()
    page = window.regaining.page
    assert window.pages.currentWidget() is page
    assert page.person.currentText() == PERSON
    page.person.setCurrentText(IQRA)
    opened: list[OpenVault] = []
    window.opened.connect(opened.append)
    page.secret.passphrase.line.setText(NEW)
    page.secret.again.line.setText(OTHER)
    page.save_button.click()
    assert page.secret.again.refusal.text().startswith("The two passphrases differ.")
    assert opened == []
    page.secret.again.line.setText(NEW)
    page.save_button.click()
    (iqras,) = opened
    assert iqras.person == IQRA
    iqras.close()
    SealedVault(vault_folder).open(NEW, person=IQRA, clock=clock).close()
    SealedVault(vault_folder).open(PASSPHRASE, person=PERSON, clock=clock).close()


def test_every_role_says_what_it_may_do(people: DeskWindow) -> None:
    card = people.settings.team
    people.click(card.add_person_button)
    sentences = set()
    for place, role in enumerate(ROLES):
        card.form.role.box.setCurrentIndex(place)
        assert card.form.role.sentence.text() == role_sentence(role)
        sentences.add(card.form.role.sentence.text())
    assert len(sentences) == 4


def test_what_will_not_do_is_said_beside_its_field(people: DeskWindow, vault: OpenVault) -> None:
    card = people.settings.team
    form = card.form
    people.click(card.add_person_button)
    people.click(form.save_button)
    assert form.secret.passphrase.refusal.text() == "Choose a passphrase."
    twice(form, IQRAS)
    people.click(form.save_button)
    assert form.name.refusal.text() == "Type the person’s name."
    form.name.line.setText(PERSON)
    people.click(form.save_button)
    assert "can unlock the vault already" in form.name.refusal.text()
    form.name.line.setText(IQRA)
    twice(form, "iqra malik 1")
    people.click(form.save_button)
    assert "built on a name" in form.secret.passphrase.refusal.text()
    assert set(rows(vault)) == {PERSON}
    people.click(form.away_button)
    assert not form.isVisible()
    assert form.secret.text() == form.name.text() == ""


def test_a_suggested_passphrase_is_shown_and_typed_once_more(people: DeskWindow, vault: OpenVault) -> None:
    card = people.settings.team
    people.click(card.add_person_button)
    form = card.form
    form.name.line.setText(IQRA)
    people.click(form.secret.suggest_button)
    words = form.secret.passphrase.text()
    assert len(words.split()) >= 4
    assert form.secret.passphrase.eye.isChecked()
    assert form.secret.strength.text().startswith("This is very hard to guess.")
    people.click(form.save_button)
    assert IQRA not in rows(vault)
    form.secret.again.line.setText(words)
    people.click(form.save_button)
    assert IQRA in rows(vault)


def test_a_role_changes_but_one_manager_stays(people: DeskWindow, vault: OpenVault) -> None:
    add_iqra(people)
    card = people.settings.team
    people.click(card.lines_by_name[PERSON].buttons["role"])
    card.form.role.choose(Role.COACH)
    people.click(card.form.save_button)
    assert "This is the only manager" in card.form.found.text()
    people.click(card.form.away_button)
    people.click(card.lines_by_name[IQRA].buttons["role"])
    assert card.form.role.role() == Role.COACH
    card.form.role.choose(Role.AUDITOR)
    people.click(card.form.save_button)
    assert card.found.text() == f"The role of {IQRA} was changed."
    assert rows(vault)[IQRA].role == Role.AUDITOR
    assert "Auditor" in people.words(card.lines_by_name[IQRA])


def test_a_coach_of_the_team_is_let_in_later(people: DeskWindow, vault: OpenVault) -> None:
    card = people.settings.team
    card.coach_name.setText(IQRA)
    people.click(card.add_coach_button)
    line = card.lines_by_name[IQRA]
    assert "Cannot unlock" in people.words(line)
    people.click(line.buttons["let"])
    assert card.form.name.text() == IQRA
    twice(card.form, IQRAS)
    people.click(card.form.save_button)
    assert IQRA in rows(vault)
    assert "May unlock" in people.words(card.lines_by_name[IQRA])


def test_a_manager_who_removes_herself_is_locked_out(
    people: DeskWindow, vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    add_iqra(people, Role.MANAGER)
    card = people.settings.team
    people.dialogs.script(False, True)
    people.click(card.lines_by_name[PERSON].buttons["remove"])
    assert not people.desk.is_locked
    assert vault.keys.data_key()
    people.click(card.lines_by_name[PERSON].buttons["remove"])
    assert vault.locked
    as_iqra(vault_folder, clock).close()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold a change of the vault's key at its beginning until told to go on."""
    go_on = threading.Event()

    def waiting(*given: Any) -> Any:
        assert go_on.wait(20)
        return ensure_backup(*given)

    monkeypatch.setattr(rotation, "ensure_backup", waiting)
    return go_on


def test_removing_can_be_stopped(vault: OpenVault, open_desk: Opener, held: threading.Event) -> None:
    with_iqra(vault)
    desk = open_desk(vault, Executors.threads())
    show(desk)
    card = desk.settings.team
    desk.until(lambda: IQRA in card.lines_by_name)
    key = vault.keys.data_key()
    desk.dialogs.script(True)
    desk.click(card.lines_by_name[IQRA].buttons["remove"])
    assert card.progress.isVisible()
    desk.click(card.progress.cancel)
    held.set()
    desk.until(card.found.isVisible)
    assert card.found.text() == "Stopped. Who unlocks, and with what, is as it was."
    assert vault.keys.data_key() == key
    assert IQRA in rows(vault)


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
