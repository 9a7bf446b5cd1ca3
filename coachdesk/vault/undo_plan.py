"""Taking back what lies further back: first all that was built on it, then the action itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import JournalEntry
from coachdesk.terms import Ref
from coachdesk.vault.chronicle import ERASED, EVENT, INSERT
from coachdesk.vault.undo import (
    FOR_GOOD,
    UNIT,
    Step,
    Steps,
    UndoStep,
    by_kind,
    in_chunks,
    linked,
    steps_of,
    undo,
)
from coachdesk.vault.work import describe

STAYS = "What was issued or passed on, an erasure, or the vault itself stands on it, and stays as it is."
ERASED_SINCE = "What was written then has been erased since, so it cannot be taken back."
NOTHING = "There is nothing to take back."


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What has to be taken back, the newest first, ending with what was asked for.

    ``blocked`` says why it cannot be; blank when it can.
    """

    steps: tuple[UndoStep, ...]
    blocked: str = ""

    @property
    def built_on(self) -> tuple[UndoStep, ...]:
        """Return the later actions that would go too."""
        return self.steps[:-1]


def undo_plan(session: Session, unit: UUID) -> UndoPlan:
    """Return what taking an action back entails; raises Refusal when there is nothing of it."""
    undone, settled = _settled(session)
    if unit in undone:
        return UndoPlan(steps=(_named(session, unit),), blocked="This has been taken back already.")
    blocked = _blocked(session, [unit])
    if blocked:
        return UndoPlan(steps=(_named(session, unit),), blocked=blocked)
    wanted, waiting = {unit}, [unit]
    while waiting:
        for later in _built_on(session, waiting.pop()) - settled:
            if later not in wanted and not _blocked(session, [later]):
                waiting.append(later)
            wanted.add(later)
    named = [_named(session, one) for one in wanted]
    order = {one: _position(session, one) for one in wanted}
    steps = tuple(sorted(named, key=lambda step: order[step.id], reverse=True))
    return UndoPlan(steps=steps, blocked=_blocked(session, wanted))


def undo_together(session: Session, plan: UndoPlan) -> None:
    """Take back all of a plan as one action.

    Raises Refusal when the plan cannot be carried out, or when something was built on it since it was shown.
    """
    if plan.blocked:
        raise Refusal(plan.blocked)
    asked = plan.steps[-1]
    now = undo_plan(session, asked.id)
    if {step.id for step in now.steps} != {step.id for step in plan.steps}:
        raise Refusal("Something was added since this list was made. Look at the new list, then decide.")
    for step in now.steps:
        undo(session, step.id)
        session.flush()
    if len(now.steps) > 1:
        describe(session, f"Took back: {asked.label}, and {len(now.steps) - 1} later")


def _settled(session: Session) -> tuple[set[UUID], set[UUID]]:
    """Return what is taken back, and all actions without effect: those, and the taking back of them."""
    rows = session.execute(
        select(JournalEntry.unit, JournalEntry.row_id)
        .where(JournalEntry.entity == UNIT, JournalEntry.operation == EVENT)
        .order_by(desc(JournalEntry.position))
    ).all()
    undone: set[UUID] = set()
    settled: set[UUID] = set()
    for undoer, undone_unit in rows:  # newest first, as in taking back itself
        if undoer not in undone and undone_unit is not None:
            undone.add(undone_unit)
            settled |= {undone_unit, undoer}
    return undone, settled


def _entries(session: Session, unit: UUID) -> list[JournalEntry]:
    found = list(
        session.scalars(
            select(JournalEntry)
            .where(JournalEntry.unit == unit, JournalEntry.operation != EVENT)
            .order_by(JournalEntry.position)
        )
    )
    if not found:
        raise Refusal(NOTHING)
    return found


def _built_on(session: Session, unit: UUID) -> set[UUID]:
    steps = steps_of(_entries(session, unit))
    found = _changed_since(session, steps, steps.items())
    last = max(step.position for step in steps.values())
    outside = {ref: Step(INSERT, last, {}, {}) for ref in linked(session, steps)}
    return (found | _changed_since(session, outside, outside.items())) - {unit}


def _changed_since(session: Session, steps: Steps, wanted: Iterable[tuple[Ref, Step]]) -> set[UUID]:
    found: set[UUID] = set()
    for kind, ids in by_kind(ref for ref, _ in wanted).items():
        for chunk in in_chunks(ids):
            rows = session.execute(
                select(
                    JournalEntry.unit,
                    JournalEntry.row_id,
                    JournalEntry.position,
                    JournalEntry.field_group,
                    JournalEntry.operation,
                ).where(
                    JournalEntry.entity == kind.value,
                    JournalEntry.row_id.in_(chunk),
                    JournalEntry.operation != EVENT,
                )
            )
            for unit, row_id, position, group, operation in rows:
                assert row_id is not None  # noqa: S101 - only events have none
                step = steps[Ref(kind, row_id)]
                if position > step.position and _touches(step, group, operation):
                    found.add(unit)
    return found


def _touches(step: Step, group: str, operation: str) -> bool:
    return step.operation == INSERT or operation != "update" or group in step.after


def _named(session: Session, unit: UUID) -> UndoStep:
    found = select(JournalEntry.unit, JournalEntry.label, JournalEntry.at).where(JournalEntry.unit == unit)
    return UndoStep(*session.execute(found.limit(1)).one())


def _position(session: Session, unit: UUID) -> int:
    newest = select(JournalEntry.position).where(JournalEntry.unit == unit)
    return session.scalar(newest.order_by(desc(JournalEntry.position)).limit(1)) or 0


def _blocked(session: Session, units: Iterable[UUID]) -> str:
    """Return why these actions stay as they are; blank when they need not."""
    for chunk in in_chunks(units):
        if session.scalar(
            select(JournalEntry.position)
            .where(JournalEntry.unit.in_(chunk), JournalEntry.entity.in_(FOR_GOOD))
            .limit(1)
        ):
            return STAYS
        if session.scalar(
            select(JournalEntry.position)
            .where(JournalEntry.unit.in_(chunk), JournalEntry.salt == ERASED)
            .limit(1)
        ):
            return ERASED_SINCE
    return ""
