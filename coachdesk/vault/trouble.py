"""What can go wrong with the vault, in words; the one place that reads SQLite's and the system's error codes."""

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coachdesk.errors import Refusal, Trouble


class NotAVault(Trouble):
    """The folder holds no vault."""


class Damaged(Trouble):
    """A part of the vault cannot be trusted or read."""


class ChangesMissing(Damaged):
    """The newest changes are gone; the vault opens without them when the person accepts the loss."""


class KeysPutBack(ChangesMissing):
    """The key file is older than the data; the vault opens with it when the person accepts that."""


class NewerVersion(Trouble):
    """The vault was written by a newer CoachDesk."""


class DataMissing(Trouble):
    """The data file is gone; nothing is made in its place."""


class SlotFileMissing(Trouble):
    """The file of key slots is gone."""


class NotEnoughMemory(Trouble):
    """The memory a derivation needs is not free; says nothing about the passphrase."""


class Busy(Trouble):
    """Another program has the vault."""


class ReadOnly(Trouble):
    """The folder or drive does not accept writing."""


class DiskFull(Trouble):
    """The drive has no room left."""


class Locked(Trouble):
    """The vault was locked while something still wanted to use it."""


class WrongPassphrase(Refusal):
    """The passphrase or recovery key does not open the vault; says nothing else."""


class NotInTeam(Refusal):
    """The passphrase is right, but nobody in the data is tied to this key any more."""


class MustWait(Refusal):
    """Too many wrong attempts: wait a little; nothing is ever erased."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Please wait {seconds} seconds, then try again.")
        self.seconds = seconds


LAST_BACKUP = "Nothing was written. If it stays like this, restore your last backup."


def damaged(what: str = "The vault’s data file") -> Damaged:
    """Return the trouble that says which part is damaged."""
    return Damaged(f"{what} is damaged and cannot be read.", advice=LAST_BACKUP)


def disk_full() -> DiskFull:
    """Return the trouble of a drive without room."""
    return DiskFull(
        "The drive is full, so this could not be saved.",
        advice="What you typed is still here. Make some room on the drive and save again.",
    )


def read_only() -> ReadOnly:
    """Return the trouble of a place that does not accept writing."""
    return ReadOnly(
        "The vault’s folder cannot be written to.",
        advice="Check that the folder is yours to change and not on a read-only drive, then try again.",
    )


def busy() -> Busy:
    """Return the trouble of a file that another program holds."""
    return Busy(
        "The vault’s file is in use by another program.",
        advice="Wait a moment and try again. A virus scanner or a copy program may be reading it.",
    )


def took_too_long() -> Busy:
    """Return the trouble of a reader that was sent away, because what is saved meanwhile has to go somewhere."""
    return Busy(
        "This took so long that it was stopped, to keep the vault’s log from growing.",
        advice="Nothing is lost. Try again, for a shorter period or fewer clients if it happens again.",
    )


def locked() -> Locked:
    """Return the trouble of a vault that has been locked."""
    return Locked("The vault is locked.", advice="Unlock it to go on.")


def from_system(error: OSError) -> Trouble:
    """Return the trouble behind an error of the operating system, without its path."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return disk_full()
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return read_only()
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENODEV):
        return Trouble("The place is not there any more.", advice="Check that the drive is plugged in.")
    return _drive()


@contextmanager
def system_troubles() -> Iterator[None]:
    """Turn errors of the operating system into Trouble; raises Trouble."""
    found: Trouble | None = None
    try:
        yield
    except OSError as error:
        found = from_system(error)
    if found is not None:
        raise found


CONSTRAINT = re.compile(r"^(?P<sort>[A-Z ]+) constraint failed(?:: (?P<what>[\w., ]+))?$")
UNIQUE = "This is already in use; it has to be different for each record."
NEEDED = "This has to be filled in."
UNFITTING = "These details do not fit together. Check the dates and numbers, then save again."
LINKED = "Something else is linked with this, so it cannot be done. Nothing was changed."


def from_constraint(message: str) -> Refusal:
    """Return the refusal behind a rule of the database; only names of columns are read, never values."""
    found = CONSTRAINT.match(message)
    sort, what = (found["sort"], found["what"] or "") if found else ("", "")
    columns = [part.strip().rpartition(".")[2] for part in what.split(",") if part.strip()]
    sentence = {"UNIQUE": UNIQUE, "NOT NULL": NEEDED, "FOREIGN KEY": LINKED}.get(sort, UNFITTING)
    if sort in ("UNIQUE", "NOT NULL"):
        return Refusal(sentence, fields=dict.fromkeys(columns, sentence))
    return Refusal(sentence)


def _drive() -> Trouble:
    return Trouble("The drive did not answer properly.", advice="Check the drive, then try again.")


def _memory() -> Trouble:
    return Trouble("The computer ran out of memory.", advice="Close other programs, then try again.")


BY_NAME: tuple[tuple[tuple[str, ...], Callable[[], Trouble]], ...] = (
    (("SQLITE_NOTADB", "SQLITE_CORRUPT"), damaged),
    (("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"), busy),
    (("SQLITE_FULL",), disk_full),
    (("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN"), read_only),
    (("SQLITE_IOERR",), _drive),
    (("SQLITE_NOMEM",), _memory),
    (("SQLITE_INTERRUPT",), took_too_long),
)


def from_database(error: BaseException) -> Refusal | Trouble | None:
    """Return what a driver error means to the person, or None when it is a fault of the program."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if name.startswith("SQLITE_CONSTRAINT"):
        return from_constraint(str(error))
    return next((made() for prefixes, made in BY_NAME if name.startswith(prefixes)), None)
