"""Caseload for each full-time coach, and how many are keeping a job (facts 12.4 rows 4, 5 and 7)."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.coach_time import FULL, share_on, shares_by_coach
from coachdesk.casework.service_quality.ground import (
    Indicator,
    QualityQuestion,
    QualitySettings,
    Told,
    counted,
    part,
    percent,
)
from coachdesk.models import Client, Coach, Enrolment, Pause

_NO_TIME = "Nobody’s working time is set: a manager sets it below, under Working time."


@dataclass(frozen=True, slots=True)
class Active:
    """Who is active on a day, with the coaches and routes of their enrolments; and whose support rests."""

    coaches: dict[UUID, frozenset[UUID | None]]
    routes: dict[UUID, frozenset[str]]
    paused: frozenset[UUID]

    def by_coach(self) -> Counter[UUID | None]:
        """Return how many active clients each coach has."""
        return Counter(coach for theirs in self.coaches.values() for coach in theirs)


def read_active(session: Session, as_at: dt.date, programme_id: UUID | None = None) -> Active:
    """Return everybody whose profile has begun, who has not left, and whose support does not rest (row 4).

    On any programme, or on one.
    """
    rests = (
        select(Pause.id)
        .where(
            Pause.enrolment_id == Enrolment.id,
            Pause.from_on <= as_at,
            or_(Pause.to_on.is_(None), Pause.to_on >= as_at),
            Pause.archived_at.is_(None),
        )
        .exists()
    )
    coach = func.coalesce(Enrolment.coach_id, Client.coach_id, type_=Enrolment.coach_id.type)
    query = (
        select(Enrolment.client_id, coach, Enrolment.route, rests)
        .join(Client, Client.id == Enrolment.client_id)
        .where(
            Enrolment.profile_started_on <= as_at,
            or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > as_at),
            Enrolment.archived_at.is_(None),
            Client.archived_at.is_(None),
            *([Enrolment.programme_id == programme_id] if programme_id is not None else []),
        )
    )
    coaches: dict[UUID, frozenset[UUID | None]] = {}
    routes: dict[UUID, frozenset[str]] = {}
    resting = set()
    for client, with_whom, route, is_resting in session.execute(query):
        if is_resting:
            resting.add(client)
            continue
        coaches[client] = coaches.get(client, frozenset()) | {with_whom}
        routes[client] = routes.get(client, frozenset()) | {route}
    return Active(coaches, routes, frozenset(resting - coaches.keys()))


def whole_people(clients: int, hundredths: int) -> int:
    """Return clients for each full-time post, rounded up to a whole person (CoachDesk default, row 5).

    >>> whole_people(41, 200), whole_people(40, 200), whole_people(0, 50)
    (21, 20, 0)
    """
    return -(-clients * FULL // hundredths)


def caseload(session: Session, question: QualityQuestion, active: Active, *, manages: bool) -> Indicator:
    """Return the active clients for each full-time post on the day (row 5)."""
    told = Told("caseload")
    parts = (part("Active", active.coaches), part("Paused, not counted", active.paused))
    shares = {coach: share_on(told_, question.as_at) for coach, told_ in shares_by_coach(session).items()}
    team = _team(session, question.as_at)
    set_ = {coach: share for coach, share in shares.items() if share is not None and coach in team}
    theirs = active.by_coach()
    unset = [coach for coach in team if coach not in set_ and theirs[coach]]
    total = sum(set_.values())
    if not total:
        return told.nothing(_NO_TIME, parts=parts)
    lines = tuple((name, _of_coach(theirs[coach], set_.get(coach))) for coach, name in team.items())
    shown = tuple(line for line in lines if line[1]) if manages else ()
    if unset:
        words = counted(len(unset), "coach with clients has", "coaches with clients have")
        missing = f"{words} no working time set, so the team’s figure would be too high. Set it below."
        return told.nothing(missing, parts=parts, coaches=shown)
    number, whole = len(active.coaches), whole_people(len(active.coaches), total)
    return told.made(
        f"{counted(whole, 'client')} for each full-time coach",
        numerator=number,
        denominator=total / FULL,
        basis=f"{counted(number, 'active client')}, {total / FULL:g} full-time posts",
        parts=parts,
        band=told.band(whole),
        coaches=shown,
        coach_count=sum(share > 0 for share in set_.values()),
    )


def _team(session: Session, as_at: dt.date) -> dict[UUID, str]:
    query = (
        select(Coach.id, Coach.name)
        .where(Coach.archived_at.is_(None), or_(Coach.ended_on.is_(None), Coach.ended_on > as_at))
        .order_by(Coach.name)
    )
    return dict(session.execute(query).all())


def _of_coach(clients: int, hundredths: int | None) -> str:
    """Return a coach's line; empty where there are neither clients nor working time."""
    if hundredths is None:
        return f"{counted(clients, 'client')}, working time not set" if clients else ""
    if not hundredths:
        return f"{counted(clients, 'client')}, no working time" if clients else ""
    ratio = whole_people(clients, hundredths)
    return f"{counted(clients, 'client')} in {hundredths}% of full time: {ratio} for a full-time post"


def retention(active: Active, settings: QualitySettings) -> Indicator:
    """Return the share of active clients who are keeping a job (row 7), with the advisory line."""
    told = Told("retention")
    if not active.coaches:
        return told.nothing("Nobody is active on this day: a client counts from the day the profile began.")
    keeping = frozenset(
        client for client, routes in active.routes.items() if routes & settings.in_work_routes
    )
    share = percent(len(keeping), len(active.coaches))
    line = settings.advisory_retention_percent
    above = len(keeping) * FULL > line * len(active.coaches)
    return told.made(
        f"{share}%",
        numerator=len(keeping),
        denominator=len(active.coaches),
        basis=f"{len(keeping)} of {counted(len(active.coaches), 'active client')}",
        parts=(
            part("Keeping a job", keeping),
            part("Out of work at the start", active.coaches.keys() - keeping),
        ),
        notes=(f"{'Above' if above else 'Within'} the advisory line of {line}%.",),
    )
