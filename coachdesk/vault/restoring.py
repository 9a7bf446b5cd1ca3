"""A vault out of a backup: made beside, compared in words, and only then put in the place of the one that is there.

Nothing is overwritten and nothing is thrown away: the vault that lay there is moved aside as a whole, with whatever
log lies in it (an old log beside a restored file would damage it, storage.md 5.4).
"""

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path
from typing import BinaryIO

from coachdesk.clock import Clock, FixedClock
from coachdesk.errors import Refusal
from coachdesk.vault.backup_folder import DRILL, globbed, stem_of
from coachdesk.vault.erasure_list import carried_over
from coachdesk.vault.farewell import FAREWELLS
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.holder import Holder
from coachdesk.vault.pack import SLOT_FILE, Header, Part, blocks, damaged_backup, read_header
from coachdesk.vault.places import check_room
from coachdesk.vault.slots import parsed
from coachdesk.vault.trouble import Busy, system_troubles
from coachdesk.vault.watch import Watch


def restore(backup: Path, folder: Path, watch: Watch | None = None) -> Path | None:
    """Make a vault's folder out of a backup; return where the folder that lay there was put, if one did.

    A vault in that place is moved aside as a whole, with its log files, never overwritten. Raises Busy when
    it is open, Refusal when something else lies there, Damaged for a backup that cannot be trusted, Cancelled.
    """
    told = watch or Watch.silent()
    nursery = folder.with_name(f".{folder.name}.part")
    with system_troubles():
        shutil.rmtree(nursery, ignore_errors=True)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            header = unpacked(backup, nursery, told)
            carried_over(nursery, vault=folder, backups=backup.parent)
            aside = _put_in_place(nursery, folder, FixedClock(header.at))
        finally:
            shutil.rmtree(nursery, ignore_errors=True)
    return aside


def restore_beside(backup: Path, folder: Path, watch: Watch | None = None) -> Path:
    """Make a vault out of a backup beside the one in ``folder``, which is not touched; return where.

    Raises Damaged for a backup that cannot be trusted, Cancelled or Trouble; nothing is left then.
    """
    place = free_name(folder, "restored")
    nursery = folder.with_name(f".{place.name}.part")
    with system_troubles():
        shutil.rmtree(nursery, ignore_errors=True)
        try:
            unpacked(backup, nursery, watch or Watch.silent())
            carried_over(nursery, vault=folder, backups=backup.parent)
            replaced(nursery, place)
            synced(place.parent)
        finally:
            shutil.rmtree(nursery, ignore_errors=True)
    return place


def switch(folder: Path, restored: Path, *, clock: Clock) -> Path | None:
    """Put a restored vault in the place of the one in ``folder``; return where that one lies now.

    Raises Busy when either is open, Refusal when something else lies there, or Trouble. A crash in the middle
    is completed by ``finish_switch`` when the vault is looked for next.
    """
    Holder(restored, person="A restore", clock=clock).release()
    with system_troubles():
        carried_over(restored, vault=folder)
        return _put_in_place(restored, folder, clock)


def discard(restored: Path) -> None:
    """Remove a vault that was restored beside and is not wanted; raises Refusal for any other folder, or Trouble."""
    if " (restored " not in restored.stem:
        raise Refusal("Only a vault that was restored beside may be removed here.")
    with system_troubles():
        shutil.rmtree(restored)


def unpacked(backup: Path, folder: Path, watch: Watch) -> Header:
    """Unpack a backup into a new folder, each part checked; return its header.

    Raises Damaged, Cancelled, DiskFull or OSError; the folder may then hold a part of it.
    """
    with backup.open("rb") as stream:
        header = read_header(stream, backup.stat().st_size)
        check_room(folder.parent, sum(part.size for part in header.parts), one_file=True)
        folder.mkdir(mode=0o700)
        for part in header.parts:
            _unpacked(stream, part, folder / part.name, watch)
    file = parsed((folder / SLOT_FILE).read_bytes())
    if file.vault != header.vault or file.db != header.parts[1].name:
        raise damaged_backup()
    return header


def _unpacked(stream: BinaryIO, part: Part, path: Path, watch: Watch) -> None:
    sha = hashlib.sha256()

    def write(target: BinaryIO) -> None:
        done = 0
        for block in blocks(stream, part.size):
            watch.progress(done / part.size, "Unpacking the backup")
            sha.update(block)
            target.write(block)
            done += len(block)

    written_whole(path, write)
    if sha.hexdigest() != part.sha256:
        raise damaged_backup()


def switch_when_locked(folder: Path, restored: Path, *, clock: Clock) -> None:
    """Have a restored vault put in the place of the one in use as soon as that is looked for, locked; raises Trouble."""
    with system_troubles():
        if not restored.joinpath(SLOT_FILE).is_file() or restored.parent != folder.parent:
            raise Refusal("The restored vault is not there any more.")
    _note_switch(folder, restored, None, clock)


def _put_in_place(made: Path, folder: Path, clock: Clock) -> Path | None:
    """Move what lies in a place aside and a finished folder there; the two steps are noted first."""
    aside = _room_made(folder, clock)
    if aside is not None:
        _note_switch(folder, made, aside, clock)
        replaced(folder, aside)
    replaced(made, folder)
    synced(folder.parent)
    _switch_note(folder).unlink(missing_ok=True)
    return aside


def _switch_note(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.switch")


def _note_switch(folder: Path, made: Path, aside: Path | None, clock: Clock) -> None:
    words = {"made": made.name, "aside": aside.name if aside else "", "at": clock.now().isoformat()}
    written_whole(_switch_note(folder), json.dumps(words).encode())


def finish_switch(folder: Path) -> bool:
    """Carry out a switch that was wished for or cut in two by a crash; return whether the place changed.

    Between its two steps nothing lies in the vault's place: the finished restored vault is put there or, where
    that is gone, the old one back. While the vault is open somewhere, nothing happens yet. Raises Trouble.
    """
    note = _switch_note(folder)
    if not note.exists():
        return False
    with system_troubles():
        try:
            found = json.loads(note.read_text("utf-8"))
            made = folder.with_name(Path(found["made"]).name)
            aside = folder.with_name(Path(found["aside"]).name) if found["aside"] else None
            clock = FixedClock(dt.datetime.fromisoformat(found["at"]))
        except (ValueError, KeyError, TypeError):
            note.unlink(missing_ok=True)
            return False
        if folder.is_dir():
            return _switched_now(folder, made, aside, clock)
        source = made if made.is_dir() else aside
        if source is not None and source.is_dir():
            replaced(source, folder)
            synced(folder.parent)
        note.unlink(missing_ok=True)
    return folder.is_dir()


def _switched_now(folder: Path, made: Path, aside: Path | None, clock: Clock) -> bool:
    """Carry out a switch that was wished for; one that was cut before its first step is not wished for any more."""
    if aside is not None or not made.is_dir():
        _switch_note(folder).unlink(missing_ok=True)
        return False
    try:
        switch(folder, made, clock=clock)
    except Busy:
        return False
    return True


def _room_made(folder: Path, clock: Clock) -> Path | None:
    """Return where the vault in a place will be put, None for a free place; raises Refusal or Busy."""
    if not folder.exists():
        return None
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        return None
    if not folder.is_dir() or not (folder.joinpath(SLOT_FILE).exists() or any(folder.glob("data-*.db"))):
        sentence = "Something else lies in this place. Choose another name."
        raise Refusal(sentence, fields={"folder": sentence})
    FAREWELLS.wait(folder)
    Holder(folder, person="A restore", clock=clock).release()
    return free_name(folder, "put aside")


def free_name(folder: Path, words: str) -> Path:
    """Return a name beside a vault, with these words and a number in it, that nothing has yet."""
    number = 1
    while True:
        found = folder.with_name(f"{folder.stem} ({words} {number}){folder.suffix}")
        if not found.exists():
            return found
        number += 1


def clear_halves_beside(folder: Path) -> None:
    """Remove what a restore or a practice restore that was killed left beside a vault; its holder alone may."""
    for half in (
        folder.with_name(f".{folder.name}.part"),
        *folder.parent.glob(f".{globbed(folder.stem)} (restored *){folder.suffix}.part"),
        *folder.parent.glob(f"{DRILL}{globbed(stem_of(folder))}*.part"),
    ):
        shutil.rmtree(half, ignore_errors=True)
