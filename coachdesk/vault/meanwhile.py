"""Saving what was changed by somebody else while a form was open: the second is told, and both texts are kept.

The first text is in the record and its history, the second still stands in the form and its draft (decisions.md 4).
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry
from coachdesk.terms import Ref
from coachdesk.vault.chronicle import EVENT, UPDATE
from coachdesk.vault.journal import position
from coachdesk.vault.undo import by_kind, in_chunks
from coachdesk.vault.work import chronicle_of

TOLD = "This was changed while your form was open."
ADVICE = (
    "Nothing you typed is lost: it is still here. What was saved meanwhile is kept in the history. Save again to use "
    "yours, or put the form away to leave everything as it is now."
)


class ChangedMeanwhile(Refusal):
    """Somebody saved the same fields since the form was opened; ``now`` says what stands there by field name.

    ``position`` is where the journal stands: who has seen ``now`` and saves again does so from there.
    """

    def __init__(self, now: Mapping[str, Any], at: int) -> None:
        super().__init__(f"{TOLD} {ADVICE}")
        self.now = dict(now)
        self.position = at


def where_it_stands(session: Session, _nothing: None) -> int:
    """Return how far the journal goes, for a form to remember what its values are of."""
    return position(session)


def check_nothing_meanwhile(session: Session, since: int) -> None:
    """Look, before an action is committed, whether what it writes is still as it stood at ``since``.

    Raises ChangedMeanwhile when one of its field groups was written after that by another action.
    """
    session.flush()
    written = chronicle_of(session).written()
    now: dict[str, Any] = {}
    for kind, ids in by_kind(written).items():
        for chunk in in_chunks(ids):
            query = select(JournalEntry).where(
                JournalEntry.entity == kind.value,
                JournalEntry.row_id.in_(chunk),
                JournalEntry.position > since,
                JournalEntry.operation != EVENT,
            )
            for entry in session.scalars(query.order_by(JournalEntry.position)):
                assert entry.row_id is not None  # noqa: S101 - only events have none
                if entry.operation != UPDATE or entry.field_group in written[Ref(kind, entry.row_id)]:
                    now |= _changed(entry)
    if now:
        raise ChangedMeanwhile(now, position(session))


def _changed(entry: JournalEntry) -> dict[str, Any]:
    """Return the fields an entry gave another value, with that value."""
    before = json.loads(entry.before) if entry.before else {}
    after = json.loads(entry.after) if entry.after else {}
    return {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}
