"""Two states of one vault side by side: the one in use, and one restored from a backup."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.errors import CoachDeskError, Refusal
from coachdesk.vault.backup_folder import Ground
from coachdesk.vault.copying import LOOKING, Contents, contents_of
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.pack import SLOT_FILE, is_sealed_by
from coachdesk.vault.slots import SlotFile, known_as, parsed, unlocked
from coachdesk.vault.trouble import damaged, from_database, system_troubles

MOST_SHOWN = 100
KINDS = (
    ("client", "client", "clients"),
    ("enrolment", "enrolment", "enrolments"),
    ("contact", "contact", "contacts"),
    ("plan", "action plan", "action plans"),
    ("action", "action", "actions"),
    ("job", "job", "jobs"),
    ("check_in", "check-in", "check-ins"),
    ("consent", "consent", "consents"),
    ("employer", "employer", "employers"),
    ("release", "issued return", "issued returns"),
)
"""What is counted for people: the table, and its word for one and for several."""


class EarlierKey(Refusal):
    """The backup was made under an earlier key of the vault: somebody has to unlock it with a passphrase of that day."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action that one of the two states does not have."""

    at: dt.datetime
    actor: str
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells two states apart; ``lost`` are the newest of the actions that the restored one does not have."""

    here: Contents
    there: Contents
    clients_only_here: int
    clients_only_there: int
    lost_count: int
    lost: tuple[Step, ...]
    gained_count: int

    def counts(self) -> tuple[tuple[str, int, int], ...]:
        """Return the words for several of each kind, and how many there are in use and in the backup."""
        return tuple(
            (several, self.here.count(table), self.there.count(table))
            for table, _, several in KINDS
            if self.here.count(table) or self.there.count(table)
        )

    def sentences(self) -> tuple[str, ...]:
        """Return the difference in words, the most important first."""
        here, there = _moment(self.here.changed_at), _moment(self.there.changed_at)
        found = [f"Last change in the vault in use: {here}. In the backup: {there}."]
        if not self.lost_count and not self.gained_count:
            found.append("Both hold the same changes.")
        if self.lost_count:
            found.append(
                f"{_several(self.lost_count, 'change', 'changes')} would be missing afterwards: made since the "
                "backup was written."
            )
        if self.gained_count:
            found.append(
                f"{_several(self.gained_count, 'change', 'changes')} would come back that the vault in use does not have."
            )
        if self.clients_only_here:
            found.append(
                f"{_several(self.clients_only_here, 'client is', 'clients are')} only in the vault in use."
            )
        if self.clients_only_there:
            found.append(
                f"{_several(self.clients_only_there, 'client is', 'clients are')} only in the backup."
            )
        found.extend(
            f"{_several(in_backup, one, several)} in the backup, {in_use:,} in use."
            for (one, several), in_use, in_backup in self._differing()
        )
        return tuple(found)

    def _differing(self) -> Iterator[tuple[tuple[str, str], int, int]]:
        for table, one, several in KINDS:
            here, there = self.here.count(table), self.there.count(table)
            if here != there:
                yield (one, several), here, there


def _moment(at: dt.datetime | None) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} (UTC)" if at else "none"


def _several(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def keys_for(restored: Path, ground: Ground, *, person: str = "", secret: str = "") -> Keyring:
    """Return a keyring for a vault that was restored beside the open one.

    The key in use opens it, unless the key was changed since: then a person's name (or slot) and her passphrase of
    that day are needed. Raises EarlierKey when they are, WrongPassphrase, Refusal for a backup of another vault,
    Damaged, or Trouble.
    """
    return keys_of(_slots_of(restored), ground, person=person, secret=secret)


def keys_of(file: SlotFile, ground: Ground, *, person: str = "", secret: str = "") -> Keyring:
    """Return a keyring for the data a key file belongs to; raises as ``keys_for``."""
    if file.vault != ground.slot_file.vault:
        raise Refusal("This is a backup of another vault. Open it from the unlock window instead.")
    if is_sealed_by(file, ground.keys):
        return Keyring(ground.keys.data_key())
    slot = next((one for one in file.slots if known_as(one, person)), None)
    if slot is None or not secret:
        raise EarlierKey(
            "This backup was made before the vault’s key was changed. Unlock it with a passphrase of that day."
        )
    return unlocked(file, slot, secret)


def _slots_of(folder: Path) -> SlotFile:
    with system_troubles():
        return parsed((folder / SLOT_FILE).read_bytes())


def difference(ground: Ground, restored: Path, keys: Keyring) -> Difference:
    """Return what tells the vault in use from one restored beside it; neither is changed. Raises Locked or Trouble."""
    other = _slots_of(restored)
    with _open(ground.data_file, ground.keys) as here, _open(restored / other.db, keys) as there:
        common = _common(here, there)
        lost_count, lost = _steps(here, common)
        gained_count, _ = _steps(there, common)
        clients_here, clients_there = _clients(here), _clients(there)
        return Difference(
            here=contents_of(here),
            there=contents_of(there),
            clients_only_here=len(clients_here - clients_there),
            clients_only_there=len(clients_there - clients_here),
            lost_count=lost_count,
            lost=lost,
            gained_count=gained_count,
        )


@contextmanager
def _open(path: Path, keys: Keyring) -> Iterator[Any]:
    found: CoachDeskError | None = None
    with closing(connected(path, keys.sub("db"), settings=LOOKING)) as connection:
        try:
            connection.execute("BEGIN")  # one state of it, whoever saves meanwhile
            yield connection
        except driver.DatabaseError as error:
            found = from_database(error) or damaged()
    if found is not None:
        raise found


def _clients(connection: Any) -> set[bytes]:
    return {bytes(row[0]) for row in connection.execute("SELECT id FROM client")}


def _chain(connection: Any, position: int) -> bytes | None:
    row = connection.execute("SELECT chain FROM journal_entry WHERE position = ?", (position,)).fetchone()
    return bytes(row[0]) if row else None


def _common(here: Any, there: Any) -> int:
    """Return the last change both have: each link of the chain stands for all before it, so halving finds it."""
    low, high = 0, min(contents_of(here).position, contents_of(there).position)
    while low < high:
        middle = (low + high + 1) // 2
        link = _chain(here, middle)
        if link is not None and link == _chain(there, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _steps(connection: Any, after: int) -> tuple[int, tuple[Step, ...]]:
    """Return how many actions changed something after a place in the journal, and the newest of them."""
    count = connection.execute(
        "SELECT count(DISTINCT unit) FROM journal_entry WHERE position > ? AND operation <> 'event'", (after,)
    ).fetchone()
    rows = connection.execute(
        "SELECT max(at), max(actor), max(label) FROM journal_entry WHERE position > ? AND operation <> 'event' "
        "GROUP BY unit ORDER BY max(position) DESC LIMIT ?",
        (after, MOST_SHOWN),
    ).fetchall()
    steps = (
        Step(dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), actor, label) for at, actor, label in rows
    )
    return int(count[0]), tuple(steps)
