"""Indicators that count enrolments by their dates: referrals, starts, active caseload, reach."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Pause
from coachdesk.returns.indicators.found import Found, Scope, people, present
from coachdesk.returns.indicators.near import AROUND, Reason, nearly, on, outside, reach_of
from coachdesk.returns.periods import Period


def of_programme(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for the programme's own enrolments of clients who are still on file."""
    return (
        Enrolment.programme_id == scope.programme_id,
        Enrolment.client_id == Client.id,
        *present(Enrolment, Client),
    )


def supported_in(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for having started by the end of the period and not having left before it."""
    return (
        Enrolment.started_on <= scope.last_known,
        or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= scope.period.from_on),
    )


def known_window(scope: Scope) -> Period:
    """Return the days of the period that the as-at date has reached."""
    return Period(scope.period.from_on, scope.last_known)


def referrals_accepted(session: Session, scope: Scope) -> Found:
    """Return the people with an accepted referral in the period (facts 12.4 row 1).

    A blank accepted date is not counted (IPS Grow rule, facts 2.3); referrals received in the period
    without one stand aside.
    """
    window, near = known_window(scope), reach_of(scope)
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.accepted_on, Enrolment.received_on).where(
            *of_programme(scope),
            or_(
                Enrolment.accepted_on.between(near.from_on, near.to_on),
                Enrolment.accepted_on.is_(None)
                & Enrolment.received_on.between(scope.period.from_on, scope.last_known),
            ),
        )
    ).all()
    accepted = people("Referrals accepted", (client for client, day, _ in rows if window.holds(day)))
    blank = frozenset(client for client, day, _ in rows if day is None) - accepted.clients
    reasons = [
        (client, f"referred {on(received)}, but there is no accepted date")
        for client, day, received in rows
        if day is None and received is not None
    ]
    reasons += [
        (client, outside("accepted", day, scope))
        for client, day, _ in rows
        if day is not None and not window.holds(day)
    ]
    return Found(
        id="referrals-accepted",
        groups=(accepted,),
        aside=blank,
        note=f"{len(blank)} with a referral in the period have no accepted date and are not counted."
        if blank
        else "",
        near=nearly(reasons, accepted.clients),
    )


def starts(session: Session, scope: Scope) -> Found:
    """Return the people who started in the period (facts 12.4 row 2)."""
    window, near = known_window(scope), reach_of(scope)
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.started_on, Enrolment.accepted_on).where(
            *of_programme(scope),
            or_(
                Enrolment.started_on.between(near.from_on, near.to_on),
                Enrolment.started_on.is_(None)
                & Enrolment.accepted_on.between(scope.period.from_on, scope.last_known),
            ),
        )
    ).all()
    started = people("Starts", (client for client, day, _ in rows if window.holds(day)))
    reasons = [
        (client, f"accepted {on(accepted)}, but there is no start date")
        for client, day, accepted in rows
        if day is None and accepted is not None
    ]
    reasons += [
        (client, outside("started", day, scope))
        for client, day, _ in rows
        if day is not None and not window.holds(day)
    ]
    return Found(id="starts", groups=(started,), near=nearly(reasons, started.clients))


def active_caseload(session: Session, scope: Scope) -> Found:
    """Return the people active at the as-at date (facts 12.4 row 4).

    Their vocational profile has been started, they have not left, and their support does not rest; those
    whose support rests stand aside.
    """
    rests = (
        select(Pause.id)
        .where(
            Pause.enrolment_id == Enrolment.id,
            Pause.from_on <= scope.as_at,
            or_(Pause.to_on.is_(None), Pause.to_on >= scope.as_at),
            *present(Pause),
        )
        .exists()
    )
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.profile_started_on, Enrolment.exit_on, rests).where(
            *of_programme(scope),
            or_(
                Enrolment.profile_started_on <= scope.as_at,
                and_(
                    Enrolment.started_on <= scope.as_at,
                    or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > scope.as_at),
                ),
            ),
            or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > scope.as_at - AROUND),
        )
    ).all()
    whys = [
        (client, _not_active(begun, left, scope.as_at, rests=paused)) for client, begun, left, paused in rows
    ]
    active = people("Active caseload", (client for client, why in whys if not why))
    paused = frozenset(client for client, why in whys if why == PAUSED) - active.clients
    return Found(
        id="active-caseload",
        groups=(active,),
        aside=paused,
        note=f"{len(paused)} whose support is paused are not counted." if paused else "",
        near=nearly(((client, why) for client, why in whys if why), active.clients),
    )


PAUSED = "support is paused"


def _not_active(begun: dt.date | None, left: dt.date | None, as_at: dt.date, *, rests: bool) -> str:
    """Return why an enrolment is not active on a day; empty for one that is."""
    if left is not None and left <= as_at:
        return f"left {on(left)}"
    if begun is None:
        return "the vocational profile has not been begun"
    if begun > as_at:
        return f"the vocational profile was begun {on(begun)}, after the as-at date"
    return PAUSED if rests else ""


def reach(session: Session, scope: Scope) -> Found:
    """Return the people supported at any time in the period, each once (facts 12.4 row 27)."""
    near = reach_of(scope)
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.started_on, Enrolment.exit_on).where(
            *of_programme(scope),
            Enrolment.started_on <= near.to_on,
            or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= near.from_on),
        )
    ).all()
    supported: set[UUID] = set()
    reasons: list[Reason] = []
    for client, started, left in rows:
        if started is None or started > scope.last_known:
            reasons += [(client, outside("started", started, scope))] if started is not None else []
        elif left is not None and left < scope.period.from_on:
            reasons.append((client, outside("left", left, scope)))
        else:
            supported.add(client)
    found = people("People supported", supported)
    return Found(
        id="reach", groups=(found,), note=_by_ward(session, supported), near=nearly(reasons, found.clients)
    )


def _by_ward(session: Session, supported: Collection[UUID]) -> str:
    """Return how many people live in which ward, as kept, for the vault alone: a ward is too small a place to print."""
    rows = session.execute(select(Client.id, Client.ward).where(Client.ward != "")).all()
    wards = Counter(" ".join(ward.split()) for client, ward in rows if client in supported)
    if not wards:
        return ""
    told = [f"{ward} {number:,}" for ward, number in sorted(wards.items())]
    unsaid = len(supported) - wards.total()
    return f"By ward, inside the vault alone: {', '.join([*told, *([f'not stated {unsaid:,}'] if unsaid else [])])}."
