"""Automatic backups: where they go, when they are due, what is thinned out, and what happens when the stick is away."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client
from coachdesk.vault import backup_folder, pack
from coachdesk.vault.backup import back_up, back_up_by_rule, back_up_if_due, ensure_backup, ground_of
from coachdesk.vault.backup_folder import (
    Found,
    Ground,
    automatic_backup,
    backups_in,
    beside,
    changed_since,
    ensure_on,
    is_due,
    is_ours,
    next_name,
    stem_of,
    thinned_out,
)
from coachdesk.vault.backup_rule import LAST_BACKUP, SETTING, BackupRule, keep_setting_in, setting_in
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import Header, looked_into
from coachdesk.vault.trouble import Damaged, ReadOnly
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import TODAY, Template


def save(vault: OpenVault, reference: str) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference=reference))


def keep_rule(vault: OpenVault, rule: BackupRule) -> None:
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, rule.plain())


def at(vault: OpenVault, day: int, hour: int = 12) -> Ground:
    """Return the vault's ground on another day."""
    moment = dt.datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=dt.UTC) + dt.timedelta(days=day)
    return replace(ground_of(vault), clock=FixedClock(moment))


@pytest.fixture
def stick(tmp_path: Path, vault: OpenVault) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    keep_rule(vault, BackupRule(folder=folder, days=2, weeks=0, months=0))
    return folder


def test_without_a_choice_backups_lie_beside_the_vault(vault: OpenVault, vault_folder: Path) -> None:
    written = back_up_by_rule(vault, "day")
    assert written.path.parent == vault_folder.with_name("Furness backups")
    assert written.path.name == "Furness 2026-10-05 120000.coachdesk-backup"
    assert written.path.parent.stat().st_mode & 0o777 == 0o700
    told = written.header.told(vault.keys)
    assert told is not None
    assert (told.why, told.contents.count("coach")) == ("day", 1)
    assert told.contents.changed_at == vault.clock.now()


def test_the_rule_thins_out_and_leaves_what_is_not_its_own(
    vault: OpenVault, vault_template: Template, stick: Path, tmp_path: Path
) -> None:
    own_name = stick / "before the audit.coachdesk-backup"
    back_up(vault, own_name)
    letter, broken = (
        stick / "letter.txt",
        stick / "Furness 2026-01-01 000000.coachdesk-backup",
    )
    letter.write_text("keep me")
    broken.write_bytes(b"COACHDESK-BACKUP 1\nnothing")
    stranger = stick / "Furness 2020-01-01 000000.coachdesk-backup"
    other = vault_template.copied_to(tmp_path / "Other.coachdesk")
    stolen = replace(vault_template.file, vault=vault_template.file.vault.__class__(int=9))
    pack.packed(other, stolen, vault_template.keyring(), stranger, at=vault.clock.now())
    removed: tuple[str, ...] = ()
    for day in range(4):
        save(vault, str(day))
        removed = automatic_backup(at(vault, day), "day").removed
    assert removed == ("Furness 2026-10-06 120000.coachdesk-backup",)
    assert sorted(path.name for path in stick.iterdir()) == sorted(
        [
            "Furness 2026-10-07 120000.coachdesk-backup",
            "Furness 2026-10-08 120000.coachdesk-backup",
            own_name.name,
            letter.name,
            broken.name,
            stranger.name,
        ]
    )


def test_nothing_goes_while_the_newest_cannot_be_read(vault: OpenVault, stick: Path) -> None:
    for day in range(2):
        save(vault, str(day))
        automatic_backup(at(vault, day), "day")
    keep_rule(vault, BackupRule(folder=stick, days=1, weeks=0, months=0))
    newest = max(stick.iterdir())
    content = bytearray(newest.read_bytes())
    content[-1] ^= 1
    newest.write_bytes(content)
    ground = at(vault, 3)
    assert thinned_out(stick, ground, ground.rule()) == ()
    content[-1] ^= 1
    newest.write_bytes(content)
    assert thinned_out(stick, ground, ground.rule()) == ("Furness 2026-10-05 120000.coachdesk-backup",)
    assert thinned_out(stick / "none", ground, ground.rule()) == ()


def test_what_cannot_be_removed_stays_for_the_next_time(
    vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(2):
        save(vault, str(day))
        automatic_backup(at(vault, day), "day")
    keep_rule(vault, BackupRule(folder=stick, days=1, weeks=0, months=0))
    ground = at(vault, 2)
    real = Path.unlink

    def held(path: Path, *, missing_ok: bool = False) -> None:
        if path.parent == stick:
            raise PermissionError(13, "held by a virus scanner")
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        assert thinned_out(stick, ground, ground.rule()) == ()
    assert len(list(stick.iterdir())) == 2
    assert len(thinned_out(stick, ground, ground.rule())) == 1


def test_two_backups_of_one_second_do_not_meet(vault: OpenVault, stick: Path) -> None:
    keep_rule(vault, BackupRule(folder=stick, days=9))
    automatic_backup(at(vault, 0), "day")
    save(vault, "1")
    second = automatic_backup(at(vault, 0), "day")
    assert second.path.name == "Furness 2026-10-05 120000 2.coachdesk-backup"
    assert is_ours(Found(second.path, second.header), at(vault, 0))


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ('It’s #1 100% "ours"?.coachdesk', "It-s -1 100- -ours-"),
        ("...coachdesk", "Vault"),
        ("東京.coachdesk", "東京"),
    ],
)
def test_names_are_such_as_every_stick_takes(name: str, stem: str) -> None:
    assert stem_of(Path(name)) == stem


def test_halves_of_a_killed_backup_are_cleared_away(vault: OpenVault, stick: Path) -> None:
    half = stick / ".Furness 2026-10-01 120000.coachdesk-backup.0011aabb.part"
    other = stick / ".Elsewhere 2026-10-01 120000.coachdesk-backup.0011aabb.part"
    half.write_bytes(b"half")
    other.write_bytes(b"another vault's, perhaps being written now")
    automatic_backup(ground_of(vault), "day")
    assert not half.exists()
    assert other.exists()


def test_due_when_work_was_done_and_long_enough_ago(vault: OpenVault, stick: Path) -> None:
    del stick
    assert is_due(at(vault, 0))
    assert back_up_if_due(vault) is not None
    assert back_up_if_due(vault) is None
    assert not is_due(at(vault, 9))
    save(vault, "1")
    assert not is_due(at(vault, 0, 13))
    assert is_due(at(vault, 0, 13), resting=True)
    assert is_due(at(vault, 0, 16))
    assert is_due(at(vault, -1))


def test_a_backup_of_a_later_state_holds_none_of_the_changes(vault: OpenVault) -> None:
    ground = ground_of(vault)
    last = ground.position()
    assert changed_since(ground, None) == last
    assert changed_since(ground, {"position": last}) == 0
    assert changed_since(ground, {"position": last + 5}) == last
    assert changed_since(ground, {"position": "nonsense"}) == last


def test_one_that_is_fresh_and_whole_is_enough(vault: OpenVault, stick: Path) -> None:
    first = ensure_backup(vault, "import")
    assert ensure_backup(vault, "import").path == first.path
    assert len(list(stick.iterdir())) == 1
    content = bytearray(first.path.read_bytes())
    content[-1] ^= 1
    first.path.write_bytes(content)
    second = ensure_on(at(vault, 0, 13), "import")
    assert second.path != first.path
    assert ensure_on(at(vault, 2), "import").path != second.path


def test_a_change_asks_for_a_new_one(vault: OpenVault, stick: Path) -> None:
    del stick
    first = ensure_backup(vault, "import")
    save(vault, "1")
    assert ensure_on(at(vault, 0, 13), "import").header.position > first.header.position


def test_one_under_an_earlier_key_is_not_enough(vault: OpenVault, stick: Path) -> None:
    del stick
    ground = ground_of(vault)
    first = ensure_on(ground, "new key")
    found = Found(first.path, first.header)
    assert backup_folder._is_whole(found, ground)
    assert not backup_folder._is_whole(found, replace(ground, keys=Keyring(bytes(32))))
    first.path.unlink()
    assert not backup_folder._is_whole(found, ground)


def test_with_the_stick_away_it_goes_beside_the_vault_and_says_so(
    vault: OpenVault, stick: Path, vault_folder: Path
) -> None:
    shutil.rmtree(stick)
    with pytest.raises(Trouble, match="not there"):
        back_up_by_rule(vault, "day")
    written = ensure_backup(vault, "import")
    assert written.elsewhere
    assert written.path.parent == beside(vault_folder)
    assert ensure_backup(vault, "import").path == written.path
    note = setting_in(vault.data_file, vault.keys.sub("db"), LAST_BACKUP)
    assert note is not None
    assert note["elsewhere"]
    stick.mkdir()
    save(vault, "1")
    assert is_due(at(vault, 0))
    assert not ensure_backup(vault, "import").elsewhere


def test_no_place_at_all_means_do_not_go_on(
    vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(stick)

    def full(*_: object, **__: object) -> Header:
        raise Trouble("full")

    monkeypatch.setattr(backup_folder, "packed", full)
    with pytest.raises(Trouble, match="full"):
        ensure_backup(vault, "import")


def test_stopping_is_no_reason_to_go_elsewhere(vault: OpenVault, stick: Path, vault_folder: Path) -> None:
    with pytest.raises(Cancelled):
        ensure_backup(vault, "import", Watch(cancelled=lambda: True))
    assert not beside(vault_folder).exists()
    assert list(stick.iterdir()) == []


def test_a_vault_opened_for_reading_is_backed_up_without_a_note(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise ReadOnly("no")

    monkeypatch.setattr(backup_folder, "keep_setting_in", refuses)
    back_up(vault, tmp_path / "b")
    assert looked_into(tmp_path / "b").vault == vault.vault_id


def test_a_place_that_cannot_be_listed_has_no_backups(
    vault: OpenVault, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    automatic_backup(ground_of(vault), "day")

    def gone(_self: Path, _pattern: str) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "glob", gone)
    assert backups_in(stick, ground_of(vault)) == ()


def test_a_name_inside_the_vault_is_refused(vault: OpenVault, vault_folder: Path) -> None:
    keep_rule(vault, BackupRule(folder=vault_folder / "b"))
    (vault_folder / "b").mkdir()
    with pytest.raises(Refusal, match="inside the vault"):
        back_up_by_rule(vault, "day")


def test_the_seal_belongs_to_this_header_and_this_vault(vault: OpenVault, stick: Path) -> None:
    del stick
    header = automatic_backup(ground_of(vault), "day").header
    assert replace(header, seal="").told(vault.keys) is None
    broken: tuple[Callable[[Header], Header], ...] = (
        lambda one: replace(one, position=one.position + 1),
        lambda one: replace(one, at=one.at + dt.timedelta(days=1)),
        lambda one: replace(one, seal=one.seal[:-8]),
        lambda one: replace(one, seal="ü" + one.seal),
    )
    for change in broken:
        with pytest.raises(Damaged):
            change(header).told(vault.keys)
    with pytest.raises(Damaged):
        header.told(Keyring(bytes(32)))


def test_free_names_are_found(vault: OpenVault, stick: Path) -> None:
    ground = ground_of(vault)
    first = next_name(stick, ground)
    first.touch()
    assert os.fspath(next_name(stick, ground)).endswith(" 2.coachdesk-backup")
