"""What was passed on about a client: to whom, what, when, and by which permission or for which reason."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.models import Coach, Consent, Letter, Sharing
from coachdesk.vault.caseload_rights import check_may_see

SORT_WORDS = {
    "letter": "Letter",
    "referral": "Referral on",
    "export": "File or print",
    "employer_talk": "Talk with an employer",
    "talk": "Talk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingRow:
    """One thing that was passed on; ``override_reason`` says why it went without a permission."""

    id: UUID
    shared_on: dt.date
    sort: str
    purpose: str
    recipient: str
    what: str
    coach: str
    permitted_on: dt.date | None
    override_reason: str
    letter_id: UUID | None


def list_sharings(session: Session, question: ClientQuestion) -> tuple[SharingRow, ...]:
    """Return what was passed on about a client, the newest first."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "consent_purpose")["consent_purpose"]
    query = (
        select(Sharing, Coach.name, Consent.given_on, Letter.id)
        .outerjoin(Coach, Coach.id == Sharing.coach_id)
        .outerjoin(Consent, Consent.id == Sharing.consent_id)
        .outerjoin(Letter, Letter.sharing_id == Sharing.id)
        .where(Sharing.client_id == question.client_id, Sharing.archived_at.is_(None))
        .order_by(Sharing.shared_on.desc(), Sharing.id.desc())
    )
    return tuple(
        SharingRow(
            id=sharing.id,
            shared_on=sharing.shared_on,
            sort=SORT_WORDS.get(sharing.sort, sharing.sort),
            purpose=titles.get(sharing.purpose, sharing.purpose),
            recipient=sharing.recipient,
            what=sharing.what,
            coach=coach or "",
            permitted_on=given_on,
            override_reason=sharing.override_reason,
            letter_id=letter_id,
        )
        for sharing, coach, given_on, letter_id in session.execute(query)
    )
