"""A new passphrase for whoever has unlocked, also after the recovery key was used."""

from dataclasses import replace

from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.vault.cost import Cost, measured
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SLOT_FILE, check_passphrase
from coachdesk.vault.slots import new_slot
from coachdesk.vault.work import reading


def change_passphrase(vault: OpenVault, passphrase: str, *, cost: Cost | None = None) -> None:
    """Give the person who unlocked a new passphrase: one slot, one atomic write, the data untouched.

    Raises Refusal when it is too short or the person has no slot, Locked, or the Trouble of the drive; the
    old passphrase then stays.
    """
    check_passphrase(passphrase)
    with reading(vault) as session:
        coach = session.get(Coach, vault.coach_id) if vault.coach_id else None
        slot_id = coach.slot if coach else vault.slot.id
    file = vault.slot_file
    old = next((slot for slot in file.people() if slot.id == slot_id), None)
    if old is None:
        raise Refusal("Nobody who may unlock the vault is tied to this name.")
    fresh = new_slot(file, vault.keys, passphrase, cost or measured(), label=old.label, slot_id=old.id)
    changed = replace(file.with_slot(fresh), mac="")
    written_whole(vault.folder / SLOT_FILE, changed.rendered(vault.keys))
    vault.slot_file = changed
