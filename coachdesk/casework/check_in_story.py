"""What a client's check-ins say: which comes next in each job, what was said at each, and how it went over time."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import all_codes, titles_of
from coachdesk.casework.definition import Definition
from coachdesk.casework.due_check_ins import due_of, short, week_of
from coachdesk.casework.due_rules import Kept, Slot
from coachdesk.casework.due_words import due_words
from coachdesk.casework.measures import MeasureRow, read_measures
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.programmes import definitions
from coachdesk.casework.running_work import Work, running_work
from coachdesk.casework.standing import enrolled
from coachdesk.casework.today import DueItem, DueRef
from coachdesk.casework.working_days import holidays, proposal
from coachdesk.models import CheckIn, CheckInMove, Employer, Job, JobTerms
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.caseload_rights import check_may_see

_HOUR = 60
_LISTS = ("yes_no", "work_area", "area_answer", "move_reason", "channel")
OfJob = TypeVar("OfJob", CheckIn, CheckInMove, JobTerms)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCheckIn:
    """The check-in of a job to hold next; ``proposed_on`` where its day is no working day, with why."""

    due: DueItem
    rhythm_on: dt.date
    words: str
    moved_words: str
    proposed_on: dt.date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A check-in that was left out, and why."""

    due_on: dt.date
    move_id: UUID
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCheckIn:
    """A check-in that was held: what was said, one sentence a line."""

    id: UUID
    done_on: dt.date
    how: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One number over time, the oldest first; ``most`` is the end of its scale, 0 where it has none."""

    title: str
    points: tuple[tuple[dt.date, float, str], ...]
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasOn:
    """What was said about the six areas of work on a day, in words, in the order of the areas; blank: not asked."""

    on: dt.date
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCheckIns:
    """The check-ins of one job."""

    job_id: UUID
    called: str
    is_running: bool
    next: NextCheckIn | None
    left_out: tuple[LeftOut, ...]
    held: tuple[HeldCheckIn, ...]
    trends: tuple[Trend, ...]
    areas: tuple[AreasOn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInStory:
    """All check-ins of a client by job, those that go on first; ``areas`` are the titles of the six areas."""

    client_id: UUID
    jobs: tuple[JobCheckIns, ...]
    areas: tuple[str, ...]
    wellbeing: tuple[Trend, ...]
    """The answers from 0 to 10 since the first of these jobs began."""


def read_check_ins(session: Session, question: ClientQuestion) -> CheckInStory:
    """Return the story of a client's check-ins; a job that is over is there only where some were held."""
    check_may_see(session, question.client_id)
    story = _Story(session, question)
    query = (
        select(Job, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.client_id == question.client_id, Job.archived_at.is_(None))
        .order_by(Job.started_on.desc(), Job.id.desc())
    )
    jobs = [story.job(job, employer) for job, employer in session.execute(query)]
    shown = [one for one in jobs if one.is_running or one.held]
    shown.sort(key=_over_last)
    began = min(story.began, default=None)
    return CheckInStory(
        client_id=question.client_id,
        jobs=tuple(shown),
        areas=tuple(story.titles["work_area"][key] for key in story.areas),
        wellbeing=tuple(_wellbeing(read_measures(session, question).questions, began)),
    )


def _over_last(job: JobCheckIns) -> bool:
    return not job.is_running


class _Story:
    """What the jobs of one client need, read once."""

    def __init__(self, session: Session, question: ClientQuestion) -> None:
        client, self.today = question.client_id, question.today
        self.titles = titles_of(session, *_LISTS)
        self.holidays = holidays(session)
        self.work = {key_of(one.id): one for one in running_work(session, self.today, [client])}
        self.rules = _rules(session, client, self.today)
        self.held = _by_job(session, CheckIn, client)
        self.moves = _by_job(session, CheckInMove, client)
        self.terms = _by_job(session, JobTerms, client)
        said = {area for rows in self.held.values() for one in rows for area in one.areas}
        areas = all_codes(session, None)["work_area"]
        self.areas = [row.key for row in areas if row.key in said]
        self.began: list[dt.date] = []

    def job(self, job: Job, employer: str) -> JobCheckIns:
        work, held = self.work.get(job.id), sorted(self.held.get(job.id, ()), key=_by_day)
        if work is not None or held:
            self.began.append(job.started_on)
        moves = {one.due_on: one for one in self.moves.get(job.id, ())}
        slots = work.slots(self.rules) if work is not None and self.rules is not None else ()
        return JobCheckIns(
            job_id=job.id,
            called=f"{job.title} at {employer}" if job.title else employer,
            is_running=work is not None,
            next=self._next(work, moves) if work is not None else None,
            left_out=tuple(
                LeftOut(due_on=one.rhythm_on, move_id=moves[one.rhythm_on].id, words=words)
                for one in slots
                if one.kept is Kept.LEFT_OUT
                for words in [self._left_out(job.started_on, one, moves[one.rhythm_on])]
            ),
            held=tuple(self._held(one) for one in reversed(held)),
            trends=tuple(self._trends(held, self.terms.get(job.id, ()))),
            areas=tuple(
                AreasOn(on=one.done_on, answers=tuple(self._area(one, key) for key in self.areas))
                for one in held
                if one.areas
            ),
        )

    def _next(self, work: Work, moves: Mapping[dt.date, CheckInMove]) -> NextCheckIn | None:
        slot = work.next_slot(self.rules, self.today) if self.rules is not None else None
        if slot is None or self.rules is None:
            return None
        due = due_of(work, slot, self.rules, self.today, self.holidays)
        free = proposal(due.on, self.holidays) if due.on >= self.today else None
        move = moves.get(slot.rhythm_on)
        moved = f"Moved from {short(slot.rhythm_on)}: {self._why(move)}" if slot.is_moved and move else ""
        item = DueItem(
            ref=DueRef("check_in", key_of(work.id), due.on),
            client_id=key_of(work.client),
            client_name="",
            initials="",
            stage="",
            on=due.on,
            words=due_words(due.on, self.today),
            what=due.what,
            kind="check_in",
            origin=due.origin,
        )
        return NextCheckIn(
            due=item,
            rhythm_on=slot.rhythm_on,
            words=f"Week {week_of(work.started_on, slot)}, {short(due.on)}",
            moved_words=moved,
            proposed_on=free.on if free is not None else None,
            why=free.why if free is not None else "",
        )

    def _why(self, move: CheckInMove) -> str:
        reason = self.titles["move_reason"].get(move.reason, move.reason)
        return f"{reason}. {move.note}" if move.note else reason

    def _left_out(self, started_on: dt.date, slot: Slot, move: CheckInMove) -> str:
        return f"Week {week_of(started_on, slot)}, {short(slot.rhythm_on)}, left out: {self._why(move)}"

    def _held(self, one: CheckIn) -> HeldCheckIn:
        how = "" if one.channel in UNSTATED_WORDS else self.titles["channel"].get(one.channel, one.channel)
        return HeldCheckIn(id=one.id, done_on=one.done_on, how=how, lines=tuple(self._said(one)))

    def _said(self, one: CheckIn) -> Iterator[str]:
        """Yield what was said: what was not asked is not told; the four ways not to answer stay apart."""
        asked = (
            ("Still there", one.still_there),
            ("Hours changed", one.hours_changed),
            ("Pay changed", one.pay_changed),
            ("Adjustments working", one.adjustments_working),
            ("Talked with their manager", one.manager_talk),
        )
        for words, answer in asked:
            if answer != "not_asked":
                said = self.titles["yes_no"].get(answer, UNSTATED_WORDS.get(answer, answer))
                yield f"{words}: {said.lower()}"
        if one.risk_of_leaving is not None:
            yield f"How likely to leave: {one.risk_of_leaving} of 10"
        for key in self.areas:
            if key in one.areas:
                yield f"{self.titles['work_area'][key]}: {self._area(one, key).lower()}"
        if one.note:
            yield one.note

    def _area(self, one: CheckIn, key: str) -> str:
        answer = str(one.areas.get(key, ""))
        return self.titles["area_answer"].get(answer, UNSTATED_WORDS.get(answer, answer))

    def _trends(self, held: Iterable[CheckIn], terms: Iterable[JobTerms]) -> Iterator[Trend]:
        risks = tuple(
            (one.done_on, float(one.risk_of_leaving), f"{one.risk_of_leaving} of 10")
            for one in held
            if one.risk_of_leaving is not None
        )
        if risks:
            yield Trend(title="How likely to leave the job", points=risks, most=10)
        hours = tuple(
            (one.as_on, one.usual_minutes / _HOUR, f"{one.usual_minutes / _HOUR:g}")
            for one in sorted(terms, key=_by_start)
            if one.usual_minutes is not None
        )
        if len(hours) > 1:
            yield Trend(title="Hours a week", points=hours)


def _by_day(one: CheckIn) -> tuple[dt.date, dt.date, UUID]:
    return one.done_on, one.due_on, one.id


def _by_start(one: JobTerms) -> tuple[dt.date, UUID]:
    return one.as_on, one.id


def _rules(session: Session, client_id: UUID, today: dt.date) -> Definition | None:
    standings = enrolled(session, today, [client_id]).values()
    enrolment = next((one.enrolment for one in standings if one.enrolment is not None), None)
    return None if enrolment is None else definitions(session)[key_of(enrolment.programme_id)]


def _by_job(session: Session, kind: type[OfJob], client_id: UUID) -> dict[UUID, list[OfJob]]:
    rows = session.scalars(select(kind).where(kind.client_id == client_id, kind.archived_at.is_(None)))
    found: dict[UUID, list[OfJob]] = {}
    for one in rows:
        found.setdefault(one.job_id, []).append(one)
    return found


def _wellbeing(questions: Iterable[MeasureRow], began: dt.date | None) -> Iterator[Trend]:
    """Yield each question answered twice or more since the work began."""
    for one in questions:
        points = tuple(
            (answer.on, float(answer.value), f"{answer.value} of 10")
            for answer in one.answers
            if answer.value is not None and began is not None and answer.on >= began
        )
        if points:
            yield Trend(title=one.asked.title, points=points, most=10)
