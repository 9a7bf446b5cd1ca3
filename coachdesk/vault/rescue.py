"""What can still be read of a damaged vault, saved into a new one beside it (storage.md 10, fault 11).

Rows around the damage are copied; a record whose row is lost is written again from what the journal told of it last,
where that can be read. The damaged vault is not touched.
"""

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, event, func, insert, select
from sqlalchemy.exc import IntegrityError

from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.models import Base, Client, ClientSearch, JournalEntry
from coachdesk.terms import Kind
from coachdesk.vault.birth import make_tables
from coachdesk.vault.chronicle import DELETE, ERASED, EVENT, INSERT
from coachdesk.vault.driver import connected
from coachdesk.vault.engine import upgrading_engine
from coachdesk.vault.files import replaced, synced
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.mark import Mark, keep_mark
from coachdesk.vault.migrate import REVISIONS, stored_revision
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.readable import Readable
from coachdesk.vault.restoring import free_name
from coachdesk.vault.search_index import folded
from coachdesk.vault.slots import SlotFile
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.values import record_of, shape
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import plain_troubles

AT_ONCE = 500
READING, REBUILDING = "Reading what can be read", "Writing again what the history still tells"
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where the new vault lies, and by kind of record how many were read, written again from history, and lost.

    Lost are records of which the journal still tells that they were there; what neither a row nor the journal tells
    of, nobody can count.
    """

    place: Path
    read: int
    rebuilt: Mapping[str, int]
    lost: Mapping[str, int]


def rescue(
    folder: Path, file: SlotFile, keys: Keyring, *, clock: Clock, watch: Watch | None = None
) -> Rescued:
    """Save what can be read of a vault into a new one beside it, opened by the same passphrases.

    Raises Damaged when not even the list of tables can be read, Refusal for a vault of an older version (a backup of
    it is brought up to date when it is opened), Cancelled or Trouble; nothing is left then.
    """
    told = watch or Watch.silent()
    source = folder / file.db
    if stored_revision(source, keys.sub("db")) != REVISIONS[-1]:
        raise Refusal("This vault was made by another version of CoachDesk. Restore a backup instead.")
    place = free_name(folder, "what could be read")
    nursery = folder.with_name(f".{place.name}.part")
    with system_troubles():
        shutil.rmtree(nursery, ignore_errors=True)
        try:
            nursery.mkdir(mode=0o700)
            shutil.copy2(folder / SLOT_FILE, nursery / SLOT_FILE)
            account = _filled(source, nursery, file, keys, clock, told)
            replaced(nursery, place)
            synced(place.parent)
        finally:
            shutil.rmtree(nursery, ignore_errors=True)
    return Rescued(place, *account)


def _filled(
    source: Path, nursery: Path, file: SlotFile, keys: Keyring, clock: Clock, watch: Watch
) -> tuple[int, dict[str, int], dict[str, int]]:
    target = nursery / file.db
    make_tables(lambda: connected(target, keys.sub("db"), create=True))
    engine = upgrading_engine(lambda: connected(target, keys.sub("db")))
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=OFF"))
    try:
        with plain_troubles(), engine.begin() as connection:
            with Readable(source, keys.sub("db")) as damaged:
                read = _copied(damaged, connection, watch)
            watch.progress(0.8, REBUILDING)
            rebuilt, lost = _rebuilt(connection)
            _find_again(connection)
            position = connection.scalar(select(func.max(JournalEntry.position))) or 0
        keep_mark(nursery, keys.sub("mark"), Mark(position, clock.now()))
    finally:
        engine.dispose()
    return read, dict(rebuilt), dict(lost)


def _copied(damaged: Readable, connection: Connection, watch: Watch) -> int:
    """Copy the rows of every table, as the driver keeps them; return how many."""
    tables = Base.metadata.sorted_tables
    total = 0
    for place, table in enumerate(tables):
        watch.progress(0.8 * place / len(tables), READING)
        columns = tuple(column.name for column in table.columns)
        statement = (
            f'INSERT OR IGNORE INTO "{table.name}" ({", ".join(columns)}) '  # noqa: S608 - names come from the schema
            f"VALUES ({', '.join('?' * len(columns))})"
        )
        chunk: list[tuple[Any, ...]] = []
        for row in damaged.rows(table.name, columns):
            chunk.append(row)
            total += 1
            if len(chunk) == AT_ONCE:
                connection.exec_driver_sql(statement, chunk)
                chunk = []
        if chunk:
            connection.exec_driver_sql(statement, chunk)
    return total


def _rebuilt(connection: Connection) -> tuple[Counter[str], Counter[str]]:
    """Write records again whose rows are lost, from the journal; return how many of each kind, and how many are lost."""
    rebuilt: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for (kind, row_id), values in _missing(connection).items():
        written = values is not None and _written(connection, kind, row_id, values)
        (rebuilt if written else lost)[kind] += 1
    return rebuilt, lost


def _written(connection: Connection, kind: str, row_id: UUID, values: dict[str, Any]) -> bool:
    table = record_of(Kind(kind)).__table__
    assert isinstance(table, Table)  # noqa: S101 - a record is no view
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(id=row_id, **values))
    except IntegrityError:
        return False
    return True


def _missing(connection: Connection) -> dict[Key, dict[str, Any] | None]:
    """Return what the journal told last of records that have no row; None where it does not tell enough."""
    there = {kind.value: _there(connection, kind) for kind in Kind}
    found: dict[Key, dict[str, Any] | None] = {}
    entries = select(JournalEntry.__table__).where(JournalEntry.operation != EVENT)
    for entry in connection.execute(entries.order_by(JournalEntry.position)):
        key = (entry.entity, entry.row_id)
        if entry.row_id in there[entry.entity] or entry.salt == ERASED:
            continue
        if entry.operation == DELETE:
            found.pop(key, None)
            continue
        known = shape(record_of(Kind(entry.entity)))
        if entry.operation == INSERT and key not in found:
            found[key] = {name: _fresh(value) for name, value in known.defaults.items()}
        values = found.setdefault(key, None)
        if values is not None:
            try:
                values.update(known.decoded(entry.after))
            except Refusal:  # the content of a file is kept by its digest only
                found[key] = None
    return found


def _fresh(value: Any) -> Any:
    return value.copy() if isinstance(value, dict | list) else value


def _there(connection: Connection, kind: Kind) -> set[UUID]:
    return set(connection.scalars(select(record_of(kind).id)))


def _find_again(connection: Connection) -> None:
    """Write the search texts of clients whose own are lost."""
    known = select(ClientSearch.client_id)
    table = Client.__table__
    for row in connection.execute(select(table).where(table.c.id.not_in(known))).mappings():
        client = Client(**row)
        connection.execute(insert(ClientSearch).values(client_id=client.id, folded=folded(client)))
