"""Backups: one finished file out of an open vault, and a vault's folder out of that file."""

import hashlib
import shutil
from pathlib import Path
from typing import BinaryIO

from coachdesk.clock import Clock, FixedClock
from coachdesk.errors import Refusal
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.holder import Holder
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import (
    SLOT_FILE,
    Asked,
    Header,
    Part,
    Progress,
    blocks,
    damaged_backup,
    never,
    packed,
    read_header,
)
from coachdesk.vault.settings import keep_setting
from coachdesk.vault.slots import parsed
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.work import plain_troubles, unit_of_work

LAST_BACKUP = "last_backup"
"""The setting that says when, up to which change, and to a file of which name."""


def back_up(
    vault: OpenVault, target: Path, progress: Progress | None = None, cancelled: Asked | None = None
) -> Header:
    """Write a whole backup of an open vault, check it by reading it back, and note when.

    Raises Refusal for a place inside the vault, Cancelled, Locked, or the Trouble found; the old file of that
    name is then untouched and no half file is left.
    """
    if target.parent.resolve().is_relative_to(vault.folder.resolve()):
        sentence = "A backup inside the vault would be lost with it. Choose another place."
        raise Refusal(sentence, fields={"target": sentence})
    at = vault.clock.now()
    header = packed(
        vault.folder,
        vault.slot_file,
        vault.keys,
        target,
        at=at,
        progress=progress,
        cancelled=cancelled or never,
    )
    with plain_troubles(), unit_of_work(vault) as work:
        value = {"at": at.isoformat(), "position": header.position, "name": target.name}
        keep_setting(work.session, LAST_BACKUP, value)
    return header


def looked_into(backup: Path) -> Header:
    """Return what a backup says of itself, without any key; raises Damaged or NewerVersion."""
    with system_troubles(), backup.open("rb") as stream:
        return read_header(stream, backup.stat().st_size)


def restore(backup: Path, folder: Path) -> Path | None:
    """Make a vault's folder out of a backup; return where the folder that lay there was put, if one did.

    A vault in that place is moved aside as a whole, with its log files, never overwritten. Raises Busy when
    it is open, Refusal when something else lies there, Damaged for a backup that cannot be trusted.
    """
    nursery = folder.with_name(f".{folder.name}.part")
    with system_troubles():
        shutil.rmtree(nursery, ignore_errors=True)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            nursery.mkdir(mode=0o700)
            with backup.open("rb") as stream:
                header = read_header(stream, backup.stat().st_size)
                for part in header.parts:
                    _unpacked(stream, part, nursery / part.name)
            _consistent(nursery, header)
            aside = _moved_aside(folder, FixedClock(header.at))
            replaced(nursery, folder)
            synced(folder.parent)
        finally:
            shutil.rmtree(nursery, ignore_errors=True)
    return aside


def _unpacked(stream: BinaryIO, part: Part, path: Path) -> None:
    sha = hashlib.sha256()

    def write(target: BinaryIO) -> None:
        for block in blocks(stream, part.size):
            sha.update(block)
            target.write(block)

    written_whole(path, write)
    if sha.hexdigest() != part.sha256:
        raise damaged_backup()


def _consistent(nursery: Path, header: Header) -> None:
    file = parsed((nursery / SLOT_FILE).read_bytes())
    if file.vault != header.vault or file.db != header.parts[1].name:
        raise damaged_backup()


def _moved_aside(folder: Path, clock: Clock) -> Path | None:
    if not folder.exists():
        return None
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        return None
    if not (folder / SLOT_FILE).exists() and not any(folder.glob("data-*.db")):
        sentence = "Something else lies in this place. Choose another name."
        raise Refusal(sentence, fields={"folder": sentence})
    Holder(folder, person="A restore", clock=clock).release()
    aside = _free_name(folder)
    replaced(folder, aside)
    return aside


def _free_name(folder: Path) -> Path:
    number = 1
    while True:
        found = folder.with_name(f"{folder.stem} (put aside {number}){folder.suffix}")
        if not found.exists():
            return found
        number += 1
