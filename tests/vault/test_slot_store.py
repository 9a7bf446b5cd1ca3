"""The slot file on the disk: lost or damaged, it is put back from the copy beside it or from a backup."""

import shutil
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.vault import slot_store
from coachdesk.vault.backup import back_up
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.people import AddPerson, add_person
from coachdesk.vault.rotation import rotate
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT, key_copies, put_back
from coachdesk.vault.trouble import Busy, Damaged, KeysPutBack, SlotFileMissing
from tests.vault_fixtures import PASSPHRASE, PERSON, Template

NEW = "another battery staple"


def lose(folder: Path, how: str) -> None:
    keys = folder / SLOT_FILE
    if how == "missing":
        keys.unlink()
    else:
        content = keys.read_bytes()
        keys.write_bytes(content[:-2] if how == "cut" else b"x" + content[1:])


@pytest.mark.parametrize("how", ["missing", "cut", "spoilt"])
def test_the_copy_beside_is_offered_and_put_back(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, how: str
) -> None:
    add_person(vault, AddPerson(name="Iqra Malik", passphrase=NEW))
    vault.close()
    lose(vault_folder, how)
    lost = (vault_folder / SLOT_FILE).read_bytes() if how != "missing" else None
    sealed = SealedVault(vault_folder)
    with pytest.raises((SlotFileMissing, Damaged), match="A copy of it lies beside it") as caught:
        sealed.people()
    assert isinstance(caught.value, SlotFileMissing) is (how == "missing")
    (copy,) = key_copies(vault_folder)
    assert copy.beside
    aside = put_back(vault_folder, copy, clock=clock)
    assert (aside.read_bytes() if aside else None) == lost
    with pytest.raises(KeysPutBack):
        sealed.open(PASSPHRASE, clock=clock)
    sealed.open(PASSPHRASE, clock=clock, accept_loss=True).close()
    sealed.open(PASSPHRASE, clock=clock).close()


def test_the_newest_backup_that_fits_is_offered_and_put_back(
    vault: OpenVault, vault_folder: Path, vault_template: Template, tmp_path: Path, clock: FixedClock
) -> None:
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    back_up(vault, tmp_path / "a.coachdesk-backup")
    change_passphrase(vault, NewPassphrase(passphrase=NEW, old=PASSPHRASE))
    back_up(vault, tmp_path / "b.coachdesk-backup")
    back_up(vault, elsewhere / "c.coachdesk-backup")
    (tmp_path / "d.coachdesk-backup").write_bytes(b"not a backup")
    vault.close()
    (vault_folder / KEPT).unlink()
    sealed = SealedVault(vault_folder)
    lose(vault_folder, "cut")
    with pytest.raises(Damaged, match="The backup “b"):
        sealed.people()
    copies = key_copies(vault_folder, [elsewhere])
    assert [copy.path.name[0] for copy in copies] == ["c", "b", "a"]
    assert not any(copy.beside for copy in copies)
    first = put_back(vault_folder, copies[1], clock=clock)
    second = put_back(vault_folder, copies[0], clock=clock)
    assert [path.name for path in (first, second) if path] == [
        "coachdesk.keys.put-aside-1",
        "coachdesk.keys.put-aside-2",
    ]
    sealed.open(NEW, person=PERSON, clock=clock).close()


def test_copies_that_do_not_fit_are_not_offered(
    vault: OpenVault, vault_folder: Path, vault_template: Template, tmp_path: Path, clock: FixedClock
) -> None:
    other = vault_template.copied_to(tmp_path / "Other.coachdesk")
    made = SealedVault.create(
        tmp_path / "Strangers.coachdesk",
        organisation="Strangers",
        person="Al",
        passphrase=PASSPHRASE,
        clock=clock,
        cost=vault_template.slot.cost,
    )
    back_up(made.vault, tmp_path / "strangers.coachdesk-backup")
    made.vault.close()
    back_up(vault, tmp_path / "before.coachdesk-backup")
    rotate(vault)
    vault.close()
    lose(vault_folder, "cut")
    assert list(tmp_path.glob("Furness backups/*"))
    shutil.copy(other / SLOT_FILE, vault_folder / KEPT)
    assert key_copies(vault_folder) == ()
    with pytest.raises(Damaged, match="The newest backup holds one"):
        SealedVault(vault_folder).people()
    stray = slot_store.KeyCopy(path=vault_folder / KEPT, generation=1)
    with pytest.raises(Refusal, match="another state"):
        put_back(vault_folder, stray, clock=clock)
    (vault_folder / KEPT).write_bytes(b"spoilt")
    assert slot_store.kept_copy(vault_folder) is None


def test_nothing_is_put_back_under_somebody_who_works(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    change_passphrase(vault, NewPassphrase(passphrase=NEW, old=PASSPHRASE))
    with pytest.raises(Busy):
        put_back(vault_folder, key_copies(vault_folder)[0], clock=clock)


def test_the_copy_is_gone_when_it_would_open_too_much(vault: OpenVault, vault_folder: Path) -> None:
    change_passphrase(vault, NewPassphrase(passphrase=NEW, old=PASSPHRASE))
    assert (vault_folder / KEPT).exists()
    rotate(vault)
    assert not (vault_folder / KEPT).exists()
