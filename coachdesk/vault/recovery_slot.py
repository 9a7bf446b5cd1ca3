"""The recovery key of a vault: made anew, proved by typing it back, and told when it was used."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.terms import Role
from coachdesk.vault.key_change import change_keys, tell
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.passphrase import check_old, usual_cost
from coachdesk.vault.recovery import secret_of
from coachdesk.vault.roles import insist_on_role
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.slots import RECOVERY, Slot, new_slot
from coachdesk.vault.trouble import WrongPassphrase
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work

RECOVERY_KEY = "recovery_key"
"""The setting that says since when the recovery key holds and when it was last typed back."""
RECOVERY_LABEL = "Recovery key"
MAY_CHANGE = (Role.MANAGER, Role.TRUSTEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecoveryKey:
    """A recovery key just printed, and the same as typed back from its sheet."""

    key: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFacts:
    """Since when the recovery key holds, and when somebody last proved that it is still there."""

    since: dt.date | None
    proved_on: dt.date | None


def set_recovery_key(vault: OpenVault, wish: NewRecoveryKey, watch: Watch | None = None) -> None:
    """Put a new recovery key in the place of the old one, which opens nothing of this vault any more.

    The old slot file is not kept, for the old key may be in wrong hands. Raises Refusal unless a manager or
    trustee asks and what was typed back is the key, naming the group with a slip; Locked; or the Trouble of
    the drive, and the old key stays.
    """
    told = watch or Watch.silent()
    insist_on_role(vault, MAY_CHANGE, "Only a manager or a trustee may make a new recovery key.")
    secret = secret_of(wish.typed)
    if secret != secret_of(wish.key):
        sentence = "This is not the key on the new sheet. An older sheet may lie beside it."
        raise Refusal(sentence, fields={"recovery_key": sentence})
    told.progress(0.3, "Sealing the new recovery key")
    old = recovery_slot(vault)
    fresh = new_slot(
        vault.slot_file,
        vault.keys,
        secret,
        usual_cost(vault),
        label=RECOVERY_LABEL,
        kind=RECOVERY,
        slot_id=old.id if old else "",
    )
    today = vault.clock.today().isoformat()

    def change(session: Session) -> tuple[Slot, ...]:
        keep_setting(session, RECOVERY_KEY, {"since": today, "proved_on": today})
        tell(session, "recovery key replaced", "Made a new recovery key")
        return vault.slot_file.with_slot(fresh).slots

    change_keys(vault, change, keep_old=False)


def prove_recovery_key(vault: OpenVault, typed: str, watch: Watch | None = None) -> None:
    """Note that the sheet was kept, when the key typed from it opens this vault.

    Raises Refusal naming a group with a slip, WrongPassphrase or MustWait when it is another key, Locked.
    """
    told = watch or Watch.silent()
    secret = secret_of(typed)
    slot = recovery_slot(vault)
    if slot is None:
        raise Refusal("This vault has no recovery key.")
    told.progress(0.3, "Trying the recovery key")
    try:
        check_old(vault, slot, secret)
    except WrongPassphrase:
        sentence = "This is not the recovery key of this vault. It may be that of an older sheet."
        found = WrongPassphrase(sentence, fields={"recovery_key": sentence})
    else:
        with unit_of_work(vault) as work:
            kept = read_setting(work.session, RECOVERY_KEY) or {}
            keep_setting(work.session, RECOVERY_KEY, {**kept, "proved_on": vault.clock.today().isoformat()})
        return
    raise found


def recovery_slot(vault: OpenVault) -> Slot | None:
    """Return the slot of the recovery key, or None when the vault has none."""
    return next((slot for slot in vault.slot_file.slots if slot.kind == RECOVERY), None)


def recovery_facts(session: Session, _question: None) -> RecoveryFacts:
    """Return since when the recovery key holds and when it was proved, as far as the vault was told."""
    kept = read_setting(session, RECOVERY_KEY) or {}
    days = {name: dt.date.fromisoformat(kept[name]) for name in ("since", "proved_on") if name in kept}
    return RecoveryFacts(since=days.get("since"), proved_on=days.get("proved_on"))


def tell_recovery(vault: OpenVault) -> None:
    """Journal that the vault was opened with the recovery key; a full drive does not keep anybody out."""
    with suppress(Trouble), unit_of_work(vault) as work:
        tell(work.session, "recovery key used", "Opened the vault with the recovery key")
