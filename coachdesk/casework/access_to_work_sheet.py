"""The draft sheet for Access to Work: four sections as the official form has them, filled in offline and at leisure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.access_to_work import case_of
from coachdesk.casework.access_to_work_questions import SheetForm, SheetPart, asked_sheet, worded_sheet
from coachdesk.casework.adjustments import list_adjustments
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import code_title
from coachdesk.casework.jobs_held import JobHeld, jobs_held, main_job
from coachdesk.casework.pay import hours_words
from coachdesk.models import AccessToWork, Client
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOf:
    """The sheet of one case."""

    case_id: UUID
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A case's sheet: answers by question, what was written or else what the record knows."""

    case_id: UUID
    client_id: UUID
    answers: Mapping[str, str]
    form: SheetForm
    """The questions, as the charity words them."""
    known: frozenset[str]
    """The questions whose answer comes from the record, and was not written here."""
    needs: str = ""
    """Communication needs, by which the size of the print is chosen."""

    def section(self, part: SheetPart) -> str:
        """Return a section as it is copied: each answered question with its answer."""
        told = ((one.words, self.answers.get(one.key, "").strip()) for one in part.questions)
        return "\n\n".join(f"{words}\n{answer}" for words, answer in told if answer)


def read_sheet(session: Session, question: SheetOf) -> SheetRow:
    """Return the sheet of a case; raises Refusal when it is gone, ReasonNeeded for a colleague's client."""
    case, client = case_of(session, question.case_id)
    check_may_see(session, client.id)
    known = _known(session, case, client, question.today)
    form = asked_sheet(session, {key for key, words in case.draft.items() if words})
    filled = {
        one.key: known[one.prefilled]
        for part in form.parts
        for one in part.questions
        if known.get(one.prefilled) and one.key not in case.draft
    }
    return SheetRow(
        case_id=case.id,
        client_id=client.id,
        answers={**case.draft, **filled},
        form=form,
        known=frozenset(filled),
        needs=client.communication_needs,
    )


def _known(session: Session, case: AccessToWork, client: Client, today: dt.date) -> dict[str, str]:
    """Return what the record knows, by the names the sheet uses."""
    born = client.born_from if client.birth_precision == "exact" else None
    told = {
        "name": f"{client.first_name} {client.last_name}".strip(),
        "born": _day(born) if born is not None else "",
        "address": "\n".join(
            part for part in (client.address.strip(), client.town.strip(), client.postcode.strip()) if part
        ),
        "phone": client.phone,
        "email": client.email,
        "needs": client.communication_needs.strip(),
        "language": client.language.strip(),
    }
    jobs = jobs_held(session, client.id)
    job = next((one for one in jobs if one.id == case.job_id), None)
    if case.job_id is None:
        job = main_job(jobs, today)
    if job is not None:
        told |= _known_of_job(session, job) | _known_needs(session, client.id, job.id, today)
    return told


def _known_of_job(session: Session, job: JobHeld) -> dict[str, str]:
    unsaid = job.employment_type in set(Unstated)
    return {
        "job": job.title,
        "employer": "\n".join(part for part in (job.employer, job.site) if part),
        "start": _day(job.started_on),
        "hours": hours_words(job.usual_minutes),
        "sort": "" if unsaid else code_title(session, "employment_type", job.employment_type),
    }


def _known_needs(session: Session, client_id: UUID, job_id: UUID, today: dt.date) -> dict[str, str]:
    """Return what is needed and what the employer does already; never why."""
    rows = list_adjustments(session, ClientQuestion(client_id=client_id, today=today)).rows
    needed = [one for one in rows if one.is_live and one.job_id in (None, job_id)]
    agreed = [one.agreed or one.need for one in needed if one.decision in {"agreed", "partly"}]
    return {"needed": "\n".join(one.need for one in needed), "agreed": "\n".join(agreed)}


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSheet:
    """The answers of a sheet as they stand, by question."""

    case_id: UUID
    answers: Mapping[str, str]


def save_sheet(session: Session, wish: SaveSheet) -> UUID:
    """Keep the answers with the case and return its id; what the record says already stays the record's to say.

    Raises Refusal when the case is gone.
    """
    case, client = case_of(session, wish.case_id)
    known = _known(session, case, client, clock_of(session).today())
    prefilled = {
        one.key: known.get(one.prefilled, "")
        for part in worded_sheet(session).parts
        for one in part.questions
    }
    kept = {key: words.strip() for key, words in wish.answers.items() if key in prefilled}
    draft = {**case.draft, **kept}
    case.draft = {key: words for key, words in draft.items() if words != prefilled.get(key)}
    describe(session, f"Filled in the draft for Access to Work of {client.initials()}")
    return case.id
