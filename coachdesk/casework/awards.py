"""What Access to Work pays for, and the claims on it: items with their days, money sent for and paid."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.jobs_held import client_there
from coachdesk.casework.pay import money
from coachdesk.errors import Refusal
from coachdesk.models import AccessToWork, AwardClaim, AwardItem
from coachdesk.terms import Unstated
from coachdesk.vault.work import clock_of, describe

PER = {"once": "once", "week": "a week", "month": "a month", "year": "a year"}
"""How often an amount is paid, by key."""
_GONE = "This is not there any more."
_CASE_GONE = "This Access to Work case is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """One thing of an award; ``amount_words`` says how much and how often."""

    id: UUID
    what: str
    sort: str
    sort_words: str
    amount_pence: int | None
    per: str
    from_on: dt.date | None
    until_on: dt.date | None
    in_place_on: dt.date | None
    note: str

    @property
    def amount_words(self) -> str:
        """How much it is, and how often; nothing for not known."""
        if self.amount_pence is None:
            return ""
        return f"{money(self.amount_pence)} {PER.get(self.per, self.per)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim: for which thing and days, how much, sent and paid when."""

    id: UUID
    item_id: UUID | None
    item: str
    from_on: dt.date | None
    to_on: dt.date | None
    amount_pence: int
    sent_on: dt.date | None
    paid_on: dt.date | None
    note: str


def awards_by_case(session: Session, client_id: UUID) -> dict[UUID, tuple[AwardRow, ...]]:
    """Return what a client's cases were awarded, by case, in the order in which it was recorded."""
    sorts = titles_of(session, "award_sort")["award_sort"]
    query = (
        select(AwardItem)
        .where(AwardItem.client_id == client_id, AwardItem.archived_at.is_(None))
        .order_by(AwardItem.id)
    )
    found: dict[UUID, tuple[AwardRow, ...]] = {}
    for one in session.scalars(query):
        row = AwardRow(
            id=one.id,
            what=one.what,
            sort=one.sort,
            sort_words="" if one.sort in set(Unstated) else sorts.get(one.sort, one.sort),
            amount_pence=one.amount_pence,
            per=one.per,
            from_on=one.from_on,
            until_on=one.until_on,
            in_place_on=one.in_place_on,
            note=one.note,
        )
        found[one.access_to_work_id] = (*found.get(one.access_to_work_id, ()), row)
    return found


def claims_by_case(session: Session, client_id: UUID) -> dict[UUID, tuple[ClaimRow, ...]]:
    """Return the claims of a client's cases, by case, in the order in which they were recorded."""
    query = (
        select(AwardClaim, AwardItem.what)
        .outerjoin(AwardItem, AwardItem.id == AwardClaim.item_id)
        .where(AwardClaim.client_id == client_id, AwardClaim.archived_at.is_(None))
        .order_by(AwardClaim.id)
    )
    found: dict[UUID, tuple[ClaimRow, ...]] = {}
    for one, item in session.execute(query):
        row = ClaimRow(
            id=one.id,
            item_id=one.item_id,
            item=item or "",
            from_on=one.from_on,
            to_on=one.to_on,
            amount_pence=one.amount_pence,
            sent_on=one.sent_on,
            paid_on=one.paid_on,
            note=one.note,
        )
        found[one.access_to_work_id] = (*found.get(one.access_to_work_id, ()), row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAward:
    """One thing Access to Work pays for, new (without ``item_id``) or changed."""

    case_id: UUID
    item_id: UUID | None = None
    what: str = ""
    sort: str = Unstated.NOT_ASKED
    amount_pence: int | None = None
    per: str = "once"
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    in_place_on: dt.date | None = None
    note: str = ""


def save_award(session: Session, wish: SaveAward) -> UUID:
    """Write an item and return its id; raises Refusal without words, out of order, or when it is gone."""
    case, initials = _case(session, wish.case_id)
    if not wish.what.strip():
        raise Refusal("What do they pay for?", fields={"what": "Say what they pay for."})
    _check_order(wish.from_on, wish.until_on, "until_on")
    _check_amount(wish.amount_pence)
    item = session.get(AwardItem, wish.item_id) if wish.item_id is not None else None
    if wish.item_id is None:
        item = AwardItem(client_id=case.client_id, access_to_work_id=case.id, what=wish.what.strip())
        session.add(item)
    if item is None or item.archived_at is not None:
        raise Refusal(_GONE)
    item.what, item.note, item.sort, item.per = wish.what.strip(), wish.note.strip(), wish.sort, wish.per
    item.amount_pence, item.in_place_on = wish.amount_pence, wish.in_place_on
    item.from_on, item.until_on = wish.from_on, wish.until_on
    describe(session, f"Wrote down what Access to Work pays for {initials}")
    return item.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveClaim:
    """A claim on an award, new (without ``claim_id``) or changed."""

    case_id: UUID
    claim_id: UUID | None = None
    item_id: UUID | None = None
    amount_pence: int | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    sent_on: dt.date | None = None
    paid_on: dt.date | None = None
    note: str = ""


def save_claim(session: Session, wish: SaveClaim) -> UUID:
    """Write a claim and return its id; raises Refusal without an amount, out of order, or when it is gone."""
    case, initials = _case(session, wish.case_id)
    if wish.amount_pence is None:
        raise Refusal("How much is claimed?", fields={"amount_pence": "Type pounds, as in 84.50."})
    _check_amount(wish.amount_pence)
    _check_order(wish.from_on, wish.to_on, "to_on")
    _check_order(wish.sent_on, wish.paid_on, "paid_on")
    claim = session.get(AwardClaim, wish.claim_id) if wish.claim_id is not None else None
    if wish.claim_id is None:
        claim = AwardClaim(
            client_id=case.client_id, access_to_work_id=case.id, amount_pence=wish.amount_pence
        )
        session.add(claim)
    if claim is None or claim.archived_at is not None:
        raise Refusal(_GONE)
    claim.amount_pence, claim.item_id, claim.note = wish.amount_pence, wish.item_id, wish.note.strip()
    claim.from_on, claim.to_on = wish.from_on, wish.to_on
    claim.sent_on, claim.paid_on = wish.sent_on, wish.paid_on
    describe(session, f"Wrote down a claim on Access to Work for {initials}")
    return claim.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPaid:
    """The money of a claim came."""

    claim_id: UUID
    on: dt.date


def claim_paid(session: Session, wish: ClaimPaid) -> None:
    """Write down when a claim was paid; raises Refusal before it was sent, or when it is gone."""
    claim = session.get(AwardClaim, wish.claim_id)
    if claim is None or claim.archived_at is not None:
        raise Refusal(_GONE)
    _check_order(claim.sent_on, wish.on, "on")
    claim.paid_on = wish.on
    describe(
        session, f"A claim on Access to Work was paid: {client_there(session, claim.client_id).initials()}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAwayAward:
    """An item of an award, or a claim, that was written down by mistake."""

    item_id: UUID | None = None
    claim_id: UUID | None = None


def put_away_award(session: Session, wish: PutAwayAward) -> None:
    """Put an item or a claim away; raises Refusal when it is gone."""
    found: AwardItem | AwardClaim | None = None
    if wish.item_id is not None:
        found = session.get(AwardItem, wish.item_id)
    elif wish.claim_id is not None:
        found = session.get(AwardClaim, wish.claim_id)
    if found is None or found.archived_at is not None:
        raise Refusal(_GONE)
    found.archived_at = clock_of(session).now()
    describe(session, f"Put away a part of an award of {client_there(session, found.client_id).initials()}")


def _case(session: Session, case_id: UUID) -> tuple[AccessToWork, str]:
    case = session.get(AccessToWork, case_id)
    if case is None or case.archived_at is not None:
        raise Refusal(_CASE_GONE)
    return case, client_there(session, case.client_id).initials()


def _check_order(first: dt.date | None, then: dt.date | None, name: str) -> None:
    if first is not None and then is not None and then < first:
        raise Refusal(
            "The days are the wrong way round.", fields={name: "This is before the day it follows."}
        )


def _check_amount(pence: int | None) -> None:
    if pence is not None and pence < 0:
        said = "An amount cannot be less than nothing."
        raise Refusal(said, fields={"amount_pence": said})
