"""A new data key: the data is written anew under it, and the slot file, replaced, makes it so (storage.md 4.7).

Nothing is changed in place and there is no state in between: up to the one step that replaces the slot file the old
file stands, after it the new one, and whatever is left of the other goes at the next unlocking. Everybody keeps
their own passphrase, also who is away: a data key is sealed to a slot's public key.
"""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy.orm import Session
from typing_extensions import override

from coachdesk.errors import Trouble
from coachdesk.terms import Role
from coachdesk.vault.backup import ensure_backup
from coachdesk.vault.backup_folder import ROTATION
from coachdesk.vault.copying import copied_data, forget, looked_at, unsound
from coachdesk.vault.files import synced
from coachdesk.vault.key_change import keep_generation, tell
from coachdesk.vault.keyring import KEY_LENGTH, Keyring
from coachdesk.vault.mark import Mark, keep_mark
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.places import check_room
from coachdesk.vault.roles import insist_on_role
from coachdesk.vault.slot_store import put_slots, read_slots
from coachdesk.vault.slots import Slot, SlotFile, renewed
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import plain_troubles, unit_of_work

BACKING_UP = "Making a backup first"
WRITING, SEALING = "Writing the data under a new key", "Sealing the new key to everybody"

Apply = Callable[[Session], None]


def rotate(vault: OpenVault, _wish: None = None, watch: Watch | None = None) -> None:
    """Give the vault a new data key; older copies of its files open no newer ones from then on.

    A backup is made first unless the newest holds every change, and saves wait meanwhile. Raises Refusal unless
    a manager asks, Cancelled, DiskFull before anything is written when there is no room for the data twice,
    Locked or the Trouble found; the vault is then as it was.
    """
    insist_on_role(vault, (Role.MANAGER,), "Only a manager may change the key of the vault.")

    def apply(session: Session) -> None:
        tell(session, "key changed", "Changed the key of the vault")

    renew_key(vault, vault.slot_file.slots, apply, watch or Watch.silent())


def renew_key(vault: OpenVault, slots: tuple[Slot, ...], apply: Apply, watch: Watch) -> None:
    """Write the data anew under a new key that these slots open, with one change of the data in it.

    The change of the data and that of the slots are committed by the same step. Raises as ``rotate``.
    """
    ensure_backup(vault, ROTATION, _stretched(watch, 0.0, 0.4, BACKING_UP))
    keys = Keyring(secrets.token_bytes(KEY_LENGTH))
    file = renewed(vault.slot_file, keys, slots, db=_next_name(vault.slot_file.db))
    new, old = vault.folder / file.db, vault.data_file
    with plain_troubles(), vault.writing_stopped():
        try:
            mark = _written_anew(vault, file, keys, apply, watch)
            file = put_slots(vault.folder, file, keys, keep_old=False)
        except BaseException:  # whatever it is: one of the two files is left, the one the slot file names
            if _is_named(vault.folder, file):
                vault.adopt(file, keys)
            else:
                keys.wipe()
                forget(new)
            raise
        vault.adopt(file, keys)
    _tidied(vault, old, mark)


def _written_anew(vault: OpenVault, file: SlotFile, keys: Keyring, apply: Apply, watch: Watch) -> Mark:
    """Write the new data file, whole, checked and lasting; return its high-water mark."""
    new, old = vault.folder / file.db, vault.data_file
    with system_troubles():
        forget(new)
        check_room(vault.folder, old.stat().st_size)
        part = _stretched(watch, 0.4, 0.85, WRITING)
        copied_data(old, new, vault.keys.sub("db"), target_key=keys.sub("db"), watch=part)
        watch.progress(0.85, SEALING)
        mark = _applied(vault, file, keys, apply)
        synced(vault.folder)
        watch.progress(0.95, SEALING)
    return mark


def _is_named(folder: Path, file: SlotFile) -> bool:
    try:
        return read_slots(folder / SLOT_FILE).db == file.db
    except Trouble:
        return False


def _tidied(vault: OpenVault, old: Path, mark: Mark) -> None:
    """Leave nothing of the old key behind; what the drive does not let go now goes at the next unlocking."""
    with suppress(Trouble):
        keep_mark(vault.folder, vault.keys.sub("mark"), mark)
    with suppress(OSError):
        forget(old)


def _next_name(db: str) -> str:
    number = int(re.sub(r"\D", "", db))
    return f"data-{number + 1}.db"


def _stretched(watch: Watch, start: float, end: float, words: str) -> Watch:
    """Return a watch that hears a part of the work as its share of the whole."""

    def hear(fraction: float, _words: str) -> None:
        watch.progress(start + fraction * (end - start), words)

    return Watch(hear=hear)


def _applied(vault: OpenVault, file: SlotFile, keys: Keyring, apply: Apply) -> Mark:
    """Write the change into the new data file, lock it, look at it again; return its high-water mark."""
    heir = _Heir(vault, file, Keyring(keys.data_key()))
    try:
        with unit_of_work(heir) as work:
            apply(work.session)
            keep_generation(work.session, file)
    finally:
        heir.close()
    if looked_at(vault.folder / file.db, keys.sub("db")).position != heir.mark.position:
        raise unsound()
    return heir.mark


class _Heir(OpenVault):
    """The vault as it will be, over the new data file: its change is journalled, its mark kept for later."""

    def __init__(self, vault: OpenVault, file: SlotFile, keys: Keyring) -> None:
        self.mark = Mark(0, vault.clock.now())
        super().__init__(vault.folder, file, vault.slot, keys, clock=vault.clock, holder=None)
        self.person, self.coach_id = vault.person, vault.coach_id

    @override
    def keep_mark(self, position: int) -> None:
        """Remember the high-water mark: the file on the drive is still that of the old data."""
        self.mark = Mark(position, self.clock.now())
