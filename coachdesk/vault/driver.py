"""The one door to the database driver: keys, settings, and what a connection may never do.

The order is storage.md 2.2: nothing before the key, the first real read proves it, then the settings. No
pragma of the cipher besides five harmless ones runs anywhere (storage.md 1.3).
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

for _hostile in ("OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES", "SQLITE_TMPDIR"):
    os.environ.pop(_hostile, None)  # a broken one stops the driver's import; a temp folder would leak

from sqlcipher3 import dbapi2  # noqa: E402 - after the environment was cleaned

from coachdesk.vault.trouble import DataMissing, damaged, from_database  # noqa: E402 - as above

__all__ = ["APPLICATION", "connected", "driver", "driver_troubles", "no_core_dumps"]

driver: Any = dbapi2  # published without types
APPLICATION = 0x434F4144  # "COAD"
KEY_LENGTH = 32
SMALLEST = 512
SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "wal_autocheckpoint=500",
    "journal_size_limit=67108864",
    "busy_timeout=5000",
)
READER_SETTINGS = (*SETTINGS, "cache_size=-8192", "query_only=ON")
"""A reader's cache is small: two of them at 64 MiB took 60 MB of an old laptop, and nothing that was measured got slower."""
HARMLESS = {
    "cipher_log_level",
    "cipher_status",
    "cipher_version",
    "cipher_settings",
    "cipher_integrity_check",
}
FORBIDDEN = {
    "key",
    "rekey",
    "hexkey",
    "hexrekey",
    "textkey",
    "textrekey",
    "temp_store",
    "temp_store_directory",
    "writable_schema",
}


def _judge(
    action: int, first: str | None, second: str | None, _database: str | None, _source: str | None
) -> int:
    """Return whether a statement may do this: no other database, no change of keys or of the temp store."""
    if action in (driver.SQLITE_ATTACH, driver.SQLITE_DETACH):
        return int(driver.SQLITE_DENY)
    if action == driver.SQLITE_PRAGMA and first is not None:
        name = first.lower()
        if name in FORBIDDEN and second is not None:
            return int(driver.SQLITE_DENY)
        if name in FORBIDDEN - {"temp_store"} or (name.startswith("cipher") and name not in HARMLESS):
            return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK)


def no_core_dumps() -> None:
    """Forbid the system to write this program's memory to disk when it crashes."""
    if sys.platform != "win32":  # pragma: no branch - Windows has no such limit
        import resource  # noqa: PLC0415 - exists on POSIX only

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def connected(
    path: Path,
    key: bytes,
    *,
    create: bool = False,
    unchanging: bool = False,
    settings: tuple[str, ...] = SETTINGS,
) -> Any:
    """Return a guarded connection to an encrypted database.

    A missing or empty file is never opened as a new vault unless ``create`` is said. ``unchanging`` is for a file
    on a medium nobody can write to: no log is looked for and none is made (storage.md 5.5). Raises ValueError for a
    key of the wrong length (the driver would silently take it for a passphrase), DataMissing, Damaged, or
    the Trouble behind the driver's error.
    """
    if len(key) != KEY_LENGTH:
        raise ValueError("a key has 32 bytes")
    if not create:
        _present(path)
    connection = None
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}{'&immutable=1' if unchanging else ''}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=5,
            cached_statements=256,
        )
        _prepared(connection, key, create=create, settings=settings)
    except driver.DatabaseError as error:
        if connection is not None:
            connection.close()
        found = from_database(error) or damaged()
    except BaseException:  # whatever it is, no half-open connection stays behind
        if connection is not None:
            connection.close()
        raise
    else:
        return connection
    raise found


@contextmanager
def driver_troubles() -> Iterator[None]:
    """Turn errors of the driver's own connections into Refusal or Trouble; a fault of the program goes on as it is."""
    found = None
    try:
        yield
    except driver.DatabaseError as error:
        found = from_database(error)
        if found is None:
            raise
    if found is not None:
        raise found


def _present(path: Path) -> None:
    if not path.is_file():
        raise DataMissing(
            "The vault’s data file is missing.",
            advice="Nothing was made in its place. Put the file back, or restore your last backup.",
        )
    if path.stat().st_size < SMALLEST:
        raise damaged()


def _prepared(connection: Any, key: bytes, *, create: bool, settings: tuple[str, ...]) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    status = connection.execute("PRAGMA cipher_status").fetchone()
    if status is None or status[0] != "1":
        raise damaged("The encryption")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if create:
        connection.execute(f"PRAGMA application_id={APPLICATION}")
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise damaged()
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")
    connection.set_authorizer(_judge)


Opener = Callable[[], Any]
