"""How the backups stand, and what is reminded of: old, never, elsewhere, gone, in the future, not restorable."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault.backup import back_up_by_rule, ensure_backup, ground_of
from coachdesk.vault.backup_rule import LAST_BACKUP, SETTING, BackupRule, keep_setting_in, setting_in
from coachdesk.vault.backup_state import (
    BackupState,
    ChangeRule,
    change_rule,
    read_backup_state,
    read_reminder,
)
from coachdesk.vault.drill import drill
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work


def state_of(vault: OpenVault) -> BackupState:
    with reading(vault) as session:
        return read_backup_state(session, None)


def reminder_of(vault: OpenVault) -> str:
    with reading(vault) as session:
        return read_reminder(session, None)


def save(vault: OpenVault, reference: str) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference=reference))


def after(vault: OpenVault, days: int) -> None:
    vault.clock = FixedClock(vault.clock.now() + dt.timedelta(days=days))


def test_never_backed_up_is_said(vault: OpenVault, vault_folder: Path) -> None:
    state = state_of(vault)
    assert (state.last_at, state.days_old, state.count, state.is_there) == (None, None, 0, True)
    assert state.place == vault_folder.with_name("Furness backups")
    assert state.reminder == "This vault has not been backed up yet."
    assert not state.last_is_there


def test_age_counts_only_when_something_changed(vault: OpenVault) -> None:
    written = back_up_by_rule(vault, "day")
    state = state_of(vault)
    assert (state.last_file, state.last_is_there, state.count) == (written.path, True, 1)
    assert (state.changes_since, state.days_old, state.reminder) == (0, 0, "")
    after(vault, 30)
    assert reminder_of(vault) == ""
    save(vault, "1")
    changes = state_of(vault).changes_since
    assert reminder_of(vault).startswith(f"The last backup is 30 days old; {changes:,} change")
    after(vault, -24)
    assert reminder_of(vault) == ""
    after(vault, -7)
    assert "dated in the future" in reminder_of(vault)


def test_the_last_change_is_told(vault: OpenVault) -> None:
    before = state_of(vault).changed_at
    after(vault, 3)
    save(vault, "1")
    assert before is not None
    assert state_of(vault).changed_at == before + dt.timedelta(days=3)


def test_one_change_is_one(vault: OpenVault) -> None:
    back_up_by_rule(vault, "day")
    path, key = vault.data_file, vault.keys.sub("db")
    note = setting_in(path, key, LAST_BACKUP)
    assert note is not None
    keep_setting_in(path, key, LAST_BACKUP, note | {"position": note["position"] - 1})
    after(vault, 7)
    assert reminder_of(vault) == "The last backup is 7 days old; one change was made since then."
    keep_setting_in(path, key, LAST_BACKUP, note | {"position": note["position"] + 10})
    assert state_of(vault).changes_since == ground_of(vault).position()


def test_a_backup_that_is_gone_or_elsewhere_or_a_place_that_is_away(vault: OpenVault, tmp_path: Path) -> None:
    written = back_up_by_rule(vault, "day")
    written.path.unlink()
    assert "not where it was written any more" in reminder_of(vault)
    rule = BackupRule(folder=tmp_path / "stick")
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, rule.plain())
    save(vault, "1")
    ensure_backup(vault, "import")
    state = state_of(vault)
    assert (state.count, state.is_there, state.elsewhere) == (None, False, True)
    assert state.reminder.startswith("The place for backups, “")
    (tmp_path / "stick").mkdir()
    assert "could not go to the chosen place" in reminder_of(vault)
    assert state_of(vault).elsewhere


def test_a_note_of_an_earlier_version_is_understood(vault: OpenVault) -> None:
    note = {"at": vault.clock.now().isoformat(), "position": ground_of(vault).position(), "name": "b"}
    keep_setting_in(vault.data_file, vault.keys.sub("db"), LAST_BACKUP, note)
    state = state_of(vault)
    assert (state.last_file, state.reminder) == (None, "")


def test_a_practice_that_failed_is_reminded_of(vault: OpenVault) -> None:
    written = back_up_by_rule(vault, "day")
    drill(ground_of(vault))
    assert reminder_of(vault) == ""
    written.path.write_bytes(written.path.read_bytes()[:-1] + b"x")
    drill(ground_of(vault))
    assert "cannot be restored" in reminder_of(vault)
    assert state_of(vault).drill is not None


def test_the_rule_is_changed_by_a_wish(vault: OpenVault, vault_folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def change(folder: str, days: int = 3) -> BackupRule:
        with unit_of_work(vault) as work:
            wish = ChangeRule(folder=folder, days=days, weeks=4, months=5, remind_after=6)
            return change_rule(work.session, wish)

    assert change(f" {stick} ") == BackupRule(folder=stick, days=3, weeks=4, months=5, remind_after=6)
    assert state_of(vault).place == stick
    assert change("").folder is None
    with pytest.raises(Refusal) as caught:
        change(str(tmp_path / "none"))
    assert "not there" in caught.value.fields["folder"]
    with pytest.raises(Refusal) as caught:
        change(str(vault_folder), days=0)
    assert set(caught.value.fields) == {"folder", "days"}
    shutil.rmtree(stick)
    assert state_of(vault).rule.folder is None
