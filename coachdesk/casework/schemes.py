"""Schemes, charters and pledges that employers hold: what ships, what the charity made of it, when a level runs out."""

import calendar
import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import EmployerScheme, Scheme
from coachdesk.vault.folding import fold
from coachdesk.vault.work import describe

_GONE = "This scheme is not in the list any more."
_MOST_MONTHS, _MOST_WARNING = 240, 730
_YEAR = 12
Levels = tuple[tuple[str, str], ...]
"""Key and title of each level, the lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeRow:
    """A scheme as it stands; ``held_by`` counts the employers that hold it."""

    id: UUID
    key: str
    title: str
    levels: Levels
    valid_months: int | None
    warn_days: int
    retired_on: dt.date | None
    source: str
    held_by: int

    def level(self, key: str) -> str:
        """Return the words of a level; one that is not in the list any more stands for itself."""
        return dict(self.levels).get(key, key)


def list_schemes(session: Session, _question: object = None) -> tuple[SchemeRow, ...]:
    """Return every scheme in its order, retired ones included."""
    held = dict(
        session.execute(
            select(EmployerScheme.scheme_id, func.count(EmployerScheme.employer_id.distinct()))
            .where(EmployerScheme.archived_at.is_(None))
            .group_by(EmployerScheme.scheme_id)
        ).all()
    )
    query = select(Scheme).where(Scheme.archived_at.is_(None)).order_by(Scheme.position, Scheme.title)
    return tuple(_row(one, held.get(one.id, 0)) for one in session.scalars(query))


def _row(one: Scheme, held_by: int) -> SchemeRow:
    return SchemeRow(
        id=one.id,
        key=one.key,
        title=one.title,
        levels=tuple((str(key), str(title)) for key, title in one.levels),
        valid_months=one.valid_months,
        warn_days=one.warn_days,
        retired_on=one.retired_on,
        source=one.source_note,
        held_by=held_by,
    )


def proposed_end(from_on: dt.date | None, valid_months: int | None) -> dt.date | None:
    """Return the day a level runs out by its scheme: so many months on, the last of a shorter month; None if unknown.

    >>> proposed_end(dt.date(2026, 1, 31), 1), proposed_end(dt.date(2026, 10, 5), 36)
    (datetime.date(2026, 2, 28), datetime.date(2029, 10, 5))
    """
    if from_on is None or valid_months is None:
        return None
    years, month = divmod(from_on.month - 1 + valid_months, _YEAR)
    year, month = from_on.year + years, month + 1
    return dt.date(year, month, min(from_on.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScheme:
    """Add a scheme (without an id), or change one; ``levels`` are typed one on a line, the lowest first."""

    title: str
    scheme_id: UUID | None = None
    levels: str = ""
    valid_months: int | None = None
    warn_days: int | None = 60
    source: str = ""


def set_scheme(session: Session, wish: SetScheme) -> UUID:
    """Write a scheme; return its id. A level that is only reworded stays the level that employers hold.

    Raises Refusal without a title or by one that is taken, for months or days that cannot be, for a level written
    twice, for one taken out that somebody holds, and when the scheme is gone. Only managers may (the vault checks it).
    """
    title = wish.title.strip()
    _check(session, wish, title)
    if wish.scheme_id is None:
        last = session.scalar(select(func.max(Scheme.position))) or 0
        key = _key_of(title)
        one = Scheme(key=key, position=last + 1, levels=[], source_note="Added here")
        session.add(one)
    else:
        one = _scheme(session, wish.scheme_id)
    one.title = title
    one.levels = [list(pair) for pair in _levels(session, one, wish.levels)]
    one.valid_months = wish.valid_months
    one.warn_days = wish.warn_days if wish.warn_days is not None else 0
    one.source_note = wish.source.strip() or one.source_note
    describe(session, f"{'Added' if wish.scheme_id is None else 'Changed'} the scheme “{title[:60]}”")
    return one.id


def _check(session: Session, wish: SetScheme, title: str) -> None:
    wrong = {}
    if not title or not _key_of(title):
        wrong["title"] = "Type the name of the scheme."
    elif wish.scheme_id is None and _is_taken(session, title):
        wrong["title"] = "There is a scheme by this name already."
    if wish.valid_months is not None and not 1 <= wish.valid_months <= _MOST_MONTHS:
        wrong["valid_months"] = f"Between 1 and {_MOST_MONTHS} months, or leave it empty."
    if wish.warn_days is not None and not 0 <= wish.warn_days <= _MOST_WARNING:
        wrong["warn_days"] = f"Between 0 and {_MOST_WARNING} days."
    if wrong:
        raise Refusal("The scheme cannot be kept like this.", fields=wrong)


def _is_taken(session: Session, title: str) -> bool:
    rows = session.execute(select(Scheme.key, Scheme.title)).all()
    return any(key == _key_of(title) or fold(name) == fold(title) for key, name in rows)


def _levels(session: Session, one: Scheme, typed: str) -> Levels:
    titles = [line.strip() for line in typed.splitlines() if line.strip()]
    if len({fold(title) for title in titles}) < len(titles):
        raise Refusal("A level stands here twice.", fields={"levels": "Write each level once."})
    had = {fold(str(title)): str(key) for key, title in one.levels}
    keys = [had.get(fold(title), "") for title in titles]
    if len(titles) == len(had):  # as many as before: a line with new words is the same level, reworded
        keys = [key or str(before[0]) for key, before in zip(keys, one.levels, strict=True)]
    keys = [key or _key_of(title) for key, title in zip(keys, titles, strict=True)]
    if len(set(keys)) < len(keys):
        raise Refusal("Two levels cannot be told apart.", fields={"levels": "Change one thing at a time."})
    _check_held(session, one, set(had.values()) - set(keys))
    return tuple(zip(keys, titles, strict=True))


def _check_held(session: Session, one: Scheme, gone: set[str]) -> None:
    held = session.scalar(
        select(func.count()).where(
            EmployerScheme.scheme_id == one.id,
            EmployerScheme.level.in_(gone),
            EmployerScheme.archived_at.is_(None),
        )
    )
    if gone and held:
        said = "An employer holds a level that is left out here. Reword it instead."
        raise Refusal(said, fields={"levels": said})


def _key_of(title: str) -> str:
    """Return the key of a title: its letters and digits."""
    return fold("".join(letter if letter.isalnum() else " " for letter in title)).replace(" ", "_")[:40]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireScheme:
    """Offer a scheme no longer from a day on, or (without a day) offer it again."""

    scheme_id: UUID
    on: dt.date | None


def retire_scheme(session: Session, wish: RetireScheme) -> None:
    """Retire a scheme or bring it back; employers keep it. Raises Refusal when it is gone."""
    one = _scheme(session, wish.scheme_id)
    one.retired_on = wish.on
    what = "Retired" if wish.on is not None else "Brought back"
    describe(session, f"{what} the scheme “{one.title[:60]}”")


def _scheme(session: Session, scheme_id: UUID) -> Scheme:
    one = session.get(Scheme, scheme_id)
    if one is None or one.archived_at is not None:
        raise Refusal(_GONE)
    return one


def shipped_schemes(folder: Path) -> tuple[Mapping[str, Any], ...]:
    """Return the schemes that ship with CoachDesk, as their files say."""
    return tuple(
        told
        for path in sorted(folder.glob("*.toml"))
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["scheme"]
    )


def seed_schemes(session: Session, folder: Path) -> None:
    """Put in the schemes that ship; those that are there stay as somebody left them."""
    have = set(session.scalars(select(Scheme.key)))
    session.add_all(
        Scheme(
            key=told["key"],
            title=told["title"],
            levels=told["levels"],
            valid_months=told.get("months"),
            warn_days=told.get("warn_days", 60),
            position=place,
            source_note=told["source"],
        )
        for place, told in enumerate(shipped_schemes(folder), start=1)
        if told["key"] not in have
    )
