"""Programmes: seeded from data files, with their periods, rules and planned figures."""

import datetime as dt
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import Definition, read_definition
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.start_evidence import start_evidence
from coachdesk.errors import Refusal
from coachdesk.models import ProfileFigure, Programme, ReturnLayout, canonical
from coachdesk.vault.one_moment import once
from coachdesk.vault.work import describe

_LOWEST, _HIGHEST = 3, 20
_MONTHS_IN_YEAR = 12
_LONG_AGO = 2000
_YEARLY = frozenset({"year", "grant_year"})
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "grant_year": 12}
PROFILE_MEASURES = ("starts", "job_entries", "sustained_13", "sustained_26", "sustained_52")
"""What a programme's agreement plans for a period: people who start, jobs entered, jobs sustained so many weeks."""


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
    grant_from: dt.date | None = None
    """The day its grant year begins, where periods are grant years."""
    holds: str = ""
    """What its return was laid out to hold, as one text: whoever keeps a return sees whether it still fits."""
    job_start: tuple[str, ...] = ()
    four_hours: tuple[str, ...] = ()
    """Kinds of evidence the funder accepts of a start, and of the first four paid hours; none: nobody wrote it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends included."""

    from_on: dt.date
    to_on: dt.date
    title: str


def list_programmes(session: Session, _question: None) -> tuple[ProgrammeRow, ...]:
    """Return the programmes by title; how often they return is as their return was laid out, else as they ship."""
    query = (
        select(Programme, ReturnLayout)
        .outerjoin(
            ReturnLayout, and_(ReturnLayout.programme_id == Programme.id, ReturnLayout.archived_at.is_(None))
        )
        .where(Programme.archived_at.is_(None))
        .order_by(Programme.title)
    )
    return tuple(_row(programme, layout) for programme, layout in session.execute(query))


def _row(programme: Programme, layout: ReturnLayout | None) -> ProgrammeRow:
    definition = read_definition(programme.definition)
    return ProgrammeRow(
        id=programme.id,
        key=programme.key,
        title=programme.title,
        funder=programme.funder,
        model=programme.model,
        threshold=programme.threshold,
        period_kind=(layout.every if layout else definition.period_kind).replace("-", "_"),
        first_month=layout.first_month if layout else definition.first_month,
        grant_from=layout.grant_from if layout else None,
        holds=canonical([layout.indicators, layout.breakdowns, layout.crossed]) if layout else "",
        source=definition.source,
        blanks=definition.not_found,
        **start_evidence(programme),
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
    return {key_of(kept): read_definition(told) for kept, told in told_definitions(session)}


def told_definitions(session: Session) -> Sequence[tuple[KeptKey, dict[str, Any]]]:
    """Return the definition of every programme as its data tells it, by its id as it is kept."""
    query = select(as_kept(Programme.id), Programme.definition)
    return once(session, "definitions of programmes", partial(plain_rows, session, query))


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
    kind = row.period_kind.replace("-", "_")
    months = _MONTHS.get(kind, 3)
    anchor = _anchor(row, kind)
    place = _place(anchor, today, months)
    found = [
        _period(_on(anchor, months * (place - step)), _on(anchor, months * (place - step + 1)))
        for step in range(count)
    ]
    return (*found[1:], found[0])


def year_so_far(row: ProgrammeRow, today: dt.date) -> Period | None:
    """Return the programme's year up to the last period that has ended; None where that is one period or none."""
    kind = row.period_kind.replace("-", "_")
    if kind in _YEARLY:
        return None
    months = _MONTHS.get(kind, 3)
    anchor = _anchor(row, kind)
    place = _place(anchor, today, months)
    ended = place % (_MONTHS_IN_YEAR // months) or _MONTHS_IN_YEAR // months
    if ended == 1:
        return None
    return _period(_on(anchor, months * (place - ended)), _on(anchor, months * place))


def _anchor(row: ProgrammeRow, kind: str) -> dt.date:
    """Return a day long ago on which a period of the programme began."""
    if kind == "grant_year" and row.grant_from is not None:
        return row.grant_from
    return dt.date(_LONG_AGO, row.first_month, 1)


def _place(anchor: dt.date, today: dt.date, months: int) -> int:
    """Return how many periods after the anchor the running one is; before it, the number is negative."""
    whole = (today.year - anchor.year) * _MONTHS_IN_YEAR + today.month - anchor.month
    place = whole // months
    return place if _on(anchor, months * place) <= today else place - 1


def _on(day: dt.date, months: int) -> dt.date:
    return day + relativedelta(months=months)


def _period(first: dt.date, following: dt.date) -> Period:
    last = following - dt.timedelta(days=1)
    if first.day != 1:
        title = f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    elif (first.year, first.month) == (last.year, last.month):
        title = f"{first:%B %Y}"
    else:
        title = f"{first:%B %Y} to {last:%B %Y}"
    return Period(from_on=first, to_on=last, title=title)


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
    """Write a planned figure.

    Raises Refusal when the period ends before it begins, the figure is below 0 or nothing like it is planned.
    """
    if wish.measure not in PROFILE_MEASURES:
        sentence = "Choose what was planned: starts, job entries or sustained jobs."
        raise Refusal(sentence, fields={"measure": sentence})
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
    found.figure, found.source_note, found.archived_at = wish.figure, wish.source_note, None
    describe(session, f"Changed a planned figure of {programme.title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A planned figure: what was planned, for when, and where it says so."""

    id: UUID
    measure: str
    from_on: dt.date
    to_on: dt.date
    figure: int
    source_note: str


def profile_figures(session: Session, key: str) -> tuple[ProfileRow, ...]:
    """Return what a programme planned, the newest period first; raises Refusal for a programme that is unknown."""
    programme = programme_of(session, key)
    query = (
        select(ProfileFigure)
        .where(ProfileFigure.programme_id == programme.id, ProfileFigure.archived_at.is_(None))
        .order_by(ProfileFigure.from_on.desc(), ProfileFigure.to_on.desc(), ProfileFigure.measure)
    )
    return tuple(
        ProfileRow(
            id=one.id,
            measure=one.measure,
            from_on=one.from_on,
            to_on=one.to_on,
            figure=one.figure,
            source_note=one.source_note,
        )
        for one in session.scalars(query)
    )
