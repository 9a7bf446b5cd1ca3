"""Programmes: seeded from data files, with their periods, rules and planned figures."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import Definition, read_definition
from coachdesk.errors import Refusal
from coachdesk.models import ProfileFigure, Programme
from coachdesk.vault.work import describe

_LOWEST, _HIGHEST = 3, 20
_MONTHS_IN_YEAR = 12
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """A programme as it is chosen from a list; ``blanks`` say in words what its papers did not tell."""

    id: UUID
    key: str
    title: str
    funder: str
    model: str
    threshold: int | None
    period_kind: str
    first_month: int
    source: str
    blanks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends included."""

    from_on: dt.date
    to_on: dt.date
    title: str


def list_programmes(session: Session, _question: None) -> tuple[ProgrammeRow, ...]:
    """Return the programmes by title."""
    query = select(Programme).where(Programme.archived_at.is_(None)).order_by(Programme.title)
    return tuple(_row(programme) for programme in session.scalars(query))


def _row(programme: Programme) -> ProgrammeRow:
    definition = read_definition(programme.definition)
    return ProgrammeRow(
        id=programme.id,
        key=programme.key,
        title=programme.title,
        funder=programme.funder,
        model=programme.model,
        threshold=programme.threshold,
        period_kind=definition.period_kind,
        first_month=definition.first_month,
        source=definition.source,
        blanks=definition.not_found,
    )


def programme_of(session: Session, key: str) -> Programme:
    """Return a programme's record; raises Refusal that names the keys there are."""
    programme = session.scalar(select(Programme).where(Programme.key == key))
    if programme is None:
        known = ", ".join(session.scalars(select(Programme.key).order_by(Programme.key)))
        raise Refusal(f"There is no programme “{key}” in this vault. Choose one of: {known or 'none yet'}.")
    return programme


def definitions(session: Session) -> dict[UUID, Definition]:
    """Return the definition of every programme by its id."""
    rows = session.execute(select(Programme.id, Programme.definition))
    return {programme_id: read_definition(told) for programme_id, told in rows}


def seed_programmes(session: Session, folder: Path) -> None:
    """Put in the programmes that ship; those that are there stay as somebody left them."""
    have = set(session.scalars(select(Programme.key)))
    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        if told["key"] in have:
            continue
        plain: dict[str, Any] = json.loads(json.dumps(told, default=str))
        session.add(
            Programme(
                key=told["key"],
                title=told["title"],
                funder=told["funder"],
                model=told["model"],
                threshold=told["suppression"].get("threshold"),
                definition=plain,
                definition_version=told["version"],
            )
        )


def periods_around(row: ProgrammeRow, today: dt.date, count: int = 8) -> tuple[Period, ...]:
    """Return the last periods of a programme, the newest that has ended first, then the running one."""
    months = _MONTHS.get(row.period_kind, 3)
    offset = (today.month - row.first_month) % months
    start = _months_on(today.replace(day=1), -offset)
    found = []
    for step in range(count):
        first = _months_on(start, -months * step)
        last = _months_on(first, months) - dt.timedelta(days=1)
        found.append(Period(from_on=first, to_on=last, title=f"{first:%B %Y} to {last:%B %Y}"))
    return (*found[1:], found[0])


def _months_on(day: dt.date, months: int) -> dt.date:
    whole = day.year * _MONTHS_IN_YEAR + day.month - 1 + months
    return dt.date(whole // _MONTHS_IN_YEAR, whole % _MONTHS_IN_YEAR + 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetThreshold:
    """From which count on a number may be shown; None leaves it blank, and returns are then refused."""

    key: str
    threshold: int | None


def set_threshold(session: Session, wish: SetThreshold) -> None:
    """Change a programme's threshold; raises Refusal outside 3 to 20."""
    if wish.threshold is not None and not _LOWEST <= wish.threshold <= _HIGHEST:
        sentence = f"The threshold is a whole number from {_LOWEST} to {_HIGHEST}."
        raise Refusal(sentence, fields={"threshold": sentence})
    programme = programme_of(session, wish.key)
    programme.threshold = wish.threshold
    describe(session, f"Changed the threshold of {programme.title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProfileFigure:
    """What was planned for a period: starts, job entries or sustained jobs."""

    key: str
    measure: str
    from_on: dt.date
    to_on: dt.date
    figure: int
    source_note: str = ""


def set_profile_figure(session: Session, wish: SetProfileFigure) -> None:
    """Write a planned figure; raises Refusal when the period ends before it begins or the figure is below 0."""
    if wish.to_on < wish.from_on:
        raise Refusal("The period ends before it begins.", fields={"to_on": "This is before the first day."})
    if wish.figure < 0:
        raise Refusal("A planned figure cannot be below 0.", fields={"figure": "Type 0 or more."})
    programme = programme_of(session, wish.key)
    found = session.scalar(
        select(ProfileFigure).where(
            ProfileFigure.programme_id == programme.id,
            ProfileFigure.measure == wish.measure,
            ProfileFigure.from_on == wish.from_on,
            ProfileFigure.to_on == wish.to_on,
        )
    )
    if found is None:
        found = ProfileFigure(
            programme_id=programme.id, measure=wish.measure, from_on=wish.from_on, to_on=wish.to_on, figure=0
        )
        session.add(found)
    found.figure, found.source_note = wish.figure, wish.source_note
    describe(session, f"Changed a planned figure of {programme.title}")
