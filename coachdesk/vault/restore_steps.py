"""The steps of a restore that a person follows: look into a backup, make it beside and compare, use it or not."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.vault.backup import ground_of
from coachdesk.vault.comparing import KINDS, Difference, difference, keys_of
from coachdesk.vault.copying import Contents
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import is_sealed_by, looked_into, slots_in
from coachdesk.vault.restoring import discard, restore_beside, switch_when_locked
from coachdesk.vault.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a backup is found to hold before anything is unpacked.

    ``contents`` is None when only a passphrase of that day can tell (``earlier_key``) or the backup is of the first
    form; ``people`` are those who could unlock it.
    """

    path: Path
    at: dt.datetime
    size: int
    same_vault: bool
    earlier_key: bool
    people: tuple[str, ...]
    contents: Contents | None

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return the words for several of each kind that is there, and how many."""
        if self.contents is None:
            return ()
        found = ((several, self.contents.count(table)) for table, _, several in KINDS)
        return tuple((several, count) for several, count in found if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWish:
    """The wish to make a backup beside the vault and compare; name and passphrase only for an earlier key."""

    backup: Path
    person: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A vault made beside, and what tells it from the one in use."""

    made: Path
    difference: Difference


def look_into(vault: OpenVault, backup: Path, watch: Watch) -> Held:
    """Return what a backup holds; raises Damaged, NewerVersion or Trouble."""
    watch.progress(0.1, "Looking into the backup")
    header, file = looked_into(backup), slots_in(backup)
    ours = header.vault == vault.vault_id
    current = ours and is_sealed_by(file, vault.keys)
    told = header.told(vault.keys) if current else None
    return Held(
        path=backup,
        at=header.at,
        size=sum(part.size for part in header.parts),
        same_vault=ours,
        earlier_key=ours and not current,
        people=tuple(slot.label for slot in file.people()),
        contents=told.contents if told else None,
    )


def compare(vault: OpenVault, wish: CompareWish, watch: Watch) -> Compared:
    """Make the vault of a backup beside the open one, which is not touched, and compare the two.

    Raises EarlierKey, WrongPassphrase, Refusal for another vault, Damaged, Cancelled or Trouble; nothing is left then.
    """
    ground = ground_of(vault)
    keys = keys_of(slots_in(wish.backup), ground, person=wish.person, secret=wish.secret)
    made = restore_beside(wish.backup, vault.folder, watch)
    try:
        watch.progress(1.0, "Comparing the two")
        return Compared(made=made, difference=difference(ground, made, keys))
    except BaseException:  # whatever it is, no vault nobody asked for stays beside
        discard(made)
        raise
    finally:
        keys.wipe()


def use_restored(vault: OpenVault, made: Path, _watch: Watch) -> None:
    """Have the restored vault take this one's place as soon as this one is locked; raises Refusal or Trouble."""
    if vault.read_only:
        raise Refusal("This vault is open for reading only; close it elsewhere first.")
    switch_when_locked(vault.folder, made, clock=vault.clock)


def remove_restored(_vault: OpenVault, made: Path, _watch: Watch) -> None:
    """Remove the vault that was made beside; raises Refusal or Trouble."""
    discard(made)
