"""Questions about benefits and being better off in work, and the answers of those who may give them.

CoachDesk reckons nothing here: a figure is what an adviser reckoned, and it says who did.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.pay import money
from coachdesk.errors import Refusal
from coachdesk.models import Application, BenefitsQuestion, Client, Employer
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

_MOST_POUNDS = 2_000
_GONE = "This question is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitsRow:
    """A question with its answer; ``figure`` says in words how much better or worse off, as somebody reckoned."""

    id: UUID
    application_id: UUID | None
    about: str
    asked_on: dt.date
    question: str
    asked_of: str
    answer: str
    answered_on: dt.date | None
    better_off_pence: int | None
    reckoned_by: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_on is None

    @property
    def figure(self) -> str:
        """How much a week, in words; empty where nobody reckoned."""
        pence = self.better_off_pence
        if pence is None:
            return ""
        amount = f"{money(abs(pence))} a week"
        words = (
            f"{amount} {'better' if pence > 0 else 'worse'} off" if pence else "Neither better nor worse off"
        )
        return f"{words}, as reckoned by {self.reckoned_by}"


def list_benefits_questions(session: Session, question: ClientQuestion) -> tuple[BenefitsRow, ...]:
    """Return a client's questions: open ones first, the longest open first; then the last answered first."""
    check_may_see(session, question.client_id)
    query = (
        select(BenefitsQuestion, Application.title, Employer.name)
        .outerjoin(Application, Application.id == BenefitsQuestion.application_id)
        .outerjoin(Employer, Employer.id == Application.employer_id)
        .where(BenefitsQuestion.client_id == question.client_id, BenefitsQuestion.archived_at.is_(None))
        .order_by(BenefitsQuestion.asked_on, BenefitsQuestion.id)
    )
    rows = [_row(one, title, employer) for one, title, employer in session.execute(query)]
    answered = [one for one in rows if not one.is_open]
    answered.sort(key=lambda one: (one.answered_on or dt.date.min, one.id), reverse=True)
    return (*(one for one in rows if one.is_open), *answered)


def _row(one: BenefitsQuestion, title: str | None, employer: str | None) -> BenefitsRow:
    return BenefitsRow(
        id=one.id,
        application_id=one.application_id,
        about=f"{title or 'A job'} at {employer}" if employer else "",
        asked_on=one.asked_on,
        question=one.question,
        asked_of=one.asked_of,
        answer=one.answer,
        answered_on=one.answered_on,
        better_off_pence=one.better_off_pence,
        reckoned_by=one.reckoned_by,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBenefitsQuestion:
    """A question, new or changed, with its answer where there is one; pounds a week as somebody types them."""

    client_id: UUID
    question: str
    asked_on: dt.date
    question_id: UUID | None = None
    application_id: UUID | None = None
    asked_of: str = ""
    answer: str = ""
    answered_on: dt.date | None = None
    better_off: str = ""
    reckoned_by: str = ""


def save_benefits_question(session: Session, wish: SaveBenefitsQuestion) -> UUID:
    """Write a question; return its id. An answer without a day was given today.

    Raises Refusal without a question, for a figure without whoever reckoned it, and for days that do not fit.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    today = clock_of(session).today()
    pence = pence_a_week(wish.better_off)
    _check(wish, pence, today)
    one = _held(session, client.id, wish.question_id)
    one.question, one.asked_on, one.asked_of = wish.question.strip(), wish.asked_on, wish.asked_of.strip()
    one.application_id, one.answer = wish.application_id, wish.answer.strip()
    is_answered = bool(one.answer) or pence is not None
    one.answered_on = wish.answered_on or (max(today, wish.asked_on) if is_answered else None)
    one.better_off_pence, one.reckoned_by = pence, wish.reckoned_by.strip()
    session.add(one)
    did = "Wrote down" if wish.question_id is None else "Changed"
    describe(session, f"{did} a question about benefits of {client.initials()}")
    return one.id


def _held(session: Session, client_id: UUID, question_id: UUID | None) -> BenefitsQuestion:
    if question_id is None:
        return BenefitsQuestion(client_id=client_id)
    one = session.get(BenefitsQuestion, question_id)
    if one is None or one.archived_at is not None or one.client_id != client_id:
        raise Refusal(_GONE)
    return one


def _check(wish: SaveBenefitsQuestion, pence: int | None, today: dt.date) -> None:
    if not wish.question.strip():
        raise Refusal("What is the question?", fields={"question": "Write it as the client asks it."})
    if wish.asked_on > today:
        raise Refusal("This day is still to come.", fields={"asked_on": "This day is still to come."})
    if wish.answered_on is not None and not wish.asked_on <= wish.answered_on <= today:
        sentence = "Choose a day from when it was asked up to today."
        raise Refusal(sentence, fields={"answered_on": sentence})
    if pence is not None and not wish.reckoned_by.strip():
        sentence = "Write who reckoned this: CoachDesk does not."
        raise Refusal(sentence, fields={"reckoned_by": sentence})


def pence_a_week(typed: str) -> int | None:
    """Return pounds a week as typed, less than nothing for worse off; raises Refusal beside the field.

    >>> pence_a_week("£34.50"), pence_a_week("-12"), pence_a_week("")
    (3450, -1200, None)
    """
    plain = typed.replace("£", "").replace(",", "").replace("−", "-").replace(" ", "")
    if not plain:
        return None
    advice = "Type pounds a week, as in 34.50, or -12 for worse off."
    try:
        pounds = Decimal(plain)
    except InvalidOperation:
        raise Refusal(advice, fields={"better_off": advice}) from None
    if not pounds.is_finite() or abs(pounds) > _MOST_POUNDS:
        raise Refusal(advice, fields={"better_off": advice})
    return round(pounds * 100)
