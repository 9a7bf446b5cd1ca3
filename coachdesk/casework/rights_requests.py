"""Requests of clients about their data, and complaints: received, stopped, extended, answered; with their dates."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import DueDates, bank_holidays, clock_rules, due_dates
from coachdesk.casework.rights_words import explain, in_full
from coachdesk.errors import Refusal
from coachdesk.models import Client, ClockStop, RightsRequest
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

KINDS = {
    "access": "See what we hold",
    "rectification": "Put something right",
    "erasure": "Be erased",
    "objection": "Object to a use",
    "restriction": "Pause a use",
    "complaint": "Complain",
}
GONE = "This request is not there any more."
ANSWERED = "This request has been answered already."


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request with its dates and what is next."""

    id: UUID
    client_id: UUID
    client: str
    kind: str
    kind_words: str
    received_on: dt.date
    how_received: str
    what_asked: str
    acknowledged_on: dt.date | None
    extended_on: dt.date | None
    extension_reason: str
    answered_on: dt.date | None
    outcome: str
    answer_note: str
    stops: tuple[tuple[dt.date, dt.date | None, str], ...]
    due: DueDates
    next_words: str
    next_on: dt.date | None
    """Until when; None where no date is worked out, or nothing is to be done any more."""
    is_late: bool
    explained: tuple[str, ...]
    """How the dates came about, in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRequest:
    """A request or complaint came in; no form is needed, a sentence at the door counts."""

    client_id: UUID
    kind: str
    received_on: dt.date
    how_received: str = ""
    what_asked: str = ""


def receive_request(session: Session, wish: ReceiveRequest) -> UUID:
    """Write a request down; return its id. Raises Refusal for an unknown kind or a date to come."""
    check_may_see(session, wish.client_id)
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    if wish.kind not in KINDS:
        raise Refusal("Choose what is asked.", fields={"kind": "Choose what is asked."})
    _not_to_come(session, "received_on", wish.received_on)
    request = RightsRequest(
        client_id=wish.client_id,
        kind=wish.kind,
        received_on=wish.received_on,
        how_received=wish.how_received.strip(),
        what_asked=wish.what_asked.strip(),
    )
    session.add(request)
    describe(session, f"Wrote down a data request of {client.initials()}")
    return request.id


def _not_to_come(session: Session, name: str, day: dt.date) -> None:
    if day > clock_of(session).today():
        raise Refusal("This date is still to come.", fields={name: "Choose today or an earlier day."})


def _open(session: Session, request_id: UUID) -> RightsRequest:
    request = session.get(RightsRequest, request_id)
    if request is None:
        raise Refusal(GONE)
    check_may_see(session, request.client_id)
    if request.answered_on is not None:
        raise Refusal(ANSWERED)
    return request


def _after_receipt(session: Session, request: RightsRequest, name: str, day: dt.date) -> None:
    _not_to_come(session, name, day)
    if day < request.received_on:
        raise Refusal(
            "This is before the request came in.", fields={name: "Choose the day it came in, or later."}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeRequest:
    """The client was told that the request has come in."""

    request_id: UUID
    on: dt.date


def acknowledge_request(session: Session, wish: AcknowledgeRequest) -> None:
    """Write down when a request was acknowledged; raises Refusal for a date that cannot be."""
    request = _open(session, wish.request_id)
    _after_receipt(session, request, "on", wish.on)
    request.acknowledged_on = wish.on
    describe(session, "Acknowledged a data request")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopClock:
    """We wait for the client: for proof of identity, or for what is meant."""

    request_id: UUID
    from_on: dt.date
    reason: str


def stop_clock(session: Session, wish: StopClock) -> None:
    """Let a request's clock stand; raises Refusal without a reason or when it stands already."""
    request = _open(session, wish.request_id)
    _after_receipt(session, request, "from_on", wish.from_on)
    if not wish.reason.strip():
        raise Refusal("Say what we wait for.", fields={"reason": "Say what we wait for."})
    if _standing(session, request.id) is not None:
        raise Refusal("The clock stands already.")
    session.add(
        ClockStop(
            client_id=request.client_id,
            request_id=request.id,
            from_on=wish.from_on,
            reason=wish.reason.strip(),
        )
    )
    describe(session, "Stopped the clock of a data request")


def _standing(session: Session, request_id: UUID) -> ClockStop | None:
    return session.scalar(
        select(ClockStop).where(
            ClockStop.request_id == request_id, ClockStop.to_on.is_(None), ClockStop.archived_at.is_(None)
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StartClock:
    """What we waited for has come."""

    request_id: UUID
    on: dt.date


def start_clock(session: Session, wish: StartClock) -> None:
    """Let a request's clock run on; raises Refusal when it does not stand or the date is before it stopped."""
    request = _open(session, wish.request_id)
    stop = _standing(session, request.id)
    if stop is None:
        raise Refusal("The clock is running.")
    _not_to_come(session, "on", wish.on)
    if wish.on < stop.from_on:
        raise Refusal(
            "This is before the clock stopped.", fields={"on": "Choose the day it stopped, or later."}
        )
    stop.to_on = wish.on
    describe(session, "Let the clock of a data request run on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendRequest:
    """More time is needed because the request is complex; the client is told why within the first month."""

    request_id: UUID
    on: dt.date
    reason: str


def extend_request(session: Session, wish: ExtendRequest) -> None:
    """Extend a request; raises Refusal without a reason, too late, or where the rule knows no extension."""
    request = _open(session, wish.request_id)
    _after_receipt(session, request, "on", wish.on)
    if not wish.reason.strip():
        raise Refusal("Say why more time is needed.", fields={"reason": "The client is told this reason."})
    if not clock_rules(session, None)[request.kind].extension_months:
        raise Refusal("This kind of request cannot be extended.")
    first = _dues(session, request, extended=False).answer_by
    if first is not None and wish.on > first:
        raise Refusal(
            f"The client had to be told by {first:%d %B %Y}. Answer as soon as you can, and say sorry.",
            fields={"on": "The first month is over."},
        )
    request.extended_on, request.extension_reason = wish.on, wish.reason.strip()
    describe(session, "Extended a data request")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest:
    """The request was answered."""

    request_id: UUID
    on: dt.date
    outcome: str
    note: str = ""


def answer_request(session: Session, wish: AnswerRequest) -> None:
    """Write the answer down; raises Refusal without an outcome or for a date that cannot be."""
    request = _open(session, wish.request_id)
    _after_receipt(session, request, "on", wish.on)
    if not wish.outcome:
        raise Refusal("Choose what came of it.", fields={"outcome": "Choose what came of it."})
    stop = _standing(session, request.id)
    if stop is not None:
        stop.to_on = max(wish.on, stop.from_on)
    request.answered_on, request.outcome, request.answer_note = wish.on, wish.outcome, wish.note.strip()
    describe(session, "Answered a data request")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsQuestion:
    """Requests of one client, or of everybody; the answered ones too where asked for."""

    today: dt.date
    client_id: UUID | None = None
    with_answered: bool = True


def list_requests(session: Session, question: RequestsQuestion) -> tuple[RequestRow, ...]:
    """Return requests with their dates: the open ones first, by when the next thing is due.

    Requests of clients who may not be seen are left out of everybody's list.
    """
    query = select(RightsRequest).where(RightsRequest.archived_at.is_(None))
    if question.client_id is not None:
        check_may_see(session, question.client_id)
        query = query.where(RightsRequest.client_id == question.client_id)
    if not question.with_answered:
        query = query.where(RightsRequest.answered_on.is_(None))
    rows = [
        _row(session, one, question.today)
        for one in session.scalars(query)
        if question.client_id is not None or _visible(session, one.client_id)
    ]
    last = dt.date.max
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.answered_on is not None, row.next_on or last, row.received_on, row.id),
        )
    )


def _visible(session: Session, client_id: UUID) -> bool:
    try:
        check_may_see(session, client_id)
    except Refusal:
        return False
    return True


def _stops(session: Session, request_id: UUID) -> list[ClockStop]:
    query = select(ClockStop).where(ClockStop.request_id == request_id, ClockStop.archived_at.is_(None))
    return list(session.scalars(query.order_by(ClockStop.from_on)))


def _dues(session: Session, request: RightsRequest, *, extended: bool) -> DueDates:
    return due_dates(
        clock_rules(session, None)[request.kind],
        request.received_on,
        stops=[(stop.from_on, stop.to_on) for stop in _stops(session, request.id)],
        extended=extended,
        holidays=bank_holidays(session),
    )


def _row(session: Session, request: RightsRequest, today: dt.date) -> RequestRow:
    client = session.get_one(Client, request.client_id)
    due = _dues(session, request, extended=request.extended_on is not None)
    words, next_on = _next(request, due)
    stops = _stops(session, request.id)
    return RequestRow(
        id=request.id,
        client_id=client.id,
        client=client.called(),
        kind=request.kind,
        kind_words=KINDS[request.kind],
        received_on=request.received_on,
        how_received=request.how_received,
        what_asked=request.what_asked,
        acknowledged_on=request.acknowledged_on,
        extended_on=request.extended_on,
        extension_reason=request.extension_reason,
        answered_on=request.answered_on,
        outcome=request.outcome,
        answer_note=request.answer_note,
        stops=tuple((stop.from_on, stop.to_on, stop.reason) for stop in stops),
        due=due,
        next_words=words,
        next_on=next_on,
        is_late=next_on is not None and today > next_on,
        explained=explain(clock_rules(session, None)[request.kind], request, stops, due),
    )


def _next(request: RightsRequest, due: DueDates) -> tuple[str, dt.date | None]:
    """Return what is to be done next, in words, and by when."""
    if request.answered_on is not None:
        return f"Answered on {in_full(request.answered_on)}", None
    if due.acknowledge_by is not None and request.acknowledged_on is None:
        return f"Acknowledge by {in_full(due.acknowledge_by)}", due.acknowledge_by
    if due.is_stopped:
        return "The clock stands: we wait for the client", None
    if due.answer_by is None:
        return "Answer without undue delay", None
    return f"Answer by {in_full(due.answer_by)}", due.answer_by
