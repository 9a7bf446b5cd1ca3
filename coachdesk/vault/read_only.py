"""A vault that cannot be written to, or that another program has, opened for reading.

Nothing is lost silently: every wish to save is refused with a sentence, and the window says so from the start.
"""

from pathlib import Path
from typing import Any

from typing_extensions import override

from coachdesk.clock import Clock
from coachdesk.vault.driver import connected
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.migrate import REVISIONS, newer_vault, stored_revision
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.slots import Slot, SlotFile
from coachdesk.vault.trouble import ReadOnly

READING = (
    "temp_store=MEMORY",
    "cache_size=-65536",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "query_only=ON",
)
BANNER = "This vault is open for reading only: nothing can be saved."


def only_reading() -> ReadOnly:
    """Return the trouble of a wish to save in a vault that is open for reading."""
    return ReadOnly(
        BANNER,
        advice="What you typed is still here. Close the vault, make its folder writable or close it elsewhere, "
        "then unlock it again.",
    )


def reading_connection(path: Path, key: bytes) -> Any:
    """Return a connection that only reads, on whatever medium; raises ReadOnly, DataMissing, Damaged or Trouble.

    Where nobody can write, the driver cannot keep its log beside the file. A file whose log is empty or gone is
    read as it is; one with changes in its log is refused, because they would be missing.
    """
    try:
        return connected(path, key, settings=READING)
    except ReadOnly:
        log = path.with_name(path.name + "-wal")
        waiting = log.exists() and log.stat().st_size > 0
    if waiting:
        raise ReadOnly(
            "The last changes still wait in the vault’s log, which cannot be read here because nothing can be written.",
            advice="Copy the whole folder to a drive that can be written to, and open it there.",
        )
    return connected(path, key, unchanging=True, settings=READING)


class ReadingVault(OpenVault):
    """An unlocked vault in which nothing can be saved, and from which nothing is written on the drive."""

    read_only = True

    @override
    def _write_connection(self) -> Any:
        raise only_reading()

    @override
    def _read_connection(self) -> Any:
        return reading_connection(self.data_file, self.keys.sub("db"))

    @override
    def keep_mark(self, position: int) -> None:
        """Leave the mark as it is."""

    @override
    def checkpoint(self) -> None:
        """Leave the log as it is."""


def opened_for_reading(
    folder: Path, file: SlotFile, slot: Slot, keys: Keyring, *, clock: Clock, accept_loss: bool = False
) -> ReadingVault:
    """Return a vault opened for reading, whoever else has it and whatever the drive allows.

    Raises DataMissing, NewerVersion, ChangesMissing, ReadOnly when an upgrade or a log is in the way, or Trouble.
    """
    check_revision(folder / file.db, keys.sub("db"))
    return ReadingVault(folder, file, slot, keys, clock=clock, holder=None, accept_loss=accept_loss)


def check_revision(path: Path, key: bytes) -> None:
    """Return when this program can read a data file as it is; raises ReadOnly or NewerVersion otherwise."""
    stored = stored_revision(path, key, opener=reading_connection)
    if stored == REVISIONS[-1]:
        return
    if stored not in REVISIONS:
        raise newer_vault()
    raise ReadOnly(
        "This vault was made by an older CoachDesk and has to be brought up to date, which needs writing.",
        advice="Copy the whole folder to a drive that can be written to, and open it there.",
    )
