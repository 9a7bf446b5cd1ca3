"""How good a job is in the client's own view: the check that is saved, and its profile."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.jobs import job_of
from coachdesk.models import GoodWorkCheck
from coachdesk.vault.work import coach_of, describe

_SHARES = {"yes": 1.0, "partly": 0.5, "no": 0.0}


def profile_of(
    answers: Mapping[str, Any], parents: Mapping[str, str], dimensions: Mapping[str, str]
) -> tuple[tuple[str, float], ...]:
    """Return each dimension's share: yes 1, partly a half, no 0, the mean of what was answered (facts 12.4 row 21).

    A dimension without an answer is left out; "don't know" counts as no answer.
    """
    gathered: dict[str, list[float]] = {}
    for indicator, answer in answers.items():
        if answer in _SHARES and indicator in parents:
            gathered.setdefault(parents[indicator], []).append(_SHARES[answer])
    return tuple(
        (title, sum(gathered[key]) / len(gathered[key]))
        for key, title in dimensions.items()
        if key in gathered
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGoodWork:
    """The client's own view of a job on a day."""

    job_id: UUID
    done_on: dt.date
    answers: Mapping[str, str]
    note: str = ""


def save_good_work(session: Session, wish: SaveGoodWork) -> UUID:
    """Record a good-work check; return its id."""
    job, client = job_of(session, wish.job_id)
    check = GoodWorkCheck(
        client_id=client.id,
        job_id=job.id,
        done_on=wish.done_on,
        coach_id=coach_of(session),
        answers=dict(wish.answers),
        note=wish.note,
    )
    session.add(check)
    describe(session, f"Recorded how good a job is with {client.initials()}")
    return check.id
