"""A plan as plain values and back: what a plan that was agreed is kept as, word for word."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coachdesk.casework.plans import ActionRow, GoalRow, PlanRow
from coachdesk.models import AgreedPlan

Signature = tuple[tuple[tuple[float, float], ...], ...]
"""Strokes of points from 0 to 1 across and down."""


def plan_told(plan: PlanRow) -> dict[str, Any]:
    """Return a plan as values that JSON can hold."""
    return {
        "kind": plan.kind,
        "next_review_on": _told_day(plan.next_review_on),
        "goals": [
            {
                "id": goal.id.hex,
                "own_words": goal.own_words,
                "coach_summary": goal.coach_summary,
                "area": goal.area,
                "achieved_on": _told_day(goal.achieved_on),
                "steps": [_step_told(step) for step in goal.actions],
            }
            for goal in plan.goals
        ],
        "steps": [_step_told(step) for step in plan.loose_actions],
    }


def plan_from(kept: AgreedPlan) -> PlanRow:
    """Return the plan that was kept; nothing in it is late, for it stands still on its day."""
    told = kept.content
    return PlanRow(
        id=kept.plan_id,
        kind=told["kind"],
        version=kept.version,
        agreed_on=kept.agreed_on,
        how_agreed=kept.how_agreed,
        copy_given_on=None,
        next_review_on=_day(told["next_review_on"]),
        goals=tuple(_goal(one) for one in told["goals"]),
        loose_actions=tuple(_step(one) for one in told["steps"]),
    )


def _step_told(step: ActionRow) -> dict[str, Any]:
    return {
        "id": step.id.hex,
        "what": step.what,
        "who": step.who,
        "who_name": step.who_name,
        "due_on": _told_day(step.due_on),
        "done_on": _told_day(step.done_on),
        "outcome": step.outcome,
    }


def _goal(told: Mapping[str, Any]) -> GoalRow:
    return GoalRow(
        id=UUID(hex=told["id"]),
        own_words=told["own_words"],
        coach_summary=told["coach_summary"],
        area=told["area"],
        achieved_on=_day(told["achieved_on"]),
        actions=tuple(_step(one) for one in told["steps"]),
    )


def _step(told: Mapping[str, Any]) -> ActionRow:
    return ActionRow(
        id=UUID(hex=told["id"]),
        what=told["what"],
        who=told["who"],
        who_name=told["who_name"],
        due_on=_day(told["due_on"]),
        done_on=_day(told["done_on"]),
        outcome=told["outcome"],
        overdue_words="",
    )


def _told_day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(told: str | None) -> dt.date | None:
    return None if told is None else dt.date.fromisoformat(told)
