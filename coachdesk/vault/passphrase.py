"""One's own passphrase: changed at once, and its cost raised when the laptop has outgrown it.

Only the slot is written anew, in one step; the data is not (storage.md 4.2).
"""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Coach, Organisation
from coachdesk.vault.cost import Cost
from coachdesk.vault.key_change import change_keys, tell
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.slots import RECOVERY, Slot, new_slot, prove_secret
from coachdesk.vault.strength import insist
from coachdesk.vault.trouble import WrongPassphrase
from coachdesk.vault.waiting import Attempts
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

NO_SLOT = "Nobody who may unlock the vault is tied to this name."
SAME = "This is the passphrase you have. Choose another one."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassphrase:
    """A new passphrase for whoever has unlocked; the old one is needless after the recovery key was used."""

    passphrase: str
    old: str = ""


def change_passphrase(vault: OpenVault, wish: NewPassphrase, watch: Watch | None = None) -> None:
    """Give the person who unlocked a new passphrase.

    Raises WrongPassphrase or MustWait for the old one, Refusal when the new one is easy to guess or the person
    has no slot, Locked, or the Trouble of the drive; the old passphrase then stays.
    """
    told = watch or Watch.silent()
    names, slot = _own(vault)
    insist(wish.passphrase, names)
    if vault.slot.kind != RECOVERY:
        told.progress(0.1, "Checking the old passphrase")
        check_old(vault, slot, wish.old)
        if wish.old == wish.passphrase:
            raise Refusal(SAME, fields={"passphrase": SAME})
    told.progress(0.5, "Sealing the new passphrase")
    fresh = resecured(vault, slot, wish.passphrase)

    def change(session: Session) -> tuple[Slot, ...]:
        coach = session.scalars(select(Coach).where(Coach.slot == slot.id)).one()
        tell(session, "passphrase changed", f"Changed the passphrase of {coach.name}", coach)
        return vault.slot_file.with_slot(fresh).slots

    change_keys(vault, change, keep_old=True)


def _own(vault: OpenVault) -> tuple[tuple[str, ...], Slot]:
    """Return the names a passphrase must not be built on, and the slot of whoever has unlocked."""
    with reading(vault) as session:
        coach = session.get(Coach, vault.coach_id) if vault.coach_id else None
        names = (*session.scalars(select(Organisation.name)), vault.person)
    slot = next((one for one in vault.slot_file.people() if coach and one.id == coach.slot), None)
    if slot is None:
        raise Refusal(NO_SLOT)
    return names, slot


def check_old(vault: OpenVault, slot: Slot, passphrase: str) -> None:
    """Return when this passphrase opens a slot; raises WrongPassphrase, or MustWait after too many."""
    attempts = Attempts(vault.folder, vault.clock)
    attempts.check()
    try:
        prove_secret(vault.slot_file, slot, passphrase)
    except WrongPassphrase:
        attempts.failed()
        sentence = "The old passphrase is not right."
        found = WrongPassphrase(sentence, fields={"old": sentence})
    else:
        attempts.succeeded()
        return
    raise found


def usual_cost(vault: OpenVault) -> Cost:
    """Return the cost of a new slot: the highest in the vault, for each was measured on a laptop of its people."""
    return max((slot.cost for slot in vault.slot_file.slots), key=_memory)


def _memory(cost: Cost) -> int:
    return cost.memory


def resecured(vault: OpenVault, slot: Slot, secret: str, cost: Cost | None = None) -> Slot:
    """Return a slot with another secret or cost, under the same id and label; raises NotEnoughMemory."""
    return new_slot(
        vault.slot_file,
        vault.keys,
        secret,
        cost or usual_cost(vault),
        label=slot.label,
        kind=slot.kind,
        slot_id=slot.id,
    )


def raise_cost(vault: OpenVault, secret: str, seconds: float) -> None:
    """Seal the slot just used at a higher cost when the laptop has outgrown the old one.

    Nobody asked for it, so a drive or memory that is full only puts it off to another day.
    """
    cost = vault.slot.cost.outgrown(seconds)
    if cost is None:
        return
    with suppress(Trouble):
        fresh = resecured(vault, vault.slot, secret, cost)

        def change(_session: Session) -> tuple[Slot, ...]:
            return vault.slot_file.with_slot(fresh).slots

        change_keys(vault, change, keep_old=True, by_program=True)
