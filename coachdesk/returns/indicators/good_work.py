"""The good-work profile: seven dimensions side by side, never a single grade."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Code, Enrolment, GoodWorkCheck, Job
from coachdesk.returns.indicators.enrolled import of_programme, supported_in
from coachdesk.returns.indicators.found import Found, Scope, events, present

LIST = "good_work_indicator"
ANSWERS = {"yes": "Yes", "partly": "Partly", "no": "No", "dont_know": "Don’t know"}
WEIGHTS = {"Yes": 1.0, "Partly": 0.5, "No": 0.0}


def dimensions(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the dimensions in their order, each with the keys of its questions."""
    found: dict[str, list[str]] = {}
    rows = session.execute(
        select(Code.key, Code.parent)
        .where(Code.list_name == LIST, *present(Code))
        .order_by(Code.position, Code.key)
    )
    for key, parent in rows:
        found.setdefault(parent or key, []).append(key)
    return {dimension: tuple(keys) for dimension, keys in found.items()}


def good_work(session: Session, scope: Scope) -> dict[str, Found]:
    """Return the answers for each dimension (facts 12.4 row 21).

    The latest check of each job by the as-at date, of jobs held while the client was supported in the
    period. Don't know is counted apart and is no part of a mean.
    """
    questions = dimensions(session)
    answers = _answers(session, scope)
    return {
        dimension: Found(
            id=f"good-work-{dimension}",
            unit="answers",
            groups=tuple(
                events(
                    label,
                    (client for client, given in answers for key in keys if given.get(key) == answer),
                )
                for answer, label in ANSWERS.items()
            ),
        )
        for dimension, keys in questions.items()
    }


def _answers(session: Session, scope: Scope) -> list[tuple[UUID, Mapping[str, Any]]]:
    supported = (
        select(Enrolment.id)
        .where(
            *of_programme(scope),
            *supported_in(scope),
            Enrolment.client_id == Job.client_id,
            or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
        )
        .correlate(Job, Client)
        .exists()
    )
    rows = session.execute(
        select(GoodWorkCheck.job_id, GoodWorkCheck.client_id, GoodWorkCheck.answers)
        .join(Job, Job.id == GoodWorkCheck.job_id)
        .join(Client, Client.id == Job.client_id)
        .where(
            supported,
            GoodWorkCheck.done_on <= scope.as_at,
            Job.started_on <= scope.last_known,
            or_(Job.ended_on.is_(None), Job.ended_on >= scope.period.from_on),
            *present(GoodWorkCheck, Job, Client),
        )
        .order_by(GoodWorkCheck.job_id, GoodWorkCheck.done_on, GoodWorkCheck.id)
    )
    latest = {job: (client, given) for job, client, given in rows}
    return list(latest.values())


def mean_words(yes: int, partly: int, no: int) -> str:
    """Return the mean of the answered questions on the scale of 0 to 1, two decimals."""
    return f"{(yes + partly * WEIGHTS['Partly']) / (yes + partly + no):.2f}"
