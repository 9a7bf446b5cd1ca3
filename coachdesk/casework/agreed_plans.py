"""The plan as it was agreed: kept word for word with the signature, read again, and compared with what came after."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.agreed_content import Signature, plan_from, plan_told
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.definition import read_definition
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.casework.plan_changes import PlanChanges, changes_between
from coachdesk.casework.plans import ActionRow, PlanRow, newest_plan, read_plan
from coachdesk.casework.rights_clock import bank_holidays, next_working_day
from coachdesk.errors import Refusal
from coachdesk.models import Action, AgreedPlan, Client, Contact, Enrolment, Goal, Programme
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

SIGNED_ON_SCREEN = "signed_screen"
_MOST_POINTS = 20_000
_FEWEST_POINTS = 5  # a single touch is no signature
_PLACES = 4  # of the decimals of a point: a hair's breadth on paper


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlanRow:
    """A plan as it read on the day it was agreed.

    ``changes`` say what differs in the next version that was agreed (on ``until``), or in the plan as it stands now.
    """

    id: UUID
    plan_id: UUID
    version: int
    agreed_on: dt.date
    how_agreed: str
    plan: PlanRow
    around: PlanAround
    signature: Signature
    changes: PlanChanges
    until: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreePlan:
    """The plan as it stands is agreed, and a copy given; strokes when it was signed on screen."""

    client_id: UUID
    agreed_on: dt.date
    how_agreed: str = Unstated.NOT_ASKED
    copy_format: str = Unstated.NOT_ASKED
    copy_given_on: dt.date | None = None
    next_review_on: dt.date | None = None
    signature: Sequence[Sequence[tuple[float, float]]] = ()


def agree_plan(session: Session, wish: AgreePlan) -> UUID:
    """Record the agreement and keep the plan word for word; return the id of what is kept.

    A plan that was agreed before and says something else now becomes the next version. Raises Refusal without a
    plan, on a day to come, with a review before the agreement, or without a signature where there should be one.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    plan = newest_plan(session, client.id)
    if plan is None:
        raise Refusal("There is no plan to agree yet: start one first.")
    _check_days(session, wish)
    signature = _signature(wish)
    question = ClientQuestion(client_id=client.id, today=wish.agreed_on)
    if plan.agreed_on is not None:
        plan.reviewed_on = wish.agreed_on
        last = newest_agreed(session, question)
        if last is None or last.plan_id != plan.id or last.changes.agreed:
            plan.version += 1
    plan.agreed_on, plan.how_agreed = wish.agreed_on, wish.how_agreed
    plan.copy_format, plan.copy_given_on = wish.copy_format, wish.copy_given_on
    plan.next_review_on = wish.next_review_on
    session.flush()
    shared = plan_to_share(session, read_plan(session, question))
    around = read_plan_around(session, client.id, plan.id)
    kept = AgreedPlan(
        client_id=client.id,
        plan_id=plan.id,
        version=plan.version,
        agreed_on=wish.agreed_on,
        how_agreed=wish.how_agreed,
        content={**plan_told(shared), "around": asdict(around)},
        signature=signature,
    )
    session.add(kept)
    describe(session, f"Agreed the plan with {client.initials()}")
    return kept.id


def _check_days(session: Session, wish: AgreePlan) -> None:
    if wish.agreed_on > clock_of(session).today():
        raise Refusal(
            "A plan is agreed once it has been talked about.",
            fields={"agreed_on": "This day is still to come."},
        )
    if wish.next_review_on is not None and wish.next_review_on < wish.agreed_on:
        raise Refusal(
            "The review lies before the agreement.",
            fields={"next_review_on": "This is before the plan was agreed."},
        )


def _signature(wish: AgreePlan) -> list[list[list[float]]]:
    """Return the strokes to keep: none but for a plan that was signed on screen."""
    if wish.how_agreed != SIGNED_ON_SCREEN:
        return []
    points = [point for stroke in wish.signature for point in stroke]
    if len(points) < _FEWEST_POINTS:
        words = "Sign in the field, or choose another way to agree."
        raise Refusal("There is no signature yet.", fields={"signature": words})
    inside = all(0 <= across <= 1 and 0 <= down <= 1 for across, down in points)
    if len(points) > _MOST_POINTS or not inside:
        words = "Clear it and sign again."
        raise Refusal("This signature cannot be kept.", fields={"signature": words})
    return [
        [[round(across, _PLACES), round(down, _PLACES)] for across, down in stroke]
        for stroke in wish.signature
        if stroke
    ]


def list_agreed_plans(session: Session, question: ClientQuestion) -> tuple[AgreedPlanRow, ...]:
    """Return every plan of a client as it was agreed, the newest first."""
    check_may_see(session, question.client_id)
    query = (
        select(AgreedPlan)
        .where(AgreedPlan.client_id == question.client_id, AgreedPlan.archived_at.is_(None))
        .order_by(AgreedPlan.agreed_on.desc(), AgreedPlan.version.desc(), AgreedPlan.id.desc())
    )
    reached = _reached(session, question.client_id)
    rows: list[AgreedPlanRow] = []
    for kept in session.scalars(query):
        after = rows[-1].plan if rows else _as_it_stands(session, question)
        rows.append(_row(kept, after, reached, rows[-1].agreed_on if rows else None))
    return tuple(rows)


def _reached(session: Session, client_id: UUID) -> dict[UUID, dt.date]:
    """Return the goals that were reached and when: such a goal does not go on into the next plan."""
    query = select(Goal.id, Goal.achieved_on).where(Goal.client_id == client_id, Goal.archived_at.is_(None))
    return {goal: on for goal, on in session.execute(query) if on is not None}


def newest_agreed(session: Session, question: ClientQuestion) -> AgreedPlanRow | None:
    """Return the plan as it was agreed last, if one was kept."""
    return next(iter(list_agreed_plans(session, question)), None)


def _row(
    kept: AgreedPlan, after: PlanRow, reached: Mapping[UUID, dt.date], until: dt.date | None
) -> AgreedPlanRow:
    plan = plan_from(kept)
    there = {goal.id for goal in after.goals}
    past = tuple(
        replace(goal, achieved_on=reached[goal.id])
        for goal in plan.goals
        if goal.id in reached and goal.id not in there
    )
    known = {step.id for goal in plan.goals for step in goal.actions} | {one.id for one in plan.loose_actions}
    loose = tuple(one for one in after.loose_actions if one.id in known or _is_present(one, after.agreed_on))
    return AgreedPlanRow(
        id=kept.id,
        plan_id=kept.plan_id,
        version=kept.version,
        agreed_on=kept.agreed_on,
        how_agreed=kept.how_agreed,
        plan=plan,
        around=PlanAround(**kept.content["around"]),
        signature=tuple(tuple((across, down) for across, down in stroke) for stroke in kept.signature),
        changes=changes_between(plan, replace(after, goals=(*after.goals, *past), loose_actions=loose)),
        until=until,
    )


def _as_it_stands(session: Session, question: ClientQuestion) -> PlanRow:
    """Return the plan now with every step that is no private matter, however long ago it was done."""
    plan = read_plan(session, question)
    return replace(plan, loose_actions=_not_private(session, plan.loose_actions))


def plan_to_share(session: Session, plan: PlanRow) -> PlanRow:
    """Return the plan with those steps of no goal that belong on paper.

    What is still to do does, and what was done since the plan was agreed; the rest is the past of earlier plans. A
    step from a contact that is kept private from prints stays off this one too.
    """
    loose = _not_private(session, plan.loose_actions)
    return replace(plan, loose_actions=tuple(one for one in loose if _is_present(one, plan.agreed_on)))


def _not_private(session: Session, actions: tuple[ActionRow, ...]) -> tuple[ActionRow, ...]:
    private = set(
        session.scalars(
            select(Action.id)
            .join(Contact, Contact.id == Action.contact_id)
            .where(Action.id.in_([one.id for one in actions]), Contact.is_private)
        )
    )
    return tuple(one for one in actions if one.id not in private)


def _is_present(action: ActionRow, agreed_on: dt.date | None) -> bool:
    return action.done_on is None or (agreed_on is not None and action.done_on >= agreed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReview:
    """The day proposed for the next review of a plan, and where the rhythm comes from."""

    on: dt.date | None
    origin: str


def propose_review(session: Session, question: ClientQuestion) -> NextReview:
    """Return the next working day after the rhythm of the programme the plan was made in; none where it has none."""
    check_may_see(session, question.client_id)
    plan = newest_plan(session, question.client_id)
    enrolled = session.get(Enrolment, plan.enrolment_id) if plan is not None and plan.enrolment_id else None
    enrolled = enrolled or _open_enrolment(session, question.client_id)
    programme = session.get(Programme, enrolled.programme_id) if enrolled is not None else None
    definition = read_definition(programme.definition) if programme is not None else None
    if definition is None or definition.plan_review_days is None:
        return NextReview(on=None, origin="")
    on = question.today + dt.timedelta(days=definition.plan_review_days)
    return NextReview(
        on=next_working_day(on, bank_holidays(session)), origin=definition.origins.get("plan_review", "")
    )


def _open_enrolment(session: Session, client_id: UUID) -> Enrolment | None:
    query = select(Enrolment).where(
        Enrolment.client_id == client_id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None)
    )
    return session.scalars(query.order_by(Enrolment.id.desc()).limit(1)).first()
