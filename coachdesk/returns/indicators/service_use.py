"""Service use: who was referred on to another service; what came of the referrals stands in ``onward``."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Sharing
from coachdesk.returns.indicators.enrolled import known_window, of_programme
from coachdesk.returns.indicators.found import Found, Scope, people, present
from coachdesk.returns.indicators.near import nearly, outside, reach_of

REFERRAL = "referral"
REFERRED, NOT_REFERRED = "Referred on to a service", "Not referred on"


def service_use(session: Session, scope: Scope, supported: frozenset[UUID]) -> Found:
    """Return who of the people supported in the period was referred on to a service in it (facts 12.4 row 26).

    Everything that was passed on as a referral counts, whether it is followed up or was only written down.
    """
    near = reach_of(scope)
    enrolled = (
        select(Enrolment.id)
        .where(*of_programme(scope), Enrolment.client_id == Sharing.client_id)
        .correlate(Sharing, Client)
        .exists()
    )
    rows = session.execute(
        select(Sharing.client_id, Sharing.shared_on)
        .join(Client, Client.id == Sharing.client_id)
        .where(
            enrolled,
            Sharing.sort == REFERRAL,
            Sharing.shared_on.between(near.from_on, near.to_on),
            *present(Sharing, Client),
        )
        .order_by(Sharing.shared_on)
    ).all()
    window = known_window(scope)
    referred = people(REFERRED, (client for client, day in rows if window.holds(day) and client in supported))
    reasons = [
        (client, outside("a referral was made", day, scope)) for client, day in rows if not window.holds(day)
    ]
    return Found(
        id="service-use",
        groups=(referred, people(NOT_REFERRED, supported - referred.clients)),
        near=nearly(reasons, referred.clients),
    )
