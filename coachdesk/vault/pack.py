"""The form of a backup: one finished file that holds the key file and a checked copy of the data.

A format line, one line of canonical JSON with the parts' sizes and digests, then the parts byte for byte. The
copy is made in one step (a stepped one never ends while somebody saves) and without a write-ahead log, so that
it opens from read-only media (storage.md 5.6).
"""

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from coachdesk.errors import Cancelled, CoachDeskError
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.files import written_whole
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.slots import BARE_NAME, LARGEST, SlotFile
from coachdesk.vault.trouble import Damaged, NewerVersion, from_database, system_troubles

FORMAT = b"COACHDESK-BACKUP 1\n"
FORMAT_START = re.compile(rb"COACHDESK-BACKUP ([0-9]{1,6})\n")
SLOT_FILE = "coachdesk.keys"
BLOCK = 1 << 20
LONGEST_HEADER = 4096
COPY_PATTERN = ".copy-*.part*"
COPY_SETTINGS = ("journal_mode=DELETE", "synchronous=FULL", "temp_store=MEMORY")

Progress = Callable[[float], None]
Asked = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself."""

    vault: UUID
    at: dt.datetime
    position: int
    parts: tuple[Part, ...]

    def rendered(self) -> bytes:
        """Return the two lines at the start of the file."""
        parts = [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in self.parts]
        found = {
            "vault": self.vault.hex,
            "at": self.at.isoformat(),
            "position": self.position,
            "parts": parts,
        }
        return FORMAT + json.dumps(found, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def damaged_backup() -> Damaged:
    """Return the trouble of a backup that cannot be trusted."""
    return Damaged(
        "This backup is damaged or is not a backup.", advice="Nothing was changed. Try an older backup."
    )


def never() -> bool:
    """Return that nobody asked to stop."""
    return False


def blocks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield a part in pieces; raises Damaged when the file ends before it."""
    while size:
        block = stream.read(min(BLOCK, size))
        if not block:
            raise damaged_backup()
        size -= len(block)
        yield block


def copied_data(source: Path, target: Path, key: bytes) -> int:
    """Copy an encrypted data file in one step and check the copy; return the last journal position in it.

    Raises Trouble; the copy is then gone.
    """
    problem: CoachDeskError | None = None
    live = connected(source, key)
    try:
        copy = connected(target, key, create=True, settings=COPY_SETTINGS)
        try:
            copy.set_authorizer(None)  # the copy service alone may change how its own copy is kept
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE").fetchone()
            if problems_of(copy):
                problem = Damaged("The copy failed its check.", advice="Check the drive, then try again.")
            row = copy.execute("SELECT coalesce(max(position), 0) FROM journal_entry").fetchone()
        finally:
            copy.close()
    except driver.DatabaseError as error:
        problem = from_database(error) or damaged_backup()
        row = (0,)
    finally:
        live.close()
    if problem is not None:
        target.unlink(missing_ok=True)
        raise problem
    target.chmod(0o600)
    return int(row[0])


def problems_of(connection: Any) -> list[str]:
    """Return what the driver finds wrong with a file: pages whose seal is broken, structure that is not sound."""
    execute = connection.execute
    try:
        broken = [str(row[0]) for row in execute("PRAGMA cipher_integrity_check")]
        return broken + [str(row[0]) for row in execute("PRAGMA quick_check") if row[0] != "ok"]
    except driver.DatabaseError as error:
        return [str(getattr(error, "sqlite_errorname", "unreadable"))]


def _digest(path: Path) -> Part:
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            sha.update(block)
    return Part(path.name, path.stat().st_size, sha.hexdigest())


def packed(
    folder: Path,
    file: SlotFile,
    keys: Keyring,
    target: Path,
    *,
    at: dt.datetime,
    progress: Progress | None = None,
    cancelled: Asked = never,
) -> Header:
    """Write a backup of a vault's folder into one file and read it back; return its header.

    Raises Cancelled or Trouble; no half file is left.
    """
    told = progress or (lambda _share: None)
    copy = folder / f".copy-{secrets.token_hex(4)}.part"
    slots = file.rendered(keys)
    with system_troubles():
        try:
            position = copied_data(folder / file.db, copy, keys.sub("db"))
            told(0.5)
            data = _digest(copy)
            parts = (
                Part(SLOT_FILE, len(slots), hashlib.sha256(slots).hexdigest()),
                Part(file.db, data.size, data.sha256),
            )
            header = Header(file.vault, at, position, parts)

            def write(stream: BinaryIO) -> None:
                stream.write(header.rendered() + slots)
                with copy.open("rb") as source:
                    for number, block in enumerate(blocks(source, data.size)):
                        if cancelled():
                            raise Cancelled
                        stream.write(block)
                        told(0.5 + 0.4 * min(1.0, number * BLOCK / data.size))

            written_whole(target, write)
            _read_back(target, header)
            told(1.0)
            return header
        finally:
            for left in (copy, copy.with_name(copy.name + "-journal")):
                left.unlink(missing_ok=True)


def _read_back(target: Path, header: Header) -> None:
    with target.open("rb") as stream:
        if read_header(stream, target.stat().st_size) != header:
            raise damaged_backup()
        for part in header.parts:
            sha = hashlib.sha256()
            for block in blocks(stream, part.size):
                sha.update(block)
            if sha.hexdigest() != part.sha256:
                raise damaged_backup()


def read_header(stream: BinaryIO, size: int) -> Header:
    """Return what a backup says of itself, checked against the size of the file.

    Raises NewerVersion for another format and Damaged for anything that is not exactly what we would write.
    """
    first = stream.readline(LONGEST_HEADER)
    version = FORMAT_START.fullmatch(first)
    if version and int(version[1]) > 1:
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
        )
        sound = first + second == header.rendered() and _sound(header, size - len(first) - len(second))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
        header = None
    if not sound or header is None:
        raise damaged_backup()
    return header


def _sound(header: Header, remaining: int) -> bool:
    if len(header.parts) != 2:  # noqa: PLR2004 - the key file and the data
        return False
    slots, data = header.parts
    return (
        slots.name == SLOT_FILE
        and 0 < slots.size <= LARGEST
        and BARE_NAME.fullmatch(data.name) is not None
        and data.size > 0
        and slots.size + data.size == remaining
    )
