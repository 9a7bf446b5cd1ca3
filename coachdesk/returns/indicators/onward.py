"""Referrals on by what came of them, and by sort of service: made, accepted, first attended (facts 12.4 row 26)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Code, Enrolment, OnwardReferral, Service, Sharing
from coachdesk.returns.breakdowns import clean
from coachdesk.returns.indicators.enrolled import known_window, of_programme
from coachdesk.returns.indicators.found import Found, Scope, events, present
from coachdesk.returns.indicators.near import Reason, nearly, on, outside, reach_of
from coachdesk.returns.indicators.service_use import REFERRAL
from coachdesk.terms import Unstated

ONWARD, BY_TYPE = "onward-referrals", "onward-referrals-by-type"
UNIT = "referrals"
ATTENDED, ACCEPTED = "Accepted, has been there", "Accepted, not there yet"
DECLINED, NO_REPLY, WAITING = "Declined", "No reply", "No answer yet"
NOT_FOLLOWED = "Written down, not followed up"
RESULTS = (ATTENDED, ACCEPTED, DECLINED, NO_REPLY, WAITING, NOT_FOLLOWED)
TYPE_NOT_STATED = "Sort not stated"
_SAID = {"accepted": ACCEPTED, "declined": DECLINED, "no_reply": NO_REPLY}


class Referral(NamedTuple):
    """A referral on in reach of the period; one that was only written down as passed on has no answer to wait for."""

    client: UUID
    made_on: dt.date
    answer: str | None
    answered_on: dt.date | None
    first_attended_on: dt.date | None
    sort: str

    def result(self, as_at: dt.date) -> str:
        """Return what was known of it at the as-at date: what came later had not come."""
        if self.answer is None:
            return NOT_FOLLOWED
        if self.first_attended_on is not None and self.first_attended_on <= as_at:
            return ATTENDED
        if self.answered_on is None or self.answered_on > as_at:
            return WAITING
        return _SAID[self.answer]

    def why_not(self, as_at: dt.date) -> str:
        """Return why it does not count as first attended."""
        result = self.result(as_at)
        if result in (WAITING, NOT_FOLLOWED) or self.answered_on is None:
            return f"referred {on(self.made_on)}: {result.casefold()}"
        return f"referred {on(self.made_on)}: {result.casefold()}, said {on(self.answered_on)}"


def onward_referrals(session: Session, scope: Scope, supported: frozenset[UUID]) -> tuple[Found, Found]:
    """Return the referrals on made in the period for people supported in it: by what came of them, and by sort of service.

    Each referral counts once, also one that was only written down as passed on: so there are never fewer referrals than
    people referred on. How many of each sort were accepted and first attended is told inside the vault.
    """
    window = known_window(scope)
    near = _in_reach(session, scope)
    made = [one for one in near if window.holds(one.made_on) and one.client in supported]
    results = {
        result: [one.client for one in made if one.result(scope.as_at) == result] for result in RESULTS
    }
    by_result = tuple(events(result, clients) for result, clients in results.items())
    titles = _titles(session)
    sorts = {title: [one for one in made if titles.get(one.sort) == title] for title in titles.values()}
    unsaid = [one for one in made if one.sort not in titles]
    sorts[TYPE_NOT_STATED] = [*sorts.get(TYPE_NOT_STATED, ()), *unsaid]
    return (
        Found(
            id=ONWARD,
            unit=UNIT,
            groups=by_result,
            near=nearly(_reasons(near, made, scope), by_result[0].clients),
        ),
        Found(
            id=BY_TYPE,
            unit=UNIT,
            groups=tuple(events(title, (one.client for one in some)) for title, some in sorts.items()),
            note=" ".join(_told(sorts, scope.as_at)),
        ),
    )


def _in_reach(session: Session, scope: Scope) -> list[Referral]:
    near = reach_of(scope)
    enrolled = (
        select(Enrolment.id)
        .where(*of_programme(scope), Enrolment.client_id == Sharing.client_id)
        .correlate(Sharing, Client)
        .exists()
    )
    rows = session.execute(
        select(
            Sharing.client_id,
            Sharing.shared_on,
            OnwardReferral.answer,
            OnwardReferral.answered_on,
            OnwardReferral.first_attended_on,
            func.coalesce(Service.sort, OnwardReferral.service_sort, Unstated.NOT_ASKED),
        )
        .join(Client, Client.id == Sharing.client_id)
        .outerjoin(OnwardReferral, and_(OnwardReferral.sharing_id == Sharing.id, *present(OnwardReferral)))
        .outerjoin(Service, Service.id == OnwardReferral.service_id)
        .where(
            enrolled,
            Sharing.sort == REFERRAL,
            Sharing.shared_on.between(near.from_on, near.to_on),
            *present(Sharing, Client),
        )
        .order_by(Sharing.shared_on, Sharing.id)
    )
    return [Referral(*row) for row in rows]


def _titles(session: Session) -> Mapping[str, str]:
    """Return key to title of the sorts of service in their order."""
    rows = session.execute(
        select(Code.key, Code.title)
        .where(Code.list_name == "service_type", *present(Code))
        .order_by(Code.position, Code.key)
    )
    return {row[0]: clean(row[1]) for row in rows}


def _reasons(near: Iterable[Referral], made: Iterable[Referral], scope: Scope) -> Iterator[Reason]:
    counted = frozenset(made)
    for one in near:
        if one in counted:
            yield one.client, one.why_not(scope.as_at)
        elif not known_window(scope).holds(one.made_on):
            yield one.client, outside("a referral was made", one.made_on, scope)
        else:
            yield one.client, f"referred {on(one.made_on)}, when support by this programme did not go on"


def _told(sorts: Mapping[str, list[Referral]], as_at: dt.date) -> Iterator[str]:
    """Yield for each sort how many were made, accepted and first attended."""
    for title, some in sorts.items():
        if some:
            results = [one.result(as_at) for one in some]
            accepted = sum(result in (ATTENDED, ACCEPTED) for result in results)
            yield f"{title}: {len(some)} made, {accepted} accepted, {results.count(ATTENDED)} first attended."
