"""Today: everything that is due, worked out from the rules, with who and why."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from coachdesk.casework import due_rules
from coachdesk.casework.definition import Definition
from coachdesk.casework.due_words import due_words
from coachdesk.casework.programmes import definitions
from coachdesk.casework.standing import (
    OpenEnrolment,
    Standing,
    enrolled_and_working,
    next_contacts,
    stage_titles,
    still_open,
)
from coachdesk.models import Action, CheckIn, Client, Consent, Employer, Job, Plan

_CONSENT_DAYS = 14
_LATEST_CATCH_UP = dt.timedelta(days=56)
"""What is later than eight weeks is no call for today any more; it stands on the client's own page."""
_RECORD_KEEPING = frozenset({"plan", "profile"})
_PRESSING = ("check_in", "action", "next_contact", "review", "milestone", "support_end", "plan", "profile")
_LAST_PERSONAL = _PRESSING.index("milestone")


@dataclass(frozen=True, slots=True)
class DueRef:
    """What a due line answers: the kind of rule, the record behind it, and the day."""

    kind: str
    record_id: UUID
    due_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One line of Today."""

    ref: DueRef
    client_id: UUID
    client_name: str
    initials: str
    stage: str
    on: dt.date
    words: str
    what: str
    kind: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayQuestion:
    """Whose day: a coach's own caseload, or everybody's with None; and how many days ahead."""

    today: dt.date
    coach_id: UUID | None = None
    days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """What is due, and the caseload at a glance."""

    overdue: tuple[DueItem, ...]
    today: tuple[DueItem, ...]
    coming: tuple[DueItem, ...]
    stages: tuple[tuple[str, int], ...]
    total: int
    coming_up: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Caseload:
    """What every rule needs, read once."""

    today: dt.date
    last: dt.date
    whose: Select[UUID]
    names: dict[UUID, tuple[str, str]]
    stands: dict[UUID, Standing]
    stages: dict[str, str]
    rules: dict[UUID, Definition]

    def item(self, kind: str, record_id: UUID, client_id: UUID, due: due_rules.Due) -> DueItem | None:
        """Return a line for a client of this caseload whose day is not beyond the last one shown."""
        if client_id not in self.names or due.on > self.last:
            return None
        if kind in _RECORD_KEEPING and due.on < self.today - _LATEST_CATCH_UP:
            return None
        name, initials = self.names[client_id]
        standing = self.stands.get(client_id, Standing())
        return DueItem(
            ref=DueRef(kind, record_id, due.on),
            client_id=client_id,
            client_name=name,
            initials=initials,
            stage=standing.stage(self.today, self.stages),
            on=due.on,
            words=due_words(due.on, self.today),
            what=due.what,
            kind=kind,
            origin=due.origin,
        )


def read_today(session: Session, question: TodayQuestion) -> TodayRow:
    """Return everything that is due up to the last day asked for, the longest overdue first."""
    load = _caseload(session, question)
    items = sorted(_all_items(session, load), key=lambda item: (item.on, item.client_name, item.kind))
    opened = [load.stands.get(client_id, Standing()) for client_id in load.names]
    return TodayRow(
        overdue=_one_line_each([item for item in items if item.on < question.today]),
        today=_one_line_each([item for item in items if item.on == question.today]),
        coming=_one_line_each([item for item in items if item.on > question.today]),
        stages=_by_stage(opened, load),
        total=len(opened),
        coming_up=tuple(_coming_up(session, load)),
    )


def _one_line_each(items: list[DueItem]) -> tuple[DueItem, ...]:
    """Return one line a client, the most pressing kind, saying how many more there are behind it."""
    grouped: dict[UUID, list[DueItem]] = {}
    for item in items:
        grouped.setdefault(item.client_id, []).append(item)
    shown = []
    for several in grouped.values():
        first = min(several, key=lambda item: (_PRESSING.index(item.kind), item.on))
        more = len(several) - 1
        shown.append(replace(first, what=f"{first.what}; and {more} more") if more else first)
    return tuple(
        sorted(
            shown, key=lambda item: (_PRESSING.index(item.kind) > _LAST_PERSONAL, item.on, item.client_name)
        )
    )


def _caseload(session: Session, question: TodayQuestion) -> _Caseload:
    chosen = [Client.archived_at.is_(None), Client.died_on.is_(None), still_open(question.today)]
    if question.coach_id is not None:
        chosen.append(Client.coach_id == question.coach_id)
    whose = select(Client.id).where(*chosen)
    query = select(Client.id, Client.first_name, Client.last_name, Client.known_as)
    names = {}
    for client_id, first, last, known_as in session.execute(query.where(*chosen)):
        given = known_as or first
        initials = "".join(part[0].upper() for part in (given, last) if part)
        names[client_id] = (" ".join(part for part in (given, last) if part), initials)
    return _Caseload(
        question.today,
        question.today + dt.timedelta(days=question.days),
        whose,
        names,
        enrolled_and_working(session, question.today, whose),
        stage_titles(session),
        definitions(session),
    )


def _by_stage(opened: list[Standing], load: _Caseload) -> tuple[tuple[str, int], ...]:
    counts = Counter(standing.stage(load.today, load.stages).split(" · ")[0] for standing in opened)
    order = ("Enquiry", "Waiting to start", *load.stages.values(), "Supported", "In work")
    known = [(title, counts.pop(title)) for title in dict.fromkeys(order) if counts.get(title)]
    return (*known, *sorted(counts.items()))


def _all_items(session: Session, load: _Caseload) -> Iterator[DueItem]:
    for found in (
        *_actions(session, load),
        *_next_contacts(session, load),
        *_check_ins(session, load),
        *_enrolment_rules(session, load),
    ):
        if found is not None:
            yield found


def _actions(session: Session, load: _Caseload) -> Iterator[DueItem | None]:
    query = (
        select(Action.id, Action.client_id, Action.what, Action.due_on)
        .where(
            Action.done_on.is_(None),
            Action.due_on <= load.last,
            Action.archived_at.is_(None),
            Action.client_id.in_(load.whose),
        )
        .order_by(Action.due_on, Action.id)
    )
    for action_id, client_id, what, due_on in session.execute(query):
        due = due_rules.Due(due_on or load.today, what, "The day agreed with the client")
        yield load.item("action", action_id, client_id, due)


def _next_contacts(session: Session, load: _Caseload) -> Iterator[DueItem | None]:
    for client_id, next_on in next_contacts(session, load.whose):
        due = due_rules.Due(next_on, "Next contact as agreed", "The day agreed at the last contact")
        yield load.item("next_contact", client_id, client_id, due)


def _check_ins(session: Session, load: _Caseload) -> Iterator[DueItem | None]:
    answered = dict(
        session.execute(
            select(CheckIn.job_id, func.max(CheckIn.due_on))
            .where(CheckIn.archived_at.is_(None), CheckIn.client_id.in_(load.whose))
            .group_by(CheckIn.job_id)
        ).all()
    )
    query = (
        select(Job.id, Job.client_id, Job.started_on, Job.ended_on, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(
            Job.archived_at.is_(None),
            (Job.ended_on.is_(None)) | (Job.ended_on >= load.today),
            Job.client_id.in_(load.whose),
        )
        .order_by(Job.id)
    )
    for job_id, client_id, started_on, ended_on, employer in session.execute(query):
        enrolment = load.stands.get(client_id, Standing()).enrolment
        rules = load.rules.get(enrolment.programme_id) if enrolment is not None else None
        if rules is None:
            continue
        done = [answered[job_id]] if job_id in answered else []
        opened = due_rules.open_check_ins(started_on, ended_on, rules.check_in_weeks, done)
        next_on = due_rules.next_check_in(opened, load.today, earliest=load.today - _LATEST_CATCH_UP)
        if next_on is not None:
            week = (next_on - started_on).days // 7
            due = due_rules.Due(
                next_on, f"Check-in, week {week} at {employer}", rules.origins.get("check_ins", "")
            )
            yield load.item("check_in", job_id, client_id, due)
        milestone = due_rules.milestone_due(
            started_on, ended_on, rules, load.today, (load.last - load.today).days
        )
        if milestone is not None:
            yield load.item("milestone", job_id, client_id, milestone)


def _enrolment_rules(session: Session, load: _Caseload) -> Iterator[DueItem | None]:
    plans = _newest_plans(session, load)
    for client_id, standing in load.stands.items():
        enrolment = standing.enrolment
        if enrolment is None or enrolment.started_on is None or enrolment.programme_id not in load.rules:
            continue
        rules = load.rules[enrolment.programme_id]
        yield from _of_enrolment(load, client_id, enrolment, rules, plans.get(client_id))


def _of_enrolment(
    load: _Caseload, client_id: UUID, enrolment: OpenEnrolment, rules: Definition, plan: "_PlanDates | None"
) -> Iterator[DueItem | None]:
    started_on = enrolment.started_on or load.today
    if enrolment.profile_started_on is None:
        due = due_rules.profile_due(started_on, rules)
        if due is not None:
            yield load.item("profile", enrolment.id, client_id, due)
    if plan is None or plan.agreed_on is None:
        due = due_rules.plan_due(started_on, rules)
        if due is not None:
            yield load.item("plan", enrolment.id, client_id, due)
    else:
        due = due_rules.review_due(plan.agreed_on, plan.reviewed_on, plan.next_review_on, rules)
        if due is not None:
            yield load.item("review", plan.id, client_id, due)
    ending = due_rules.support_end_due(started_on, enrolment.route, rules, load.today)
    if ending is not None:
        yield load.item("support_end", enrolment.id, client_id, ending)


@dataclass(frozen=True, slots=True)
class _PlanDates:
    id: UUID
    agreed_on: dt.date | None
    reviewed_on: dt.date | None
    next_review_on: dt.date | None


def _newest_plans(session: Session, load: _Caseload) -> dict[UUID, _PlanDates]:
    query = (
        select(Plan.client_id, Plan.id, Plan.agreed_on, Plan.reviewed_on, Plan.next_review_on)
        .where(Plan.archived_at.is_(None), Plan.client_id.in_(load.whose))
        .order_by(Plan.client_id, Plan.version, Plan.id)
    )
    return {
        row.client_id: _PlanDates(row.id, row.agreed_on, row.reviewed_on, row.next_review_on)
        for row in session.execute(query)
    }


def _coming_up(session: Session, load: _Caseload) -> Iterator[tuple[str, str, str]]:
    starting = session.execute(
        select(Job.client_id, Job.started_on, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.started_on > load.today, Job.started_on <= load.last, Job.archived_at.is_(None))
        .order_by(Job.started_on)
    )
    for client_id, started_on, employer in starting:
        if client_id in load.names:
            name = load.names[client_id][0].split(" ")[0]
            yield f"{name} starts at {employer}", due_words(started_on, load.today), "briefcase"
    until = load.today + dt.timedelta(days=_CONSENT_DAYS)
    whose = session.scalars(
        select(Consent.client_id).where(
            Consent.expires_on.between(load.today, until),
            Consent.withdrawn_on.is_(None),
            Consent.archived_at.is_(None),
        )
    )
    ending = sum(client_id in load.names for client_id in whose)
    if ending:
        words = "permission ends" if ending == 1 else "permissions end"
        yield f"{ending} {words}", f"Within {_CONSENT_DAYS} days", "file-text"
