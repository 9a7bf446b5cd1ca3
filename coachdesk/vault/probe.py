"""Trying a place out before a vault is made there: whether a data file with its log works on that drive."""

import secrets
import tempfile
from contextlib import closing
from pathlib import Path

from coachdesk.errors import CoachDeskError
from coachdesk.vault.driver import connected, driver_troubles
from coachdesk.vault.places import place_warning
from coachdesk.vault.trouble import system_troubles

NO_LOG = (
    "This drive does not keep a vault’s log as it must, so that changes could be lost. "
    "Choose a folder on this computer; backups may go there."
)


def place_judged(folder: Path) -> str:
    """Return what speaks against making a vault in a folder, in one text; empty for a good place.

    A throw-away file is written there, read over a second connection and removed (storage.md 10, 31). The folder
    itself need not be there yet: the nearest one above it is tried.
    """
    warning = place_warning(folder) or ""
    try:
        works = _log_works(_nearest(folder))
    except CoachDeskError as trouble:
        return " ".join(part for part in (warning, str(trouble)) if part)
    return warning if works else " ".join(part for part in (warning, NO_LOG) if part)


def _nearest(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _log_works(folder: Path) -> bool:
    key = secrets.token_bytes(32)
    with system_troubles(), tempfile.TemporaryDirectory(prefix=".coachdesk-", dir=folder) as place:
        path = Path(place) / "try.db"
        with closing(connected(path, key, create=True)) as one, driver_troubles():
            if one.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                return False
            one.execute("CREATE TABLE tried (number INTEGER)")
            one.execute("INSERT INTO tried VALUES (7)")
            with closing(connected(path, key)) as two:
                return bool(two.execute("SELECT number FROM tried").fetchone() == (7,))
