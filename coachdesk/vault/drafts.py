"""What somebody is typing, kept in the vault as they type and never journalled (architecture.md A16).

A draft is committed at once, unless the session is that of a unit of work, which commits it with the rest.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from coachdesk.models import Base, Draft
from coachdesk.vault.work import clock_of, coach_of, plain_troubles

_TABLE = Base.metadata.tables[Draft.__tablename__]
_DROP = delete(_TABLE).where(_TABLE.c.key == bindparam("dropped"))
"""Made once, and sent past the session: every save that was typed lets its draft go."""


def keep_draft(
    session: Session, key: str, form: str, body: dict[str, Any], client_id: UUID | None = None
) -> None:
    """Keep what was typed under a key, in place of what was kept before."""
    session.merge(
        Draft(
            key=key,
            form=form,
            body=dict(body),
            client_id=client_id,
            coach_id=coach_of(session),
            saved_at=clock_of(session).now(),
        )
    )
    _commit(session)


def drop_draft(session: Session, key: str) -> None:
    """Forget a draft that was saved or thrown away; a key without a draft does no harm.

    In a unit of work the draft goes with what was saved, or stays if that fails.
    """
    session.connection().execute(_DROP, {"dropped": key})
    _commit(session)


def _commit(session: Session) -> None:
    """Commit a draft's own quick transaction; raises the Trouble of a disk that does not take it."""
    if "chronicle" not in session.info:
        with plain_troubles():
            session.commit()


def drafts(session: Session) -> tuple[Draft, ...]:
    """Return the drafts of the person who unlocked, the newest first."""
    query = select(Draft).where(Draft.coach_id.is_not_distinct_from(coach_of(session)))
    return tuple(session.scalars(query.order_by(Draft.saved_at.desc(), Draft.key)))
