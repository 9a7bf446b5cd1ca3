"""Coming back step by step: a gentle rise to the usual hours, changed together, and looked at after each step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.absences import absence_of
from coachdesk.casework.adjustments import check_past
from coachdesk.casework.health_rules import health_rules
from coachdesk.casework.jobs_held import client_there, jobs_held
from coachdesk.casework.pay import minutes_of
from coachdesk.errors import Refusal
from coachdesk.models import Absence, Client, ReturnStep
from coachdesk.vault.work import clock_of, describe

_WEEK = dt.timedelta(days=7)
_HALF_HOUR, _HUNDREDTHS = 30, 100
_GONE = "This step is not there any more."


@dataclass(frozen=True, slots=True)
class Rung:
    """A week of a phased return that is proposed."""

    from_on: dt.date
    to_on: dt.date
    week_minutes: int | None


def ladder(from_on: dt.date, usual_minutes: int | None, shares: Iterable[int]) -> tuple[Rung, ...]:
    """Return the weeks of a phased return with so many hundredths of the usual hours each, rounded to half hours.

    Without usual hours the weeks stand without hours, to be filled in together.
    """
    rungs = []
    for week, share in enumerate(shares):
        begins = from_on + week * _WEEK
        minutes = None if usual_minutes is None else _rounded(usual_minutes, share)
        rungs.append(Rung(begins, begins + _WEEK - dt.timedelta(days=1), minutes))
    return tuple(rungs)


def _rounded(usual_minutes: int, share: int) -> int:
    """Return a share of the usual hours to the half hour; all of them are left as they are."""
    if share == _HUNDREDTHS:
        return usual_minutes
    return (
        (usual_minutes * share * 2 + _HUNDREDTHS * _HALF_HOUR) // (_HUNDREDTHS * _HALF_HOUR * 2) * _HALF_HOUR
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeSteps:
    """Put in the weeks of a phased return from a day on, as a start to be changed."""

    absence_id: UUID
    from_on: dt.date


def propose_steps(session: Session, wish: ProposeSteps) -> tuple[UUID, ...]:
    """Write the proposed weeks and return their ids; the first day is the day the client means to be back.

    Raises Refusal before the time off began, where steps stand already, and when it is gone.
    """
    absence, client = absence_of(session, wish.absence_id)
    if wish.from_on <= absence.from_on:
        raise Refusal("The time off began later than that.", fields={"from_on": "Choose the first day back."})
    if _standing(session, absence):
        raise Refusal("There are steps already. Change them, or take them away first.")
    job = next((one for one in jobs_held(session, client.id) if one.id == absence.job_id), None)
    usual = job.usual_minutes if job is not None else None
    made = [
        ReturnStep(
            client_id=client.id,
            absence_id=absence.id,
            from_on=rung.from_on,
            to_on=rung.to_on,
            week_minutes=rung.week_minutes,
        )
        for rung in ladder(wish.from_on, usual, health_rules(session).ladder)
    ]
    session.add_all(made)
    absence.return_on = wish.from_on
    describe(session, f"Proposed a phased return for {client.initials()}")
    return tuple(step.id for step in made)


def _standing(session: Session, absence: Absence) -> bool:
    query = select(ReturnStep.id).where(ReturnStep.absence_id == absence.id, ReturnStep.archived_at.is_(None))
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReturnStep:
    """A step, new (without ``step_id``) or changed; the hours as typed."""

    absence_id: UUID
    from_on: dt.date
    step_id: UUID | None = None
    to_on: dt.date | None = None
    hours: str = ""
    days: str = ""
    duties: str = ""
    place: str = ""


def save_return_step(session: Session, wish: SaveReturnStep) -> UUID:
    """Write a step and return its id; raises Refusal for hours or days that cannot be, or when it is gone."""
    absence, client = absence_of(session, wish.absence_id)
    minutes = minutes_of(wish.hours, "hours")
    if wish.from_on <= absence.from_on:
        raise Refusal(
            "The time off began later than that.", fields={"from_on": "This is before the way back."}
        )
    if wish.to_on is not None and wish.to_on < wish.from_on:
        raise Refusal(
            "The days are the wrong way round.", fields={"to_on": "This is before the step begins."}
        )
    step = (
        ReturnStep(client_id=client.id, absence_id=absence.id, from_on=wish.from_on)
        if wish.step_id is None
        else _step(session, wish.step_id)[0]
    )
    step.from_on, step.to_on, step.week_minutes = wish.from_on, wish.to_on, minutes
    step.days, step.duties, step.place = wish.days.strip(), wish.duties.strip(), wish.place.strip()
    session.add(step)
    did = "Added" if wish.step_id is None else "Changed"
    describe(session, f"{did} a step of the return to work of {client.initials()}")
    return step.id


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtStep:
    """How a step went."""

    step_id: UUID
    on: dt.date
    how_it_went: str


def look_at_step(session: Session, wish: LookAtStep) -> None:
    """Write how a step went; raises Refusal without words, for a day to come, or when it is gone."""
    step, client = _step(session, wish.step_id)
    check_past(session, wish.on, "on")
    if not wish.how_it_went.strip():
        raise Refusal("How did it go?", fields={"how_it_went": "Write it in the client’s words."})
    step.looked_at_on, step.how_it_went = wish.on, wish.how_it_went.strip()
    describe(session, f"Looked at a step of the return to work of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveReturnStep:
    """A step that is not to be taken."""

    step_id: UUID


def remove_return_step(session: Session, wish: RemoveReturnStep) -> None:
    """Take a step away; raises Refusal when it is gone."""
    step, client = _step(session, wish.step_id)
    step.archived_at = clock_of(session).now()
    describe(session, f"Took away a step of the return to work of {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeReturn:
    """The plan was agreed, on a day and with somebody at work."""

    absence_id: UUID
    on: dt.date
    with_whom: str = ""


def agree_return(session: Session, wish: AgreeReturn) -> None:
    """Write when and with whom the plan was agreed; raises Refusal without steps, for a day to come, or when gone."""
    absence, client = absence_of(session, wish.absence_id)
    check_past(session, wish.on, "on")
    if not _standing(session, absence):
        raise Refusal("There are no steps to agree yet.")
    absence.plan_agreed_on, absence.plan_agreed_with = wish.on, wish.with_whom.strip()
    describe(session, f"Agreed the return to work of {client.initials()}")


def _step(session: Session, step_id: UUID) -> tuple[ReturnStep, Client]:
    step = session.get(ReturnStep, step_id)
    if step is None or step.archived_at is not None:
        raise Refusal(_GONE)
    return step, client_there(session, step.client_id)
