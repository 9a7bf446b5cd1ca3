"""What is due about adjustments: an answer, what was agreed, a look again, and a job that has changed."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from coachdesk.casework.adjustments import AGREED, ASKED, WAITING
from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import Adjustment, AdjustmentStep, Job

KIND = "adjustment"


def adjustments_due(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None
) -> Iterator[DueAtWork]:
    """Yield the adjustments that call for their client by the last day, and are not too late to call for today."""
    asked_on = (
        select(func.max(AdjustmentStep.happened_on))
        .where(
            AdjustmentStep.adjustment_id == Adjustment.id,
            AdjustmentStep.event == ASKED,
            AdjustmentStep.archived_at.is_(None),
        )
        .scalar_subquery()
    )
    query = (
        select(
            as_kept(Adjustment.id),
            as_kept(Adjustment.client_id),
            Adjustment.need,
            Adjustment.decision,
            func.coalesce(asked_on, Adjustment.requested_on, type_=Adjustment.requested_on.type),
            Adjustment.decided_on,
            Adjustment.in_place_on,
            Adjustment.review_on,
        )
        .outerjoin(Job, Job.id == Adjustment.job_id)
        .where(
            Adjustment.ended_on.is_(None),
            Adjustment.archived_at.is_(None),
            or_(Job.ended_on.is_(None), Job.ended_on >= today),
            *among(Adjustment.client_id.expression, whose),
        )
        .order_by(Adjustment.id)
    )
    rules = health_rules(session)
    for record, client, need, *stands in plain_rows(session, query):
        for due in _dues(rules, need, *stands):
            if today - LATEST_CATCH_UP <= due.on <= last:
                yield DueAtWork(KIND, record, client, due)
    yield from _left_behind(session, today, last, whose)


def _dues(
    rules: HealthRules,
    need: str,
    decision: str,
    asked_on: dt.date | None,
    decided_on: dt.date | None,
    in_place_on: dt.date | None,
    review_on: dt.date | None,
) -> Iterator[Due]:
    if decision == WAITING and asked_on is not None:
        yield _due(rules, asked_on, "adjustment_answer_days", f"Ask what came of it: {need}")
    if decision in AGREED and decided_on is not None and in_place_on is None:
        yield _due(rules, decided_on, "adjustment_in_place_days", f"Agreed, not in place yet: {need}")
    if review_on is not None:
        source = rules.source("adjustment_review_months")
        yield Due(review_on, f"Look at the adjustment again: {need}", source)


def _due(rules: HealthRules, since: dt.date, rule: str, words: str) -> Due:
    return Due(since + dt.timedelta(days=rules.number(rule)), words, rules.source(rule))


def _left_behind(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield what a client still needs of a job that is over, from the day on which another began."""
    other = aliased(Job)
    newer = (
        select(func.max(other.started_on))
        .where(
            other.client_id == Adjustment.client_id,
            other.archived_at.is_(None),
            or_(other.ended_on.is_(None), other.ended_on >= today),
        )
        .scalar_subquery()
    )
    query = (
        select(as_kept(Adjustment.id), as_kept(Adjustment.client_id), newer)
        .join(Job, Job.id == Adjustment.job_id)
        .where(
            Adjustment.ended_on.is_(None),
            Adjustment.archived_at.is_(None),
            Job.ended_on < today,
            newer.between(today - LATEST_CATCH_UP, last),
            *among(Adjustment.client_id.expression, whose),
        )
        .order_by(Adjustment.id)
    )
    source = health_rules(session).source("adjustment_review_months")
    for record, client, started_on in plain_rows(session, query):
        words = "A new job: which adjustments go along?"
        yield DueAtWork(KIND, record, client, Due(started_on, words, source))
