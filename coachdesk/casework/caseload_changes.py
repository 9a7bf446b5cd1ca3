"""Whose lines of a caseload may read otherwise now: the clients whom the journal names since the last reading.

Nearly every action concerns one client. Reading ten thousand again to show what became of one would take most of a
second; so only the lines of those are read again, unless something changed that stands behind everybody's.
"""

import json
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import JournalEntry
from coachdesk.models.base import CONFIGURATION, TEAM

FEW = 500
"""Entries since the last reading; where there are more, everybody is read again in one statement."""
_OWNER = '"client_id"'


def newest_change(session: Session) -> int:
    """Return the place in the journal of the newest change; that a record was opened changes no list."""
    query = select(JournalEntry.position).where(JournalEntry.operation != "event")
    return session.scalar(query.order_by(JournalEntry.position.desc()).limit(1)) or 0


def clients_changed(session: Session, since: int) -> frozenset[UUID] | None:
    """Return the clients with whom anything changed after a place in the journal; None where it may be everybody.

    A record that went from one client to another concerns both. What belongs to the team or is a setting (coaches,
    hubs, programmes, words of lists, who covers for whom) stands behind everybody's line.
    """
    entries = session.execute(
        select(JournalEntry.scope, JournalEntry.before)
        .where(JournalEntry.position > since, JournalEntry.operation != "event")
        .limit(FEW + 1)
    ).all()
    scopes = {scope for scope, _ in entries}
    if len(entries) > FEW or not scopes.isdisjoint((TEAM, CONFIGURATION)):
        return None
    scopes.update(json.loads(before).get("client_id") for _, before in entries if before and _OWNER in before)
    return frozenset(UUID(hex=scope) for scope in scopes if scope)
