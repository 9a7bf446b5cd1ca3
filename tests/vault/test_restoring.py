"""Restoring makes a vault beside, shows the difference, then switches; nothing is overwritten, a crash is completed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client, Contact
from coachdesk.vault import restoring
from coachdesk.vault.backup import back_up, ground_of
from coachdesk.vault.comparing import Difference, EarlierKey, difference, keys_for
from coachdesk.vault.copying import Contents
from coachdesk.vault.cost import Cost
from coachdesk.vault.driver import connected
from coachdesk.vault.files import replaced
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.restoring import (
    clear_halves_beside,
    discard,
    finish_switch,
    restore_beside,
    switch,
    switch_when_locked,
)
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import new_slot, unlocked
from coachdesk.vault.trouble import Busy, Damaged, WrongPassphrase
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, record_event, unit_of_work
from tests.vault_fixtures import PASSPHRASE, PERSON, Template


def add(vault: OpenVault, name: str) -> None:
    with unit_of_work(vault, label=f"Added {name}") as work:
        client = Client(first_name=name, reference=name)
        work.session.add(client)
        work.session.add(
            Contact(
                client_id=client.id,
                happened_on=vault.clock.today(),
                note="Met",
                entered_at=vault.clock.now(),
            )
        )


def remove(vault: OpenVault, name: str) -> None:
    with unit_of_work(vault, label=f"Removed {name}") as work:
        client = work.session.scalars(select(Client).where(Client.first_name == name)).one()
        for contact in work.session.scalars(select(Contact).where(Contact.client_id == client.id)):
            work.session.delete(contact)
        work.session.delete(client)


def names_in(vault: OpenVault) -> list[str]:
    with reading(vault) as session:
        return list(session.scalars(select(Client.first_name).order_by(Client.first_name)))


@pytest.fixture
def backup(vault: OpenVault, tmp_path: Path) -> Path:
    add(vault, "Ann")
    target = tmp_path / "stick" / "kept.coachdesk-backup"
    target.parent.mkdir()
    back_up(vault, target)
    return target


def test_a_vault_is_made_beside_and_the_one_in_use_is_not_touched(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    told: list[str] = []
    made = restore_beside(backup, vault_folder, Watch(hear=lambda _share, words: told.append(words)))
    assert made.name == "Furness (restored 1).coachdesk"
    assert made.stat().st_mode & 0o777 == 0o700
    assert set(told) == {"Unpacking the backup"}
    assert restore_beside(backup, vault_folder).name == "Furness (restored 2).coachdesk"
    again = SealedVault(made).open(PASSPHRASE, clock=clock)
    assert names_in(again) == names_in(vault) == ["Ann"]
    again.close()


def test_stopping_leaves_nothing_beside(vault_folder: Path, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        restore_beside(backup, vault_folder, Watch(cancelled=lambda: True))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Furness.coachdesk", "stick"]


def compared(vault: OpenVault, backup: Path) -> Difference:
    made = restore_beside(backup, vault.folder)
    ground = ground_of(vault)
    return difference(ground, made, keys_for(made, ground))


def test_the_same_state_is_said_to_be_the_same(vault: OpenVault, backup: Path) -> None:
    found = compared(vault, backup)
    assert found.sentences() == (
        "Last change in the vault in use: 5 October 2026, 12:00 (UTC). In the backup: 5 October 2026, 12:00 (UTC).",
        "Both hold the same changes.",
    )
    assert found.lost == ()


def test_the_difference_is_told_in_words_and_what_would_be_lost(vault: OpenVault, backup: Path) -> None:
    add(vault, "Ben")
    add(vault, "Cat")
    remove(vault, "Ann")
    with unit_of_work(vault, label="Looked") as work:
        record_event(work.session, "read", "team")
    found = compared(vault, backup)
    assert found.sentences()[1:] == (
        "3 changes would be missing afterwards: made since the backup was written.",
        "2 clients are only in the vault in use.",
        "1 client is only in the backup.",
        "1 client in the backup, 2 in use.",
        "1 contact in the backup, 2 in use.",
    )
    assert [step.label for step in found.lost] == ["Removed Ann", "Added Cat", "Added Ben"]
    assert {(step.actor, step.at) for step in found.lost} == {(PERSON, vault.clock.now())}
    assert ("clients", 2, 1) in found.counts()


def test_what_only_the_backup_has_is_told(
    vault: OpenVault, vault_template: Template, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    vault.close()
    older = Path(shutil.copytree(vault_folder, tmp_path / "older"))
    fuller = vault_template.opened(vault_folder, clock)
    add(fuller, "Ann")
    back_up(fuller, tmp_path / "b")
    fuller.close()
    shutil.rmtree(vault_folder)
    older.rename(vault_folder)
    vault = vault_template.opened(vault_folder, clock)
    found = compared(vault, tmp_path / "b")
    assert found.sentences()[1] == "1 change would come back that the vault in use does not have."
    assert found.lost_count == 0
    vault.close()


def test_a_parting_of_the_ways_is_found_at_its_place(
    vault: OpenVault, backup: Path, vault_template: Template, clock: FixedClock
) -> None:
    made = restore_beside(backup, vault.folder)
    other = vault_template.opened(made, clock)
    add(other, "Zoe")
    other.close()
    add(vault, "Ben")
    ground = ground_of(vault)
    found = difference(ground, made, keys_for(made, ground))
    assert (found.lost_count, found.gained_count) == (1, 1)
    assert [step.label for step in found.lost] == ["Added Ben"]


def test_an_empty_journal_has_no_last_change() -> None:
    nothing = Contents(0, None, ())
    found = Difference(nothing, nothing, 0, 0, 0, (), 0)
    assert found.sentences()[0] == "Last change in the vault in use: none. In the backup: none."
    assert found.counts() == ()


def test_a_backup_from_before_a_new_key_asks_for_a_passphrase_of_that_day(
    vault: OpenVault, backup: Path
) -> None:
    made = restore_beside(backup, vault.folder)
    ground = replace(ground_of(vault), keys=Keyring(bytes(range(32))))
    with pytest.raises(EarlierKey, match="passphrase of that day"):
        keys_for(made, ground)
    with pytest.raises(EarlierKey):
        keys_for(made, ground, person="Nobody", secret=PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        keys_for(made, ground, person=PERSON, secret="not this one")
    keys = keys_for(made, ground, person=PERSON, secret=PASSPHRASE)
    assert keys.data_key() == vault.keys.data_key()


def test_a_backup_of_another_vault_is_not_compared(vault: OpenVault, backup: Path) -> None:
    made = restore_beside(backup, vault.folder)
    strange = replace(vault.slot_file, vault=vault.vault_id.__class__(int=5))
    with pytest.raises(Refusal, match="another vault"):
        keys_for(made, replace(ground_of(vault), slot_file=strange))


def test_damage_found_while_comparing_is_told(vault: OpenVault, backup: Path) -> None:
    made = restore_beside(backup, vault.folder)
    ground = ground_of(vault)
    data = made / "data-1.db"
    content = bytearray(data.read_bytes())
    for place in range(8192, len(content), 4096):
        content[place + 100] ^= 1
    data.write_bytes(content)
    with pytest.raises(Damaged):
        difference(ground, made, keys_for(made, ground))


def test_a_damaged_journal_is_told_while_comparing(vault: OpenVault, backup: Path) -> None:
    made = restore_beside(backup, vault.folder)
    ground = ground_of(vault)
    connection = connected(made / "data-1.db", ground.keys.sub("db"))
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("DROP TABLE journal_entry")
    connection.close()
    with pytest.raises(Damaged):
        difference(ground, made, keys_for(made, ground))


def test_switching_puts_the_old_one_aside_with_its_log(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    add(vault, "Ben")
    made = restore_beside(backup, vault_folder)
    with pytest.raises(Busy):
        switch(vault_folder, made, clock=clock)
    assert made.exists()
    vault.close()
    for ending in ("-wal", "-shm", "-journal"):
        (vault_folder / f"data-1.db{ending}").write_bytes(b"stale")
    aside = switch(vault_folder, made, clock=clock)
    assert aside == vault_folder.with_name("Furness (put aside 1).coachdesk")
    for ending in ("-wal", "-shm", "-journal"):
        assert (aside / f"data-1.db{ending}").read_bytes() == b"stale"
        assert not (vault_folder / f"data-1.db{ending}").exists()
    assert not made.exists()
    now = SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    assert names_in(now) == ["Ann"]
    now.close()


def test_a_restored_vault_that_is_open_is_not_switched(
    vault: OpenVault, backup: Path, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    made = restore_beside(backup, vault_folder)
    other = vault_template.opened(made, clock)
    vault.close()
    with pytest.raises(Busy):
        switch(vault_folder, made, clock=clock)
    other.close()
    assert (vault_folder / "coachdesk.keys").exists()


class Killed(BaseException):
    """The program ended here."""


@pytest.mark.parametrize("step", [1, 2])
def test_a_switch_cut_in_two_is_completed(
    vault: OpenVault,
    backup: Path,
    vault_folder: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    made = restore_beside(backup, vault_folder)
    add(vault, "Ben")
    vault.close()
    calls = iter(range(1, 9))
    real = replaced

    def dies(source: Path, target: Path) -> None:
        if next(calls) == step:
            raise Killed
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "replaced", dies)
        with pytest.raises(Killed):
            switch(vault_folder, made, clock=clock)
    assert finish_switch(vault_folder) is (step == 2)
    assert not finish_switch(vault_folder)
    found = SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    assert names_in(found) == (["Ann"] if step == 2 else ["Ann", "Ben"])
    found.close()
    assert bool(list(vault_folder.parent.glob("*(put aside 1)*"))) is (step == 2)
    assert not list(vault_folder.parent.glob(".*.switch"))


def test_a_cut_switch_whose_new_vault_is_gone_brings_the_old_one_back(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    vault.close()
    aside = vault_folder.with_name("Furness (put aside 1).coachdesk")
    vault_folder.rename(aside)
    restoring._switch_note(vault_folder).write_text(
        f'{{"made": "gone", "aside": "{aside.name}", "at": "2026-10-05T12:00:00+00:00"}}'
    )
    assert finish_switch(vault_folder)
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()
    shutil.rmtree(vault_folder)
    restoring._switch_note(vault_folder).write_text(
        '{"made": "gone", "aside": "gone too", "at": "2026-10-05T12:00:00+00:00"}'
    )
    assert not finish_switch(vault_folder)
    assert not vault_folder.exists()


def test_a_switch_that_was_wished_for_is_carried_out_when_the_vault_is_looked_for_locked(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    made = restore_beside(backup, vault_folder)
    add(vault, "Ben")
    switch_when_locked(vault_folder, made, clock=clock)
    assert SealedVault(vault_folder).people()
    assert made.exists()
    vault.close()
    found = SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    assert names_in(found) == ["Ann"]
    found.close()
    assert list(vault_folder.parent.glob("*(put aside 1)*"))
    assert not list(vault_folder.parent.glob(".*.switch"))


def test_a_wish_whose_restored_vault_is_gone_is_dropped(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    made = restore_beside(backup, vault_folder)
    switch_when_locked(vault_folder, made, clock=clock)
    discard(made)
    vault.close()
    assert not finish_switch(vault_folder)
    with pytest.raises(Refusal, match="not there"):
        switch_when_locked(vault_folder, made, clock=clock)
    restoring._switch_note(vault_folder).write_text("nonsense")
    assert not finish_switch(vault_folder)
    assert not list(vault_folder.parent.glob(".*.switch"))
    assert (vault_folder / "coachdesk.keys").exists()


def test_only_what_was_restored_beside_may_be_removed(backup: Path, vault_folder: Path) -> None:
    made = restore_beside(backup, vault_folder)
    discard(made)
    assert not made.exists()
    with pytest.raises(Refusal):
        discard(vault_folder)
    assert vault_folder.exists()
    with pytest.raises(Trouble):
        discard(made)


def test_what_killed_restores_left_is_cleared_away(vault_folder: Path, tmp_path: Path) -> None:
    left = [
        tmp_path / ".Furness.coachdesk.part",
        tmp_path / ".Furness (restored 3).coachdesk.part",
        tmp_path / ".restored-for-practice Furness 00ff.part",
    ]
    other = tmp_path / ".Elsewhere.coachdesk.part"
    for folder in (*left, other):
        folder.mkdir()
        (folder / "data-1.db").write_bytes(b"half")
    clear_halves_beside(vault_folder)
    assert [folder.exists() for folder in left] == [False] * 3
    assert other.exists()


def test_the_keys_of_that_day_are_in_the_backup_itself(vault: OpenVault, tmp_path: Path) -> None:
    slot = new_slot(vault.slot_file, vault.keys, "another passphrase", Cost.floor(), label="Iqra")
    vault.slot_file = vault.slot_file.with_slot(slot)
    back_up(vault, tmp_path / "b")
    made = restore_beside(tmp_path / "b", vault.folder)
    file = SealedVault(made).slot_file()
    assert unlocked(file, file.people()[-1], "another passphrase").data_key() == vault.keys.data_key()
