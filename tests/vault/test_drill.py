"""The practice restore: done when it is due, honest about what it found, and without a trace."""

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault import drill as drill_module
from coachdesk.vault.backup import ground_of
from coachdesk.vault.backup_folder import Found, Ground, automatic_backup, beside
from coachdesk.vault.backup_rule import SETTING, BackupRule, keep_setting_in
from coachdesk.vault.copying import Contents
from coachdesk.vault.drill import drill, drill_due, last_drill
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import DiskFull, ReadOnly
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work


@pytest.fixture
def backed_up(vault: OpenVault) -> Path:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    return automatic_backup(ground_of(vault), "day").path


def later(vault: OpenVault, days: int) -> Ground:
    return replace(ground_of(vault), clock=FixedClock(vault.clock.now() + dt.timedelta(days=days)))


def test_the_newest_is_restored_checked_and_removed(
    vault: OpenVault, backed_up: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    found = drill(ground_of(vault), Watch(hear=lambda _share, words: told.append(words)))
    assert found.well
    assert found.backup == backed_up.name
    assert found.words == (
        "The backup of 5 October 2026, 12:00 (UTC) was restored and checked: every page, link and journal entry is "
        "sound; clients: 1, contacts: 0."
    )
    assert last_drill(ground_of(vault)) == found
    assert list(dict.fromkeys(told)) == [
        "Reading the backup",
        "Unpacking the backup",
        "Checking every page of the restored vault",
        "Checking the journal of the copy",
    ]
    assert [path.name for path in backed_up.parent.iterdir()] == [backed_up.name]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Furness backups", "Furness.coachdesk"]


def test_due_once_a_month_and_the_day_after_a_failure(vault: OpenVault) -> None:
    assert not drill_due(ground_of(vault))
    backup = automatic_backup(ground_of(vault), "day").path
    assert drill_due(ground_of(vault))
    assert drill(ground_of(vault)).on == vault.clock.today()
    assert [drill_due(later(vault, days)) for days in (0, 29, 30, -1)] == [False, False, True, True]
    backup.write_bytes(backup.read_bytes()[:-1] + b"x")
    assert not drill(ground_of(vault)).well
    assert [drill_due(later(vault, days)) for days in (0, 1)] == [False, True]


def test_a_damaged_backup_is_told_in_words(vault: OpenVault, backed_up: Path) -> None:
    content = bytearray(backed_up.read_bytes())
    content[-5000] ^= 1
    backed_up.write_bytes(content)
    found = drill(ground_of(vault))
    assert not found.well
    assert found.words.startswith(f"The backup “{backed_up.name}” cannot be restored: This backup is damaged")


def test_one_that_holds_something_else_is_not_well(
    vault: OpenVault, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backed_up.exists()
    monkeypatch.setattr(drill_module, "checked", lambda *_: Contents(1, None, ()))
    found = drill(ground_of(vault))
    assert not found.well
    assert "does not hold what it held" in found.words


def test_one_under_another_key_is_not_well(
    vault: OpenVault, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backed_up.exists()
    monkeypatch.setattr(drill_module, "is_sealed_by", lambda *_: False)
    assert "made under another key" in drill(ground_of(vault)).words


@pytest.mark.parametrize("trouble", [ReadOnly("a read-only stick"), DiskFull("full")])
def test_where_the_stick_takes_no_writing_it_is_done_beside_the_vault(
    vault: OpenVault, backed_up: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    places: list[Path] = []
    real = drill_module._restored

    def restored(newest: Found, place: Path, ground: Ground, watch: Watch) -> Contents:
        places.append(place)
        if len(places) == 1:
            raise trouble
        return real(newest, place, ground, watch)

    monkeypatch.setattr(drill_module, "_restored", restored)
    assert drill(ground_of(vault)).well
    assert places == [backed_up.parent, vault.folder.parent]


def test_with_the_stick_away_the_backup_beside_the_vault_is_practised_on(
    vault: OpenVault, backed_up: Path, tmp_path: Path
) -> None:
    rule = BackupRule(folder=tmp_path / "stick")
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, rule.plain())
    assert drill(ground_of(vault)).backup == backed_up.name
    shutil.rmtree(beside(vault.folder))
    with pytest.raises(Refusal, match="no backup to practise on"):
        drill(ground_of(vault))


def test_a_vault_opened_for_reading_keeps_no_note(
    vault: OpenVault, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backed_up.exists()

    def refuses(*_: object) -> None:
        raise ReadOnly("no")

    monkeypatch.setattr(drill_module, "keep_setting_in", refuses)
    assert drill(ground_of(vault)).well
    assert last_drill(ground_of(vault)) is None
