"""Bringing an older vault up to date: forward only, whole or not at all, after a checked backup.

Alembic is loaded only when the stored revision differs (decisions.md 3). Foreign keys are off before the
transaction begins, or a rebuilt table would take its children with it (architecture.md D1).
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.vault.backup_folder import UPGRADE, Ground, ensure_on
from coachdesk.vault.driver import connected, driver_troubles
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.slots import SlotFile
from coachdesk.vault.trouble import NewerVersion, damaged

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions ever shipped, oldest first; the last is the head."""
SCRIPTS = Path(__file__).parent / "migrations"
UNTOUCHED = "Your vault was not changed. Keep the backup made just now and ask for help."


def stored_revision(path: Path, key: bytes, *, opener: Callable[[Path, bytes], Any] = connected) -> str:
    """Return the revision a data file was written at; raises Damaged when it names none, or cannot be read."""
    connection = opener(path, key)
    try:
        with driver_troubles():
            known = connection.execute(
                "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    finally:
        connection.close()
    if row is None:
        raise damaged()
    return str(row[0])


def newer_vault() -> NewerVersion:
    """Return the trouble of a vault that a newer CoachDesk wrote."""
    return NewerVersion(
        "This vault was made by a newer CoachDesk.",
        advice="Open it with the newer version. Nothing was changed.",
    )


def bring_up_to_date(folder: Path, file: SlotFile, keys: Keyring, *, clock: Clock) -> Path | None:
    """Upgrade the data file when an older CoachDesk wrote it; return the backup made before, if one was.

    Raises NewerVersion when a newer one wrote it, or Trouble when the upgrade would lose something; nothing
    is written then.
    """
    path = folder / file.db
    stored = stored_revision(path, keys.sub("db"))
    if stored == REVISIONS[-1]:
        return None
    if stored not in REVISIONS:
        raise newer_vault()
    backup = ensure_on(Ground(folder, file, keys, clock), UPGRADE)
    _upgraded(path, keys)
    return backup.path


def _upgraded(path: Path, keys: Keyring) -> None:
    from sqlalchemy import event  # noqa: PLC0415 - loaded behind the unlock window

    from coachdesk.vault.engine import upgrading_engine  # noqa: PLC0415 - as above
    from coachdesk.vault.work import plain_troubles  # noqa: PLC0415 - as above

    engine = upgrading_engine(lambda: connected(path, keys.sub("db")))
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=OFF"))
    try:
        with plain_troubles(), engine.begin() as connection:
            before = row_counts(connection)
            run_migrations(connection)
            _nothing_lost(connection, before)
    finally:
        engine.dispose()


def run_migrations(connection: "Connection") -> None:
    """Run all outstanding steps on a connection whose transaction is open."""
    from alembic import command  # noqa: PLC0415 - a quarter of a second that most starts need not spend
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def row_counts(connection: "Connection") -> dict[str, int]:
    """Return how many rows each table has, the search index aside."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'client_fts%' ORDER BY name"
    ).scalars()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 - names come from the schema
        for name in names.all()
    }


def _nothing_lost(connection: "Connection", before: dict[str, int]) -> None:
    """Compare rows and links before the upgrade is committed; raises Trouble."""
    after = row_counts(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    if lost:
        raise Trouble(f"The upgrade would lose rows of {', '.join(lost)}.", advice=UNTOUCHED)
    broken = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    if broken:
        raise Trouble(f"The upgrade would break {broken} links between records.", advice=UNTOUCHED)
