"""Backups in the window: by the rule, elsewhere, practised, restored step by step, and by themselves."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Executors
from coachdesk.models import Client
from coachdesk.ui.backups.day_backup import DayBackup, Looked, begin, look_after
from coachdesk.ui.settings.vault_card import VaultCard
from coachdesk.vault import comparing, pack
from coachdesk.vault.backup import back_up, ground_of
from coachdesk.vault.backup_folder import automatic_backup, beside
from coachdesk.vault.backup_rule import SETTING, BackupRule, keep_setting_in, setting_in
from coachdesk.vault.drill import last_drill
from coachdesk.vault.farewell import FAREWELLS
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import SlotFile
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow
from tests.vault_fixtures import PASSPHRASE, Template

pytestmark = pytest.mark.journey

VAULT = "Vault"


@pytest.fixture
def card(desk: DeskWindow) -> VaultCard:
    desk.window.go("settings")
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index(VAULT))
    return desk.settings.vault_card


def words_of(card: VaultCard) -> str:
    return "\n".join(one.text() for one in card.findChildren(QLabel) if one.isVisible())


def add(vault: OpenVault, name: str) -> None:
    with unit_of_work(vault, label=f"Added {name}") as work:
        work.session.add(Client(first_name=name, reference=name))


def test_back_up_now_goes_where_the_rule_says_and_the_card_tells(
    desk: DeskWindow, card: VaultCard, vault_folder: Path
) -> None:
    assert "not been backed up" in card.last.text()
    assert "not been backed up" in card.reminder.message.text()
    assert card.reminder.isVisible()
    desk.click(card.now_button)
    (backup,) = beside(vault_folder).iterdir()
    assert card.found.text() == f"Backed up and checked: {backup}"
    assert "today" in card.last.text()
    assert "nothing changed since then" in card.last.text()
    assert not card.reminder.isVisible()
    assert "on this computer only" in words_of(card)
    assert "1 backup" in words_of(card)


def test_the_rule_is_changed_and_a_place_that_is_away_is_said(
    desk: DeskWindow, card: VaultCard, vault: OpenVault, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.click(card.rule_button)
    desk.dialogs.script(stick)
    desk.click(card.folder_button)
    assert card.rule_form.form is not None
    card.rule_form.form.input("days").set_value(3)
    desk.click(card.rule_form.save_button)
    kept = setting_in(vault.data_file, vault.keys.sub("db"), SETTING)
    assert kept is not None
    assert (kept["folder"], kept["days"]) == (str(stick), 3)
    assert not card.folder_button.isVisible()
    assert "3 days, 5 weeks and 12 months" in words_of(card)
    stick.rmdir()
    card.refresh()
    assert "is not there" in card.reminder.message.text()
    desk.until(lambda: "the place is not there" in words_of(card))
    desk.click(card.now_button)
    assert "is not there, so no backup was made. Plug the stick or drive in" in card.found.text()


def test_a_rule_that_does_not_do_is_refused_beside_its_field(desk: DeskWindow, card: VaultCard) -> None:
    desk.click(card.rule_button)
    form = card.rule_form.form
    assert form is not None
    form.input("folder").set_value("/nowhere at all")
    desk.click(card.rule_form.save_button)
    assert "not there" in form.refusals()["folder"]
    desk.dialogs.script(None)
    desk.click(card.folder_button)
    desk.click(card.rule_form.away_button)
    assert not card.folder_button.isVisible()


def test_a_restore_is_practised(desk: DeskWindow, card: VaultCard) -> None:
    assert "not been practised" in card.practised.text()
    desk.click(card.drill_button)
    assert "no backup to practise on" in card.found.text()
    desk.click(card.now_button)
    desk.click(card.drill_button)
    assert "was restored and checked" in card.found.text()
    assert card.practised.text().startswith("Practised on ")


def test_restoring_step_by_step_to_the_restored_vault_in_use(
    desk: DeskWindow, card: VaultCard, vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    desk.click(card.now_button)
    (backup,) = beside(vault_folder).iterdir()
    for number in range(14):
        add(vault, f"Later {number}")
    desk.dialogs.script(backup)
    desk.click(card.restore_button)
    steps = card.restore_card
    assert steps.isVisible()
    assert "Nothing is overwritten" in words_of(card)
    desk.click(steps.compare_button)
    shown = words_of(card)
    assert "14 changes would be missing afterwards" in shown
    assert "14 clients are only in the vault in use." in shown
    assert "Added Later 13" in shown
    assert "and 2 more" in shown
    desk.dialogs.script(False)
    desk.click(steps.use_button)
    assert vault.keys.data_key()
    desk.dialogs.script(True)
    desk.click(steps.use_button)
    assert vault.locked
    again = SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    with reading(again) as session:
        assert not session.query(Client).filter(Client.first_name.like("Later%")).count()
    again.close()
    assert vault_folder.with_name(f"{vault_folder.stem} (put aside 1){vault_folder.suffix}").is_dir()


def test_the_restored_one_may_be_removed_or_left(
    desk: DeskWindow, card: VaultCard, vault_folder: Path
) -> None:
    desk.click(card.now_button)
    (backup,) = beside(vault_folder).iterdir()
    steps = card.restore_card
    made = vault_folder.with_name("Furness (restored 1).coachdesk")
    for left in (steps.remove_button, steps.away_button):
        desk.dialogs.script(backup)
        desk.click(card.restore_button)
        desk.click(steps.compare_button)
        assert "Both hold the same changes." in words_of(card)
        assert made.exists()
        desk.click(left)
        assert not steps.isVisible()
    assert made.exists()
    desk.dialogs.script(None)
    desk.click(card.restore_button)
    assert not steps.isVisible()


def test_what_is_no_backup_or_another_vaults_is_said(
    desk: DeskWindow, card: VaultCard, vault_template: Template, tmp_path: Path, clock: FixedClock
) -> None:
    letter = tmp_path / "letter.coachdesk-backup"
    letter.write_text("dear all")
    desk.dialogs.script(letter)
    desk.click(card.restore_button)
    assert "damaged or is not a backup" in card.restore_card.found.text()
    other = vault_template.copied_to(tmp_path / "Other.coachdesk")
    file = replace(vault_template.file, vault=vault_template.file.vault.__class__(int=8))
    target = tmp_path / "other.coachdesk-backup"
    pack.packed(other, file, vault_template.keyring(), target, at=clock.now())
    desk.dialogs.script(target)
    desk.click(card.restore_button)
    assert "backup of another vault" in words_of(card)
    assert not card.restore_card.compare_button.isVisible()


def test_a_backup_under_an_earlier_key_asks_for_a_passphrase(
    desk: DeskWindow, card: VaultCard, vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.coachdesk-backup"
    back_up(vault, target)

    def never(_file: SlotFile, _keys: Keyring) -> bool:
        return False

    monkeypatch.setattr("coachdesk.vault.restore_steps.is_sealed_by", never)
    monkeypatch.setattr(comparing, "is_sealed_by", never)
    desk.dialogs.script(target)
    desk.click(card.restore_button)
    steps = card.restore_card
    assert "passphrase of that day" in words_of(card)
    desk.click(steps.compare_button)
    form = steps.form
    assert form is not None
    assert set(form.refusals()) == {"person", "secret"}
    form.set_values({"person": vault.slot.label, "secret": "not this one at all"})
    desk.click(steps.compare_button)
    assert "does not open" in steps.found.text()
    form.set_values({"person": vault.slot.label, "secret": PASSPHRASE})
    desk.click(steps.compare_button)
    assert "Both hold the same changes." in words_of(card)


def test_a_backup_may_be_stopped(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, vault_folder: Path
) -> None:
    del caseload
    desk = open_desk(vault, Executors.threads())
    desk.window.go("settings")
    desk.settings.tabs.setCurrentIndex(desk.settings.tabs.count() - 1)
    card = desk.settings.vault_card
    card.setVisible(True)
    desk.until(lambda: card.state is not None)
    card.now_button.click()
    card.now_button.click()
    assert not card.check_button.isEnabled()
    card.progress.cancel.click()
    desk.until(card.check_button.isEnabled)
    assert card.found.text() == "Stopped. Nothing was written."
    assert not list(beside(vault_folder).glob("*.coachdesk-backup"))


def test_work_is_backed_up_by_itself_and_when_locked(
    desk: DeskWindow, vault: OpenVault, vault_folder: Path
) -> None:
    told: list[bool] = []
    day = DayBackup(desk.window.office, desk.window)
    day.done.connect(lambda: told.append(True))
    assert vault.backed_up_when_closed
    assert any("not been backed up" in message.words for message in desk.said)
    assert len(desk.window.banners.banners()) == 1
    day.look()
    assert told == [True]
    assert desk.window.banners.banners() == ()  # what it reminded of was done
    assert len(list(beside(vault_folder).iterdir())) == 1
    assert last_drill(ground_of(vault)) is not None
    day.look()
    assert told == [True]
    add(vault, "Ben")
    position = ground_of(vault).position()
    desk.window.close()
    FAREWELLS.wait(vault_folder)
    assert {pack.looked_into(one).position for one in beside(vault_folder).iterdir()} == {position}


def test_each_change_puts_the_quiet_off(desk: DeskWindow, vault: OpenVault) -> None:
    automatic_backup(ground_of(vault), "day")
    day = DayBackup(desk.window.office, desk.window)
    assert day._quiet.interval() == 2 * 60_000
    desk.desk.do(lambda session, _wish: session.add(Client(first_name="A", reference="Q1")), None)
    assert day._quiet.interval() == 10 * 60_000
    assert not any("backed up" in message.words for message in desk.said)


def test_a_stick_that_is_away_interrupts_nobody(vault: OpenVault, tmp_path: Path) -> None:
    rule = BackupRule(folder=tmp_path / "gone")
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, rule.plain())
    assert look_after(vault, None, Watch.silent()) == Looked(tried=True, backed_up=False)


def test_a_vault_for_reading_says_so(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, vault_folder: Path, clock: FixedClock
) -> None:
    del caseload
    second = SealedVault(vault_folder).open(PASSPHRASE, clock=clock, reading=True)
    desk = open_desk(second)
    DayBackup(desk.window.office, desk.window)
    assert any("open for reading only" in message.words for message in desk.said)
    assert not second.backed_up_when_closed


def test_a_vault_for_reading_is_not_looked_after(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    second = SealedVault(vault_folder).open(PASSPHRASE, clock=clock, reading=True)
    assert not begin(second, None, Watch.silent())
    second.close()
    assert begin(vault, None, Watch.silent())
    vault.backed_up_when_closed = False


def test_the_drill_says_when(vault: OpenVault) -> None:
    automatic_backup(ground_of(vault), "day")
    assert not last_drill(ground_of(vault))
    look_after(vault, None, Watch.silent())
    found = last_drill(ground_of(vault))
    assert found is not None
    assert found.moment == dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
