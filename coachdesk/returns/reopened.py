"""An issued return opened again, years later: as it was issued, whatever has changed since."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Programme, Release, ReleaseReview
from coachdesk.returns.explaining_cells import CellPeople
from coachdesk.returns.issue_review import RETURN, read_cells, read_figures, read_tables
from coachdesk.returns.periods import Period
from coachdesk.returns.wishes import FigureRow, ShownTable

GONE = "That return is not in the register. Choose one from the list."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """An issued return: who, what and when, how it was checked, and its figures and tables with their people.

    ``is_explained`` is false for a return that was issued before figures were kept with their people.
    """

    id: UUID
    title: str
    sort: str
    programme: str
    programme_key: str
    period: Period
    as_at: dt.date
    audience: str
    issued_at: dt.datetime
    issued_by: str
    reason: str
    checked_by: str
    checked_on: dt.date | None
    intruder: Mapping[str, str]
    verdict: str
    hidden_share: float
    threshold: int
    journal_position: int
    supersedes_id: UUID | None
    superseded_by: UUID | None
    is_explained: bool
    protection: Mapping[str, Any] = field(default_factory=dict)
    figures: tuple[FigureRow, ...] = ()
    tables: tuple[ShownTable, ...] = ()
    cells: CellPeople | None = None


def reopened(session: Session, release_id: UUID) -> Reopened:
    """Return a release as it was issued; raises Refusal when the register does not hold it."""
    release = session.get(Release, release_id)
    if release is None or release.archived_at is not None:
        raise Refusal(GONE)
    review = review_kept(session, release_id)
    programme = session.get_one(Programme, release.programme_id)
    period = Period(release.from_on, release.to_on)
    figures = review.figures if review is not None else []
    return Reopened(
        id=release.id,
        title=review.title if review is not None else f"{programme.title}, {period.words}",
        sort=review.sort if review is not None else RETURN,
        programme=programme.title,
        programme_key=programme.key,
        period=period,
        as_at=release.as_at,
        audience=release.audience,
        issued_at=release.issued_at,
        issued_by=release.issued_by,
        reason=review.reason if review is not None else "",
        checked_by=review.checked_by if review is not None else "",
        checked_on=review.checked_on if review is not None else None,
        intruder=review.intruder if review is not None else {},
        verdict=str(release.finding.get("verdict", "")),
        hidden_share=hidden_share(release.counted),
        threshold=release.threshold,
        journal_position=release.journal_position,
        supersedes_id=release.supersedes_id,
        superseded_by=session.scalar(
            select(Release.id).where(Release.supersedes_id == release.id, Release.archived_at.is_(None))
        ),
        is_explained=bool(figures),
        protection=review.protection if review is not None else {},
        figures=read_figures(figures),
        tables=read_tables(figures),
        cells=read_cells(figures),
    )


def review_kept(session: Session, release_id: UUID) -> ReleaseReview | None:
    """Return what was kept beside a release; None for one of an earlier version of the program."""
    return session.scalars(
        select(ReleaseReview).where(
            ReleaseReview.release_id == release_id, ReleaseReview.archived_at.is_(None)
        )
    ).one_or_none()


def hidden_share(counted: Mapping[str, Any]) -> float:
    """Return the share of a pack's numbers that it withholds."""
    tables: Sequence[Mapping[str, Any]] = counted.get("tables", ())
    printed = [shown for table in tables for _, _, shown in table["cells"]]
    return sum(shown is None for shown in printed) / len(printed) if printed else 0.0
