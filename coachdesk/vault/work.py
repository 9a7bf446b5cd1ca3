"""The unit of work: one action of a person, written whole with its journal entries, or not at all.

Leaving the block well commits it (architecture.md A7). Nobody writes change notices or journal entries by hand
(A5): both come from what the flush wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from coachdesk.clock import Clock
from coachdesk.errors import CoachDeskError
from coachdesk.models.base import LINE
from coachdesk.terms import Changes, Ref
from coachdesk.vault.caseload_rights import check_changes
from coachdesk.vault.chronicle import Chronicle, Event
from coachdesk.vault.engine import BypassedJournalError
from coachdesk.vault.erasure import forget
from coachdesk.vault.erasure_list import keep_listed
from coachdesk.vault.found_log import let_go_all
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.places import full_at
from coachdesk.vault.trouble import DiskFull, busy, from_database, locked

PROGRAM = "CoachDesk"


@dataclass(slots=True)
class Work:
    """A session to write in; ``changes`` says what was written once the block has been left."""

    session: Session
    changes: Changes = field(default_factory=Changes)


@contextmanager
def plain_troubles(folder: Path | None = None) -> Iterator[None]:
    """Turn errors of the database into Refusal or Trouble without the values they carry.

    ``folder`` is where the data lies, for the words about a full drive. Raises what ``from_database`` finds; a fault of the program goes on as it is.
    """
    found: CoachDeskError | None = None
    try:
        yield
    except StatementError as error:
        error.params = None  # the values hang on the exception even where its text hides them
        found = _meaning(error)
        if found is None:
            raise
    except PoolTimeoutError:
        found = busy()
    if found is not None:
        raise full_at(folder) if folder is not None and isinstance(found, DiskFull) else found


def _meaning(error: StatementError) -> CoachDeskError | None:
    if isinstance(error.orig, CoachDeskError):
        return error.orig  # a text too long, found while binding
    if isinstance(error, DBAPIError) and error.orig is not None:
        return from_database(error.orig)
    return None


@contextmanager
def unit_of_work(
    vault: OpenVault, *, label: str = "", reason: str = "", by_program: bool = False
) -> Iterator[Work]:
    """Open one action: a session under the write lock, committed with its journal when the block ends well.

    ``by_program`` names CoachDesk as the actor, for what nobody wished and nobody should take back.

    Raises Locked when the vault is locked, Refusal for a broken rule of the records and Trouble for a disk
    that does not take it; then nothing was written.
    """
    if vault.locked:
        raise locked()
    chronicle = Chronicle(
        vault.origin, PROGRAM if by_program else vault.person, vault.clock, label[:LINE], reason
    )
    with plain_troubles(vault.folder), vault.write_sessions() as session:
        session.info["chronicle"] = chronicle
        held = session.connection().info
        held["chronicle"] = chronicle
        work = Work(session)
        try:
            yield work
            session.flush()
            if not by_program:
                check_changes(session, chronicle.touched())
            position = chronicle.write(session)
            erased = forget(session, chronicle)
            session.commit()
        finally:
            held.pop("chronicle", None)
    if position is not None:
        vault.keep_mark(position)
        vault.mind_the_log()
    if erased:
        let_go_all(vault.data_file)
    if erased:
        keep_listed(vault.folder, erased)
    work.changes = chronicle.changes()


@contextmanager
def reading(vault: OpenVault) -> Iterator[Session]:
    """Give a session on a pooled connection that refuses writes; one snapshot for the whole block.

    Raises Locked when the vault is locked and Trouble when the data cannot be read.
    """
    if vault.locked:
        raise locked()
    with plain_troubles(), vault.read_sessions() as session:
        yield session


def chronicle_of(session: Session) -> Chronicle:
    """Return the journal of the unit of work; raises BypassedJournalError outside of one."""
    found = session.info.get("chronicle")
    if not isinstance(found, Chronicle):
        raise BypassedJournalError("this needs a unit of work")
    return found


def describe(session: Session, label: str) -> None:
    """Name the action in words ("Recorded a contact with AB"), for history and undo."""
    chronicle_of(session).label = label.replace("\0", "")[:LINE]


def record_event(session: Session, event_name: str, scope: str, ref: Ref | None = None) -> None:
    """Journal that something was read, printed or exported, without values."""
    kind = ref.kind.value if ref else "event"
    chronicle_of(session).note(Event(event_name, scope, kind, ref.id if ref else None))


def vault_of(session: Session) -> OpenVault:
    """Return the vault a session belongs to."""
    found = session.info["vault"]
    assert isinstance(found, OpenVault)  # noqa: S101 - both session factories put it there
    return found


def actor(session: Session) -> str:
    """Return the name of the person who acts."""
    return vault_of(session).person


def coach_of(session: Session) -> UUID | None:
    """Return the coach who acts, or None when no coach is tied to the key slot."""
    return vault_of(session).coach_id


def clock_of(session: Session) -> Clock:
    """Return the clock that was given to the vault."""
    return vault_of(session).clock
