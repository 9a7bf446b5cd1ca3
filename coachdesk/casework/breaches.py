"""When something went wrong with people's data: what happened, who was told, what was decided."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import clock_rules
from coachdesk.errors import Refusal
from coachdesk.models import Breach
from coachdesk.vault.work import clock_of, describe

NO_DEADLINE = "No time limit for telling the regulator is set. Ask your data protection lead today."


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRow:
    """One breach, and until when the regulator is to be told, as far as a limit is set."""

    id: UUID
    happened_on: dt.date | None
    found_on: dt.date
    what_happened: str
    data_touched: str
    people_affected: int | None
    risk: str
    decision_note: str
    authority_told_on: dt.date | None
    people_told_on: dt.date | None
    closed_on: dt.date | None
    next_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBreach:
    """Write a breach down, or what came of it."""

    found_on: dt.date
    what_happened: str
    id: UUID | None = None
    happened_on: dt.date | None = None
    data_touched: str = ""
    people_affected: int | None = None
    risk: str = "not_known"
    decision_note: str = ""
    authority_told_on: dt.date | None = None
    people_told_on: dt.date | None = None
    closed_on: dt.date | None = None


DATES = ("happened_on", "authority_told_on", "people_told_on", "closed_on")


def save_breach(session: Session, wish: SaveBreach) -> UUID:
    """Write a breach; return its id. Raises Refusal without words, and for dates that cannot be."""
    wrong = _wrong(wish, clock_of(session).today())
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    breach = session.get(Breach, wish.id) if wish.id else None
    if wish.id and breach is None:
        raise Refusal("This breach is not there any more.")
    if breach is None:
        breach = Breach(found_on=wish.found_on, what_happened=wish.what_happened.strip())
        session.add(breach)
    breach.found_on, breach.what_happened = wish.found_on, wish.what_happened.strip()
    for name in (*DATES, "data_touched", "people_affected", "risk", "decision_note"):
        setattr(breach, name, getattr(wish, name))
    describe(session, "Wrote down a data breach")
    return breach.id


def _wrong(wish: SaveBreach, today: dt.date) -> dict[str, str]:
    wrong = {}
    if not wish.what_happened.strip():
        wrong["what_happened"] = "Say what happened, without naming anybody."
    for name in ("found_on", *DATES):
        day = getattr(wish, name)
        if day is not None and day > today:
            wrong[name] = "This date is still to come."
        elif day is not None and name not in ("found_on", "happened_on") and day < wish.found_on:
            wrong[name] = "This is before it was found."
    if wish.happened_on is not None and wish.happened_on > wish.found_on:
        wrong["happened_on"] = "It cannot have happened after it was found."
    if wish.people_affected is not None and wish.people_affected < 0:
        wrong["people_affected"] = "A whole number, or blank."
    return wrong


def list_breaches(session: Session, _question: None) -> tuple[BreachRow, ...]:
    """Return all breaches, the open ones first, the newest first."""
    limit = clock_rules(session, None)["breach"].acknowledge_days
    query = (
        select(Breach).where(Breach.archived_at.is_(None)).order_by(Breach.found_on.desc(), Breach.id.desc())
    )
    rows = [_row(one, limit) for one in session.scalars(query)]
    return tuple(sorted(rows, key=lambda row: row.closed_on is not None))


def _row(breach: Breach, limit: int | None) -> BreachRow:
    names = [name for name in BreachRow.__dataclass_fields__ if name != "next_words"]
    return BreachRow(**{name: getattr(breach, name) for name in names}, next_words=_next(breach, limit))


def _next(breach: Breach, limit: int | None) -> str:
    if breach.closed_on is not None:
        return f"Closed on {breach.closed_on.day} {breach.closed_on:%B %Y}"
    if breach.authority_told_on is not None:
        return "The regulator has been told. Decide whether to tell the people, then close it."
    if limit is None:
        return NO_DEADLINE
    last = breach.found_on + dt.timedelta(days=limit)
    return f"Decide whether to tell the regulator by {last.day} {last:%B %Y}"
