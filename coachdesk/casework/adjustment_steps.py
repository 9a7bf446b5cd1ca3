"""What happens to an adjustment: each happening is a step, and how it stands is brought up to date with it."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import (
    AGREED,
    ASKED,
    REFUSED,
    WAITING,
    add_step,
    adjustment_of,
    check_past,
)
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.health_rules import health_rules
from coachdesk.casework.jobs import job_of
from coachdesk.casework.jobs_held import client_there
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, Employer
from coachdesk.terms import Unstated
from coachdesk.vault.work import describe

IN_PLACE, REVIEWED, MOVED, ENDED = "in_place", "reviewed", "moved", "ended"
STEPS = (ASKED, "agreed", "partly", REFUSED, IN_PLACE, REVIEWED, ENDED)
"""What somebody can write down; going along to the next job is an action of its own."""
_DONE = {
    ASKED: "Asked for an adjustment for",
    "agreed": "An adjustment was agreed for",
    "partly": "An adjustment was partly agreed for",
    REFUSED: "An adjustment was refused for",
    IN_PLACE: "An adjustment is in place for",
    REVIEWED: "Looked at an adjustment again for",
    ENDED: "An adjustment is no longer needed for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStep:
    """Something happened to an adjustment on a day.

    ``note`` holds what was agreed, why it was refused, or how it works; blank fields leave what stands.
    """

    adjustment_id: UUID
    event: str
    happened_on: dt.date
    with_whom: str = ""
    note: str = ""
    owner: str = ""
    is_working: str = Unstated.NOT_ASKED
    review_on: dt.date | None = None


def record_step(session: Session, wish: RecordStep) -> UUID:
    """Write a step down, bring the adjustment up to date and return the step's id.

    A step of an earlier day than what stands goes into the story and changes nothing that came after it.
    Raises Refusal for a step that is none, a day to come, and an adjustment that is gone or no longer needed.
    """
    adjustment, client = adjustment_of(session, wish.adjustment_id)
    if wish.event not in STEPS:
        raise Refusal("Say what happened.", fields={"event": "Choose what happened."})
    if adjustment.ended_on is not None:
        raise Refusal("This adjustment is no longer needed here.")
    check_past(session, wish.happened_on, "happened_on")
    if wish.event == REFUSED and not wish.note.strip():
        said = "Write the reason that was given, or that none was given."
        raise Refusal("Why was it refused?", fields={"note": said})
    review_on = wish.review_on or _next_review(session, wish.happened_on)
    _bring_up_to_date(adjustment, replace(wish, review_on=review_on))
    if wish.owner.strip():
        adjustment.owner = wish.owner.strip()
    step = add_step(
        session, adjustment, wish.event, wish.happened_on, with_whom=wish.with_whom, note=wish.note
    )
    describe(session, f"{_DONE[wish.event]} {client.initials()}")
    return step


def _bring_up_to_date(adjustment: Adjustment, wish: RecordStep) -> None:
    if wish.event == ASKED:
        _ask(adjustment, wish)
    elif wish.event == IN_PLACE:
        _put_in_place(adjustment, wish)
    elif wish.event == REVIEWED:
        adjustment.is_working = wish.is_working
        adjustment.review_on = wish.review_on
    elif wish.event == ENDED:
        adjustment.ended_on = wish.happened_on
    elif _is_newest(adjustment, wish.happened_on):
        _decide(adjustment, wish)


def _is_newest(adjustment: Adjustment, on: dt.date) -> bool:
    return adjustment.decided_on is None or on >= adjustment.decided_on


def _ask(adjustment: Adjustment, wish: RecordStep) -> None:
    """Keep the day on which it was asked for first, from which the days until it is in place are counted."""
    if adjustment.requested_on is None or wish.happened_on < adjustment.requested_on:
        adjustment.requested_on = wish.happened_on
    if _is_newest(adjustment, wish.happened_on):
        adjustment.asked_of = wish.with_whom.strip() or adjustment.asked_of
        if adjustment.decision not in AGREED:
            adjustment.decision, adjustment.decided_on = WAITING, None


def _decide(adjustment: Adjustment, wish: RecordStep) -> None:
    """Write the decision: what was agreed or why not, of which only one holds."""
    adjustment.decision, adjustment.decided_on = wish.event, wish.happened_on
    is_no = wish.event == REFUSED
    adjustment.refusal_reason = wish.note.strip() if is_no else ""
    adjustment.agreed = "" if is_no else wish.note.strip()


def _put_in_place(adjustment: Adjustment, wish: RecordStep) -> None:
    """Write since when it is there; what is there has been agreed to, said or not."""
    adjustment.in_place_on = wish.happened_on
    adjustment.review_on = wish.review_on
    if adjustment.decision not in AGREED:
        adjustment.decision, adjustment.decided_on = "agreed", wish.happened_on
        adjustment.refusal_reason = ""


def _next_review(session: Session, on: dt.date) -> dt.date:
    return months_after(on, health_rules(session).number("adjustment_review_months"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAlong:
    """What a client still needs goes along to another job."""

    client_id: UUID
    job_id: UUID
    adjustment_ids: tuple[UUID, ...]
    on: dt.date


def take_along(session: Session, wish: TakeAlong) -> tuple[UUID, ...]:
    """Begin the chosen adjustments anew in a job and end the old ones; return the new ids.

    In the new job each has still to be asked for, so it is looked at again at once. Raises Refusal for none
    chosen, for a job of somebody else, and for an adjustment that is gone, ended or of that job already.
    """
    client = client_there(session, wish.client_id)
    job, whose = job_of(session, wish.job_id)
    if whose.id != client.id:
        raise Refusal("This job is not there any more.")
    if not wish.adjustment_ids:
        raise Refusal("Choose what goes along.", fields={"adjustment_ids": "Choose at least one."})
    employer = session.get_one(Employer, job.employer_id).name
    made = []
    for adjustment_id in wish.adjustment_ids:
        old, theirs = adjustment_of(session, adjustment_id)
        if theirs.id != client.id or old.ended_on is not None or old.job_id == job.id:
            raise Refusal("One of these is not needed there any more. Look at the list again.")
        made.append(_begin_anew(session, old, job.id, employer, wish.on))
    describe(session, f"Took adjustments along to the next job of {client.initials()}")
    return tuple(made)


def _begin_anew(session: Session, old: Adjustment, job_id: UUID, employer: str, on: dt.date) -> UUID:
    new = Adjustment(
        client_id=old.client_id,
        job_id=job_id,
        category=old.category,
        need=old.need,
        why=old.why,
        may_say_why=False,  # what one employer may know is no answer for the next
        carried_from_id=old.id,
        review_on=on,
    )
    session.add(new)
    add_step(session, new, MOVED, on, note="From the job before")
    add_step(session, old, MOVED, on, note=f"To {employer}")
    old.ended_on = on
    return new.id
