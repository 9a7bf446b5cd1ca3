"""What a tailored adjustments plan says to one employer: what is needed and agreed, and why only where the client ticks it.

The title is the one the Business Disability Forum prefers: a plan that is not passed on automatically (facts 6, F2, F4).
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import REFUSED, AdjustmentRow, list_adjustments
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.employer_papers import HEALTH, NEEDS, EmployerPaper, MayGo, check_may_go, may_go
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.jobs_held import JobHeld, client_there
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, VocationalProfile
from coachdesk.terms import Unstated

PLAN_TITLE = "Tailored adjustments plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanQuestion:
    """A plan about to be made for a job: what stands on it, of what the reason is told, and for whom it is.

    ``chosen`` and ``say_why`` are None until somebody has ticked anything: then the record says it.
    """

    client_id: UUID
    job_id: UUID
    today: dt.date
    for_employer: bool = True
    chosen: tuple[UUID, ...] | None = None
    say_why: tuple[UUID, ...] | None = None
    hard_day: str = ""
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One adjustment as the plan says it; ``why`` is empty unless the client wants it told."""

    id: UUID
    need: str
    kind: str
    stands: str
    owner: str
    in_place_on: dt.date | None
    review_on: dt.date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentsPlan:
    """A plan as it would be made now, and what must be known before it is.

    ``offered`` are the adjustments that could stand on it; ``hard_day_known`` what the profile says of a hard day.
    """

    question: PlanQuestion
    job: JobHeld
    lines: tuple[PlanLine, ...]
    offered: tuple[AdjustmentRow, ...]
    review_on: dt.date
    hard_day: str
    hard_day_known: str
    needs: str
    """Communication needs, by which the size of the print is proposed."""
    go: MayGo

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """What stands on it."""
        return tuple(line.id for line in self.lines)

    @property
    def say_why(self) -> tuple[UUID, ...]:
        """Of what the reason is told."""
        return tuple(line.id for line in self.lines if line.why)


def read_plan_of_adjustments(session: Session, question: PlanQuestion) -> AdjustmentsPlan:
    """Return the plan as it would be made now; nothing is written.

    Raises Refusal for a client or job that is gone, ReasonNeeded for a colleague's client.
    """
    asked = ClientQuestion(client_id=question.client_id, today=question.today)
    found = list_adjustments(session, asked)
    if is_erased(session, question.client_id):
        raise Refusal("This client has been erased; there is no plan to make.")
    job = next((one for one in found.jobs if one.id == question.job_id), None)
    if job is None:
        raise Refusal("This job is not there any more.")
    offered = tuple(one for one in found.rows if one.is_live and one.job_id in (None, job.id))
    kinds = titles_of(session, "adjustment_category")["adjustment_category"]
    lines = tuple(_line(one, question, kinds) for one in offered if _stands_on_it(one, question, job))
    paper = employer_paper(question, job.employer, lines)
    return AdjustmentsPlan(
        question=question,
        job=job,
        lines=lines,
        offered=offered,
        review_on=_review_on(lines, question.today, health_rules(session)),
        hard_day=question.hard_day.strip(),
        hard_day_known=_hard_day(session, question.client_id),
        needs=client_there(session, question.client_id).communication_needs,
        go=may_go(session, paper) if question.for_employer else MayGo(),
    )


def _stands_on_it(one: AdjustmentRow, question: PlanQuestion, job: JobHeld) -> bool:
    """Return whether it was ticked; before anybody ticks, what was not refused in this job."""
    if question.chosen is not None:
        return one.id in question.chosen
    return one.job_id == job.id and one.decision != REFUSED


def _line(one: AdjustmentRow, question: PlanQuestion, kinds: dict[str, str]) -> PlanLine:
    told = one.may_say_why if question.say_why is None else one.id in question.say_why
    return PlanLine(
        id=one.id,
        need=one.need,
        kind="" if one.category in set(Unstated) else kinds.get(one.category, one.category),
        stands=_stands(one),
        owner=one.owner,
        in_place_on=one.in_place_on,
        review_on=one.review_on,
        why=one.why if told else "",
    )


def _stands(one: AdjustmentRow) -> str:
    """Return what was agreed, in words an employer and a client both sign."""
    on = f" on {_day(one.decided_on)}" if one.decided_on is not None else ""
    said = {
        "agreed": f"Agreed{on}",
        "partly": f"Partly agreed{on}",
        REFUSED: f"Not agreed{on}; to be talked about again",
        "waiting": "Asked for; no answer yet",
    }.get(one.decision, "Still to be talked about")
    return f"{said}: {one.agreed}" if one.agreed else said


def _review_on(lines: tuple[PlanLine, ...], today: dt.date, rules: HealthRules) -> dt.date:
    """Return when the plan is looked at: with the first of what stands on it, after the months of the rule at the latest."""
    latest = months_after(today, rules.number("adjustment_review_months"))
    coming = (line.review_on for line in lines if line.review_on is not None and line.review_on > today)
    return min((*coming, latest))


def _hard_day(session: Session, client_id: UUID) -> str:
    query = select(VocationalProfile.hard_day).where(
        VocationalProfile.client_id == client_id, VocationalProfile.archived_at.is_(None)
    )
    return session.scalar(query.limit(1)) or ""


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def employer_paper(question: PlanQuestion, employer: str, lines: tuple[PlanLine, ...]) -> EmployerPaper:
    """Return what the plan would tell an employer: why and what a hard day is like count as health."""
    tells_why = bool(question.hard_day.strip()) or any(line.why for line in lines)
    return EmployerPaper(
        client_id=question.client_id,
        employer=employer,
        title=PLAN_TITLE,
        data=(NEEDS, HEALTH) if tells_why else (NEEDS,),
        today=question.today,
        override_reason=question.override_reason,
    )


def check_plan(session: Session, question: PlanQuestion) -> PlanQuestion:
    """Return the question of a plan that may be made.

    Raises Refusal for a plan that says nothing, and for one to an employer without permission and reason.
    """
    plan = read_plan_of_adjustments(session, question)
    if not plan.lines:
        said = "Choose at least one adjustment."
        raise Refusal("The plan would say nothing.", fields={"chosen": said})
    if question.for_employer:
        check_may_go(session, employer_paper(question, plan.job.employer, plan.lines))
    return question


def keep_ticks(session: Session, plan: AdjustmentsPlan) -> None:
    """Write down for each adjustment on a plan whether the client wants its reason told."""
    if plan.question.say_why is None:
        return
    for line in plan.lines:
        session.get_one(Adjustment, line.id).may_say_why = line.id in plan.question.say_why
