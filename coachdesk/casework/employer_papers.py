"""What may go to an employer on paper: checked against the permissions before it is made, written down when it leaves."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.permission_check import (
    Missing,
    Permission,
    RecordSharing,
    check_permission,
    data_words,
    no_permission,
    record_sharing,
)

EMPLOYER_PURPOSE = "share_employer"
NEEDS, HEALTH = "needs_at_work", "health"
"""Keys of the list ``shared_data``: what somebody needs at work, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPaper:
    """A paper that is to go to an employer: about whom, what it is, and the keys of ``shared_data`` it tells."""

    client_id: UUID
    employer: str
    title: str
    data: tuple[str, ...]
    today: dt.date
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayGo:
    """Since when the client agrees to it, or what is missing, in a sentence."""

    permitted_on: dt.date | None = None
    missing: str = ""


def may_go(session: Session, paper: EmployerPaper) -> MayGo:
    """Return whether a paper may go to an employer; raises ReasonNeeded for a colleague's client."""
    found = _found(session, paper)
    if isinstance(found, Permission):
        return MayGo(permitted_on=found.given_on)
    return MayGo(missing=found.sentence)


def _found(session: Session, paper: EmployerPaper) -> Permission | Missing:
    return check_permission(
        session, paper.client_id, EMPLOYER_PURPOSE, paper.employer, paper.today, data=paper.data
    )


def check_may_go(session: Session, paper: EmployerPaper) -> None:
    """Return for a paper that may go, by permission or for a reason; raises Refusal for any other."""
    found = _found(session, paper)
    if isinstance(found, Missing) and not paper.override_reason.strip():
        raise no_permission(found)


def goes(session: Session, paper: EmployerPaper) -> UUID:
    """Write down that a paper goes to an employer, and what it tells; return the line's id.

    Raises Refusal without permission and reason, as record_sharing does.
    """
    return record_sharing(
        session,
        RecordSharing(
            client_id=paper.client_id,
            sort="export",
            purpose=EMPLOYER_PURPOSE,
            recipient=paper.employer,
            what=f"{paper.title}. It tells: {data_words(session, paper.data)}.",
            shared_on=paper.today,
            data=paper.data,
            override_reason=paper.override_reason,
        ),
    )
