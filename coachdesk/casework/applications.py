"""A client's way to a job, from a lead to an answer; each step is one act that can be taken back.

The stages are an editable list. Four of its keys mean something to the program: ``applied`` dates the application,
``accepted``, ``not_taken`` and ``withdrawn`` end it. A stage the charity adds is one more step on the way.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import all_codes
from coachdesk.casework.disclosure_decisions import DisclosureRow, decisions_in_force
from coachdesk.casework.employer_choice import employer_for
from coachdesk.casework.interviews import InterviewRow, cancel_those_to_come, interviews_of
from coachdesk.errors import Refusal
from coachdesk.models import Application, Client, Employer, Enrolment, Job, Vacancy
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

LEAD, APPLIED, ACCEPTED, NOT_TAKEN, WITHDRAWN = "lead", "applied", "accepted", "not_taken", "withdrawn"
NO_JOB = frozenset({NOT_TAKEN, WITHDRAWN})
ENDS = NO_JOB | {ACCEPTED}
STAGES = "application_stage"
_GONE = "This application is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage on the way: its key and its words."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """A client's way to one job; ``next_stage`` is the step that comes next, None where there is none."""

    id: UUID
    client_id: UUID
    vacancy_id: UUID | None
    employer_id: UUID
    employer: str
    do_not_approach: str
    title: str
    source: str
    found_on: dt.date
    stage: str
    stage_words: str
    next_stage: Stage | None
    applied_on: dt.date | None
    ended_on: dt.date | None
    end_reason: str
    disclosed: str
    next_on: dt.date | None
    next_step: str
    job_id: UUID | None
    note: str
    interviews: tuple[InterviewRow, ...]
    disclosure: DisclosureRow | None
    contract: str
    employment_type: str

    @property
    def called(self) -> str:
        """How it is spoken of: "Baker at Bay Bakery"."""
        return f"{self.title or 'A job'} at {self.employer}"

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self.ended_on is None

    @property
    def wants_job(self) -> bool:
        """Whether the job was accepted and is not recorded yet."""
        return self.stage == ACCEPTED and self.job_id is None


def list_applications(session: Session, question: ClientQuestion) -> tuple[ApplicationRow, ...]:
    """Return a client's applications: what waits for a job record, then the open ones, then the last ended first."""
    check_may_see(session, question.client_id)
    rows = application_rows(session, question.today, Application.client_id == question.client_id)
    ended = sorted((one for one in rows if not one.is_open), key=_ended, reverse=True)
    waiting = [one for one in ended if one.wants_job]
    return (*waiting, *(one for one in rows if one.is_open), *(one for one in ended if not one.wants_job))


def _ended(one: ApplicationRow) -> tuple[dt.date, UUID]:
    return one.ended_on or dt.date.min, one.id


def application_rows(
    session: Session, today: dt.date, *wanted: ColumnElement[bool]
) -> tuple[ApplicationRow, ...]:
    """Return the applications that conditions on Application find, the furthest on first; asks no rights."""
    stages = stages_in_use(session)
    order = [stage.key for stage in stages]
    titles = {row.key: row.title for row in all_codes(session, None).get(STAGES, ())}
    query = (
        select(Application, Employer, Vacancy)
        .join(Employer, Employer.id == Application.employer_id)
        .outerjoin(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(Application.archived_at.is_(None), *wanted)
    )
    found = session.execute(query).all()
    held = interviews_of(session, [one.id for one, _, _ in found])
    told = decisions_in_force(session, {one.client_id for one, _, _ in found}, today)
    rows = [
        _row(
            one,
            employer,
            vacancy,
            stages=stages,
            words=titles.get(one.stage, one.stage),
            interviews=tuple(held.get(one.id, ())),
            disclosure=told.get((one.client_id, employer.id)),
        )
        for one, employer, vacancy in found
    ]
    rows.sort(key=lambda row: (-_place(row.stage, order), row.next_on or dt.date.max, row.id))
    return tuple(rows)


def _place(stage: str, order: list[str]) -> int:
    return order.index(stage) if stage in order else -1


def _row(
    one: Application,
    employer: Employer,
    vacancy: Vacancy | None,
    *,
    stages: tuple[Stage, ...],
    words: str,
    interviews: tuple[InterviewRow, ...],
    disclosure: DisclosureRow | None,
) -> ApplicationRow:
    return ApplicationRow(
        id=one.id,
        client_id=one.client_id,
        vacancy_id=one.vacancy_id,
        employer_id=employer.id,
        employer=employer.name,
        do_not_approach=employer.do_not_approach,
        title=one.title,
        source=one.source,
        found_on=one.found_on,
        stage=one.stage,
        stage_words=words,
        next_stage=_after(one.stage, stages),
        applied_on=one.applied_on,
        ended_on=one.ended_on,
        end_reason=one.end_reason,
        disclosed=one.disclosed,
        next_on=one.next_on,
        next_step=one.next_step,
        job_id=one.job_id,
        note=one.note,
        interviews=interviews,
        disclosure=disclosure,
        contract=vacancy.contract if vacancy is not None else str(Unstated.NOT_ASKED),
        employment_type=vacancy.employment_type if vacancy is not None else str(Unstated.NOT_ASKED),
    )


def _after(stage: str, stages: tuple[Stage, ...]) -> Stage | None:
    """Return the step that comes next: the one behind this in the list, among those that lead to a job."""
    if stage in ENDS:
        return None
    on_the_way = [one for one in stages if one.key not in NO_JOB]
    keys = [one.key for one in on_the_way]
    place = keys.index(stage) + 1 if stage in keys else 0
    return on_the_way[place] if place < len(on_the_way) else None


def stages_in_use(session: Session) -> tuple[Stage, ...]:
    """Return the stages of the list in their order, without retired ones."""
    rows = all_codes(session, None).get(STAGES, ())
    return tuple(
        Stage(key=row.key, title=row.title)
        for row in rows
        if not row.retired and row.key not in UNSTATED_WORDS
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveApplication:
    """A way to a job, new or changed, as somebody types it; without an id it begins, at the stage given."""

    client_id: UUID
    employer_name: str
    title: str
    found_on: dt.date
    application_id: UUID | None = None
    vacancy_id: UUID | None = None
    source: str = Unstated.NOT_ASKED
    stage: str = LEAD
    applied_on: dt.date | None = None
    next_on: dt.date | None = None
    next_step: str = ""
    disclosed: str = Unstated.NOT_ASKED
    note: str = ""


def save_application(session: Session, wish: SaveApplication) -> UUID:
    """Write an application; return its id. The stage is that of a new one only: afterwards it is moved on.

    Raises Refusal without an employer, for an application before it was found, and when it is gone.
    """
    client = _client(session, wish.client_id)
    if wish.applied_on is not None and wish.applied_on < wish.found_on:
        sentence = "This is before it was found."
        raise Refusal("One applies after a job was found.", fields={"applied_on": sentence})
    is_new = wish.application_id is None
    one = (
        _begun(session, client, wish) if wish.application_id is None else _held(session, wish.application_id)
    )
    if one.ended_on is not None and one.ended_on < wish.found_on:
        sentence = "It ended before this day."
        raise Refusal("A way to a job ends after it began.", fields={"found_on": sentence})
    one.employer_id = employer_for(session, wish.employer_name, town="", size_band="", sort="")
    one.title, one.source, one.found_on = wish.title.strip(), wish.source, wish.found_on
    one.applied_on, one.disclosed = wish.applied_on or one.applied_on, wish.disclosed
    one.next_on, one.next_step, one.note = wish.next_on, wish.next_step.strip(), wish.note.strip()
    session.add(one)
    describe(session, f"{'Added' if is_new else 'Changed'} an application of {client.initials()}")
    return one.id


def _begun(session: Session, client: Client, wish: SaveApplication) -> Application:
    one = Application(
        client_id=client.id, vacancy_id=wish.vacancy_id, enrolment_id=_enrolment(session, client)
    )
    one.stage = wish.stage
    if wish.stage == APPLIED and wish.applied_on is None:
        one.applied_on = wish.found_on
    if wish.stage in ENDS:
        raise Refusal(
            "Begin with a stage on the way; what came of it is the next step.", fields={"stage": ""}
        )
    return one


def _enrolment(session: Session, client: Client) -> UUID | None:
    query = select(Enrolment.id).where(
        Enrolment.client_id == client.id, Enrolment.exit_on.is_(None), Enrolment.archived_at.is_(None)
    )
    return session.scalars(query.order_by(Enrolment.id.desc()).limit(1)).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeLead:
    """A vacancy is worth a try for a client."""

    client_id: UUID
    vacancy_id: UUID


def make_lead(session: Session, wish: MakeLead) -> UUID:
    """Make a vacancy a client's lead, today; return the application's id.

    Raises Refusal when the client is on the way to it already, and when either is gone.
    """
    client = _client(session, wish.client_id)
    vacancy = session.get(Vacancy, wish.vacancy_id)
    if vacancy is None or vacancy.archived_at is not None:
        raise Refusal("This vacancy is not there any more.")
    open_one = select(Application.id).where(
        Application.client_id == client.id,
        Application.vacancy_id == vacancy.id,
        Application.ended_on.is_(None),
        Application.archived_at.is_(None),
    )
    if session.scalar(open_one.limit(1)) is not None:
        raise Refusal("This vacancy is among the client’s applications already.")
    one = Application(
        client_id=client.id,
        enrolment_id=_enrolment(session, client),
        vacancy_id=vacancy.id,
        employer_id=vacancy.employer_id,
        title=vacancy.title,
        source=vacancy.source,
        found_on=clock_of(session).today(),
        stage=LEAD,
        next_on=vacancy.closes_on,
        next_step="Apply before it closes" if vacancy.closes_on is not None else "",
    )
    session.add(one)
    describe(session, f"Made a vacancy a lead of {client.initials()}")
    return one.id


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOn:
    """An application is at another stage; for one that ends, why, in the client's interest."""

    application_id: UUID
    stage: str
    on: dt.date
    end_reason: str = ""


def move_on(session: Session, wish: MoveOn) -> None:
    """Move an application to a stage, also back; interviews to come are cancelled where nothing comes of it.

    Raises Refusal for a stage no list knows, a day to come or before it was found, and when it is gone.
    """
    one = _held(session, wish.application_id)
    if wish.stage not in {stage.key for stage in stages_in_use(session)}:
        raise Refusal("Choose one of the stages.", fields={"stage": "Choose one of the stages."})
    if not one.found_on <= wish.on <= clock_of(session).today():
        sentence = "Choose a day from when it was found up to today."
        raise Refusal(sentence, fields={"on": sentence})
    one.stage = wish.stage
    if wish.stage == APPLIED and one.applied_on is None:
        one.applied_on = wish.on
    is_end = wish.stage in ENDS
    one.ended_on = wish.on if is_end else None
    one.end_reason = wish.end_reason.strip() if is_end else ""
    if is_end:
        one.next_on, one.next_step = None, ""
    if wish.stage in NO_JOB:
        cancel_those_to_come(session, one.id, wish.on)
    describe(session, f"An application of {_client(session, one.client_id).initials()} moved on")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkJob:
    """The job that came of an application."""

    application_id: UUID
    job_id: UUID


def link_job(session: Session, wish: LinkJob) -> None:
    """Tie the job that was recorded to its application, which is accepted thereby.

    Raises Refusal when either is gone, and for a job of somebody else.
    """
    one = _held(session, wish.application_id)
    job = session.get(Job, wish.job_id)
    if job is None or job.archived_at is not None or job.client_id != one.client_id:
        raise Refusal("This job is not there any more.")
    one.job_id = job.id
    if one.stage != ACCEPTED:
        one.stage = ACCEPTED
    one.ended_on = one.ended_on or clock_of(session).today()
    describe(session, f"An application of {_client(session, one.client_id).initials()} became a job")


def _held(session: Session, application_id: UUID) -> Application:
    one = session.get(Application, application_id)
    if one is None or one.archived_at is not None:
        raise Refusal(_GONE)
    return one


def _client(session: Session, client_id: UUID) -> Client:
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    return client
