"""Adjustments: what a client needs at work, in the client's words, and how each stands (facts 6 and 12.2)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.disclosure_decisions import disclosure_in_force
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.jobs_held import JobHeld, check_job, client_there, jobs_held, main_job
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, AdjustmentStep, Client, Coach
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

ASKED, WAITING, REFUSED = "asked", "waiting", "refused"
AGREED = frozenset({"agreed", "partly"})
"""The decisions by which something is to be put in place."""
GONE = "This adjustment is not there any more."


def needs_by_job(session: Session, client_id: UUID) -> dict[UUID, list[str]]:
    """Return what a client needs at work and still needs there, by job, in the order in which it was recorded."""
    query = (
        select(Adjustment)
        .where(
            Adjustment.client_id == client_id,
            Adjustment.archived_at.is_(None),
            Adjustment.ended_on.is_(None),
        )
        .order_by(Adjustment.id)
    )
    found: dict[UUID, list[str]] = {}
    for adjustment in session.scalars(query):
        if adjustment.job_id is not None:
            found.setdefault(adjustment.job_id, []).append(adjustment.need)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """Something that happened to an adjustment, in words."""

    id: UUID
    happened_on: dt.date
    event: str
    event_words: str
    with_whom: str
    note: str
    coach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRow:
    """An adjustment as it stands, with its story; codes keep their keys, ``tries`` holds what is left to try.

    ``calls`` says in sentences what it waits for; ``lag_days`` counts from asked to in place.
    """

    id: UUID
    client_id: UUID
    job: JobHeld | None
    category: str
    need: str
    why: str
    may_say_why: bool
    requested_on: dt.date | None
    asked_of: str
    decision: str
    decided_on: dt.date | None
    agreed: str
    refusal_reason: str
    in_place_on: dt.date | None
    owner: str
    is_working: str
    review_on: dt.date | None
    ended_on: dt.date | None
    steps: tuple[StepRow, ...]
    calls: tuple[str, ...]
    tries: tuple[str, ...]

    @property
    def job_id(self) -> UUID | None:
        """The job it is for, or None where there is no job yet."""
        return self.job.id if self.job is not None else None

    @property
    def is_live(self) -> bool:
        """Whether it is still needed here."""
        return self.ended_on is None

    @property
    def lag_days(self) -> int | None:
        """How many days went by from asked to in place (facts 12.4, row 25)."""
        if self.requested_on is None or self.in_place_on is None:
            return None
        return max((self.in_place_on - self.requested_on).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """Everything about a client's adjustments: those needed first, the jobs, and what could go along to the newest.

    ``left_behind`` are live adjustments of a job that is over, or of no job, while another runs; ``disclosed`` is
    what the client decided to tell this employer, empty where nothing was decided.
    """

    client_id: UUID
    rows: tuple[AdjustmentRow, ...]
    jobs: tuple[JobHeld, ...]
    job: JobHeld | None
    left_behind: tuple[AdjustmentRow, ...]
    disclosed: str


def list_adjustments(session: Session, question: ClientQuestion) -> Adjustments:
    """Return a client's adjustments with the story of each; raises Refusal where there is no such client."""
    check_may_see(session, question.client_id)
    client = client_there(session, question.client_id)
    jobs = jobs_held(session, client.id)
    by_id = {job.id: job for job in jobs}
    rules = health_rules(session)
    steps = _steps(session, client.id)
    query = (
        select(Adjustment)
        .where(Adjustment.client_id == client.id, Adjustment.archived_at.is_(None))
        .order_by(Adjustment.id)
    )
    rows = [
        _row(one, by_id.get(one.job_id) if one.job_id else None, steps.get(one.id, ()), question.today, rules)
        for one in session.scalars(query)
    ]
    rows.sort(key=_is_ended)
    job = main_job(jobs, question.today)
    left = (one for one in rows if one.is_live and _stayed_behind(one, job, question.today))
    return Adjustments(
        client_id=client.id,
        rows=tuple(rows),
        jobs=jobs,
        job=job,
        left_behind=tuple(left),
        disclosed=_disclosed(session, question, job),
    )


def _disclosed(session: Session, question: ClientQuestion, job: JobHeld | None) -> str:
    if job is None:
        return ""
    decided = disclosure_in_force(session, question.client_id, job.employer_id, question.today)
    return decided.line if decided is not None else ""


def _is_ended(row: AdjustmentRow) -> bool:
    return not row.is_live


def _stayed_behind(row: AdjustmentRow, job: JobHeld | None, today: dt.date) -> bool:
    return job is not None and (row.job is None or row.job.is_over(today)) and row.job_id != job.id


def _steps(session: Session, client_id: UUID) -> dict[UUID, list[StepRow]]:
    titles = titles_of(session, "adjustment_event")["adjustment_event"]
    query = (
        select(AdjustmentStep, Coach.name)
        .outerjoin(Coach, Coach.id == AdjustmentStep.coach_id)
        .where(AdjustmentStep.client_id == client_id, AdjustmentStep.archived_at.is_(None))
        .order_by(AdjustmentStep.happened_on, AdjustmentStep.id)
    )
    found: dict[UUID, list[StepRow]] = {}
    for step, coach in session.execute(query):
        row = StepRow(
            id=step.id,
            happened_on=step.happened_on,
            event=step.event,
            event_words=titles.get(step.event, step.event),
            with_whom=step.with_whom,
            note=step.note,
            coach=coach or "",
        )
        found.setdefault(step.adjustment_id, []).append(row)
    return found


def _row(
    one: Adjustment, job: JobHeld | None, steps: Iterable[StepRow], today: dt.date, rules: HealthRules
) -> AdjustmentRow:
    told = tuple(steps)
    asked = [step.happened_on for step in told if step.event == ASKED]
    return AdjustmentRow(
        id=one.id,
        client_id=one.client_id,
        job=job,
        category=one.category,
        need=one.need,
        why=one.why,
        may_say_why=one.may_say_why,
        requested_on=one.requested_on,
        asked_of=one.asked_of,
        decision=one.decision,
        decided_on=one.decided_on,
        agreed=one.agreed,
        refusal_reason=one.refusal_reason,
        in_place_on=one.in_place_on,
        owner=one.owner,
        is_working=one.is_working,
        review_on=one.review_on,
        ended_on=one.ended_on,
        steps=told,
        calls=()
        if one.ended_on is not None
        else tuple(_calls(one, max(asked, default=one.requested_on), today, rules)),
        tries=rules.tries if one.decision == REFUSED and one.ended_on is None else (),
    )


def _calls(one: Adjustment, asked_on: dt.date | None, today: dt.date, rules: HealthRules) -> Iterable[str]:
    """Yield what an adjustment waits for, in sentences."""
    if one.decision == WAITING and asked_on is not None:
        days = (today - asked_on).days
        if days >= rules.number("adjustment_answer_days"):
            yield f"Asked {days} days ago, and no answer yet."
    if one.decision in AGREED and one.in_place_on is None and one.decided_on is not None:
        days = (today - one.decided_on).days
        if days >= rules.number("adjustment_in_place_days"):
            yield f"Agreed {days} days ago, and not in place yet."
    if one.review_on is not None and one.review_on <= today:
        yield "It is time to look at it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAdjustment:
    """A need at work in the client's words; with a day on which it was asked for, that is its first step."""

    client_id: UUID
    need: str
    job_id: UUID | None = None
    category: str = Unstated.NOT_ASKED
    requested_on: dt.date | None = None
    why: str = ""
    may_say_why: bool = False
    asked_of: str = ""
    owner: str = ""


def add_adjustment(session: Session, wish: AddAdjustment) -> UUID:
    """Record an adjustment and return its id; raises Refusal without the need in words, and for a day to come."""
    client = client_there(session, wish.client_id)
    _check_need(wish.need)
    check_job(session, client.id, wish.job_id)
    adjustment = Adjustment(
        client_id=client.id,
        job_id=wish.job_id,
        need=wish.need.strip(),
        category=wish.category,
        why=wish.why.strip(),
        may_say_why=wish.may_say_why,
        requested_on=wish.requested_on,
        asked_of=wish.asked_of.strip(),
        owner=wish.owner.strip(),
    )
    session.add(adjustment)
    if wish.requested_on is not None:
        check_past(session, wish.requested_on, "requested_on")
        adjustment.decision = WAITING
        add_step(session, adjustment, ASKED, wish.requested_on, with_whom=wish.asked_of)
    describe(session, f"Recorded an adjustment for {client.initials()}")
    return adjustment.id


def _check_need(need: str) -> None:
    if not need.strip():
        raise Refusal("What is needed?", fields={"need": "Type the need in the client’s words."})


def check_past(session: Session, day: dt.date, name: str) -> None:
    """Return for a day up to today; raises Refusal beside the field for one to come."""
    if day > clock_of(session).today():
        raise Refusal("This day is still to come.", fields={name: "This day is still to come."})


def add_step(
    session: Session,
    adjustment: Adjustment,
    event: str,
    on: dt.date,
    *,
    with_whom: str = "",
    note: str = "",
) -> UUID:
    """Write down that something happened to an adjustment; return the step's id."""
    step = AdjustmentStep(
        client_id=adjustment.client_id,
        adjustment_id=adjustment.id,
        happened_on=on,
        event=event,
        with_whom=with_whom.strip(),
        note=note.strip(),
        coach_id=coach_of(session),
    )
    session.add(step)
    return step.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAdjustment:
    """Other words for a need: what, why, of which kind, for which job, who sees to it, and when it is looked at."""

    adjustment_id: UUID
    need: str
    job_id: UUID | None = None
    category: str = Unstated.NOT_ASKED
    why: str = ""
    may_say_why: bool = False
    owner: str = ""
    review_on: dt.date | None = None


def change_adjustment(session: Session, wish: ChangeAdjustment) -> None:
    """Write other words; raises Refusal without the need in words, for a job of nobody, and when it is gone."""
    adjustment, client = adjustment_of(session, wish.adjustment_id)
    _check_need(wish.need)
    check_job(session, client.id, wish.job_id)
    adjustment.need, adjustment.why = wish.need.strip(), wish.why.strip()
    adjustment.may_say_why, adjustment.category = wish.may_say_why, wish.category
    adjustment.job_id, adjustment.owner = wish.job_id, wish.owner.strip()
    adjustment.review_on = wish.review_on
    describe(session, f"Changed an adjustment for {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAwayAdjustment:
    """An adjustment that was recorded by mistake."""

    adjustment_id: UUID


def put_away_adjustment(session: Session, wish: PutAwayAdjustment) -> None:
    """Put an adjustment away; its history stays. Raises Refusal when it is gone."""
    adjustment, client = adjustment_of(session, wish.adjustment_id)
    adjustment.archived_at = clock_of(session).now()
    describe(session, f"Put away an adjustment for {client.initials()}")


def adjustment_of(session: Session, adjustment_id: UUID) -> tuple[Adjustment, Client]:
    """Return an adjustment with its client; raises Refusal when either is gone."""
    adjustment = session.get(Adjustment, adjustment_id)
    if adjustment is None or adjustment.archived_at is not None:
        raise Refusal(GONE)
    return adjustment, client_there(session, adjustment.client_id)
