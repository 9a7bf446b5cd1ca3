"""How soon an enquiry is answered and how long a closed one is kept: the charity's own rules, and erasing by them.

Somebody who asked and never became a client left a name and a phone number with us. Without a rule nothing is ever
listed; with one, a manager looks at the list and erases: name, words and history go for good (UK GDPR Article 5(1)(e)).
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import months_after
from coachdesk.errors import Refusal
from coachdesk.models import TEAM, Enquiry
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.erasure import ENQUIRY_ERASED, take_out_of_journal
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import clock_of, describe, record_event

SETTING = "enquiry_rules"
MOST_DAYS, MOST_MONTHS = 60, 120
STILL_KEPT = "One of these enquiries is still to be kept. Look at the list again."


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryRules:
    """Within how many days an enquiry is answered; how many months a closed one is kept, None where nobody decided."""

    answer_days: int = 3
    keep_months: int | None = None
    source_note: str = "CoachDesk default"


def read_enquiry_rules(session: Session, _question: None = None) -> EnquiryRules:
    """Return the rules in force: those of the charity, else those that ship."""
    kept = read_setting(session, SETTING)
    return EnquiryRules(**kept) if kept is not None else EnquiryRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEnquiryRules:
    """Other rules, and who says so."""

    answer_days: int | None
    keep_months: int | None
    source_note: str


def set_enquiry_rules(session: Session, wish: SetEnquiryRules) -> None:
    """Keep the rules; raises Refusal for anybody but a manager, out of range, or without a source."""
    check_is_manager(session)
    wrong = {}
    if wish.answer_days is None or not 1 <= wish.answer_days <= MOST_DAYS:
        wrong["answer_days"] = f"A whole number of days from 1 to {MOST_DAYS}."
    if wish.keep_months is not None and not 1 <= wish.keep_months <= MOST_MONTHS:
        wrong["keep_months"] = f"A whole number of months from 1 to {MOST_MONTHS}, or blank."
    if not wish.source_note.strip():
        wrong["source_note"] = "Say who says so: a policy of the trustees, an agreement."
    if wrong or wish.answer_days is None:
        raise Refusal("Please look at the marked values.", fields=wrong)
    rules = EnquiryRules(
        answer_days=wish.answer_days, keep_months=wish.keep_months, source_note=wish.source_note.strip()
    )
    keep_setting(session, SETTING, asdict(rules))
    describe(session, "Changed how soon enquiries are answered and how long they are kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryOver:
    """A closed enquiry whose time is over: whose, and since when."""

    id: UUID
    name: str
    closed_on: dt.date
    since: dt.date


def list_enquiries_over(session: Session, today: dt.date) -> tuple[EnquiryOver, ...]:
    """Return the closed enquiries that were kept long enough, the oldest first; none without a rule.

    Those that became a client belong to the client's record and its rule. Raises Refusal for anybody but a manager.
    """
    check_is_manager(session)
    months = read_enquiry_rules(session).keep_months
    if months is None:
        return ()
    query = select(Enquiry.id, Enquiry.name, Enquiry.closed_on).where(
        Enquiry.closed_on.is_not(None), Enquiry.client_id.is_(None)
    )
    rows = session.execute(query.order_by(Enquiry.closed_on, Enquiry.id))
    found = (
        EnquiryOver(id=one, name=name, closed_on=closed_on, since=months_after(closed_on, months))
        for one, name, closed_on in rows
        if closed_on is not None
    )
    return tuple(one for one in found if one.since <= today)


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseEnquiries:
    """Erase these enquiries for good."""

    ids: Collection[UUID]


def erase_enquiries(session: Session, wish: EraseEnquiries) -> int:
    """Erase closed enquiries whose time is over, with what the journal says of them; return how many.

    It cannot be taken back. Raises Refusal for anybody but a manager, and when one is to be kept by the rule.
    """
    over = {one.id for one in list_enquiries_over(session, clock_of(session).today())}
    if not over.issuperset(wish.ids):
        raise Refusal(STILL_KEPT)
    take_out_enquiries(session, wish.ids)
    describe(session, "Erased enquiries whose time was over")
    return len(wish.ids)


def take_out_enquiries(session: Session, ids: Collection[UUID]) -> None:
    """Take enquiries out with what the journal says of them, also those that an older backup brought back."""
    for enquiry in session.scalars(select(Enquiry).where(Enquiry.id.in_(ids))):
        session.delete(enquiry)
        record_event(session, ENQUIRY_ERASED, TEAM, Ref(Kind.ENQUIRY, enquiry.id))
        take_out_of_journal(session, enquiry.id)
