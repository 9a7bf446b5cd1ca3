"""Enrolments: one client on one programme, changed, ended and begun again."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.eligibility import declared_by_enrolment, write_reasons
from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enrolment, Hub, Programme
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import describe

EDITABLE = frozenset(
    {
        "received_on", "accepted_on", "source", "referrer", "route", "started_on", "profile_started_on", "stage",
        "coach_id", "hub_id", "expected_end_on", "others_ruled_out",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRow:
    """An enrolment in words."""

    id: UUID
    programme: str
    programme_key: str
    received_on: dt.date | None
    accepted_on: dt.date | None
    source: str
    route: str
    started_on: dt.date | None
    profile_started_on: dt.date | None
    stage: str
    coach: str
    hub: str
    exit_on: dt.date | None
    exit_reason: str
    eligibility: tuple[str, ...]
    referrer: str = ""
    expected_end_on: dt.date | None = None
    destination: str = ""
    declared: tuple[str, ...] = ()
    """The keys of the reasons in force."""
    episode: int = 1
    """Which time it is that the client takes part in this programme."""


# Put together once: for one client, putting a question into SQL costs more than answering it.
_THEIRS: BindParameter[UUID] = bindparam("client")
_ENROLMENTS = (
    select(
        Enrolment.id,
        Enrolment.programme_id,
        Enrolment.received_on,
        Enrolment.accepted_on,
        Enrolment.source,
        Enrolment.route,
        Enrolment.started_on,
        Enrolment.profile_started_on,
        Enrolment.stage,
        Enrolment.exit_on,
        Enrolment.exit_reason,
        Enrolment.referrer,
        Enrolment.expected_end_on,
        Enrolment.destination,
        Programme.title,
        Programme.key,
        Coach.name.label("coach"),
        Hub.name.label("hub"),
    )
    .join(Programme, Programme.id == Enrolment.programme_id)
    .outerjoin(Coach, Coach.id == Enrolment.coach_id)
    .outerjoin(Hub, Hub.id == Enrolment.hub_id)
    .where(Enrolment.client_id == _THEIRS, Enrolment.archived_at.is_(None))
    .order_by(Enrolment.id.desc())
)


def list_enrolments(session: Session, client_id: UUID) -> tuple[EnrolmentRow, ...]:
    """Return a client's enrolments, the newest first; coded fields keep their keys, reasons are in words."""
    check_may_see(session, client_id)
    reasons = declared_by_enrolment(session, client_id)
    titles = titles_of(session, "eligibility_reason")["eligibility_reason"]
    rows = session.execute(_ENROLMENTS, {"client": client_id}).all()
    left = Counter(enrolment.programme_id for enrolment in rows)
    episodes: dict[UUID, int] = {}
    for enrolment in rows:
        episodes[enrolment.id] = left[enrolment.programme_id]
        left[enrolment.programme_id] -= 1
    return tuple(
        EnrolmentRow(
            id=enrolment.id,
            programme=enrolment.title,
            programme_key=enrolment.key,
            received_on=enrolment.received_on,
            accepted_on=enrolment.accepted_on,
            source=enrolment.source,
            route=enrolment.route,
            started_on=enrolment.started_on,
            profile_started_on=enrolment.profile_started_on,
            stage=enrolment.stage,
            coach=enrolment.coach or "",
            hub=enrolment.hub or "",
            exit_on=enrolment.exit_on,
            exit_reason=enrolment.exit_reason,
            eligibility=tuple(one.words(titles) for one in reasons.get(enrolment.id, ())),
            referrer=enrolment.referrer,
            expected_end_on=enrolment.expected_end_on,
            destination=enrolment.destination,
            declared=tuple(one.reason for one in reasons.get(enrolment.id, ())),
            episode=episodes[enrolment.id],
        )
        for enrolment in rows
    )


def enrolment_of(session: Session, enrolment_id: UUID) -> tuple[Enrolment, Client]:
    """Return an enrolment's record and its client's; raises Refusal when it is gone."""
    enrolment = session.get(Enrolment, enrolment_id)
    client = session.get(Client, enrolment.client_id) if enrolment is not None else None
    if enrolment is None or client is None:
        raise Refusal("This enrolment is not there any more.")
    return enrolment, client


def _check_order(enrolment: Enrolment) -> None:
    pairs = (
        ("received_on", "accepted_on", "The referral cannot be accepted before it came."),
        ("started_on", "exit_on", "Support cannot end before it started."),
        ("started_on", "profile_started_on", "The vocational profile cannot begin before support does."),
        ("started_on", "expected_end_on", "Support cannot be expected to end before it started."),
    )
    for first, second, sentence in pairs:
        earlier, later = getattr(enrolment, first), getattr(enrolment, second)
        if earlier is not None and later is not None and later < earlier:
            raise Refusal(sentence, fields={second: sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEnrolment:
    """Changed fields of an enrolment by name."""

    enrolment_id: UUID
    values: Mapping[str, Any]


def save_enrolment(session: Session, wish: SaveEnrolment) -> None:
    """Write the changed fields; raises Refusal for dates in the wrong order and for fields that are not editable."""
    enrolment, client = enrolment_of(session, wish.enrolment_id)
    unknown = set(wish.values) - EDITABLE
    if unknown:
        raise Refusal(f"These cannot be changed here: {', '.join(sorted(unknown))}.")
    for name, value in wish.values.items():
        setattr(enrolment, name, value)
    _check_order(enrolment)
    describe(session, f"Changed the enrolment of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEnrolment:
    """The end of support: when, why, and where to."""

    enrolment_id: UUID
    exit_on: dt.date
    exit_reason: str
    destination: str = ""


def close_enrolment(session: Session, wish: CloseEnrolment) -> None:
    """End an enrolment; raises Refusal before its start."""
    enrolment, client = enrolment_of(session, wish.enrolment_id)
    enrolment.exit_on, enrolment.exit_reason = wish.exit_on, wish.exit_reason
    enrolment.destination = wish.destination
    _check_order(enrolment)
    describe(session, f"Ended support of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """A client begins on a programme, for the first time or again."""

    client_id: UUID
    programme_key: str
    received_on: dt.date | None = None
    source: str = Unstated.NOT_ASKED
    route: str = Unstated.NOT_ASKED
    accepted_on: dt.date | None = None
    started_on: dt.date | None = None
    referrer: str = ""
    reasons: tuple[str, ...] = ()


def enrol(session: Session, wish: Enrol) -> UUID:
    """Open an enrolment, a second episode where the client comes back; the earlier ones stay as they ended.

    Raises Refusal while another on the same programme is open, and for dates in the wrong order.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    programme = programme_of(session, wish.programme_key)
    ends = session.scalars(
        select(Enrolment.exit_on).where(
            Enrolment.client_id == client.id,
            Enrolment.programme_id == programme.id,
            Enrolment.archived_at.is_(None),
        )
    ).all()
    if None in ends:
        sentence = f"There is an open enrolment on {programme.title} already."
        raise Refusal(sentence, fields={"programme_key": sentence})
    enrolment = Enrolment(
        client_id=client.id,
        programme_id=programme.id,
        received_on=wish.received_on,
        accepted_on=wish.accepted_on,
        started_on=wish.started_on,
        source=wish.source,
        referrer=wish.referrer.strip(),
        route=wish.route,
        coach_id=client.coach_id,
        hub_id=client.hub_id,
    )
    _check_order(enrolment)
    session.add(enrolment)
    write_reasons(session, enrolment, wish.reasons)
    words = "Began again with {who} on {programme}" if ends else "Enrolled {who} on {programme}"
    describe(session, words.format(who=client.initials(), programme=programme.title))
    return enrolment.id
