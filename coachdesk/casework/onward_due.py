"""What is due about referrals on: an answer that has not come, a client who has not been there, a day agreed on."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.number_rules import NumberRules
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.referral_rules import ANSWER, ATTEND, referral_rules
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import OnwardReferral, Service

KIND = "onward_referral"
WAITING, ACCEPTED, NO_REPLY = "waiting", "accepted", "no_reply"
_AGREED = "The day agreed for following it up"


class Stand(NamedTuple):
    """How a referral on stands."""

    made_on: dt.date
    answer: str
    answered_on: dt.date | None
    first_attended_on: dt.date | None
    ended_on: dt.date | None
    follow_up_on: dt.date | None


def due_of(stand: Stand, service: str, rules: NumberRules) -> Due | None:
    """Return what a referral calls for: on the day agreed, else by the rules; nothing once it has ended.

    Both rules are CoachDesk's own and can be set: so many days for an answer, so many for the first time there.
    """
    if stand.ended_on is not None:
        return None
    wanted = _wanted(stand)
    if stand.follow_up_on is not None:
        return Due(stand.follow_up_on, f"{wanted[2] if wanted else 'Ask how it goes'}: {service}", _AGREED)
    if wanted is None:
        return None
    since, key, words = wanted
    rule = rules[key]
    return Due(since + dt.timedelta(days=rule.number), f"{words}: {service}", rule.source)


def _wanted(stand: Stand) -> tuple[dt.date, str, str] | None:
    """Return since when something is waited for, by which rule, and what to do; None where nothing is."""
    if stand.answer == WAITING:
        return stand.made_on, ANSWER, "No answer to the referral yet"
    if stand.answer == ACCEPTED and stand.answered_on is not None and stand.first_attended_on is None:
        return stand.answered_on, ATTEND, "Accepted, not there yet"
    return None


def onward_due(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield the referrals on that call for their client by the last day, and are not too late to call for today."""
    query = (
        select(
            as_kept(OnwardReferral.id),
            as_kept(OnwardReferral.client_id),
            OnwardReferral.service_name,
            Service.name,
            OnwardReferral.made_on,
            OnwardReferral.answer,
            OnwardReferral.answered_on,
            OnwardReferral.first_attended_on,
            OnwardReferral.ended_on,
            OnwardReferral.follow_up_on,
        )
        .outerjoin(Service, Service.id == OnwardReferral.service_id)
        .where(
            OnwardReferral.ended_on.is_(None),
            OnwardReferral.archived_at.is_(None),
            or_(
                OnwardReferral.follow_up_on.is_not(None),
                OnwardReferral.answer == WAITING,
                and_(OnwardReferral.answer == ACCEPTED, OnwardReferral.first_attended_on.is_(None)),
            ),
            *among(OnwardReferral.client_id.expression, whose),
        )
        .order_by(OnwardReferral.id)
    )
    rows = plain_rows(session, query)
    rules = referral_rules(session) if rows else {}
    for record, client, typed, name, *stands in rows:
        due = due_of(Stand(*stands), name or typed, rules)
        if due is not None and today - LATEST_CATCH_UP <= due.on <= last:
            yield DueAtWork(KIND, record, client, due)
