"""The slot file on the disk: replaced in one step, read back, with the copy before it beside it (storage.md 4.3).

A lost slot file is a lost vault. So the file as it was stays beside the new one, from the moment the new one has
been read back until somebody was removed or the data key changed: then the old one would open too much.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from coachdesk.clock import Clock
from coachdesk.errors import Refusal, Trouble
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.holder import Holder
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.pack import SLOT_FILE, is_sealed_by, read_header
from coachdesk.vault.slots import LARGEST, SlotFile, parsed
from coachdesk.vault.trouble import damaged, system_troubles

KEPT = "coachdesk.keys.bak"
BACKUPS = "*.coachdesk-backup"
NAMED = re.compile(rb'"vault":"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCopy:
    """A copy of the slot file that could be put back: the file beside it, or a backup that holds one."""

    path: Path
    generation: int

    @property
    def beside(self) -> bool:
        """Return whether this is the copy in the vault's own folder."""
        return self.path.name == KEPT


def read_slots(path: Path) -> SlotFile:
    """Return what a slot file says; raises NewerVersion, Damaged, or Trouble when it cannot be read."""
    with system_troubles(), path.open("rb") as stream:
        return parsed(stream.read(LARGEST + 1))


def put_slots(folder: Path, file: SlotFile, keys: Keyring, *, keep_old: bool) -> SlotFile:
    """Replace the slot file in one step, read it back, and return it as read.

    The file it replaces stays as a copy when ``keep_old`` is said and is gone otherwise. Raises Trouble; up to
    the one step the old file stands.
    """
    path, kept = folder / SLOT_FILE, folder / KEPT
    content = file.rendered(keys)
    old = path.read_bytes() if keep_old and path.is_file() else None
    written_whole(path, content)
    found = read_slots(path)
    if found.body() != file.body() or not is_sealed_by(found, keys):
        raise damaged("The vault’s key file")
    if old is not None:
        written_whole(kept, old)
    else:
        drop_kept(folder)
    return found


def drop_kept(folder: Path) -> None:
    """Remove the copy of the slot file, which may open what nobody should open any more; raises Trouble."""
    with system_troubles():
        (folder / KEPT).unlink(missing_ok=True)


def key_copies(folder: Path, places: Iterable[Path] = ()) -> tuple[KeyCopy, ...]:
    """Return the copies of the slot file that fit the data file lying in a folder, the best first.

    Looks beside the slot file, then into the backups in the folder, around it, where they are made unless somebody
    chose a better place, and in the places given. No key is needed; whether a copy is genuine shows when somebody
    unlocks with it.
    """
    kept = kept_copy(folder)
    usual = (folder, folder.parent, folder.with_name(f"{folder.stem} backups"))
    backups = [found for place in (*usual, *places) for found in _backups(folder, place)]
    backups.sort(key=_newest, reverse=True)
    return (*([kept] if kept else []), *backups)


def _newest(copy: KeyCopy) -> tuple[int, str]:
    return copy.generation, copy.path.name


def kept_copy(folder: Path) -> KeyCopy | None:
    """Return the copy beside the slot file, or None when there is none that fits the data."""
    try:
        file = read_slots(folder / KEPT)
    except Trouble:
        return None
    return KeyCopy(path=folder / KEPT, generation=file.generation) if (folder / file.db).is_file() else None


def _backups(folder: Path, place: Path) -> list[KeyCopy]:
    vault = _named_vault(folder)
    found = []
    for path in sorted(place.glob(BACKUPS)):
        file = _slots_of_backup(path)
        if file is not None and (folder / file.db).is_file() and vault in (None, file.vault):
            found.append(KeyCopy(path=path, generation=file.generation))
    return found


def _named_vault(folder: Path) -> UUID | None:
    """Return which vault this is, as far as a damaged slot file still says."""
    path = folder / SLOT_FILE
    named = NAMED.search(path.read_bytes()[:LARGEST]) if path.is_file() else None
    return UUID(hex=named[1].decode()) if named else None


def _slots_of_backup(path: Path) -> SlotFile | None:
    try:
        return parsed(_packed_slots(path))
    except (Trouble, OSError):
        return None


def _packed_slots(path: Path) -> bytes:
    with path.open("rb") as stream:
        header = read_header(stream, path.stat().st_size)
        return stream.read(header.parts[0].size)


def put_back(folder: Path, copy: KeyCopy, *, clock: Clock) -> Path | None:
    """Put a copy of the slot file in the place of the missing or damaged one.

    What lay there is moved aside, never overwritten; return where to, or None when nothing lay there. Raises
    Busy when the vault is open, Refusal for a copy that does not fit, Trouble when the drive does not take it.
    """
    holder = Holder(folder, person="CoachDesk", clock=clock)
    try:
        with system_troubles():
            content = copy.path.read_bytes() if copy.beside else _packed_slots(copy.path)
        if not (folder / parsed(content).db).is_file():
            raise Refusal("This copy of the key file belongs to another state of the vault.")
        with system_troubles():
            aside = _moved_aside(folder)
        written_whole(folder / SLOT_FILE, content)
    finally:
        holder.release()
    return aside


def _moved_aside(folder: Path) -> Path | None:
    path = folder / SLOT_FILE
    if not path.exists():
        return None
    number = 1
    while (aside := folder / f"{SLOT_FILE}.put-aside-{number}").exists():
        number += 1
    replaced(path, aside)
    synced(folder)
    return aside
