"""What a return-to-work plan says: the steps, what would help, and what the fit note says only where the client ticks it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.absences import AbsenceRow, absence_of, list_absences
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.employer_papers import HEALTH, NEEDS, EmployerPaper, MayGo, check_may_go, may_go
from coachdesk.casework.jobs_held import JobHeld, client_there
from coachdesk.errors import Refusal

RETURN_TITLE = "Return to work plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnQuestion:
    """A return plan about to be made: what it tells beside the steps, and for whom it is."""

    absence_id: UUID
    today: dt.date
    for_employer: bool = True
    say_helps: bool = True
    say_fit_note: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlan:
    """A return plan as it would be made now; never what the client said of being ill."""

    question: ReturnQuestion
    absence: AbsenceRow
    job: JobHeld
    helps: str
    fit_note: str
    needs: str
    """Communication needs, by which the size of the print is proposed."""
    go: MayGo


def read_return_plan(session: Session, question: ReturnQuestion) -> ReturnPlan:
    """Return the plan as it would be made now; nothing is written.

    Raises Refusal for time off or a job that is gone, ReasonNeeded for a colleague's client.
    """
    client_id = absence_of(session, question.absence_id)[0].client_id
    found = list_absences(session, ClientQuestion(client_id=client_id, today=question.today))
    absence = next(one for one in found.rows if one.id == question.absence_id)
    if absence.job is None:
        raise Refusal("This job is not there any more.")
    fit_note = absence.fit_note_advice if question.say_fit_note else ""
    paper = employer_return(question, absence, fit_note)
    return ReturnPlan(
        question=question,
        absence=absence,
        job=absence.job,
        helps=absence.would_help if question.say_helps else "",
        fit_note=fit_note,
        needs=client_there(session, client_id).communication_needs,
        go=may_go(session, paper) if question.for_employer else MayGo(),
    )


def employer_return(question: ReturnQuestion, absence: AbsenceRow, fit_note: str) -> EmployerPaper:
    """Return what the plan would tell an employer: what the fit note says counts as health."""
    return EmployerPaper(
        client_id=absence.client_id,
        employer=absence.job.employer if absence.job is not None else "",
        title=RETURN_TITLE,
        data=(NEEDS, HEALTH) if fit_note else (NEEDS,),
        today=question.today,
        override_reason=question.override_reason,
    )


def check_return_plan(session: Session, question: ReturnQuestion) -> ReturnQuestion:
    """Return the question of a plan that may be made.

    Raises Refusal for a plan without steps, and for one to an employer without permission and reason.
    """
    plan = read_return_plan(session, question)
    if not plan.absence.steps:
        raise Refusal("There are no steps yet. Propose some, or add one.")
    if question.for_employer:
        check_may_go(session, employer_return(question, plan.absence, plan.fit_note))
    return question
