"""People and their keys when something goes wrong: tampering, full drives, kills, older files put back."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import CoachDeskError, Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault import key_change
from coachdesk.vault.backup import back_up
from coachdesk.vault.health import check
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.trouble import DataMissing, DiskFull, KeysPutBack, NotInTeam, WrongPassphrase
from coachdesk.vault.work import unit_of_work
from tests.vault.killed import killed_at
from tests.vault.team import IQRA, IQRAS, as_iqra, rows, with_iqra
from tests.vault_fixtures import PASSPHRASE, PERSON, Template


def test_a_role_written_into_the_slot_file_has_no_effect(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with_iqra(vault)
    vault.close()
    start, text, mac, _ = (vault_folder / SLOT_FILE).read_bytes().split(b"\n")
    found = json.loads(text)
    for name, value in (("role", "manager"), ("kind", "recovery"), ("label", "manager")):
        changed = json.loads(json.dumps(found))
        changed["slots"][-1][name] = value
        body = json.dumps(changed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        (vault_folder / SLOT_FILE).write_bytes(b"\n".join((start, body, mac, b"")))
        with pytest.raises(CoachDeskError):
            SealedVault(vault_folder).open(IQRAS, person=changed["slots"][-1]["id"], clock=clock)


@pytest.mark.parametrize("fails_at", ["slots", "commit"])
def test_an_adding_that_fails_adds_nothing(
    vault: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("full")

    before = (vault_folder / SLOT_FILE).read_bytes()
    with monkeypatch.context() as broken:
        if fails_at == "slots":
            broken.setattr(key_change, "put_slots", full)
        else:
            broken.setattr("coachdesk.vault.work.Chronicle.write", full)
        with pytest.raises(DiskFull):
            with_iqra(vault)
    assert (vault_folder / SLOT_FILE).read_bytes() == before
    assert list(rows(vault)) == [PERSON]
    with_iqra(vault)
    assert list(rows(vault)) == [IQRA, PERSON]


def killed_between(
    vault: OpenVault, template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave the folder as a program killed after the slot file and before the commit leaves it."""
    with monkeypatch.context() as broken:
        broken.setattr(key_change, "_take_back", lambda *_: None)
        broken.setattr("coachdesk.vault.work.Chronicle.write", lambda *_: (_ for _ in ()).throw(DiskFull("")))
        with pytest.raises(DiskFull):
            with_iqra(vault)
    vault.close()


def test_an_adding_that_was_cut_short_is_cleared_away(
    vault: OpenVault,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed_between(vault, vault_template, vault_folder, monkeypatch)
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Ruth", "Iqra"]
    with pytest.raises(NotInTeam):
        as_iqra(vault_folder, clock)
    again = SealedVault(vault_folder).open(PASSPHRASE, person=PERSON, clock=clock)
    assert again.slot_file.generation == again.known_generation == 3
    again.close()
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Ruth"]


def test_an_older_slot_file_put_back_is_noticed_and_can_be_accepted(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    old = (vault_folder / SLOT_FILE).read_bytes()
    with_iqra(vault)
    assert (vault_folder / KEPT).read_bytes() == old
    vault.close()
    (vault_folder / SLOT_FILE).write_bytes(old)
    sealed = SealedVault(vault_folder)
    with pytest.raises(KeysPutBack, match="older copy"):
        sealed.open(PASSPHRASE, clock=clock)
    accepted = sealed.open(PASSPHRASE, clock=clock, accept_loss=True)
    assert list(rows(accepted)) == [PERSON]
    accepted.close()
    sealed.open(PASSPHRASE, clock=clock).close()


def test_a_backup_holds_slots_and_data_of_one_generation(
    vault: OpenVault, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    from coachdesk.vault.backup import restore  # noqa: PLC0415 - this test alone restores

    with_iqra(vault)
    back_up(vault, tmp_path / "kept.coachdesk-backup")
    restore(tmp_path / "kept.coachdesk-backup", tmp_path / "Again.coachdesk")
    again = as_iqra(tmp_path / "Again.coachdesk", clock)
    assert again.known_generation == again.slot_file.generation > 1
    again.close()


def test_a_vault_from_before_there_were_generations_opens_and_gets_them(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM setting WHERE key = 'key_file'")
    vault.close()
    again = vault_template.opened(vault_folder, clock)
    assert again.known_generation == 1
    with_iqra(again)
    again.close()
    later = as_iqra(vault_folder, clock)
    assert later.known_generation == 2
    later.close()


def test_a_missing_data_file_is_still_just_missing(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    vault.close()
    (vault_folder / "data-1.db").unlink()
    with pytest.raises(DataMissing):
        SealedVault(vault_folder).opened_with(vault.slot_file, vault.slot, Keyring(bytes(32)), clock=clock)


def test_nobody_makes_herself_a_manager(vault: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    with_iqra(vault)
    vault.close()
    hers = as_iqra(vault_folder, clock)
    with pytest.raises(Refusal), unit_of_work(hers) as work:
        work.session.get_one(Coach, hers.coach_id).role = Role.MANAGER
    assert rows(hers)[IQRA].role == "coach"
    hers.close()


def adding(vault: OpenVault) -> None:
    with_iqra(vault)


def changing(vault: OpenVault) -> None:
    change_passphrase(vault, NewPassphrase(passphrase=IQRAS, old=PASSPHRASE))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("act", [adding, changing])
def test_killed_at_any_moment_people_are_as_before_or_as_wished(
    cheap_template: Template, tmp_path: Path, clock: FixedClock, act: Callable[[OpenVault], None]
) -> None:
    finished, event, outcomes = False, 0, set()
    while not finished:
        event += 1
        folder = cheap_template.copied_to(tmp_path / f"{event}.coachdesk")
        finished = killed_at(event, act, cheap_template, folder)
        opened = opened_by_one_of(folder, clock, PASSPHRASE, IQRAS if act is changing else PASSPHRASE)
        labels = [slot.label for slot in opened.slot_file.people()]
        assert len(rows(opened)) == len(labels)
        outcomes.add((opened.slot.sealed != cheap_template.slot.sealed, len(labels)))
        assert opened.known_generation == opened.slot_file.generation
        assert check(opened).problems == ()
        opened.close()
        assert not [path.name for path in folder.iterdir() if path.name.endswith(".part")]
    assert outcomes == ({(False, 1), (False, 2)} if act is adding else {(False, 1), (True, 1)})
    assert event > 5


def opened_by_one_of(folder: Path, clock: FixedClock, *passphrases: str) -> OpenVault:
    """Return the vault opened by the first of some passphrases that is right; one of them is."""
    for passphrase in passphrases[:-1]:
        try:
            return SealedVault(folder).open(passphrase, person=PERSON, clock=clock)
        except WrongPassphrase:
            continue
    return SealedVault(folder).open(passphrases[-1], person=PERSON, clock=clock)


def test_an_unlocking_that_breaks_off_lets_go_of_the_vault(
    vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("coachdesk.vault.passphrase.raise_cost", stopped)
        with pytest.raises(KeyboardInterrupt):
            SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()
