"""Adjustments: how long from asking to having them."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import AGREED, REFUSED
from coachdesk.models import Adjustment, Client, Enrolment
from coachdesk.returns.indicators.enrolled import of_programme, supported_in
from coachdesk.returns.indicators.found import Found, Scope, events, present
from coachdesk.returns.indicators.near import nearly, on
from coachdesk.returns.indicators.promptness import days_in_the_middle

_ID = "adjustment-lag"


class Asked(NamedTuple):
    """An adjustment that was decided on in the period."""

    client: UUID
    decision: str
    decided_on: dt.date | None
    requested_on: dt.date | None
    in_place_on: dt.date | None
    refusal_reason: str

    @property
    def days(self) -> int | None:
        """Return the days from asking to having; None where a date is missing."""
        if self.requested_on is None or self.in_place_on is None:
            return None
        return (self.in_place_on - self.requested_on).days

    def is_up(self, within: int, as_at: dt.date) -> bool:
        """Return whether more days than these have passed since it was asked for."""
        return self.requested_on is not None and (as_at - self.requested_on).days > within


def adjustment_lag(session: Session, scope: Scope) -> Found:
    """Return the adjustments agreed in the period by whether they were in place in time (facts 12.4 row 25).

    Of people supported in the period; in full or in part agreed. Those whose days are not up at the as-at date stand
    aside; the refused are listed with the reason that was given, inside the vault.
    """
    within = scope.rules.needed(_ID, "within_days")
    asked = _decided(session, scope)
    agreed = [one for one in asked if one.decision in AGREED and one.requested_on is not None]
    days = [(one.client, one.days) for one in agreed if one.days is not None]
    open_still = [one for one in agreed if one.days is None]
    due = [one for one in open_still if one.is_up(within, scope.as_at)]
    early = frozenset(one.client for one in open_still if not one.is_up(within, scope.as_at))
    refused = sum(one.decision == REFUSED for one in asked)
    labels = (f"In place within {within} days", "In place later")
    return Found(
        id=_ID,
        unit="adjustments",
        groups=(
            events(labels[0], (client for client, passed in days if passed <= within)),
            events(labels[1], (client for client, passed in days if passed > within)),
            events("Not in place yet", (one.client for one in due)),
        ),
        aside=early,
        amount=days_in_the_middle(
            (passed for _, passed in days), frozenset(client for client, _ in days), *labels
        )
        if days
        else None,
        note=" ".join(_notes(refused, len(early), within)),
        near=nearly((one.client, why) for one in asked if (why := _why_not(one, within))),
    )


def _notes(refused: int, early: int, within: int) -> Iterator[str]:
    if refused:
        yield f"{refused} refused, each with its reason under those who were left out."
    if early:
        yield f"{early} are waiting for fewer than {within} days and are not counted."


def _why_not(one: Asked, within: int) -> str:
    """Return why an adjustment is not one in place in time; empty for one that is."""
    if one.decision == REFUSED and one.decided_on is not None:
        return f"refused {on(one.decided_on)}: {one.refusal_reason or 'no reason was written down'}"
    if one.requested_on is None:
        return "agreed, but nobody has recorded when it was asked for"
    if one.days is None:
        return f"asked for {on(one.requested_on)}, agreed and not in place yet"
    return f"in place {one.days} days after it was asked for" if one.days > within else ""


def _decided(session: Session, scope: Scope) -> list[Asked]:
    supported = (
        select(Enrolment.id)
        .where(*of_programme(scope), *supported_in(scope), Enrolment.client_id == Adjustment.client_id)
        .correlate(Adjustment, Client)
        .exists()
    )
    rows = session.execute(
        select(
            Adjustment.client_id,
            Adjustment.decision,
            Adjustment.decided_on,
            Adjustment.requested_on,
            Adjustment.in_place_on,
            Adjustment.refusal_reason,
        )
        .join(Client, Client.id == Adjustment.client_id)
        .where(
            supported,
            Adjustment.decision.in_((*AGREED, REFUSED)),
            Adjustment.decided_on.between(scope.period.from_on, scope.last_known),
            *present(Adjustment, Client),
        )
        .order_by(Adjustment.client_id, Adjustment.decided_on, Adjustment.id)
    )
    return [_known(Asked(*row), scope.as_at) for row in rows]


def _known(one: Asked, as_at: dt.date) -> Asked:
    """Return what was known at the as-at date: what came into place later was not in place."""
    later = one.in_place_on is not None and one.in_place_on > as_at
    return one._replace(in_place_on=None) if later else one
