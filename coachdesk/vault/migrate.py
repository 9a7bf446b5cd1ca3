"""Bringing an older vault up to date: forward only, whole or not at all, after a checked copy.

Alembic is loaded only when the stored revision differs (decisions.md 3).
"""

from pathlib import Path

from coachdesk.vault.driver import connected
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.slots import SlotFile
from coachdesk.vault.trouble import NewerVersion, damaged

HEAD = "0001"
REVISIONS = ("0001",)
"""All revisions ever shipped, oldest first; the last is the head."""


def stored_revision(path: Path, key: bytes) -> str:
    """Return the revision a data file was written at; raises Damaged when it names none."""
    connection = connected(path, key)
    try:
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    finally:
        connection.close()
    if row is None:
        raise damaged()
    return str(row[0])


def bring_up_to_date(folder: Path, file: SlotFile, keys: Keyring) -> None:
    """Upgrade the data file when an older CoachDesk wrote it.

    Raises NewerVersion when a newer one did; nothing is written then.
    """
    stored = stored_revision(folder / file.db, keys.sub("db"))
    if stored == HEAD:
        return
    if stored not in REVISIONS:
        raise NewerVersion(
            "This vault was made by a newer CoachDesk.",
            advice="Open it with the newer version. Nothing was changed.",
        )
