"""A checked copy of an encrypted data file, and what a data file holds.

The copy is made in one step (a stepped one never ends while somebody saves) and without a write-ahead log, so that
it opens from read-only media (storage.md 5.6). It is then closed, opened anew and read from end to end: seals of
the pages, structure, links between records, and the chain of the journal.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.errors import CoachDeskError
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.trouble import Damaged, from_database
from coachdesk.vault.watch import Watch

COPY_SETTINGS = ("journal_mode=DELETE", "synchronous=FULL", "temp_store=MEMORY")
LOOKING = ("temp_store=MEMORY", "trusted_schema=OFF", "query_only=ON")
"""How a finished file is looked into: nothing is written, so that it may lie on a read-only stick."""
UNCOUNTED = ("alembic_version", "setting", "draft")
BESIDE = ("", "-journal", "-wal", "-shm")
"""What the driver may lay beside a file of a name."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a data file holds: its last change, and how many rows each table has."""

    position: int
    changed_at: dt.datetime | None
    counts: tuple[tuple[str, int], ...]

    def count(self, table: str) -> int:
        """Return how many rows a table has; 0 for one it does not have."""
        return dict(self.counts).get(table, 0)


def contents_of(connection: Any) -> Contents:
    """Return what a data file holds; raises the driver's error when it cannot be read."""
    execute = connection.execute
    last = execute("SELECT position, at FROM journal_entry ORDER BY position DESC LIMIT 1").fetchone()
    names = [
        str(row[0])
        for row in execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'client_fts%' ORDER BY name"
        )
    ]
    counts = tuple(
        (name, int(execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]))  # noqa: S608 - names come from the schema
        for name in names
        if name not in UNCOUNTED
    )
    position = int(last[0]) if last else 0
    changed_at = dt.datetime.fromisoformat(last[1]).replace(tzinfo=dt.UTC) if last else None
    return Contents(position, changed_at, tuple(one for one in counts if one[1]))


def looked_at(path: Path, key: bytes, *, whole: bool = False) -> Contents:
    """Return what a closed data file holds, without writing anything; ``whole`` reads all of it first.

    Raises Damaged when anything is wrong, or Trouble.
    """
    connection = connected(path, key, settings=LOOKING)
    try:
        if whole and (problems_of(connection) or connection.execute("PRAGMA foreign_key_check").fetchone()):
            raise unsound()
        return contents_of(connection)
    except driver.DatabaseError as error:
        found = from_database(error) or unsound()
    finally:
        connection.close()
    raise found


def unsound() -> Damaged:
    """Return the trouble of a copy that is not what it should be."""
    return Damaged("The copy failed its check.", advice="Check the drive, then try again.")


def copied_data(
    source: Path, target: Path, key: bytes, *, target_key: bytes | None = None, watch: Watch | None = None
) -> Contents:
    """Copy an encrypted data file in one step, under another key if one is given; return what the copy holds.

    The copy is closed, opened anew and checked from end to end. Raises Cancelled or Trouble; the copy is then
    gone.
    """
    told = watch or Watch.silent()
    own = target_key or key
    try:
        told.progress(0.02, "Copying the vault")
        _copied(source, target, key, own)
        target.chmod(0o600)
        told.progress(0.3, "Checking every page of the copy")
        return checked(target, own, told)
    except BaseException:  # whatever it is, no half copy stays behind
        forget(target)
        raise


def forget(path: Path) -> None:
    """Remove a data file of our own making, with what the driver laid beside it."""
    for ending in BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _copied(source: Path, target: Path, key: bytes, own: bytes) -> None:
    found: CoachDeskError | None = None
    live = connected(source, key)
    try:
        copy = connected(target, own, create=True, settings=COPY_SETTINGS)
        try:
            copy.set_authorizer(None)  # the copy service alone may change how its own copy is kept
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            copy.close()
    except driver.DatabaseError as error:
        found = from_database(error) or unsound()
    finally:
        live.close()
    if found is not None:
        raise found


def checked(path: Path, key: bytes, watch: Watch) -> Contents:
    """Return what a finished data file holds after reading all of it; raises Damaged when anything is wrong."""
    found = looked_at(path, key, whole=True)
    watch.progress(0.45, "Checking the journal of the copy")
    if broken_entry(path, key) is not None:
        raise unsound()
    return found


def broken_entry(path: Path, key: bytes) -> int | None:
    """Return the place of the first journal entry of a closed data file that does not follow, or None."""
    from sqlalchemy.orm import Session  # noqa: PLC0415 - loaded behind the unlock window

    from coachdesk.vault.engine import reading_engine  # noqa: PLC0415 - as above
    from coachdesk.vault.journal import verify_chain  # noqa: PLC0415 - as above
    from coachdesk.vault.work import plain_troubles  # noqa: PLC0415 - as above

    engine = reading_engine(lambda: connected(path, key, settings=LOOKING))
    try:
        with plain_troubles(), Session(engine, autoflush=False) as session:
            broken = verify_chain(session)
            return None if broken is None else broken.position
    finally:
        engine.dispose()


def problems_of(connection: Any) -> list[str]:
    """Return what the driver finds wrong with a file: pages whose seal is broken, structure that is not sound."""
    execute = connection.execute
    try:
        broken = [str(row[0]) for row in execute("PRAGMA cipher_integrity_check")]
        return broken + [str(row[0]) for row in execute("PRAGMA integrity_check") if row[0] != "ok"]
    except driver.DatabaseError as error:
        return [str(getattr(error, "sqlite_errorname", "unreadable"))]
