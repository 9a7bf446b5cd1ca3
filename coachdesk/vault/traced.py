"""The session that writes: what its flushes change is told to the journal of the action it belongs to.

The listeners hang on the class, once for the life of the program: putting them on every session cost a twentieth of a save.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from coachdesk.models import Record
from coachdesk.vault.chronicle import Chronicle
from coachdesk.vault.engine import BypassedJournalError

ACTION = "chronicle"


class TracedSession(Session):
    """A session of the one writer; outside of a unit of work, which keeps a draft, there is no journal to tell."""


def _journal(session: Session) -> Chronicle | None:
    found = session.info.get(ACTION)
    return found if isinstance(found, Chronicle) else None


@event.listens_for(TracedSession, "before_flush")
def _before(session: Session, *_: Any) -> None:
    if journal := _journal(session):
        journal.before_flush(session)


@event.listens_for(TracedSession, "after_flush")
def _after(session: Session, *_: Any) -> None:
    if journal := _journal(session):
        journal.after_flush(session)


@event.listens_for(TracedSession, "after_transaction_create")
def _nested(session: Session, transaction: SessionTransaction) -> None:
    """Refuse a part of an action; raises BypassedJournalError."""
    if transaction.nested and _journal(session):
        raise BypassedJournalError("a part of an action that may be undone alone")


@event.listens_for(TracedSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    """Refuse bulk writes of records, which a flush does not see; raises BypassedJournalError."""
    mapper = state.bind_mapper
    if (
        (state.is_insert or state.is_update or state.is_delete)
        and mapper
        and issubclass(mapper.class_, Record)
        and _journal(state.session)
    ):
        raise BypassedJournalError(f"a bulk write on {mapper.class_.__name__}")
