"""Time off sick: spells away from a job, the fit note and what it says, and what would help to come back (facts 12.2)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import check_past
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.jobs_held import JobHeld, check_job, client_there, jobs_held, main_job
from coachdesk.casework.pay import hours_words
from coachdesk.errors import Refusal
from coachdesk.models import Absence, Client, ReturnStep
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

GONE = "This time off is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStepRow:
    """A step of a phased return; ``hours_words`` says how many hours a week."""

    id: UUID
    absence_id: UUID
    from_on: dt.date
    to_on: dt.date | None
    week_minutes: int | None
    days: str
    duties: str
    place: str
    looked_at_on: dt.date | None
    how_it_went: str

    @property
    def hours_words(self) -> str:
        """The hours a week in words; nothing for not known."""
        return hours_words(self.week_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """A spell away from a job and the way back; ``calls`` says in sentences what it waits for.

    ``days_away`` counts both ends, up to today while it goes on; ``note_days_left`` until the fit note ends.
    """

    id: UUID
    client_id: UUID
    job: JobHeld | None
    from_on: dt.date
    to_on: dt.date | None
    own_words: str
    fit_note_from: dt.date | None
    fit_note_until: dt.date | None
    may_be_fit: str
    fit_note_advice: str
    return_on: dt.date | None
    would_help: str
    plan_agreed_on: dt.date | None
    plan_agreed_with: str
    note: str
    days_away: int
    note_days_left: int | None
    steps: tuple[ReturnStepRow, ...]
    calls: tuple[str, ...]

    @property
    def job_id(self) -> UUID | None:
        """The job it is time off from."""
        return self.job.id if self.job is not None else None

    @property
    def goes_on(self) -> bool:
        """Whether no last day away is known."""
        return self.to_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """A client's time off, the newest first, and the jobs it can be from."""

    client_id: UUID
    rows: tuple[AbsenceRow, ...]
    jobs: tuple[JobHeld, ...]
    job: JobHeld | None


def list_absences(session: Session, question: ClientQuestion) -> Absences:
    """Return a client's spells away with the steps back; raises Refusal where there is no such client."""
    check_may_see(session, question.client_id)
    client = client_there(session, question.client_id)
    jobs = jobs_held(session, client.id)
    by_id = {job.id: job for job in jobs}
    rules = health_rules(session)
    steps = _steps(session, client.id)
    query = (
        select(Absence)
        .where(Absence.client_id == client.id, Absence.archived_at.is_(None))
        .order_by(Absence.from_on.desc(), Absence.id.desc())
    )
    rows = tuple(
        _row(one, by_id.get(one.job_id), steps.get(one.id, ()), question.today, rules)
        for one in session.scalars(query)
    )
    return Absences(client_id=client.id, rows=rows, jobs=jobs, job=main_job(jobs, question.today))


def _steps(session: Session, client_id: UUID) -> dict[UUID, tuple[ReturnStepRow, ...]]:
    query = (
        select(ReturnStep)
        .where(ReturnStep.client_id == client_id, ReturnStep.archived_at.is_(None))
        .order_by(ReturnStep.from_on, ReturnStep.id)
    )
    found: dict[UUID, tuple[ReturnStepRow, ...]] = {}
    for one in session.scalars(query):
        row = ReturnStepRow(
            id=one.id,
            absence_id=one.absence_id,
            from_on=one.from_on,
            to_on=one.to_on,
            week_minutes=one.week_minutes,
            days=one.days,
            duties=one.duties,
            place=one.place,
            looked_at_on=one.looked_at_on,
            how_it_went=one.how_it_went,
        )
        found[one.absence_id] = (*found.get(one.absence_id, ()), row)
    return found


def _row(
    one: Absence, job: JobHeld | None, steps: tuple[ReturnStepRow, ...], today: dt.date, rules: HealthRules
) -> AbsenceRow:
    until = one.to_on if one.to_on is not None else today
    left = (one.fit_note_until - today).days if one.fit_note_until is not None else None
    return AbsenceRow(
        id=one.id,
        client_id=one.client_id,
        job=job,
        from_on=one.from_on,
        to_on=one.to_on,
        own_words=one.own_words,
        fit_note_from=one.fit_note_from,
        fit_note_until=one.fit_note_until,
        may_be_fit=one.may_be_fit,
        fit_note_advice=one.fit_note_advice,
        return_on=one.return_on,
        would_help=one.would_help,
        plan_agreed_on=one.plan_agreed_on,
        plan_agreed_with=one.plan_agreed_with,
        note=one.note,
        days_away=max((until - one.from_on).days + 1, 0),
        note_days_left=left if one.to_on is None else None,
        steps=steps,
        calls=tuple(_calls(one, left, steps, today, rules)),
    )


def _calls(
    one: Absence, left: int | None, steps: tuple[ReturnStepRow, ...], today: dt.date, rules: HealthRules
) -> Iterator[str]:
    """Yield what a spell waits for, in sentences."""
    if one.to_on is None:
        if left is None and (today - one.from_on).days >= rules.number("spell_without_note_days"):
            yield "No fit note is written down. Is there one?"
        if left is not None and left < 0:
            yield f"The fit note ended on {_day(one.fit_note_until)}. What comes next?"
        elif left is not None and left <= rules.number("fit_note_warn_days"):
            yield f"The fit note ends on {_day(one.fit_note_until)}. What comes next?"
    for number, step in enumerate(steps, start=1):
        if step.looked_at_on is None and step.to_on is not None and step.to_on < today:
            yield f"Step {number} is over. How did it go?"


def _day(on: dt.date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAbsence:
    """A spell away from a job, new (without ``absence_id``) or changed."""

    client_id: UUID
    job_id: UUID
    from_on: dt.date
    absence_id: UUID | None = None
    to_on: dt.date | None = None
    own_words: str = ""
    fit_note_from: dt.date | None = None
    fit_note_until: dt.date | None = None
    may_be_fit: str = Unstated.NOT_ASKED
    fit_note_advice: str = ""
    return_on: dt.date | None = None
    would_help: str = ""
    note: str = ""


def save_absence(session: Session, wish: SaveAbsence) -> UUID:
    """Write a spell and return its id; raises Refusal for days that do not fit, and for a job of nobody."""
    client = client_there(session, wish.client_id)
    check_job(session, client.id, wish.job_id)
    _check_days(session, wish)
    absence = (
        Absence(client_id=client.id, job_id=wish.job_id, from_on=wish.from_on)
        if wish.absence_id is None
        else absence_of(session, wish.absence_id)[0]
    )
    for name in ("job_id", "from_on", "to_on", "fit_note_from", "fit_note_until", "may_be_fit", "return_on"):
        setattr(absence, name, getattr(wish, name))
    for name in ("own_words", "fit_note_advice", "would_help", "note"):
        setattr(absence, name, getattr(wish, name).strip())
    session.add(absence)
    did = "Recorded" if wish.absence_id is None else "Changed"
    describe(session, f"{did} time off sick of {client.initials()}")
    return absence.id


def _check_days(session: Session, wish: SaveAbsence) -> None:
    check_past(session, wish.from_on, "from_on")
    wrong = {}
    if wish.to_on is not None and wish.to_on < wish.from_on:
        wrong["to_on"] = "This is before the first day away."
    if wish.return_on is not None and wish.return_on < wish.from_on:
        wrong["return_on"] = "This is before the first day away."
    if wish.fit_note_until is not None and wish.fit_note_until < (wish.fit_note_from or wish.from_on):
        wrong["fit_note_until"] = "This is before the fit note begins."
    if wrong:
        raise Refusal("The days are the wrong way round.", fields=wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackAtWork:
    """The client is back, from a day on."""

    absence_id: UUID
    on: dt.date


def back_at_work(session: Session, wish: BackAtWork) -> None:
    """End a spell on the day before; raises Refusal for a day to come, before it began, or when it is gone."""
    absence, client = absence_of(session, wish.absence_id)
    check_past(session, wish.on, "on")
    if wish.on <= absence.from_on:
        raise Refusal(
            "The time off began later than that.", fields={"on": "This is before the first day back."}
        )
    absence.to_on, absence.return_on = wish.on - dt.timedelta(days=1), wish.on
    describe(session, f"{client.initials()} is back at work")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAwayAbsence:
    """Time off that was recorded by mistake."""

    absence_id: UUID


def put_away_absence(session: Session, wish: PutAwayAbsence) -> None:
    """Put a spell and its steps away; its history stays. Raises Refusal when it is gone."""
    absence, client = absence_of(session, wish.absence_id)
    now = clock_of(session).now()
    absence.archived_at = now
    query = select(ReturnStep).where(ReturnStep.absence_id == absence.id, ReturnStep.archived_at.is_(None))
    for step in session.scalars(query):
        step.archived_at = now
    describe(session, f"Put away time off sick of {client.initials()}")


def absence_of(session: Session, absence_id: UUID) -> tuple[Absence, Client]:
    """Return a spell with its client; raises Refusal when either is gone."""
    absence = session.get(Absence, absence_id)
    if absence is None or absence.archived_at is not None:
        raise Refusal(GONE)
    return absence, client_there(session, absence.client_id)
