"""What was issued before for the same programme: this very period, or a shorter one that this period takes in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Release, ReleaseReview
from coachdesk.returns.counting import Counted
from coachdesk.returns.periods import Period

QUESTION = "question"


def last_issued(session: Session, programme_id: UUID, period: Period) -> Mapping[str, Any] | None:
    """Return the counts of the newest return issued for just this period, None where there is none."""
    return session.scalar(
        select(Release.counted)
        .outerjoin(ReleaseReview, ReleaseReview.release_id == Release.id)
        .where(
            Release.programme_id == programme_id,
            Release.from_on == period.from_on,
            Release.to_on == period.to_on,
            or_(ReleaseReview.id.is_(None), ReleaseReview.sort != QUESTION),
        )
        .order_by(Release.issued_at.desc(), Release.id.desc())
        .limit(1)
    )


def takes_in_issued(session: Session, programme_id: UUID, period: Period) -> bool:
    """Return whether a shorter period within this one was issued: then this return is a year, or so, to date."""
    rows = session.execute(
        select(Release.from_on, Release.to_on).where(
            Release.programme_id == programme_id,
            Release.from_on >= period.from_on,
            Release.to_on <= period.to_on,
        )
    )
    return any(Period(first, last) != period for first, last in rows)


def has_changed(counted: Counted, issued: Mapping[str, Any]) -> bool:
    """Return whether any count that both hold is another one now, or the figures themselves are others."""
    before = {
        table["id"]: {tuple(key): count for key, count, _ in table["cells"]} for table in issued["tables"]
    }
    now = {table.id: table.counts for table in counted.tables}
    figures = {table.id for table in counted.tables if not table.dims}
    if figures != {table["id"] for table in issued["tables"] if not table["dims"]}:
        return True
    return any(before[table] != now[table] for table in before.keys() & now.keys())


def require_reason(counted: Counted, issued: Mapping[str, Any] | None, reason: str) -> None:
    """Raise Refusal where a return would be issued anew with other figures and nobody says why."""
    if issued is not None and not reason.strip() and has_changed(counted, issued):
        sentence = (
            "A return for this programme and period was issued already, and its figures are different now. Say why it "
            "is issued anew: late records, a correction, or whatever it was. The reader is told that this is a "
            "revised return."
        )
        raise Refusal(sentence, fields={"reason": sentence})
