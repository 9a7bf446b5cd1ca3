"""One's own passphrase: changed at once, the data untouched, the old state whole until the new one is."""

import errno
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Coach, JournalEntry
from coachdesk.vault import files, key_change, slot_store
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.trouble import DiskFull, MustWait, WrongPassphrase
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import OUTGROWN, PASSPHRASE, PERSON, Template

NEW = "another battery staple"
WISH = NewPassphrase(passphrase=NEW, old=PASSPHRASE)


def test_a_new_passphrase_opens_at_once_and_the_old_one_no_more(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    told: list[str] = []
    change_passphrase(vault, WISH, Watch(hear=lambda _share, words: told.append(words)))
    assert told == ["Checking the old passphrase", "Sealing the new passphrase"]
    vault.close()
    sealed = SealedVault(vault_folder)
    with pytest.raises(WrongPassphrase):
        sealed.open(PASSPHRASE, clock=clock)
    again = sealed.open(NEW, clock=clock)
    assert again.data_file.name == "data-1.db"
    with reading(again) as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.position.desc())).first()
        assert entry is not None
        assert (entry.label, entry.entity) == (f"Changed the passphrase of {PERSON}", "access")
        step = last_unit(session, PERSON)
        assert step is None or step.id != entry.unit
    with pytest.raises(Refusal), unit_of_work(again) as work:
        undo(work.session, entry.unit)
    again.close()


def test_a_new_passphrase_after_the_recovery_key_needs_no_old_one(
    vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    sealed = SealedVault(vault_folder)
    vault = sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock)
    with reading(vault) as session:
        newest = session.scalars(select(JournalEntry.label).order_by(JournalEntry.position.desc())).first()
    assert newest == "Opened the vault with the recovery key"
    change_passphrase(vault, NewPassphrase(passphrase=NEW))
    vault.close()
    with pytest.raises(WrongPassphrase):
        sealed.open(PASSPHRASE, clock=clock)
    sealed.open(NEW, clock=clock).close()
    sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock).close()
    assert len(sealed.people()) == 1


@pytest.mark.parametrize("passphrase", ["short", "password1234", "Ruth Ellison Furness", PASSPHRASE])
def test_a_passphrase_that_will_not_do_is_refused_and_the_old_one_stays(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, passphrase: str
) -> None:
    before = (vault_folder / "coachdesk.keys").read_bytes()
    with pytest.raises(Refusal) as refused:
        change_passphrase(vault, NewPassphrase(passphrase=passphrase, old=PASSPHRASE))
    assert set(refused.value.fields) == {"passphrase"}
    assert (vault_folder / "coachdesk.keys").read_bytes() == before


def test_guessing_the_old_passphrase_at_an_open_vault_makes_wait_too(
    vault: OpenVault, vault_folder: Path
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase) as caught:
            change_passphrase(vault, NewPassphrase(passphrase=NEW, old="wrong"))
        assert set(caught.value.fields) == {"old"}
    with pytest.raises(MustWait):
        change_passphrase(vault, WISH)


def test_somebody_without_a_slot_has_no_passphrase(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        work.session.get_one(Coach, vault.coach_id).slot = "another"
    with pytest.raises(Refusal, match="Nobody"):
        change_passphrase(vault, WISH)
    vault.coach_id = None
    with pytest.raises(Refusal, match="Nobody"):
        change_passphrase(vault, WISH)


def test_the_old_slot_file_is_kept_until_the_new_one_is_proved(vault: OpenVault, vault_folder: Path) -> None:
    keys = vault_folder / "coachdesk.keys"
    before = keys.read_bytes()
    change_passphrase(vault, WISH)
    assert (vault_folder / KEPT).read_bytes() == before
    assert keys.read_bytes() != before
    assert vault.slot_file.generation == vault.known_generation == 2


@pytest.mark.parametrize("fails_at", ["replacing", "reading back", "keeping", "commit"])
def test_a_drive_that_fails_leaves_the_old_passphrase(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    before = (vault_folder / "coachdesk.keys").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise DiskFull("full")

    if fails_at == "replacing":
        monkeypatch.setattr(slot_store, "written_whole", full)
    elif fails_at == "reading back":
        monkeypatch.setattr(slot_store, "read_slots", full)
    elif fails_at == "keeping":
        real = files.written_whole

        def refusing(path: Path, content: bytes) -> None:
            if path.name == KEPT:
                raise OSError(errno.ENOSPC, "full")
            real(path, content)

        monkeypatch.setattr(slot_store, "written_whole", refusing)
    else:
        monkeypatch.setattr("coachdesk.vault.work.Chronicle.write", full)
    with pytest.raises((DiskFull, OSError)):
        change_passphrase(vault, WISH)
    assert (vault_folder / "coachdesk.keys").read_bytes() == before
    monkeypatch.undo()
    monkeypatch.setattr(Cost, "outgrown", lambda *_: None)
    vault.close()
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()


def test_a_slot_file_that_reads_back_otherwise_is_noticed(
    vault: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = vault.slot_file
    monkeypatch.setattr(slot_store, "read_slots", lambda _path: old)
    with pytest.raises(Trouble, match="key file"):
        change_passphrase(vault, WISH)
    assert vault.slot_file == old


def test_stopped_before_it_is_sealed_nothing_changed(vault: OpenVault, vault_folder: Path) -> None:
    before = (vault_folder / "coachdesk.keys").read_bytes()
    with pytest.raises(Cancelled):
        change_passphrase(vault, WISH, Watch(cancelled=lambda: True))
    assert (vault_folder / "coachdesk.keys").read_bytes() == before


def test_a_vault_locked_meanwhile_keeps_the_old_slot_file(
    vault: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lock(*_: object, **__: object) -> None:
        vault.keys.wipe()
        raise DiskFull("full")

    before = (vault_folder / "coachdesk.keys").read_bytes()
    monkeypatch.setattr(key_change, "put_slots", lock)
    with pytest.raises(DiskFull):
        change_passphrase(vault, WISH)
    assert (vault_folder / "coachdesk.keys").read_bytes() == before


def test_a_cost_that_has_fallen_behind_is_raised_at_an_unlocking(
    vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cost, "outgrown", lambda cost, _seconds: OUTGROWN(cost, 0.3))
    sealed = SealedVault(vault_folder)
    vault = sealed.open(PASSPHRASE, clock=clock)
    assert vault.slot.cost == Cost(256 * 1024)
    vault.close()
    file = sealed.slot_file()
    assert [slot.cost.memory // 1024 for slot in file.slots] == [256, 64]
    again = sealed.open(PASSPHRASE, clock=clock)
    assert sealed.slot_file().generation == file.generation == again.known_generation
    again.close()


def test_a_cost_that_cannot_be_raised_keeps_nobody_out(
    vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("full")

    monkeypatch.setattr(Cost, "outgrown", lambda *_: Cost(65 * 1024))
    monkeypatch.setattr(key_change, "put_slots", full)
    before = (vault_folder / "coachdesk.keys").read_bytes()
    vault = SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    assert vault.slot.cost == Cost.floor()
    vault.close()
    assert (vault_folder / "coachdesk.keys").read_bytes() == before
