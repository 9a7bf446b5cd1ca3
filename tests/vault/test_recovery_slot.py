"""A new recovery key replaces the old one; the sheet is proved by typing it back."""

import datetime as dt
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.people import AddPerson, add_person
from coachdesk.vault.recovery import new_recovery_key
from coachdesk.vault.recovery_slot import (
    NewRecoveryKey,
    prove_recovery_key,
    recovery_facts,
    set_recovery_key,
)
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.slots import RECOVERY, SlotFile
from coachdesk.vault.trouble import MustWait, WrongPassphrase
from tests.makers import ask
from tests.vault_fixtures import PASSPHRASE, PERSON, TODAY, Template

IQRA, IQRAS = "Iqra Malik", "seven lanterns cross the moor"


def test_a_new_key_opens_and_the_old_one_no_more(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    assert ask(vault, recovery_facts).since == TODAY
    assert ask(vault, recovery_facts).proved_on is None
    key = new_recovery_key()
    set_recovery_key(vault, NewRecoveryKey(key=key, typed=key.lower().replace("-", " ")))
    assert ask(vault, recovery_facts).proved_on == TODAY
    vault.close()
    assert not (vault_folder / KEPT).exists()
    sealed = SealedVault(vault_folder)
    with pytest.raises(WrongPassphrase):
        sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock)
    sealed.open_with_recovery_key(key, clock=clock).close()
    sealed.open(PASSPHRASE, clock=clock).close()
    assert [slot.kind for slot in sealed.slot_file().slots].count(RECOVERY) == 1


def test_a_key_not_typed_back_is_not_set(vault: OpenVault, vault_folder: Path) -> None:
    before = (vault_folder / "coachdesk.keys").read_bytes()
    key = new_recovery_key()
    with pytest.raises(Refusal, match="not the key on the new sheet"):
        set_recovery_key(vault, NewRecoveryKey(key=key, typed=new_recovery_key()))
    slipped = ("1" if key[0] != "1" else "2") + key[1:]
    with pytest.raises(Refusal, match="group 1"):
        set_recovery_key(vault, NewRecoveryKey(key=key, typed=slipped))
    assert (vault_folder / "coachdesk.keys").read_bytes() == before


@pytest.mark.parametrize(("role", "may"), [(Role.COACH, False), (Role.AUDITOR, False), (Role.TRUSTEE, True)])
def test_managers_and_trustees_make_a_new_key(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, role: Role, *, may: bool
) -> None:
    add_person(vault, AddPerson(name=IQRA, passphrase=IQRAS, role=role))
    vault.close()
    hers = SealedVault(vault_folder).open(IQRAS, person=IQRA, clock=clock)
    key = new_recovery_key()
    wish = NewRecoveryKey(key=key, typed=key)
    if may:
        set_recovery_key(hers, wish)
    else:
        with pytest.raises(Refusal, match="Only a manager or a trustee"):
            set_recovery_key(hers, wish)
    hers.close()


def test_a_sheet_is_proved_by_its_key(vault: OpenVault, vault_template: Template) -> None:
    with pytest.raises(WrongPassphrase, match="not the recovery key of this vault"):
        prove_recovery_key(vault, new_recovery_key())
    assert ask(vault, recovery_facts).proved_on is None
    prove_recovery_key(vault, vault_template.recovery_key)
    facts = ask(vault, recovery_facts)
    assert (facts.since, facts.proved_on) == (TODAY, TODAY)


def test_guessing_recovery_keys_makes_wait(vault: OpenVault) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            prove_recovery_key(vault, new_recovery_key())
    with pytest.raises(MustWait):
        prove_recovery_key(vault, new_recovery_key())


def test_a_vault_without_a_recovery_key_gets_one(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    file = vault_template.file
    bare = SlotFile(file.vault, file.generation, file.db, file.people())
    (vault_folder / "coachdesk.keys").write_bytes(bare.rendered(Keyring(vault_template.data_key)))
    sealed = SealedVault(vault_folder)
    vault = sealed.open(PASSPHRASE, person=PERSON, clock=clock)
    with pytest.raises(Refusal, match="no recovery key"):
        prove_recovery_key(vault, vault_template.recovery_key)
    key = new_recovery_key()
    set_recovery_key(vault, NewRecoveryKey(key=key, typed=key))
    vault.close()
    again = sealed.open_with_recovery_key(key, clock=FixedClock.on(TODAY + dt.timedelta(days=1)))
    prove_recovery_key(again, key)
    facts = ask(again, recovery_facts)
    assert (facts.since, facts.proved_on) == (TODAY, TODAY + dt.timedelta(days=1))
    again.close()
