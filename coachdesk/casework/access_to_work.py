"""Access to Work: the days between which to apply, where a case stands, whom we chased when, what was awarded (facts 6)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.adjustments import check_past
from coachdesk.casework.awards import AwardRow, ClaimRow, awards_by_case, claims_by_case
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import code_title, titles_of
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.jobs_held import JobHeld, check_job, client_there, jobs_held, main_job
from coachdesk.errors import Refusal
from coachdesk.models import AccessToWork, Client
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

GONE = "This Access to Work case is not there any more."
NOT_YET = frozenset({"thinking", "employer_asked"})
"""Stages before the application."""
WAITING = frozenset({"submitted", "assessment", "quotes", "reconsider"})
"""Stages in which somebody else is to act, and is asked how it stands."""
OVER = frozenset({"withdrawn", "ended"})
REFUSED, RECONSIDER, AWARDED = "refused", "reconsider", "awarded"
_NOT_IN_ORDER = "It cannot be decided before it was applied for."


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which to apply for a job that begins, or began, on a day."""

    first: dt.date
    last: dt.date

    @classmethod
    def around(cls, started_on: dt.date, rules: HealthRules) -> "Window":
        """Return the days around the start of a job: 12 weeks before to 6 weeks after, as the rules say."""
        return cls(
            started_on - dt.timedelta(weeks=rules.number("apply_weeks_before")),
            started_on + dt.timedelta(weeks=rules.number("apply_weeks_after")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """A case as it stands; ``chase_on`` is the day on which to ask again, ``calls`` what it waits for in sentences."""

    id: UUID
    client_id: UUID
    job: JobHeld | None
    window: Window | None
    stage: str
    stage_words: str
    reference: str
    employer_asked_on: dt.date | None
    submitted_on: dt.date | None
    chased: tuple[dt.date, ...]
    chase_on: dt.date | None
    assessed_on: dt.date | None
    decided_on: dt.date | None
    employer_share_pence: int | None
    expires_on: dt.date | None
    closed_on: dt.date | None
    note: str
    items: tuple[AwardRow, ...]
    claims: tuple[ClaimRow, ...]
    calls: tuple[str, ...]
    has_draft: bool

    @property
    def job_id(self) -> UUID | None:
        """The job it is for, or None where there is no job yet."""
        return self.job.id if self.job is not None else None

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.closed_on is None

    @property
    def was_refused(self) -> bool:
        """Whether it was refused and nobody has decided what to do about it."""
        return self.stage == REFUSED and self.is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessCases:
    """A client's cases, open ones first, the jobs, and the days between which to apply for the newest job."""

    client_id: UUID
    rows: tuple[AccessRow, ...]
    jobs: tuple[JobHeld, ...]
    job: JobHeld | None
    window: Window | None


def list_access(session: Session, question: ClientQuestion) -> AccessCases:
    """Return a client's Access to Work cases; raises Refusal where there is no such client."""
    check_may_see(session, question.client_id)
    client = client_there(session, question.client_id)
    jobs = jobs_held(session, client.id)
    by_id = {job.id: job for job in jobs}
    rules = health_rules(session)
    items, claims = awards_by_case(session, client.id), claims_by_case(session, client.id)
    stages = titles_of(session, "access_to_work_stage")["access_to_work_stage"]
    query = (
        select(AccessToWork)
        .where(AccessToWork.client_id == client.id, AccessToWork.archived_at.is_(None))
        .order_by(AccessToWork.id.desc())
    )
    rows = [
        _row(
            one,
            by_id.get(one.job_id) if one.job_id else None,
            stages.get(one.stage, one.stage),
            (items.get(one.id, ()), claims.get(one.id, ())),
            question.today,
            rules,
        )
        for one in session.scalars(query)
    ]
    rows.sort(key=_is_closed)
    job = main_job(jobs, question.today)
    window = Window.around(job.started_on, rules) if job is not None else None
    return AccessCases(client_id=client.id, rows=tuple(rows), jobs=jobs, job=job, window=window)


def _is_closed(row: AccessRow) -> bool:
    return not row.is_open


def _row(
    one: AccessToWork,
    job: JobHeld | None,
    stage: str,
    awarded: tuple[tuple[AwardRow, ...], tuple[ClaimRow, ...]],
    today: dt.date,
    rules: HealthRules,
) -> AccessRow:
    chased = chased_days(one.chased_on)
    return AccessRow(
        id=one.id,
        client_id=one.client_id,
        job=job,
        window=Window.around(job.started_on, rules) if job is not None else None,
        stage=one.stage,
        stage_words=stage,
        reference=one.reference,
        employer_asked_on=one.employer_asked_on,
        submitted_on=one.submitted_on,
        chased=chased,
        chase_on=chase_day(one.stage, (one.submitted_on, one.assessed_on, one.decided_on, *chased), rules),
        assessed_on=one.assessed_on,
        decided_on=one.decided_on,
        employer_share_pence=one.employer_share_pence,
        expires_on=one.expires_on,
        closed_on=one.closed_on,
        note=one.note,
        items=awarded[0],
        claims=awarded[1],
        calls=tuple(_calls(one, job, chased, today, rules)) if one.closed_on is None else (),
        has_draft=bool(one.draft),
    )


def chased_days(kept: list[str]) -> tuple[dt.date, ...]:
    """Return the days on which somebody asked how it stands, the first first."""
    return tuple(sorted(dt.date.fromisoformat(day) for day in kept))


def chase_day(stage: str, happened: tuple[dt.date | None, ...], rules: HealthRules) -> dt.date | None:
    """Return when to ask how it stands: so many days after anything last happened; None where nobody is waited for."""
    last = max((day for day in happened if day is not None), default=None)
    if stage not in WAITING or last is None:
        return None
    return last + dt.timedelta(days=rules.number("chase_days"))


def _calls(
    one: AccessToWork, job: JobHeld | None, chased: tuple[dt.date, ...], today: dt.date, rules: HealthRules
) -> Iterator[str]:
    """Yield what a case waits for, in sentences."""
    if one.stage in NOT_YET and job is not None:
        yield _window_words(Window.around(job.started_on, rules), today)
    chase = chase_day(one.stage, (one.submitted_on, one.assessed_on, one.decided_on, *chased), rules)
    if chase is not None and chase <= today:
        yield "It is time to ask how it stands."
    if one.expires_on is not None and award_warning(one.expires_on, rules) <= today:
        ended = one.expires_on < today
        words = "The award ended on" if ended else "The award ends on"
        yield f"{words} {_day(one.expires_on)}: talk about applying again."


def _window_words(window: Window, today: dt.date) -> str:
    if today < window.first:
        return f"The application can go in from {_day(window.first)}."
    if today <= window.last:
        return f"Apply by {_day(window.last)}, if you can: help takes time to come."
    return f"The first six weeks ended on {_day(window.last)}. Apply all the same: it is not too late to ask."


def award_warning(expires_on: dt.date, rules: HealthRules) -> dt.date:
    """Return the day from which to warn that an award ends."""
    return expires_on - dt.timedelta(days=rules.number("award_warn_days"))


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAccess:
    """A case, new (without ``case_id``) or changed, with all its days; the share as pence."""

    client_id: UUID
    case_id: UUID | None = None
    job_id: UUID | None = None
    stage: str = "thinking"
    reference: str = ""
    employer_asked_on: dt.date | None = None
    submitted_on: dt.date | None = None
    assessed_on: dt.date | None = None
    decided_on: dt.date | None = None
    employer_share_pence: int | None = None
    expires_on: dt.date | None = None
    note: str = ""


def save_access(session: Session, wish: SaveAccess) -> UUID:
    """Write a case and return its id; one that is withdrawn or has ended is closed today.

    Raises Refusal for days that do not fit, a stage without its day, and a case that is gone.
    """
    client = client_there(session, wish.client_id)
    check_job(session, client.id, wish.job_id)
    _check(session, wish)
    case = AccessToWork(client_id=client.id) if wish.case_id is None else case_of(session, wish.case_id)[0]
    for name in ("job_id", "employer_asked_on", "submitted_on", "assessed_on", "decided_on"):
        setattr(case, name, getattr(wish, name))
    case.reference, case.note = wish.reference.strip(), wish.note.strip()
    case.employer_share_pence, case.expires_on = wish.employer_share_pence, wish.expires_on
    session.add(case)
    _enter(session, case, wish.stage)
    began = wish.case_id is None
    words = "Began an Access to Work case of" if began else "Changed the Access to Work case of"
    describe(session, f"{words} {client.initials()}")
    return case.id


def _check(session: Session, wish: SaveAccess) -> None:
    for name in ("employer_asked_on", "submitted_on", "assessed_on", "decided_on"):
        day = getattr(wish, name)
        if day is not None:
            check_past(session, day, name)
    if wish.submitted_on is not None and wish.decided_on is not None and wish.decided_on < wish.submitted_on:
        raise Refusal(_NOT_IN_ORDER, fields={"decided_on": _NOT_IN_ORDER})
    if wish.stage in WAITING and wish.submitted_on is None:
        raise Refusal("On which day did it go in?", fields={"submitted_on": "Say when you applied."})
    if wish.stage in {AWARDED, REFUSED} and wish.decided_on is None:
        raise Refusal("On which day was it decided?", fields={"decided_on": "Say when they decided."})
    if wish.employer_share_pence is not None and wish.employer_share_pence < 0:
        raise Refusal(
            "A share cannot be less than nothing.", fields={"employer_share_pence": "Type pounds, as in 250."}
        )


def _enter(session: Session, case: AccessToWork, stage: str) -> None:
    case.stage = stage
    if stage not in OVER:
        case.closed_on = None
    elif case.closed_on is None:
        case.closed_on = clock_of(session).today()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterStage:
    """A case goes on to another stage, as after a refusal."""

    case_id: UUID
    stage: str


def enter_stage(session: Session, wish: EnterStage) -> None:
    """Write where a case stands now.

    Asking to look again counts as asked today: in four weeks it is time to ask. Raises Refusal when it is gone.
    """
    case, client = case_of(session, wish.case_id)
    _enter(session, case, wish.stage)
    if wish.stage == RECONSIDER:
        _chase(case, clock_of(session).today())
    title = code_title(session, "access_to_work_stage", wish.stage)
    describe(session, f"Access to Work of {client.initials()}: {title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseAccess:
    """Somebody asked how a case stands."""

    case_id: UUID
    on: dt.date


def chase_access(session: Session, wish: ChaseAccess) -> None:
    """Write down that we asked; twice on a day is once. Raises Refusal for a day to come, and when it is gone."""
    case, client = case_of(session, wish.case_id)
    check_past(session, wish.on, "on")
    _chase(case, wish.on)
    describe(session, f"Asked how the Access to Work case of {client.initials()} stands")


def _chase(case: AccessToWork, on: dt.date) -> None:
    case.chased_on = sorted({*case.chased_on, on.isoformat()})


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAwayAccess:
    """A case that was recorded by mistake."""

    case_id: UUID


def put_away_access(session: Session, wish: PutAwayAccess) -> None:
    """Put a case away; its history stays. Raises Refusal when it is gone."""
    case, client = case_of(session, wish.case_id)
    case.archived_at = clock_of(session).now()
    describe(session, f"Put away an Access to Work case of {client.initials()}")


def case_of(session: Session, case_id: UUID) -> tuple[AccessToWork, Client]:
    """Return a case with its client; raises Refusal when either is gone."""
    case = session.get(AccessToWork, case_id)
    if case is None or case.archived_at is not None:
        raise Refusal(GONE)
    return case, client_there(session, case.client_id)
