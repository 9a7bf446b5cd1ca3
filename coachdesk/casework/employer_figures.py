"""What became of it: how our people fared with an employer, counted, with nobody named.

How people rated a job is told from three people on: fewer would say what one of them answered. It is told dimension by
dimension and never as one grade. Why jobs ended and which adjustments were made follow the same rule, since both can
say something of somebody's health.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import all_codes, titles_of
from coachdesk.casework.employer_stays import Stays, all_stays
from coachdesk.casework.plain_rows import key_of
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, Client, EmployerScheme, GoodWorkCheck, Job
from coachdesk.terms import UNSTATED_WORDS, Role
from coachdesk.vault.caseload_rights import TRUSTEE_KEEPS_KEYS, acting_role

LEAST_PEOPLE = 3
"""Of fewer people nothing is told that one of them could be known by."""
ANSWERS = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerQuestion:
    """Which employer is asked about, and on which day."""

    employer_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something counted, in words."""

    words: str
    count: int
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """The answers about one dimension of good work, counted."""

    dimension: str
    yes: int
    partly: int
    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFigures:
    """What became of our people with one employer; what is withheld is empty and says so in ``withheld``."""

    stays: Stays
    ends: tuple[Counted, ...]
    adjustments: tuple[Counted, ...]
    raters: int
    ratings: tuple[Rated, ...]
    promises: tuple[Counted, ...]
    withheld: str


def read_figures(session: Session, question: EmployerQuestion) -> EmployerFigures:
    """Return what became of our people with an employer; raises Refusal for a trustee."""
    if acting_role(session) is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    found = all_stays(session, question.today, question.employer_id)
    stays = next(iter(found.values()), Stays())
    latest = _latest_checks(session, question.employer_id)
    is_told = stays.people >= LEAST_PEOPLE
    rated = len(latest) >= LEAST_PEOPLE
    return EmployerFigures(
        stays=stays,
        ends=_ends(session, question) if is_told else (),
        adjustments=_adjustments(session, question) if is_told else (),
        raters=len(latest),
        ratings=_ratings(session, latest) if rated else (),
        promises=_promises(session, question.employer_id),
        withheld=_withheld(stays.people, len(latest)),
    )


def _withheld(people: int, raters: int) -> str:
    if 0 < people < LEAST_PEOPLE:
        return (
            f"Why jobs ended, adjustments and how people rated the job are told from {LEAST_PEOPLE} people on: "
            "fewer would say it of one person."
        )
    if 0 < raters < LEAST_PEOPLE:
        return f"Fewer than {LEAST_PEOPLE} people rated the job, so it is not told: it would say what one answered."
    return ""


def _ends(session: Session, question: EmployerQuestion) -> tuple[Counted, ...]:
    titles = titles_of(session, "end_reason")["end_reason"]
    query = (
        select(Job.end_reason, func.count())
        .join(Client, Client.id == Job.client_id)
        .where(
            Job.employer_id == question.employer_id,
            Job.ended_on < question.today,
            Job.archived_at.is_(None),
            Client.archived_at.is_(None),
        )
        .group_by(Job.end_reason)
    )
    found = [Counted(words=titles.get(key, key), count=count) for key, count in session.execute(query)]
    return tuple(sorted(found, key=_most_first))


def _most_first(one: Counted) -> tuple[int, str]:
    return -one.count, one.words


def _adjustments(session: Session, question: EmployerQuestion) -> tuple[Counted, ...]:
    """Return by category how many adjustments were agreed in whole or part, and how many of them are in place."""
    titles = titles_of(session, "adjustment_category")["adjustment_category"]
    query = (
        select(Adjustment.category, func.count(), func.count(Adjustment.in_place_on))
        .join(Job, Job.id == Adjustment.job_id)
        .join(Client, Client.id == Job.client_id)
        .where(
            Job.employer_id == question.employer_id,
            Job.archived_at.is_(None),
            Client.archived_at.is_(None),
            Adjustment.archived_at.is_(None),
            Adjustment.decision.in_(("agreed", "partly")) | Adjustment.in_place_on.is_not(None),
        )
        .group_by(Adjustment.category)
    )
    found = [
        Counted(words=titles.get(key, key), count=agreed, more=f"{in_place} put in place")
        for key, agreed, in_place in session.execute(query)
    ]
    return tuple(sorted(found, key=_most_first))


def _latest_checks(session: Session, employer_id: UUID) -> list[Mapping[str, Any]]:
    """Return the last answers of each person who rated a job with this employer."""
    query = (
        select(GoodWorkCheck.client_id, GoodWorkCheck.answers)
        .join(Job, Job.id == GoodWorkCheck.job_id)
        .join(Client, Client.id == Job.client_id)
        .where(
            Job.employer_id == employer_id,
            Job.archived_at.is_(None),
            Client.archived_at.is_(None),
            GoodWorkCheck.archived_at.is_(None),
        )
        .order_by(GoodWorkCheck.done_on, GoodWorkCheck.id)
    )
    latest = {key_of(client): answers for client, answers in session.execute(query)}
    return [answers for answers in latest.values() if any(one in ANSWERS for one in answers.values())]


def _ratings(session: Session, latest: list[Mapping[str, Any]]) -> tuple[Rated, ...]:
    """Return the answers counted by dimension; one that fewer than three people answered is left out."""
    lists = all_codes(session, None)
    parents = {one.key: one.parent for one in lists.get("good_work_indicator", ())}
    found = []
    for dimension in lists.get("good_work_dimension", ()):
        if dimension.key in UNSTATED_WORDS:
            continue
        each = [_of_dimension(answers, parents, dimension.key) for answers in latest]
        if sum(1 for one in each if one) < LEAST_PEOPLE:
            continue
        count = Counter(answer for one in each for answer in one)
        found.append(
            Rated(dimension=dimension.title, yes=count["yes"], partly=count["partly"], no=count["no"])
        )
    return tuple(found)


def _of_dimension(answers: Mapping[str, Any], parents: Mapping[str, str], dimension: str) -> list[str]:
    return [answer for key, answer in answers.items() if parents.get(key) == dimension and answer in ANSWERS]


def _promises(session: Session, employer_id: UUID) -> tuple[Counted, ...]:
    """Return how many promises were kept, in part, not, or nobody asked yet."""
    titles = titles_of(session, "kept_promise")["kept_promise"]
    query = (
        select(EmployerScheme.is_kept, func.count())
        .where(
            EmployerScheme.employer_id == employer_id,
            EmployerScheme.promise != "",
            EmployerScheme.archived_at.is_(None),
        )
        .group_by(EmployerScheme.is_kept)
    )
    found = [Counted(words=titles.get(key, key), count=count) for key, count in session.execute(query)]
    return tuple(sorted(found, key=_most_first))
