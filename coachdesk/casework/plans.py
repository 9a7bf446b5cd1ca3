"""The action plan: goals in the client's words, actions, and versions kept as agreed."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.due_words import due_words
from coachdesk.errors import Refusal
from coachdesk.models import Action, Client, Enrolment, Goal, Plan
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

_GONE = "This client is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One step of a plan."""

    id: UUID
    what: str
    who: str
    who_name: str
    due_on: dt.date | None
    done_on: dt.date | None
    outcome: str
    overdue_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """One goal with its steps."""

    id: UUID
    own_words: str
    coach_summary: str
    area: str
    achieved_on: dt.date | None
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """The plan in force; ``loose_actions`` belong to no goal. Without a plan, its id is None."""

    id: UUID | None
    kind: str
    version: int
    agreed_on: dt.date | None
    how_agreed: str
    copy_given_on: dt.date | None
    next_review_on: dt.date | None
    goals: tuple[GoalRow, ...]
    loose_actions: tuple[ActionRow, ...]
    copy_format: str = Unstated.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """How far a plan has come, counted; never a score of the client."""

    goals: int
    reached: int
    steps: int
    done: int
    late: int


def plan_progress(plan: PlanRow) -> PlanProgress:
    """Return the counts of a plan; a step that was due is late until it is done."""
    steps = [step for goal in plan.goals for step in goal.actions] + list(plan.loose_actions)
    return PlanProgress(
        goals=len(plan.goals),
        reached=sum(1 for goal in plan.goals if goal.achieved_on is not None),
        steps=len(steps),
        done=sum(1 for step in steps if step.done_on is not None),
        late=sum(1 for step in steps if step.overdue_words),
    )


def read_plan(session: Session, question: ClientQuestion) -> PlanRow:
    """Return the newest version of a client's plan, and the actions that belong to no goal of it."""
    check_may_see(session, question.client_id)
    plan = newest_plan(session, question.client_id)
    goals = _goals(session, plan.id) if plan is not None else ()
    actions: dict[UUID | None, list[ActionRow]] = {}
    known = {goal.id for goal in goals}
    query = (
        select(Action)
        .where(Action.client_id == question.client_id, Action.archived_at.is_(None))
        .order_by(Action.due_on.is_(None), Action.due_on, Action.id)
    )
    for action in session.scalars(query):
        place = action.goal_id if action.goal_id in known else None
        actions.setdefault(place, []).append(_action(action, question.today))
    return PlanRow(
        id=plan.id if plan else None,
        kind=plan.kind if plan else Unstated.NOT_ASKED,
        version=plan.version if plan else 0,
        agreed_on=plan.agreed_on if plan else None,
        how_agreed=plan.how_agreed if plan else Unstated.NOT_ASKED,
        copy_given_on=plan.copy_given_on if plan else None,
        next_review_on=plan.next_review_on if plan else None,
        goals=tuple(_goal(goal, actions.get(goal.id, [])) for goal in goals),
        loose_actions=tuple(actions.get(None, [])),
        copy_format=plan.copy_format if plan else Unstated.NOT_ASKED,
    )


def newest_plan(session: Session, client_id: UUID) -> Plan | None:
    """Return the record of the newest version of a client's plan."""
    query = select(Plan).where(Plan.client_id == client_id, Plan.archived_at.is_(None))
    return session.scalars(query.order_by(Plan.version.desc(), Plan.id.desc()).limit(1)).first()


def _goals(session: Session, plan_id: UUID) -> tuple[Goal, ...]:
    query = select(Goal).where(Goal.plan_id == plan_id, Goal.archived_at.is_(None))
    return tuple(session.scalars(query.order_by(Goal.position, Goal.id)))


def _action(action: Action, today: dt.date) -> ActionRow:
    late = action.done_on is None and action.due_on is not None and action.due_on < today
    return ActionRow(
        id=action.id,
        what=action.what,
        who=action.who,
        who_name=action.who_name,
        due_on=action.due_on,
        done_on=action.done_on,
        outcome=action.outcome,
        overdue_words=due_words(action.due_on, today) if late else "",
    )


def _goal(goal: Goal, actions: list[ActionRow]) -> GoalRow:
    return GoalRow(
        id=goal.id,
        own_words=goal.own_words,
        coach_summary=goal.coach_summary,
        area=goal.area,
        achieved_on=goal.achieved_on,
        actions=tuple(actions),
    )


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal(_GONE)
    return client


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPlan:
    """A new plan, or a new version with the goals not reached carried over."""

    client_id: UUID
    kind: str


def start_plan(session: Session, wish: StartPlan) -> UUID:
    """Begin a plan; an earlier one stays as it was agreed, its open goals and their steps move on."""
    client = _client(session, wish.client_id)
    before = newest_plan(session, client.id)
    enrolment = session.scalars(
        select(Enrolment.id)
        .where(Enrolment.client_id == client.id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    ).first()
    version = before.version + 1 if before is not None else 1
    plan = Plan(client_id=client.id, enrolment_id=enrolment, kind=wish.kind, version=version)
    session.add(plan)
    if before is not None:
        _carry_over(session, before, plan)
    describe(session, f"Started a plan with {client.initials()}")
    return plan.id


def _carry_over(session: Session, before: Plan, plan: Plan) -> None:
    for goal in _goals(session, before.id):
        if goal.achieved_on is not None:
            continue
        carried = Goal(
            client_id=goal.client_id,
            plan_id=plan.id,
            own_words=goal.own_words,
            coach_summary=goal.coach_summary,
            area=goal.area,
            position=goal.position,
        )
        session.add(carried)
        for action in session.scalars(
            select(Action).where(
                Action.goal_id == goal.id, Action.done_on.is_(None), Action.archived_at.is_(None)
            )
        ):
            action.goal_id = carried.id


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGoal:
    """What the client hopes for, in their own words."""

    client_id: UUID
    own_words: str
    area: str = Unstated.NOT_ASKED
    coach_summary: str = ""


def add_goal(session: Session, wish: AddGoal) -> UUID:
    """Add a goal to the plan in force; raises Refusal without words, and begins a plan where there is none."""
    client = _client(session, wish.client_id)
    if not wish.own_words.strip():
        raise Refusal("A goal needs the client’s words.", fields={"own_words": "Type what the client said."})
    plan = newest_plan(session, client.id)
    if plan is None:
        plan = Plan(client_id=client.id, version=1)
        session.add(plan)
    position = session.scalar(select(func.count()).select_from(Goal).where(Goal.plan_id == plan.id)) or 0
    goal = Goal(
        client_id=client.id,
        plan_id=plan.id,
        own_words=wish.own_words.strip(),
        coach_summary=wish.coach_summary.strip(),
        area=wish.area,
        position=position,
    )
    session.add(goal)
    describe(session, f"Added a goal with {client.initials()}")
    return goal.id


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGoal:
    """Other words for a goal, or the day it was reached."""

    goal_id: UUID
    own_words: str
    coach_summary: str = ""
    area: str = Unstated.NOT_ASKED
    achieved_on: dt.date | None = None


def edit_goal(session: Session, wish: EditGoal) -> None:
    """Change a goal; raises Refusal when it is gone or would lose its words."""
    goal = session.get(Goal, wish.goal_id)
    if goal is None:
        raise Refusal("This goal is not there any more.")
    if not wish.own_words.strip():
        raise Refusal("A goal needs the client’s words.", fields={"own_words": "Type what the client said."})
    goal.own_words, goal.coach_summary = wish.own_words.strip(), wish.coach_summary.strip()
    goal.area, goal.achieved_on = wish.area, wish.achieved_on
    describe(session, f"Changed a goal with {_client(session, goal.client_id).initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAction:
    """A step: what, who, by when."""

    client_id: UUID
    what: str
    who: str = "coach"
    goal_id: UUID | None = None
    due_on: dt.date | None = None
    who_name: str = ""


def add_action(session: Session, wish: AddAction) -> UUID:
    """Add an action; raises Refusal without words."""
    client = _client(session, wish.client_id)
    if not wish.what.strip():
        raise Refusal("An action needs words.", fields={"what": "Type what is to be done."})
    action = Action(
        client_id=client.id,
        goal_id=wish.goal_id,
        what=wish.what.strip(),
        who=wish.who,
        who_name=wish.who_name,
        due_on=wish.due_on,
    )
    session.add(action)
    describe(session, f"Added an action with {client.initials()}")
    return action.id


@dataclass(frozen=True, slots=True, kw_only=True)
class EditAction:
    """A step in other words, by somebody else, or by another day; or one that is wanted no longer."""

    action_id: UUID
    what: str
    who: str = "coach"
    who_name: str = ""
    due_on: dt.date | None = None
    is_off: bool = False


def edit_action(session: Session, wish: EditAction) -> None:
    """Change an action or take it off the plan; raises Refusal when it is gone or would lose its words.

    The plans it was agreed in keep it.
    """
    action = session.get(Action, wish.action_id)
    if action is None:
        raise Refusal("This action is not there any more.")
    if wish.is_off:
        action.archived_at = clock_of(session).now()
        describe(session, f"Took an action off the plan with {_client(session, action.client_id).initials()}")
        return
    if not wish.what.strip():
        raise Refusal("An action needs words.", fields={"what": "Type what is to be done."})
    action.what, action.who, action.due_on = wish.what.strip(), wish.who, wish.due_on
    action.who_name = wish.who_name.strip() if wish.who == "other" else ""
    describe(session, f"Changed an action with {_client(session, action.client_id).initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAction:
    """An action is done; the next may be set in the same act."""

    action_id: UUID
    done_on: dt.date
    outcome: str = ""
    next_what: str = ""
    next_on: dt.date | None = None


def finish_action(session: Session, wish: FinishAction) -> None:
    """Mark an action done and set the next one; raises Refusal when it is gone."""
    action = session.get(Action, wish.action_id)
    if action is None:
        raise Refusal("This action is not there any more.")
    action.done_on, action.outcome = wish.done_on, wish.outcome.strip()
    if wish.next_what.strip():
        session.add(
            Action(
                client_id=action.client_id,
                goal_id=action.goal_id,
                what=wish.next_what.strip(),
                who=action.who,
                who_name=action.who_name,
                due_on=wish.next_on,
            )
        )
    describe(session, f"Ticked an action with {_client(session, action.client_id).initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAction:
    """An action turned out not to be done."""

    action_id: UUID


def reopen_action(session: Session, wish: ReopenAction) -> None:
    """Open an action again; raises Refusal when it is gone."""
    action = session.get(Action, wish.action_id)
    if action is None:
        raise Refusal("This action is not there any more.")
    action.done_on = None
    describe(session, f"Opened an action again with {_client(session, action.client_id).initials()}")
