"""What a client wants an employer to be told, in which words; theirs to change or withdraw. Without one: nothing."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.employer_choice import employer_for
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.errors import Refusal
from coachdesk.models import Client, DisclosureDecision, Employer
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

NOTHING = "nothing"
_GONE = "This decision is not there any more."
_ORIGIN = "The day agreed with the client"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """A decision about one employer; ``line`` says it in one sentence. Only one an employer is in force."""

    id: UUID
    client_id: UUID
    employer_id: UUID
    employer: str
    decision: str
    decision_words: str
    what: str
    to_whom: str
    by_whom: str
    own_words: str
    decided_on: dt.date
    review_on: dt.date | None
    reviewed_on: dt.date | None
    withdrawn_on: dt.date | None
    in_force: bool

    @property
    def line(self) -> str:
        """What may be told, to whom and by whom, in one sentence."""
        if self.decision == NOTHING:
            return f"{self.decision_words}."
        parts = (
            f"{self.decision_words}: {self.what}" if self.what else self.decision_words,
            f"to {self.to_whom}" if self.to_whom else "",
            f"said by {self.by_whom}" if self.by_whom else "",
        )
        return ", ".join(part for part in parts if part).rstrip(".") + "."


def list_disclosures(session: Session, question: ClientQuestion) -> tuple[DisclosureRow, ...]:
    """Return a client's decisions: those in force first, then earlier ones, the newest first."""
    check_may_see(session, question.client_id)
    rows = _rows(session, question.today, DisclosureDecision.client_id == question.client_id)
    return tuple(sorted(rows, key=lambda row: not row.in_force))


def disclosure_in_force(
    session: Session, client_id: UUID, employer_id: UUID, today: dt.date
) -> DisclosureRow | None:
    """Return what this client decided about this employer; None: nothing was decided, or it was withdrawn.

    None means that nobody tells the employer anything. Raises Refusal as check_may_see does.
    """
    check_may_see(session, client_id)
    return decisions_in_force(session, {client_id}, today).get((client_id, employer_id))


def decisions_in_force(
    session: Session, clients: Collection[UUID], today: dt.date
) -> dict[tuple[UUID, UUID], DisclosureRow]:
    """Return the decisions in force by client and employer; asks no rights."""
    rows = _rows(session, today, DisclosureDecision.client_id.in_(list(clients)))
    return {(row.client_id, row.employer_id): row for row in rows if row.in_force}


def _rows(session: Session, today: dt.date, *wanted: ColumnElement[bool]) -> list[DisclosureRow]:
    """Return decisions, the newest first; of those about one employer the newest counts, unless it is withdrawn."""
    titles = titles_of(session, "disclosure")["disclosure"]
    query = (
        select(DisclosureDecision, Employer.name)
        .join(Employer, Employer.id == DisclosureDecision.employer_id)
        .where(DisclosureDecision.archived_at.is_(None), *wanted)
        .order_by(DisclosureDecision.decided_on.desc(), DisclosureDecision.id.desc())
    )
    seen: set[tuple[UUID, UUID]] = set()
    rows = []
    for one, employer in session.execute(query):
        about = (one.client_id, one.employer_id)
        counts = about not in seen and one.decided_on <= today
        seen |= {about} if counts else set()
        rows.append(
            DisclosureRow(
                id=one.id,
                client_id=one.client_id,
                employer_id=one.employer_id,
                employer=employer,
                decision=one.decision,
                decision_words=titles.get(one.decision, one.decision),
                what=one.what,
                to_whom=one.to_whom,
                by_whom=one.by_whom,
                own_words=one.own_words,
                decided_on=one.decided_on,
                review_on=one.review_on,
                reviewed_on=one.reviewed_on,
                withdrawn_on=one.withdrawn_on,
                in_force=counts and (one.withdrawn_on is None or one.withdrawn_on > today),
            )
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDisclosure:
    """What the client decided about one employer."""

    client_id: UUID
    employer_name: str
    decision: str
    decided_on: dt.date
    what: str = ""
    to_whom: str = ""
    by_whom: str = ""
    own_words: str = ""
    review_on: dt.date | None = None


def decide_disclosure(session: Session, wish: DecideDisclosure) -> UUID:
    """Write a decision, which replaces the earlier one about this employer; that one stays readable. Return its id.

    Raises Refusal without a decision or an employer, without what a part is, and for days that do not fit.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    _check(wish, clock_of(session).today())
    employer_id = employer_for(session, wish.employer_name, town="", size_band="", sort="")
    earlier = select(DisclosureDecision).where(
        DisclosureDecision.client_id == client.id,
        DisclosureDecision.employer_id == employer_id,
        DisclosureDecision.reviewed_on.is_(None),
        DisclosureDecision.archived_at.is_(None),
    )
    for one in session.scalars(earlier):
        one.reviewed_on = wish.decided_on
    decision = DisclosureDecision(
        client_id=client.id,
        employer_id=employer_id,
        decision=wish.decision,
        what=wish.what.strip(),
        to_whom=wish.to_whom.strip(),
        by_whom=wish.by_whom.strip(),
        own_words=wish.own_words.strip(),
        decided_on=wish.decided_on,
        review_on=wish.review_on,
    )
    session.add(decision)
    describe(session, f"{client.initials()} decided what an employer is told")
    return decision.id


def _check(wish: DecideDisclosure, today: dt.date) -> None:
    if not wish.decision or wish.decision in set(Unstated):
        raise Refusal("What did the client decide?", fields={"decision": "Choose what the client decided."})
    if wish.decision != NOTHING and not wish.what.strip():
        sentence = "Write what may be told, in the client’s words; all else stays untold."
        raise Refusal(sentence, fields={"what": sentence})
    if wish.decided_on > today:
        raise Refusal("This day is still to come.", fields={"decided_on": "This day is still to come."})
    if wish.review_on is not None and wish.review_on < wish.decided_on:
        sentence = "This is before the day of the decision."
        raise Refusal(sentence, fields={"review_on": sentence})


def withdraw_disclosure(session: Session, decision_id: UUID) -> None:
    """Take a decision back from today: the employer is told nothing more. Raises Refusal where it is taken back."""
    decision, client = _held(session, decision_id)
    if decision.withdrawn_on is not None:
        raise Refusal("This decision is withdrawn already.")
    decision.withdrawn_on = max(clock_of(session).today(), decision.decided_on)
    describe(session, f"{client.initials()} withdrew what an employer may be told")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDisclosure:
    """The client looked at a decision again and it stands; and when to look the next time, if ever."""

    decision_id: UUID
    review_on: dt.date | None = None


def review_disclosure(session: Session, wish: ReviewDisclosure) -> None:
    """Note that a decision was looked at again today and stands; raises Refusal for a next day that has passed."""
    decision, client = _held(session, wish.decision_id)
    today = clock_of(session).today()
    if wish.review_on is not None and wish.review_on <= today:
        sentence = "Choose a day to come, or none."
        raise Refusal(sentence, fields={"review_on": sentence})
    if wish.review_on is not None:
        decision.review_on, decision.reviewed_on = wish.review_on, None
    else:
        decision.reviewed_on = today
    describe(session, f"{client.initials()} looked again at what an employer is told")


def _held(session: Session, decision_id: UUID) -> tuple[DisclosureDecision, Client]:
    decision = session.get(DisclosureDecision, decision_id)
    if decision is None or decision.archived_at is not None:
        raise Refusal(_GONE)
    return decision, session.get_one(Client, decision.client_id)


def disclosures_due(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None
) -> Iterator[DueAtWork]:
    """Yield decisions the client wanted to look at again by the last day."""
    query = (
        select(
            as_kept(DisclosureDecision.id),
            as_kept(DisclosureDecision.client_id),
            DisclosureDecision.review_on,
            Employer.name,
        )
        .join(Employer, Employer.id == DisclosureDecision.employer_id)
        .where(
            DisclosureDecision.review_on.between(today - LATEST_CATCH_UP, last),
            DisclosureDecision.reviewed_on.is_(None),
            DisclosureDecision.withdrawn_on.is_(None),
            DisclosureDecision.archived_at.is_(None),
            *among(DisclosureDecision.client_id.expression, whose),
        )
    )
    for record, client, on, employer in plain_rows(session, query):
        words = f"Look again at what {employer} is told"
        yield DueAtWork("disclosure", record, client, Due(on, words, _ORIGIN))
