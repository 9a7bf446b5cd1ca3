"""How good a job is in the client's own view: what is asked, the check that is saved, and its profile, never a grade."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import CodeRow, all_codes
from coachdesk.casework.job_evidence import JobQuestion
from coachdesk.casework.jobs import job_of
from coachdesk.errors import Refusal
from coachdesk.models import Coach, GoodWorkCheck
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

DONT_KNOW = "dont_know"
PROGRESSION = "progression"
"""The indicator that is asked and shown by itself beside the seven dimensions, and counted in job design (facts 5)."""
_SHARES = {"yes": 1.0, "partly": 0.5, "no": 0.0}
_ANSWERS = frozenset({*_SHARES, DONT_KNOW, *Unstated})
_SHORT, _QUESTIONS, _DIMENSIONS = "good_work_short", "good_work_indicator", "good_work_dimension"


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
class GoodWorkQuestion:
    """One plain question; ``is_short`` where the short check asks it."""

    key: str
    words: str
    dimension: str
    is_short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodWorkRow:
    """A check that was done: a share a dimension (None: no answer), progression by itself, and the answers."""

    id: UUID
    done_on: dt.date
    done_by: str
    shares: tuple[tuple[str, float | None], ...]
    progression: float | None
    answers: Mapping[str, str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodWorkPage:
    """What is asked, the short check first, and what was answered, the newest first."""

    questions: tuple[GoodWorkQuestion, ...]
    checks: tuple[GoodWorkRow, ...]


def read_good_work(session: Session, question: JobQuestion) -> GoodWorkPage:
    """Return the questions and the checks of a job; raises Refusal when it is gone."""
    job, client = job_of(session, question.job_id)
    check_may_see(session, client.id)
    codes = all_codes(session, None)
    dimensions = {row.key: row.title for row in _asked(codes, _DIMENSIONS)}
    questions = _questions(codes, dimensions)
    parents = {row.key: row.parent for row in codes.get(_QUESTIONS, ())}
    names: dict[UUID, str] = dict(session.execute(select(Coach.id, Coach.name)).all())
    query = select(GoodWorkCheck).where(GoodWorkCheck.job_id == job.id, GoodWorkCheck.archived_at.is_(None))
    checks = []
    for one in session.scalars(query.order_by(GoodWorkCheck.done_on.desc(), GoodWorkCheck.id.desc())):
        shares = dict(profile_of(one.answers, parents, dimensions))
        checks.append(
            GoodWorkRow(
                id=one.id,
                done_on=one.done_on,
                done_by=names.get(one.coach_id, "") if one.coach_id is not None else "",
                shares=tuple((title, shares.get(title)) for title in dimensions.values()),
                progression=_SHARES.get(one.answers.get(PROGRESSION, "")),
                answers=dict(one.answers),
                note=one.note,
            )
        )
    return GoodWorkPage(questions=questions, checks=tuple(checks))


def _asked(codes: Mapping[str, tuple[CodeRow, ...]], name: str) -> tuple[CodeRow, ...]:
    return tuple(row for row in codes.get(name, ()) if not row.retired and row.key not in set(Unstated))


def _questions(
    codes: Mapping[str, tuple[CodeRow, ...]], dimensions: Mapping[str, str]
) -> tuple[GoodWorkQuestion, ...]:
    short = [row.key for row in _asked(codes, _SHORT)]
    found = [
        GoodWorkQuestion(
            key=row.key,
            words=row.title,
            dimension=dimensions.get(row.parent, ""),
            is_short=row.key in short,
        )
        for row in _asked(codes, _QUESTIONS)
    ]
    return tuple(sorted(found, key=lambda one: short.index(one.key) if one.is_short else len(short)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGoodWork:
    """The client's own view of a job on a day; ``note`` says what would make it better."""

    job_id: UUID
    done_on: dt.date
    answers: Mapping[str, str]
    note: str = ""


def save_good_work(session: Session, wish: SaveGoodWork) -> UUID:
    """Record a good-work check; return its id.

    Raises Refusal without any answer, for an answer that is none, and for a day before the job or ahead of today.
    """
    job, client = job_of(session, wish.job_id)
    if not job.started_on <= wish.done_on <= clock_of(session).today():
        sentence = "Choose a day between the start of the job and today."
        raise Refusal(sentence, fields={"done_on": sentence})
    if not wish.answers or not set(wish.answers.values()) <= _ANSWERS:
        raise Refusal("Answer one question at least; any other may be left out.")
    check = GoodWorkCheck(
        client_id=client.id,
        job_id=job.id,
        done_on=wish.done_on,
        coach_id=coach_of(session),
        answers=dict(wish.answers),
        note=wish.note.strip(),
    )
    session.add(check)
    describe(session, f"Recorded how good a job is with {client.initials()}")
    return check.id
