"""The good-work profile: seven dimensions side by side, never a single grade."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Code, Enrolment, GoodWorkCheck, Job
from coachdesk.returns.indicators.enrolled import of_programme, supported_in
from coachdesk.returns.indicators.found import Found, Scope, events, present
from coachdesk.returns.indicators.near import Reason, nearly, on

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
    answers, unchecked = _answers(session, scope)
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
            near=nearly(unchecked, frozenset(client for client, _ in answers)),
        )
        for dimension, keys in questions.items()
    }


def _answers(
    session: Session, scope: Scope
) -> tuple[list[tuple[UUID, Mapping[str, Any]]], tuple[Reason, ...]]:
    """Return the latest check of each job, and the people with a job that has none."""
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
    known = and_(
        GoodWorkCheck.job_id == Job.id, GoodWorkCheck.done_on <= scope.as_at, *present(GoodWorkCheck)
    )
    rows = session.execute(
        select(Job.id, Job.client_id, Job.started_on, GoodWorkCheck.answers)
        .join(Client, Client.id == Job.client_id)
        .outerjoin(GoodWorkCheck, known)
        .where(
            supported,
            Job.started_on <= scope.last_known,
            or_(Job.ended_on.is_(None), Job.ended_on >= scope.period.from_on),
            *present(Job, Client),
        )
        .order_by(Job.id, GoodWorkCheck.done_on.nulls_first(), GoodWorkCheck.id)
    )
    latest = {job: (client, began, given) for job, client, began, given in rows}
    return (
        [(client, given) for client, _, given in latest.values() if given is not None],
        tuple(
            (client, f"no good-work check of the job that began {on(began)}")
            for client, began, given in latest.values()
            if given is None
        ),
    )


def mean_words(yes: int, partly: int, no: int) -> str:
    """Return the mean of the answered questions on the scale of 0 to 1, two decimals."""
    return f"{(yes + partly * WEIGHTS['Partly']) / (yes + partly + no):.2f}"
