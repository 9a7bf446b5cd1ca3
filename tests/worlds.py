"""A world that many tests begin with is put into a vault once a run; every other vault is given a copy of its data file.

What a copy holds was written by the same units of work, with their journal. Only a vault that nobody has written in
since it was copied from the template takes one; every other has the world made in it as if there were no memory.
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import desc, func, select, text

from coachdesk.clock import FixedClock
from coachdesk.models import JournalEntry, Setting
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading

World = TypeVar("World")
Mark = tuple[object, ...]
_PLACE = TemporaryDirectory(prefix="coachdesk-worlds-")
_kept: dict[tuple[str, Mark], tuple[Path, object]] = {}


def made_once(name: str, make: Callable[[OpenVault], World], vault: OpenVault) -> World:
    """Return what ``make`` returns for a vault, whose records it puts there; ``name`` tells worlds apart.

    A world is known again by the whole of what was in the vault before, so a vault that differs in anything has it made.
    """
    if type(vault.clock) is not FixedClock or vault.opened_with_reason:
        return make(vault)
    before = name, _state(vault)
    if before not in _kept:
        world = make(vault)
        if vault.opened_with_reason:
            return world
        place = Path(_PLACE.name) / f"{len(_kept)}.db"
        _copy_out(vault, place)
        _kept[before] = place, world
        return world
    place, known = _kept[before]
    _copy_in(place, vault)
    return known  # type: ignore[return-value] # what was kept under this name was made by the same maker


def _state(vault: OpenVault) -> Mark:
    """Return what tells one vault from another: whose it is, the moment, and all that was ever written in it.

    The newest line of the journal has salt of its own, which only copies of one vault have in common; what is written
    beside the journal shows in the settings and in how many rows each table has.
    """
    newest = select(JournalEntry.position, JournalEntry.unit, JournalEntry.salt)
    with reading(vault) as session:
        tables = session.scalars(text("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        counts = " UNION ALL ".join(f'SELECT count(*) FROM "{name}"' for name in tables)  # noqa: S608 - our own names
        rows = tuple(session.scalars(text(counts)))
        line = session.execute(newest.order_by(desc(JournalEntry.position)).limit(1)).first()
        settings = sorted((one.key, repr(one.value)) for one in session.scalars(select(Setting)))
    who = vault.vault_id, vault.coach_id, vault.origin, vault.keys.sub("db"), vault.clock.now()
    return *who, None if line is None else tuple(line), rows, tuple(settings)


def _copy_out(vault: OpenVault, place: Path) -> None:
    with (
        closing(connected(place, vault.keys.sub("db"), create=True)) as copy,
        closing(vault._writer.raw_connection()) as held,
    ):
        assert held.driver_connection is not None
        held.driver_connection.backup(copy)


def _copy_in(place: Path, vault: OpenVault) -> None:
    """Put the file in the place of the vault's own, which has the same key: no page of it is sealed again."""
    vault._reader.dispose()
    vault._writer.dispose()
    log = vault.data_file.with_name(f"{vault.data_file.name}-wal")
    assert not log.exists(), "somebody still reads in this vault"
    shutil.copyfile(place, vault.data_file)
    with reading(vault) as session:
        position = session.scalar(select(func.max(JournalEntry.position)))
    assert position is not None
    vault.keep_mark(position)
