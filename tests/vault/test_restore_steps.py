"""The steps of a restore: what a backup holds, the comparison, use or removal; a step that fails leaves nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Client
from coachdesk.vault import pack, restore_steps
from coachdesk.vault.backup import back_up
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.restore_steps import CompareWish, compare, look_into, remove_restored, use_restored
from coachdesk.vault.restoring import finish_switch
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import PASSPHRASE, Template

SILENT = Watch.silent()


@pytest.fixture
def backup(vault: OpenVault, tmp_path: Path) -> Path:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    target = tmp_path / "kept.coachdesk-backup"
    back_up(vault, target)
    return target


def test_what_a_backup_holds_is_told_before_anything_is_unpacked(vault: OpenVault, backup: Path) -> None:
    held = look_into(vault, backup, SILENT)
    assert (held.same_vault, held.earlier_key, held.at) == (True, False, vault.clock.now())
    assert held.counts() == (("clients", 1),)
    assert held.people == (vault.slot.label,)
    assert held.size > 100_000


def test_one_of_another_vault_tells_no_contents(
    vault: OpenVault, vault_template: Template, tmp_path: Path
) -> None:
    other = vault_template.copied_to(tmp_path / "Other.coachdesk")
    file = replace(vault_template.file, vault=vault.vault_id.__class__(int=8))
    pack.packed(other, file, vault_template.keyring(), tmp_path / "b", at=vault.clock.now())
    held = look_into(vault, tmp_path / "b", SILENT)
    assert (held.same_vault, held.earlier_key, held.counts()) == (False, False, ())


def test_the_first_form_tells_no_contents(
    vault: OpenVault, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pack.looked_into
    monkeypatch.setattr(restore_steps, "looked_into", lambda path: replace(real(path), seal=""))
    assert look_into(vault, backup, SILENT).contents is None


def test_compared_used_or_removed(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    first = compare(vault, CompareWish(backup=backup), SILENT)
    assert first.difference.lost_count == 0
    remove_restored(vault, first.made, SILENT)
    assert not first.made.exists()
    second = compare(vault, CompareWish(backup=backup), SILENT)
    use_restored(vault, second.made, SILENT)
    assert second.made.exists()
    vault.close()
    assert finish_switch(vault_folder)
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()


def test_a_comparison_that_fails_leaves_nothing_beside(
    vault: OpenVault, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Trouble("broken")

    monkeypatch.setattr(restore_steps, "difference", broken)
    with pytest.raises(Trouble, match="broken"):
        compare(vault, CompareWish(backup=backup), SILENT)
    assert not list(tmp_path.glob("*restored*"))


def test_a_vault_open_for_reading_is_not_replaced(
    vault: OpenVault, backup: Path, vault_folder: Path, clock: FixedClock
) -> None:
    made = compare(vault, CompareWish(backup=backup), SILENT).made
    second = SealedVault(vault_folder).open(PASSPHRASE, clock=clock, reading=True)
    with pytest.raises(Refusal, match="reading only"):
        use_restored(second, made, SILENT)
    second.close()
