"""Indicators that count enrolments by their dates: referrals, starts, active caseload, reach."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Pause
from coachdesk.returns.indicators.found import Found, Scope, people, present


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


def referrals_accepted(session: Session, scope: Scope) -> Found:
    """Return the people with an accepted referral in the period (facts 12.4 row 1).

    A blank accepted date is not counted (IPS Grow rule, facts 2.3); referrals received in the period
    without one stand aside.
    """
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.accepted_on).where(
            *of_programme(scope),
            or_(
                Enrolment.accepted_on.between(scope.period.from_on, scope.last_known),
                Enrolment.accepted_on.is_(None)
                & Enrolment.received_on.between(scope.period.from_on, scope.last_known),
            ),
        )
    ).all()
    accepted = people("Referrals accepted", (client for client, on in rows if on is not None))
    blank = frozenset(client for client, on in rows if on is None) - accepted.clients
    return Found(
        id="referrals-accepted",
        groups=(accepted,),
        aside=blank,
        note=f"{len(blank)} with a referral in the period have no accepted date and are not counted."
        if blank
        else "",
    )


def starts(session: Session, scope: Scope) -> Found:
    """Return the people who started in the period (facts 12.4 row 2)."""
    clients = session.scalars(
        select(Enrolment.client_id).where(
            *of_programme(scope), Enrolment.started_on.between(scope.period.from_on, scope.last_known)
        )
    )
    return Found(id="starts", groups=(people("Starts", clients),))


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
        select(Enrolment.client_id, rests).where(
            *of_programme(scope),
            Enrolment.profile_started_on <= scope.as_at,
            or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > scope.as_at),
        )
    ).all()
    active = people("Active caseload", (client for client, paused in rows if not paused))
    paused = frozenset(client for client, resting in rows if resting) - active.clients
    return Found(
        id="active-caseload",
        groups=(active,),
        aside=paused,
        note=f"{len(paused)} whose support is paused are not counted." if paused else "",
    )


def reach(session: Session, scope: Scope) -> Found:
    """Return the people supported at any time in the period, each once (facts 12.4 row 27)."""
    clients = session.scalars(select(Enrolment.client_id).where(*of_programme(scope), *supported_in(scope)))
    return Found(id="reach", groups=(people("People supported", clients),))
