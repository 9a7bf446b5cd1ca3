"""What is due about Access to Work: the first weeks to apply in, asking how it stands, and an award that ends."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.access_to_work import NOT_YET, Window, award_warning, chase_day, chased_days
from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import AccessToWork, Job

KIND = "access_to_work"


def access_due(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield the cases that call for their client by the last day, and are not too late to call for today."""
    query = (
        select(
            as_kept(AccessToWork.id),
            as_kept(AccessToWork.client_id),
            AccessToWork.stage,
            AccessToWork.submitted_on,
            AccessToWork.assessed_on,
            AccessToWork.decided_on,
            AccessToWork.chased_on,
            AccessToWork.expires_on,
            Job.started_on,
        )
        .outerjoin(Job, Job.id == AccessToWork.job_id)
        .where(
            AccessToWork.closed_on.is_(None),
            AccessToWork.archived_at.is_(None),
            *among(AccessToWork.client_id.expression, whose),
        )
        .order_by(AccessToWork.id)
    )
    rules = health_rules(session)
    for record, client, *stands in plain_rows(session, query):
        for due in _dues(rules, *stands):
            if today - LATEST_CATCH_UP <= due.on <= last:
                yield DueAtWork(KIND, record, client, due)


def _dues(rules: HealthRules, stage: str, *told: Any) -> Iterator[Due]:
    *happened, chased_on, expires_on, started_on = told
    if stage in NOT_YET and started_on is not None:
        closes = Window.around(started_on, rules).last
        warn_on = closes - dt.timedelta(days=rules.number("apply_warn_days"))
        words = f"Apply for Access to Work by {closes.day} {closes:%B}"
        yield Due(warn_on, words, rules.source("apply_weeks_after"))
    chase_on = chase_day(stage, (*happened, *chased_days(chased_on)), rules)
    if chase_on is not None:
        yield Due(chase_on, "Ask how Access to Work stands", rules.source("chase_days"))
    if expires_on is not None:
        words = f"Access to Work ends on {expires_on.day} {expires_on:%B}: apply again?"
        yield Due(award_warning(expires_on, rules), words, rules.source("award_warn_days"))
