"""How support ends: why, where to, what stands, and whether and when we may ask how things go.

Nobody is closed by themselves: a client nobody has heard from for long stays in the caseload until somebody ends
support. Coming back is another enrolment (``enrolments.enrol``); this one stays as it ended.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.enrolments import CloseEnrolment, close_enrolment, enrolment_of
from coachdesk.casework.pauses import end_pauses_by
from coachdesk.errors import Refusal
from coachdesk.models import Client, Ending
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import describe

YES = "yes"
_GONE = "This is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow:
    """How one enrolment ended."""

    id: UUID
    enrolment_id: UUID
    ended_on: dt.date
    what_stands: str
    may_ask_later: str
    ask_on: dt.date | None
    asked_on: dt.date | None
    answer: str

    @property
    def waits(self) -> bool:
        """Whether we still mean to ask."""
        return self.may_ask_later == YES and self.ask_on is not None and self.asked_on is None


def list_endings(session: Session, client_id: UUID) -> tuple[EndingRow, ...]:
    """Return how a client's enrolments ended, the newest first."""
    check_may_see(session, client_id)
    query = select(Ending).where(Ending.client_id == client_id, Ending.archived_at.is_(None))
    return tuple(
        EndingRow(
            id=one.id,
            enrolment_id=one.enrolment_id,
            ended_on=one.ended_on,
            what_stands=one.what_stands,
            may_ask_later=one.may_ask_later,
            ask_on=one.ask_on,
            asked_on=one.asked_on,
            answer=one.answer,
        )
        for one in session.scalars(query.order_by(Ending.ended_on.desc(), Ending.id.desc()))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSupport:
    """The end of support: when, why, where to, what stands, and whether we may ask later."""

    enrolment_id: UUID
    exit_on: dt.date
    exit_reason: str
    destination: str = ""
    what_stands: str = ""
    may_ask_later: str = Unstated.NOT_ASKED
    ask_on: dt.date | None = None


def end_support(session: Session, wish: EndSupport) -> UUID:
    """End an enrolment and what rested in it; return the id of the ending.

    Raises Refusal for an end before the start, for one that has ended already, for a day to ask on that lies
    before the end, and for a day without the client's yes.
    """
    enrolment, client = enrolment_of(session, wish.enrolment_id)
    if enrolment.exit_on is not None:
        raise Refusal("Support has ended already.")
    _check_asking(wish.may_ask_later, wish.ask_on, wish.exit_on)
    close_enrolment(
        session,
        CloseEnrolment(
            enrolment_id=enrolment.id,
            exit_on=wish.exit_on,
            exit_reason=wish.exit_reason,
            destination=wish.destination.strip(),
        ),
    )
    end_pauses_by(session, enrolment.id, wish.exit_on)
    ending = Ending(
        client_id=client.id,
        enrolment_id=enrolment.id,
        ended_on=wish.exit_on,
        what_stands=wish.what_stands.strip(),
        may_ask_later=wish.may_ask_later,
        ask_on=wish.ask_on,
    )
    session.add(ending)
    return ending.id


def _check_asking(may_ask: str, ask_on: dt.date | None, ended_on: dt.date) -> None:
    if ask_on is not None and may_ask != YES:
        sentence = "A day to ask needs the client’s yes."
        raise Refusal(sentence, fields={"may_ask_later": sentence})
    if may_ask == YES and ask_on is None:
        sentence = "The client said yes: choose the day on which to ask."
        raise Refusal(sentence, fields={"ask_on": sentence})
    if ask_on is not None and ask_on <= ended_on:
        sentence = "The day to ask comes after the last day of support."
        raise Refusal(sentence, fields={"ask_on": sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEnding:
    """Better words for what stands, or another answer to whether we may ask."""

    ending_id: UUID
    what_stands: str
    may_ask_later: str
    ask_on: dt.date | None = None


def change_ending(session: Session, wish: ChangeEnding) -> None:
    """Change how an ending was told; raises Refusal as ``end_support`` does."""
    ending, client = _ending(session, wish.ending_id)
    _check_asking(wish.may_ask_later, wish.ask_on, ending.ended_on)
    ending.what_stands = wish.what_stands.strip()
    ending.may_ask_later, ending.ask_on = wish.may_ask_later, wish.ask_on
    describe(session, f"Changed how support of {client.initials()} ended")


def _ending(session: Session, ending_id: UUID) -> tuple[Ending, Client]:
    ending = session.get(Ending, ending_id)
    client = session.get(Client, ending.client_id) if ending is not None else None
    if ending is None or client is None:
        raise Refusal(_GONE)
    return ending, client


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """We asked how things go: what was said; another day where nobody was reached or there is more to ask."""

    ending_id: UUID
    asked_on: dt.date
    answer: str
    ask_again_on: dt.date | None = None


def record_answer(session: Session, wish: RecordAnswer) -> None:
    """Write down what was said; a further day leaves the question open and keeps what was said so far.

    Raises Refusal without words, and for a further day that is not later.
    """
    ending, client = _ending(session, wish.ending_id)
    said = wish.answer.strip()
    if not said:
        raise Refusal(
            "Say what came of it.", fields={"answer": "A word is enough: “all well”, “not reached”."}
        )
    if wish.ask_again_on is not None and wish.ask_again_on <= wish.asked_on:
        sentence = "The next day to ask comes after this one."
        raise Refusal(sentence, fields={"ask_again_on": sentence})
    close_asking(ending, wish.asked_on, said)
    if wish.ask_again_on is not None:
        ending.asked_on, ending.ask_on = None, wish.ask_again_on
    describe(session, f"Asked {client.initials()} how things go")


def close_asking(ending: Ending, asked_on: dt.date, said: str) -> None:
    """Put an answer under those given before, with its day, and take the question off the list."""
    line = f"{asked_on.day} {asked_on:%b %Y}: {said}" if said else ""
    ending.answer = "\n".join(part for part in (ending.answer, line) if part)
    ending.asked_on = asked_on


def answer_by_contact(
    session: Session, client_id: UUID, ending_id: UUID, happened_on: dt.date, note: str
) -> None:
    """Take a contact's note as the answer to what we meant to ask; another client's ending is left alone."""
    ending = session.get(Ending, ending_id)
    if ending is not None and ending.client_id == client_id:
        close_asking(ending, happened_on, note.strip())
