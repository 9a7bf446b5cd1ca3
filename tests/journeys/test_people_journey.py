"""Who gets in: a manager adds, changes, helps and removes people; a forgotten passphrase; the recovery key; a new key."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Executors
from coachdesk.desk.inline import InlineExecutor
from coachdesk.errors import CoachDeskError
from coachdesk.terms import Role
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.known_vaults import KnownVaults
from coachdesk.ui.settings.people_forms import ROLES
from coachdesk.ui.settings.people_words import role_sentence
from coachdesk.ui.theme import Theme
from coachdesk.ui.unlock.window import UnlockWindow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow
from tests.journeys.people_desk import NEW, OTHER, add_iqra, hold_key_changes, show, twice
from tests.vault.team import IQRA, IQRAS, as_iqra, rows, with_iqra
from tests.vault_fixtures import PASSPHRASE, PERSON, TODAY, Template

pytestmark = pytest.mark.journey

Unlocker = Callable[[Path], "UnlockWindow"]


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
    return hold_key_changes(monkeypatch)


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
