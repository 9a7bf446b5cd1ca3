"""A check-in is held: what was said is kept with the contact, and what changed becomes terms, answers or an end."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.jobs import GONE, job_of
from coachdesk.casework.readings import SaveMeasures, save_measures
from coachdesk.casework.work import ChangeTerms, EndJob, change_terms, end_job
from coachdesk.errors import Refusal
from coachdesk.models import CheckIn, Code, Contact, Job, JobTerms
from coachdesk.terms import UNSTATED_WORDS, Unstated

_SCALE = range(11)
_HOUR, _POUND = 60, 100
_SETTINGS = {
    "phone": "telephone",
    "video": "video",
    "face_to_face": "in_person",
    "employer_visit": "in_person",
}
_POINT = "review"
AREAS, ANSWERS = "work_area", "area_answer"


def hold_check_in(session: Session, client_id: UUID, contact: Contact, told: CheckInAnswers) -> CheckIn:
    """Return the check-in record of a contact; changed terms, answers and an end go with it in the same action.

    Raises Refusal for a job that is not this client's, a number off the scale, an area or answer that is not in
    the lists, and whatever hours, pay, answers or a last day are refused for by themselves.
    """
    job, client = job_of(session, told.job_id)
    if client.id != client_id:
        raise Refusal(GONE)
    if told.risk_of_leaving is not None and told.risk_of_leaving not in _SCALE:
        raise Refusal("The scale goes from 0 to 10.", fields={"risk_of_leaving": "Choose 0 to 10."})
    _check_areas(session, told)
    _change_terms(session, job, contact.happened_on, told)
    if told.measures:
        _save_measures(session, client_id, contact, told)
    if told.ended_on is not None:
        _end(session, job, contact.happened_on, told)
    return CheckIn(
        client_id=client_id,
        job_id=job.id,
        contact_id=contact.id,
        due_on=told.due_on,
        done_on=contact.happened_on,
        channel=contact.channel,
        still_there=told.still_there,
        hours_changed=told.hours_changed,
        pay_changed=told.pay_changed,
        areas=dict(told.areas),
        adjustments_working=told.adjustments_working,
        manager_talk=told.manager_talk,
        risk_of_leaving=told.risk_of_leaving,
        note=told.note,
    )


def _check_areas(session: Session, told: CheckInAnswers) -> None:
    if not told.areas:
        return
    query = select(Code.list_name, Code.key).where(Code.list_name.in_((AREAS, ANSWERS)))
    known = {(name, key) for name, key in session.execute(query)}
    for area, answer in told.areas.items():
        if (AREAS, area) not in known or ((ANSWERS, answer) not in known and answer not in UNSTATED_WORDS):
            raise Refusal(
                "That is none of the answers.", fields={area: "Choose one of the answers, or leave it out."}
            )


def _change_terms(session: Session, job: Job, day: dt.date, told: CheckInAnswers) -> None:
    """Add terms where hours or pay were typed; what was not typed goes on as it was."""
    if not told.usual_hours.strip() and not told.hourly_pay.strip():
        return
    as_on = told.terms_on or day
    before = session.scalars(
        select(JobTerms)
        .where(JobTerms.job_id == job.id, JobTerms.as_on <= as_on, JobTerms.archived_at.is_(None))
        .order_by(JobTerms.as_on.desc(), JobTerms.id.desc())
        .limit(1)
    ).first()
    was = before if before is not None else JobTerms(wants_more_hours=Unstated.NOT_ASKED)
    change_terms(
        session,
        ChangeTerms(
            job_id=job.id,
            as_on=as_on,
            usual_hours=told.usual_hours.strip() or _typed(was.usual_minutes, _HOUR),
            hourly_pay=told.hourly_pay.strip() or _typed(was.hourly_pence, _POUND),
            guaranteed_hours=_typed(was.guaranteed_minutes, _HOUR),
            wants_more_hours=was.wants_more_hours,
        ),
    )


def _typed(kept: int | None, parts: int) -> str:
    """Return minutes or pence as hours or pounds are typed; nothing where nothing was known."""
    return "" if kept is None else str(Decimal(kept) / parts)


def _save_measures(session: Session, client_id: UUID, contact: Contact, told: CheckInAnswers) -> None:
    save_measures(
        session,
        SaveMeasures(
            client_id=client_id,
            taken_on=contact.happened_on,
            answers=told.measures,
            point=_POINT,
            setting=_SETTINGS.get(contact.channel, Unstated.NOT_ASKED),
        ),
    )


def _end(session: Session, job: Job, day: dt.date, told: CheckInAnswers) -> None:
    assert told.ended_on is not None  # noqa: S101  asked before
    if told.ended_on > day:
        raise Refusal(
            "A job that goes on until then is still there.",
            fields={"ended_on": "This is after the day of the check-in."},
        )
    end_job(session, EndJob(job_id=job.id, ended_on=told.ended_on, end_reason=told.end_reason))
