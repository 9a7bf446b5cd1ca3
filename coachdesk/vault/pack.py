"""The form of a backup: one finished file that holds the key file and a checked copy of the data.

A format line, one line of canonical JSON with the parts' sizes and digests, then the parts byte for byte. Since
format 2 the second line also carries, sealed under a key of the vault's own, why the backup was made and how many
rows each table had: whoever can unlock the vault can tell whether the line was made by it, nobody else can read it.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coachdesk.vault.copying import Contents, copied_data, forget
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.keyring import Keyring, tag
from coachdesk.vault.places import check_room
from coachdesk.vault.slots import BARE_NAME, LARGEST, SlotFile, parsed
from coachdesk.vault.trouble import Damaged, NewerVersion, system_troubles
from coachdesk.vault.watch import Watch

FORMAT = b"COACHDESK-BACKUP 2\n"
UNSEALED_FORMAT = b"COACHDESK-BACKUP 1\n"
"""The first form, without the sealed words; still read."""
NEWEST = 2
FORMAT_START = re.compile(rb"COACHDESK-BACKUP ([0-9]{1,6})\n")
SLOT_FILE = "coachdesk.keys"
BLOCK = 1 << 20
LONGEST_HEADER = 16_384
COPY_PATTERN = ".copy-*.part*"
NONCE = 12
SEAL_LABEL = "backup"

Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup says under its seal: why it was made, and what the vault held."""

    why: str
    contents: Contents


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself."""

    vault: UUID
    at: dt.datetime
    position: int
    parts: tuple[Part, ...]
    seal: str = ""

    def rendered(self) -> bytes:
        """Return the two lines at the start of the file."""
        parts = [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in self.parts]
        found: dict[str, Any] = {
            "vault": self.vault.hex,
            "at": self.at.isoformat(),
            "position": self.position,
            "parts": parts,
        }
        if self.seal:
            found["seal"] = self.seal
        form = FORMAT if self.seal else UNSEALED_FORMAT
        return form + json.dumps(found, separators=(",", ":"), sort_keys=True).encode() + b"\n"

    def sealed(self, keys: Keyring, told: Told) -> "Header":
        """Return the header with words under a seal that also covers the rest of it."""
        nonce = secrets.token_bytes(NONCE)
        changed_at = told.contents.changed_at
        words = {
            "why": told.why,
            "counts": dict(told.contents.counts),
            "changed_at": changed_at.isoformat() if changed_at else None,
        }
        box = AESGCM(keys.sub(SEAL_LABEL)).encrypt(nonce, json.dumps(words).encode(), self._bound())
        return replace(self, seal=base64.b64encode(nonce + box).decode())

    def told(self, keys: Keyring) -> Told | None:
        """Return what stands under the seal, or None for the first form, which has none.

        Raises Damaged when the seal is not this vault's, or the header was changed since.
        """
        if not self.seal:
            return None
        try:
            box = base64.b64decode(self.seal, validate=True)
            text = AESGCM(keys.sub(SEAL_LABEL)).decrypt(box[:NONCE], box[NONCE:], self._bound())
        except (InvalidTag, binascii.Error, ValueError):
            raise damaged_backup() from None
        found = json.loads(text)
        at = dt.datetime.fromisoformat(found["changed_at"]) if found["changed_at"] else None
        return Told(found["why"], Contents(self.position, at, tuple(sorted(found["counts"].items()))))

    def _bound(self) -> bytes:
        return replace(self, seal="").rendered()


def damaged_backup() -> Damaged:
    """Return the trouble of a backup that cannot be trusted."""
    return Damaged(
        "This backup is damaged or is not a backup.", advice="Nothing was changed. Try an older backup."
    )


def blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield a part in pieces; raises Damaged when the file ends before it."""
    while size:
        block = stream.read(min(BLOCK, size))
        if not block:
            raise damaged_backup()
        size -= len(block)
        yield block


def _digest(path: Path) -> Part:
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            sha.update(block)
    return Part(path.name, path.stat().st_size, sha.hexdigest())


def size_of_data(path: Path) -> int:
    """Return how many bytes a copy of a data file may need: the file and what waits in its log."""
    wal = path.with_name(path.name + "-wal")
    return path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)


def packed(
    folder: Path,
    file: SlotFile,
    keys: Keyring,
    target: Path,
    *,
    at: dt.datetime,
    why: str = "",
    watch: Watch | None = None,
) -> Header:
    """Write a backup of a vault's folder into one file, read it back and check it; return its header.

    Raises Refusal for a drive that cannot take it, Cancelled or Trouble; no half file is left, and an older
    file of that name is then untouched.
    """
    told = watch or Watch.silent()
    passing = secrets.token_hex(4)
    copy = folder / f".copy-{passing}.part"
    unread = target.with_name(f".{target.name}.{passing}.part")
    slots = file.rendered(keys)
    with system_troubles():
        need = size_of_data(folder / file.db)
        check_room(folder, need)
        check_room(target.parent, need, one_file=True)
        try:
            contents = copied_data(folder / file.db, copy, keys.sub("db"), watch=told)
            data = _digest(copy)
            parts = (
                Part(SLOT_FILE, len(slots), hashlib.sha256(slots).hexdigest()),
                Part(file.db, data.size, data.sha256),
            )
            plain = Header(file.vault, at, contents.position, parts)
            header = plain.sealed(keys, Told(why, contents))
            written_whole(unread, _Writing(header, slots, copy, told))
            _read_back(unread, header, keys, told)
            told.progress(1.0, "Backed up and checked")
            replaced(unread, target)
            synced(target.parent)
        finally:
            forget(copy)
            unread.unlink(missing_ok=True)
    return header


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes a backup block by block, telling how far it is."""

    header: Header
    slots: bytes
    copy: Path
    watch: Watch

    def __call__(self, stream: BinaryIO) -> None:
        stream.write(self.header.rendered() + self.slots)
        size = self.header.parts[1].size
        with self.copy.open("rb") as source:
            for number, block in enumerate(blocks(source, size)):
                self.watch.progress(0.6 + 0.2 * min(1.0, number * BLOCK / size), "Writing the backup")
                stream.write(block)


def _read_back(target: Path, header: Header, keys: Keyring, watch: Watch) -> None:
    watch.progress(0.8, "Reading the backup back")
    if verified(target) != header or header.told(keys) is None:
        raise damaged_backup()
    if not is_sealed_by(slots_in(target), keys):
        raise damaged_backup()


def is_sealed_by(file: SlotFile, keys: Keyring) -> bool:
    """Return whether a key file was written under this data key; raises Locked."""
    return hmac.compare_digest(tag(keys.sub("header-mac"), file.body()).hex(), file.mac)


def verified(backup: Path) -> Header:
    """Return a backup's header after reading every byte of it; raises Damaged, NewerVersion or Trouble."""
    with system_troubles(), backup.open("rb") as stream:
        _from_the_drive(stream)
        header = read_header(stream, backup.stat().st_size)
        for part in header.parts:
            sha = hashlib.sha256()
            for block in blocks(stream, part.size):
                sha.update(block)
            if sha.hexdigest() != part.sha256:
                raise damaged_backup()
    return header


def _from_the_drive(stream: BinaryIO) -> None:
    """Ask the system to read from the drive, not from what it still remembers of the writing, where it can."""
    if hasattr(os, "posix_fadvise"):  # pragma: no branch - neither Windows nor macOS has it
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def looked_into(backup: Path) -> Header:
    """Return what a backup says of itself, without any key; raises Damaged, NewerVersion or Trouble."""
    with system_troubles(), backup.open("rb") as stream:
        return read_header(stream, backup.stat().st_size)


def slots_in(backup: Path) -> SlotFile:
    """Return the key file inside a backup; raises as ``looked_into``."""
    with system_troubles(), backup.open("rb") as stream:
        header = read_header(stream, backup.stat().st_size)
        found = parsed(b"".join(blocks(stream, header.parts[0].size)))
    if found.vault != header.vault or found.db != header.parts[1].name:
        raise damaged_backup()
    return found


def read_header(stream: BinaryIO, size: int) -> Header:
    """Return what a backup says of itself, checked against the size of the file.

    Raises NewerVersion for another format and Damaged for anything that is not exactly what we would write.
    """
    first = stream.readline(LONGEST_HEADER)
    version = FORMAT_START.fullmatch(first)
    if version and int(version[1]) > NEWEST:
        raise NewerVersion(
            "This backup was made by a newer CoachDesk.", advice="Restore it with the newer version."
        )
    second = stream.readline(LONGEST_HEADER)
    try:
        found = json.loads(second)
        header = Header(
            UUID(hex=found["vault"]),
            dt.datetime.fromisoformat(found["at"]),
            int(found["position"]),
            tuple(Part(part["name"], int(part["size"]), part["sha256"]) for part in found["parts"]),
            str(found.get("seal", "")),
        )
        sound = first + second == header.rendered() and _sound(header, size - len(first) - len(second))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        sound = False
        header = None
    if not sound or header is None:
        raise damaged_backup()
    return header


def _sound(header: Header, remaining: int) -> bool:
    if len(header.parts) != 2 or header.at.tzinfo is None:  # noqa: PLR2004 - the key file and the data
        return False
    slots, data = header.parts
    return (
        slots.name == SLOT_FILE
        and 0 < slots.size <= LARGEST
        and BARE_NAME.fullmatch(data.name) is not None
        and data.size > 0
        and slots.size + data.size == remaining
    )
