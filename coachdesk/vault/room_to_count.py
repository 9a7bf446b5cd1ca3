"""Room for questions that go through a whole vault: more pages kept in memory, and no pause to look for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy.orm import Session

from coachdesk.vault.driver import driver

KIBIBYTES = 64 << 10
"""Pages a reader keeps for the time of the counting; otherwise it keeps an eighth of that."""


@contextmanager
def room_to_count(session: Session) -> Iterator[None]:
    """Give a session room to go through the whole vault, for the block alone; one block may stand within another.

    A page that is read again need not be decrypted again: over 100,000 clients that was a quarter of the time. And
    nothing that is being counted is garbage before the end: looking through it was another third, and growing. In the
    window the collector rests anyway; on the command line it goes on after the block. Raises what the driver's first
    question raises, before anything is changed.
    """
    raw: Any = session.connection().connection.driver_connection
    before = raw.execute("PRAGMA cache_size").fetchone()[0]
    was_on = gc.isenabled()
    gc.disable()
    try:
        raw.execute(f"PRAGMA cache_size=-{KIBIBYTES}")
        yield
    finally:
        with suppress(driver.Error):  # closed meanwhile, as the vault was locked: what it kept is gone
            raw.execute(f"PRAGMA cache_size={before}")
        if was_on:
            gc.enable()
