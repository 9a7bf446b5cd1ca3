"""How the service works: caseload, time, meetings with employers. The figures come from the same place as the window's.

Coaches' time belongs to no programme, so these figures are the whole team's. They count no clients, but with few
coaches or few clients behind them they would point at somebody: they then stay in the vault.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.caseload import Active, caseload, read_active
from coachdesk.casework.service_quality.employer_meetings import employer_contacts
from coachdesk.casework.service_quality.ground import Indicator, QualityQuestion, QualitySettings
from coachdesk.casework.service_quality.time_use import community, employment_time, held_contacts
from coachdesk.returns.indicators.found import Amount, Found, Scope, people
from coachdesk.returns.indicators.near import nearly
from coachdesk.returns.planner import LEAST_BASE

ACTIVE = "active-caseload"
TIME = "working time"
"""What these figures count: no people."""
KEEPING, LOOKING = "Keeping a job", "Out of work at the start"
_LACKING = {
    "caseload-per-post": "the coaches’ working time on the day is not complete",
    "employment-time": "no minutes are written down in the period",
    "employer-contacts": "the coaches’ working time in the period is not complete",
    "community-time": "no minutes of face-to-face contacts are written down in the period",
}


def retention_share(active: Active, settings: QualitySettings) -> Found:
    """Return who of the programme's active caseload is keeping a job (facts 12.4 row 7): the people of row 4."""
    keeping = {client for client, routes in active.routes.items() if routes & settings.in_work_routes}
    return Found(
        id="retention-share",
        groups=(people(KEEPING, keeping), people(LOOKING, active.coaches.keys() - keeping)),
        near=nearly((client, "support is paused") for client in active.paused),
    )


def service_figures(
    session: Session, scope: Scope, settings: QualitySettings, here: Active
) -> tuple[Found, ...]:
    """Return caseload for each full-time post, time on employment services, meetings a week, time in the community.

    Facts 12.4 rows 5, 6, 9 and 10; ``here`` is the active caseload of the programme.
    """
    question = QualityQuestion(from_on=scope.period.from_on, to_on=scope.period.to_on, as_at=scope.as_at)
    held = held_contacts(session, question)
    time = employment_time(session, question, settings, held, manages=False)
    meetings = employer_contacts(session, question, settings, manages=False)
    places = community(session, question, settings, held)
    return (
        _caseload(session, scope, question, here),
        _staff(scope, "employment-time", time, coaches=time.coach_count),
        _staff(scope, "employer-contacts", meetings, coaches=meetings.coach_count),
        _staff(scope, "community-time", places, coaches=time.coach_count, may_leave=_enough_clients(places)),
    )


def _caseload(session: Session, scope: Scope, question: QualityQuestion, here: Active) -> Found:
    """Return row 5; it leaves only where it tells no more than the number of people that is printed.

    With somebody active on another programme, the difference must be large enough as well.
    """
    active = read_active(session, scope.as_at)
    told = caseload(session, question, active, manages=False)
    elsewhere = len(active.coaches) - len(here.coaches)
    enough = elsewhere == 0 or elsewhere >= LEAST_BASE
    found = _staff(scope, "caseload-per-post", told, coaches=told.coach_count, may_leave=enough)
    if found.amount is None:
        return found
    amount = replace(found.amount, people=frozenset(active.coaches), beside=ACTIVE)
    return replace(found, groups=(people("Active clients", active.coaches),), amount=amount)


def _staff(scope: Scope, indicator: str, told: Indicator, *, coaches: int, may_leave: bool = True) -> Found:
    """Return a figure of the team's time; it leaves the vault only with enough coaches behind it."""
    if told.missing:
        return Found(id=indicator, groups=(), unit=TIME, missing=_LACKING[indicator])
    enough = coaches >= scope.rules.needed(indicator, "least_coaches")
    return Found(
        id=indicator,
        groups=(),
        unit=TIME,
        amount=Amount(words=told.value, printed=told.value, basis=told.basis, may_leave=enough and may_leave),
        note=" ".join(_note(told)),
    )


def _note(told: Indicator) -> Iterator[str]:
    """Yield the verified band of the published scale, the target, and what else the window says."""
    if told.band is not None:
        yield f"Band {told.band.number} of the published scale: {told.band.words}."
    if told.target:
        yield f"Target: {told.target}."
    yield from (note if note.endswith(".") else f"{note}." for note in told.notes)


def _enough_clients(told: Indicator) -> bool:
    """Return whether the time in and out of the community each stands for nobody, or for enough clients."""
    sides: dict[bool, set[UUID]] = {True: set(), False: set()}
    for part in told.parts:
        sides[part.is_counted].update(part.clients)
    return all(not who or len(who) >= LEAST_BASE for who in sides.values())
