"""History in words: who did what to a client's records and why, how things stood on a date, and the way back."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.record_words import Line, RecordWords
from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.chronicle import DELETE, INSERT
from coachdesk.vault.past import PastAction, as_it_stood, past_actions
from coachdesk.vault.undo_plan import UndoPlan, undo_plan, undo_together

EVENT_WORDS = {
    "opened": "Opened",
    "read": "Looked at",
    "printed": "Printed",
    "exported": "Exported",
    "taken back": "Took an earlier action back",
}
ERASED_WORDS = "What was written here has been erased."


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuestion:
    """The newest actions on a client's records, or on one of them; ``before`` is the last position seen."""

    client_id: UUID
    record: Ref | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryChange:
    """What became of one record: its name, "added", "changed" or "taken out", and each field before and after."""

    ref: Ref
    title: str
    what: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One action in words."""

    unit: UUID
    position: int
    at: dt.datetime
    who: str
    label: str
    reason: str
    changes: tuple[HistoryChange, ...]
    events: tuple[str, ...]
    can_be_taken_back: bool


def read_history(session: Session, question: HistoryQuestion) -> tuple[HistoryRow, ...]:
    """Return the actions in words, the newest first."""
    check_may_see(session, question.client_id)
    words = RecordWords(session)
    found = past_actions(
        session, question.client_id, ref=question.record, before=question.before, limit=question.limit
    )
    return tuple(_row(words, action) for action in found)


def _row(words: RecordWords, action: PastAction) -> HistoryRow:
    merged: dict[Ref, HistoryChange] = {}
    for change in action.changes:
        if change.ref.kind is Kind.DOCUMENT_CONTENT:
            continue  # the bytes of a document, which is told itself
        kind = change.ref.kind.value
        earlier = merged[change.ref].fields if change.ref in merged else ()
        merged[change.ref] = HistoryChange(
            ref=change.ref,
            title=words.title(kind),
            what={INSERT: "added", DELETE: "taken out"}.get(change.operation, "changed"),
            fields=(*earlier, *words.changes(kind, change.before, change.after, change.ref.id)),
        )
    return HistoryRow(
        unit=action.unit,
        position=action.position,
        at=action.at,
        who=action.actor,
        label=action.label or (ERASED_WORDS if action.erased else ""),
        reason=action.reason,
        changes=tuple(merged.values()),
        events=tuple(dict.fromkeys(EVENT_WORDS.get(name, name) for name, _, _ in action.events)),
        can_be_taken_back=bool(action.changes) and not action.erased,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodQuestion:
    """A client's records as they stood at the end of a day."""

    client_id: UUID
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodRecord:
    """One record in words."""

    ref: Ref
    title: str
    lines: tuple[Line, ...]


def read_as_it_stood(session: Session, question: StoodQuestion) -> tuple[StoodRecord, ...]:
    """Return everything that was recorded about a client by the end of a day, in words; the oldest first."""
    check_may_see(session, question.client_id)
    midnight = dt.datetime.combine(question.on + dt.timedelta(days=1), dt.time(), dt.UTC)
    words = RecordWords(session)
    found = as_it_stood(session, question.client_id, midnight - dt.timedelta(microseconds=1))
    return tuple(
        StoodRecord(ref=ref, title=words.title(ref.kind.value), lines=lines)
        for ref, values in found.items()
        if (lines := words.lines(ref.kind.value, values))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """What taking an action back entails, to be shown before it is done."""

    plan: UndoPlan
    consequences: tuple[str, ...]
    """The later actions that would go too, newest first, in words."""


def read_way_back(session: Session, unit: UUID) -> WayBack:
    """Return what taking an action back would take with it; raises Refusal when there is nothing of it."""
    plan = undo_plan(session, unit)
    return WayBack(plan=plan, consequences=tuple(_said(session, step.id) for step in plan.built_on))


def _said(session: Session, unit: UUID) -> str:
    entry = session.scalars(select(JournalEntry).where(JournalEntry.unit == unit).limit(1)).one()
    return f"{entry.label} ({entry.actor}, {entry.at:%d %B %Y})"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take an action back, with all that was listed as built on it."""

    plan: UndoPlan


def take_back(session: Session, wish: TakeBack) -> None:
    """Take back an action and what was built on it; raises Refusal when that cannot be any more."""
    if not wish.plan.steps:
        raise Refusal("There is nothing to take back.")
    undo_together(session, wish.plan)
