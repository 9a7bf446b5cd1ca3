"""What changed between two states of a plan, in words: what was agreed otherwise, and how far it has come. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from coachdesk.casework.plans import ActionRow, GoalRow, PlanRow
from coachdesk.press.cells import date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """``agreed`` differs from what was agreed and would have to be agreed again; ``progress`` is what came of it."""

    agreed: tuple[str, ...]
    progress: tuple[str, ...]


def changes_between(before: PlanRow, after: PlanRow) -> PlanChanges:
    """Return what differs in the later state, goal by goal and step by step.

    A goal that went on into a later version is a record of its own there: it is known again by its words.
    """
    goals = _GoalPairs(before, after)
    steps = _StepPairs(before, after)
    return PlanChanges(
        agreed=(*goals.agreed(), *steps.agreed()), progress=(*goals.progress(), *steps.progress())
    )


class _GoalPairs:
    """Goals of the one state beside the same goals of the other."""

    def __init__(self, before: PlanRow, after: PlanRow) -> None:
        self.pairs: list[tuple[GoalRow, GoalRow]] = []
        self.new: list[GoalRow] = []
        left = list(before.goals)
        for goal in after.goals:
            same = next((one for one in left if one.id == goal.id), None)
            same = same or next((one for one in left if _alike(one.own_words, goal.own_words)), None)
            if same is None:
                self.new.append(goal)
            else:
                left.remove(same)
                self.pairs.append((same, goal))
        self.gone = left

    def agreed(self) -> Iterator[str]:
        for old, new in self.pairs:
            if old.own_words != new.own_words:
                yield f"Goal in other words: “{new.own_words}”, before “{old.own_words}”"
            if old.coach_summary != new.coach_summary:
                yield f"The coach’s summary of “{new.own_words}” is another"
            if old.area != new.area:
                yield f"The area of “{new.own_words}” is another"
        for goal in self.new:
            yield f"New goal: “{goal.own_words}”"
        for goal in self.gone:
            yield f"Goal no longer in the plan: “{goal.own_words}”"

    def progress(self) -> Iterator[str]:
        for old, new in self.pairs:
            if new.achieved_on is not None and old.achieved_on is None:
                yield f"Goal reached: “{new.own_words}”"


class _StepPairs:
    """Steps of the one state beside the same steps of the other; a step keeps its record from version to version."""

    def __init__(self, before: PlanRow, after: PlanRow) -> None:
        self.old = {step.id: step for step in plan_steps(before)}
        self.now = {step.id: step for step in plan_steps(after)}

    def agreed(self) -> Iterator[str]:
        for key, new in self.now.items():
            old = self.old.get(key)
            if old is None:
                yield f"New step: {new.what}"
            elif told_step(old) != told_step(new):
                yield f"Step changed: {told_step(new)}; before: {told_step(old)}"
        for key, old in self.old.items():
            if key not in self.now:
                yield f"Step taken out: {old.what}"

    def progress(self) -> Iterator[str]:
        for key, new in self.now.items():
            old = self.old.get(key)
            if new.done_on is not None and (old is None or old.done_on is None):
                yield f"Done: {new.what}"


def plan_steps(plan: PlanRow) -> tuple[ActionRow, ...]:
    """Return every step of a plan, goal by goal, those of no goal last."""
    return (*(step for goal in plan.goals for step in goal.actions), *plan.loose_actions)


def told_step(step: ActionRow) -> str:
    """Return a step in words: what, who, by when."""
    who = {"client": "the client", "coach": "the coach"}.get(step.who, step.who_name or "somebody else")
    return f"{step.what} ({who}, {_by(step.due_on)})"


def _by(day: dt.date | None) -> str:
    return f"by {date_words(day)}" if day else "no day set"


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
