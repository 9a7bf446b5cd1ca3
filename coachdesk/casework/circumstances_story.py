"""Circumstances over time: every dated snapshot in words, and what changed between two of them (facts 12.2)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.record_words import RecordWords, field_words
from coachdesk.models import Circumstances
from coachdesk.terms import Kind
from coachdesk.vault.caseload_rights import check_may_see

SHOWN = (
    "economic_activity", "months_since_work", "benefits", "qualification", "housing", "household", "caring",
    "transport", "digital_access", "work_restrictions",
)  # fmt: skip
"""What a snapshot tells, in the order it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How things stood on a day: the words of each part by its name; what was not asked has none."""

    id: UUID
    as_on: dt.date
    words: dict[str, str]
    months_since_work: int | None
    benefits: tuple[str, ...]
    work_restrictions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One part of two snapshots side by side; blank on the day on which nothing was said of it."""

    title: str
    then: str
    now: str
    changed: bool


def circumstances_titles() -> dict[str, str]:
    """Return what each part of a snapshot is called, by name."""
    told = field_words(Kind.CIRCUMSTANCES.value)
    assert told is not None  # noqa: S101 - the words file that ships says so, and a test of it too
    return {name: told.fields[name] for name in SHOWN}


def read_snapshots(session: Session, question: ClientQuestion) -> tuple[Snapshot, ...]:
    """Return a client's snapshots, the newest first."""
    check_may_see(session, question.client_id)
    query = select(Circumstances).where(
        Circumstances.client_id == question.client_id, Circumstances.archived_at.is_(None)
    )
    found = session.scalars(query.order_by(Circumstances.as_on.desc(), Circumstances.id.desc())).all()
    words = RecordWords(session) if found else None
    return tuple(_snapshot(words, one) for one in found if words is not None)


def _snapshot(words: RecordWords, one: Circumstances) -> Snapshot:
    kind = Kind.CIRCUMSTANCES.value
    said = {name: words.said(kind, name, getattr(one, name)) for name in SHOWN}
    if one.months_since_work is not None:
        said["months_since_work"] = str(one.months_since_work)  # none at all is an answer too
    return Snapshot(
        id=one.id,
        as_on=one.as_on,
        words={name: words for name, words in said.items() if words},
        months_since_work=one.months_since_work,
        benefits=tuple(str(benefit) for benefit in one.benefits),
        work_restrictions=one.work_restrictions,
    )


def compared(then: Snapshot, now: Snapshot) -> tuple[ComparedLine, ...]:
    """Return two snapshots line by line, leaving out what neither says anything about.

    What was not asked again has not changed.
    """
    titles = circumstances_titles()
    lines = ((name, then.words.get(name, ""), now.words.get(name, "")) for name in SHOWN)
    return tuple(
        ComparedLine(title=titles[name], then=first, now=second, changed=bool(second) and first != second)
        for name, first, second in lines
        if first or second
    )
