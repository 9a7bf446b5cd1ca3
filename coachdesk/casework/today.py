"""Today: everything that is due, worked out from the rules, with who and why."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, overload
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from typing_extensions import override

from coachdesk.casework import due_rules
from coachdesk.casework.definition import Definition
from coachdesk.casework.due_after import askings, breaks
from coachdesk.casework.due_at_work import KINDS, due_at_work
from coachdesk.casework.due_check_ins import check_in_due
from coachdesk.casework.due_words import due_words
from coachdesk.casework.employer_schemes import employers_coming_up
from coachdesk.casework.enquiries import enquiries_waiting
from coachdesk.casework.listed import keeps_keys, listed, whose
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.programmes import definitions
from coachdesk.casework.running_work import LATEST_CATCH_UP, Work, running_work
from coachdesk.casework.standing import (
    OpenEnrolment,
    Standing,
    among,
    enrolled,
    next_contacts,
    stage_titles,
)
from coachdesk.casework.working_days import Holidays, holidays
from coachdesk.models import Action, Client, Consent, Plan
from coachdesk.vault.caseload_rights import READS_ALL, acting_role

ASK_LATER = "ask_later"
"""The kind of a line about somebody who left and may be asked how things go."""
_CONSENT_DAYS = 14
_RECORD_KEEPING = frozenset({"plan", "profile"})
_RESTS = _RECORD_KEEPING | {"action", "next_contact", "review"}
"""What waits while support rests; jobs and the end of support have days of their own, pause or not."""
_PRESSING = (
    *("check_in", "action", "next_contact", "pause_end", ASK_LATER),
    *KINDS,
    *("review", "milestone", "support_end", "plan", "profile"),
)
_RANK = {kind: place for place, kind in enumerate(_PRESSING)}
_LAST_PERSONAL = _RANK["milestone"]


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
    """Whose day: a coach's own caseload, or everybody's with None; and how many days ahead.

    Whoever asks for her own gets those she covers for too. A coach gets no others, whatever is asked.
    """

    today: dt.date
    coach_id: UUID | None = None
    days: int = 7


class DueItems(Sequence[DueItem]):
    """Lines in their order, each put into words when it is looked at: a section may have thousands, a window six."""

    def __init__(self, count: int, line: Callable[[int], DueItem]) -> None:
        self._places = range(count)
        self._line = line

    @override
    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, wanted: int) -> DueItem: ...

    @overload
    def __getitem__(self, wanted: slice) -> tuple[DueItem, ...]: ...

    @override
    def __getitem__(self, wanted: int | slice) -> DueItem | tuple[DueItem, ...]:
        if isinstance(wanted, slice):
            return tuple(map(self._line, self._places[wanted]))
        return self._line(self._places[wanted])

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    @override
    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """What is due, and the caseload at a glance."""

    overdue: Sequence[DueItem]
    today: Sequence[DueItem]
    coming: Sequence[DueItem]
    stages: tuple[tuple[str, int], ...]
    total: int
    coming_up: tuple[tuple[str, str, str], ...]
    sees_everybody: bool = True  # there is more to see than one's own caseload
    keeps_keys: bool = False  # whoever asks is a trustee, who sees no client at all


_Call: TypeAlias = tuple[int, dt.date, int, KeptKey, due_rules.Due]
"""How pressing, the day, how many calls came before, the record behind it, and what is due."""
_Section: TypeAlias = dict[KeptKey, list[_Call]]


@dataclass(slots=True)
class _Caseload:
    """What every rule needs, read once, and the calls found by them; a line is made only of what is shown."""

    today: dt.date
    last: dt.date
    whose: Select[UUID] | None
    names: dict[KeptKey, tuple[str, str]]
    left: dict[KeptKey, tuple[str, str]]
    """The names of those whose support has ended: they are called for nothing but what they said we may ask."""
    stands: dict[KeptKey, Standing]
    stages: dict[str, str]
    rules: dict[KeptKey, Definition]
    resting: dict[KeptKey, dt.date | None] = field(default_factory=dict[KeptKey, dt.date | None])
    """Whose support rests today, all of it, and until when if anybody knows."""
    sections: tuple[_Section, _Section, _Section] = field(default_factory=lambda: ({}, {}, {}))
    calls: int = 0

    def call(self, kind: str, record: KeptKey, client: KeptKey, due: due_rules.Due | None) -> None:
        """Put down what is due for a client of this caseload by the last day shown."""
        called_for = self.left if kind == ASK_LATER else self.names
        if due is None or due.on > self.last or client not in called_for:
            return
        if kind in _RECORD_KEEPING and due.on < self.today - LATEST_CATCH_UP:
            return
        if kind in _RESTS and self.rests_on(client, due.on):
            return
        section = self.sections[(due.on >= self.today) + (due.on > self.today)]
        self.calls += 1
        section.setdefault(client, []).append((_RANK[kind], due.on, self.calls, record, due))

    def rests_on(self, client: KeptKey, day: dt.date) -> bool:
        """Return whether a client's support rests today and will still rest on a day."""
        until = self.resting.get(client, dt.date.min)
        return until is None or day <= until

    def name(self, client: KeptKey) -> tuple[str, str]:
        """Return what a client is called by, and the last name."""
        return self.names.get(client) or self.left[client]

    def called(self, client: KeptKey) -> str:
        """Return the name a client goes by."""
        given, last = self.name(client)
        return f"{given} {last}" if given and last else given or last


def read_today(session: Session, question: TodayQuestion) -> TodayRow:
    """Return everything that is due up to the last day asked for, the longest overdue first."""
    load = _caseload(session, question)
    work = _work(session, load)
    _breaks(session, load)
    _actions(session, load)
    _next_contacts(session, load)
    _job_rules(load, work, holidays(session))
    for call in due_at_work(session, load.today, load.last, load.whose):
        load.call(*call)
    _enrolment_rules(load, _newest_plans(session, load))
    overdue, today, coming = (_one_line_each(section, load) for section in load.sections)
    return TodayRow(
        overdue=overdue,
        today=today,
        coming=coming,
        stages=_by_stage(load),
        total=len(load.names),
        coming_up=tuple(_coming_up(session, load, work)),
        sees_everybody=acting_role(session) in READS_ALL,
        keeps_keys=keeps_keys(session),
    )


def _one_line_each(section: _Section, load: _Caseload) -> DueItems:
    """Return one line a client, the most pressing kind, saying how many more there are behind it."""
    shown = []
    for client, calls in section.items():
        first = min(calls) if len(calls) > 1 else calls[0]
        shown.append(
            (first[0] > _LAST_PERSONAL, first[1], load.called(client), client, first, len(calls) - 1)
        )
    shown.sort()

    def line(place: int) -> DueItem:
        *_, client, first, more = shown[place]
        return _line(client, first, more, load)

    return DueItems(len(shown), line)


def _line(client: KeptKey, call: _Call, more: int, load: _Caseload) -> DueItem:
    rank, on, _, record, due = call
    kind = _PRESSING[rank]
    return DueItem(
        ref=DueRef(kind, key_of(record), on),
        client_id=key_of(client),
        client_name=load.called(client),
        initials="".join(part[0].upper() for part in load.name(client) if part),
        stage=load.stands[client].stage(load.today, load.stages),
        on=on,
        words=due_words(on, load.today),
        what=f"{due.what}; and {more} more" if more else due.what,
        kind=kind,
        origin=due.origin,
    )


def _caseload(session: Session, question: TodayQuestion) -> _Caseload:
    """Return the clients alive whose support goes on or has not begun, with where they stand."""
    query = select(as_kept(Client.id), Client.first_name, Client.last_name, Client.known_as).where(
        Client.died_on.is_(None), *listed(session, question.coach_id, covering=True)
    )
    theirs = whose(session, question.coach_id, covering=True)
    stands = enrolled(session, question.today, theirs)
    names: dict[KeptKey, tuple[str, str]] = {}
    left: dict[KeptKey, tuple[str, str]] = {}
    for client, first, last, known_as in plain_rows(session, query):
        is_open = stands.setdefault(client, Standing()).is_open
        (names if is_open else left)[client] = (known_as or first, last)
    programmes = {standing.enrolment.programme_id for standing in stands.values() if standing.enrolment}
    known = definitions(session)
    return _Caseload(
        question.today,
        question.today + dt.timedelta(days=question.days),
        theirs,
        names,
        left,
        stands,
        stage_titles(session),
        {kept: known[key_of(kept)] for kept in programmes},
    )


def _by_stage(load: _Caseload) -> tuple[tuple[str, int], ...]:
    opened = (load.stands[client] for client in load.names)
    counts = Counter(standing.stage(load.today, load.stages).split(" · ")[0] for standing in opened)
    order = ("Enquiry", "Waiting to start", *load.stages.values(), "Supported", "In work")
    known = [(title, counts.pop(title)) for title in dict.fromkeys(order) if counts.get(title)]
    return (*known, *sorted(counts.items()))


def _work(session: Session, load: _Caseload) -> list[Work]:
    """Return the jobs that have not ended, or will start, and enter the first day of those that have begun."""
    found = [job for job in running_work(session, load.today, load.whose) if job.client in load.names]
    for job in found:
        standing = load.stands[job.client]
        since = standing.job_started_on
        if job.started_on <= load.today and (since is None or job.started_on < since):
            standing.job_started_on = job.started_on
    return found


def _actions(session: Session, load: _Caseload) -> None:
    query = (
        select(as_kept(Action.id), as_kept(Action.client_id), Action.what, Action.due_on)
        .where(
            Action.done_on.is_(None),
            Action.due_on <= load.last,
            Action.archived_at.is_(None),
            *among(Action.client_id.expression, load.whose),
        )
        .order_by(Action.due_on, Action.id)
    )
    for action, client, what, due_on in plain_rows(session, query):
        load.call("action", action, client, due_rules.Due(due_on, what, "The day agreed with the client"))


def _next_contacts(session: Session, load: _Caseload) -> None:
    for client, next_on in next_contacts(session, load.whose):
        if next_on <= load.last:
            due = due_rules.Due(next_on, "Next contact as agreed", "The day agreed at the last contact")
            load.call("next_contact", client, client, due)


def _breaks(session: Session, load: _Caseload) -> None:
    """Call for whose pause ends, and for those who left and said yes; who is back is in touch anyway."""
    found = breaks(session, load.today, load.last, load.whose, load.names)
    for client, standing in load.stands.items() if found.resting else ():
        if standing.going_on and found.resting.keys() >= set(standing.going_on):
            ends = [found.resting[one] for one in standing.going_on]
            load.resting[client] = min((on for on in ends if on is not None), default=None)
    for pause in found.ends:
        due = due_rules.pause_end_due(pause.on, pause.words)
        load.call("pause_end", pause.record, pause.client, due)
    for asking in askings(session, load.last, load.whose):
        load.call(ASK_LATER, asking.record, asking.client, due_rules.asking_due(asking.on, asking.words))


def _job_rules(load: _Caseload, work: list[Work], known: Holidays) -> None:
    for job in work:
        enrolment = load.stands[job.client].enrolment
        if enrolment is not None:
            rules = load.rules[enrolment.programme_id]
            load.call("check_in", job.id, job.client, check_in_due(job, rules, load.today, known))
            ahead = (load.last - load.today).days
            milestone = due_rules.milestone_due(job.started_on, job.ended_on, rules, load.today, ahead)
            load.call("milestone", job.id, job.client, milestone)


def _enrolment_rules(load: _Caseload, plans: dict[KeptKey, "_PlanDates"]) -> None:
    for client in load.names:
        enrolment = load.stands[client].enrolment
        if enrolment is not None and enrolment.started_on is not None:
            rules = load.rules[enrolment.programme_id]
            _of_enrolment(load, client, enrolment, enrolment.started_on, rules, plans.get(client))


def _of_enrolment(
    load: _Caseload,
    client: KeptKey,
    enrolment: OpenEnrolment,
    started_on: dt.date,
    rules: Definition,
    plan: "_PlanDates | None",
) -> None:
    if enrolment.profile_started_on is None:
        load.call("profile", enrolment.id, client, due_rules.profile_due(started_on, rules))
    if plan is None or plan.agreed_on is None:
        load.call("plan", enrolment.id, client, due_rules.plan_due(started_on, rules))
    else:
        due = due_rules.review_due(plan.agreed_on, plan.reviewed_on, plan.next_review_on, rules)
        load.call("review", plan.id, client, due)
    ending = due_rules.support_end_due(started_on, enrolment.route, rules, load.today)
    load.call("support_end", enrolment.id, client, ending)


@dataclass(frozen=True, slots=True)
class _PlanDates:
    id: KeptKey
    agreed_on: dt.date | None
    reviewed_on: dt.date | None
    next_review_on: dt.date | None


def _newest_plans(session: Session, load: _Caseload) -> dict[KeptKey, _PlanDates]:
    query = (
        select(
            as_kept(Plan.client_id), as_kept(Plan.id), Plan.agreed_on, Plan.reviewed_on, Plan.next_review_on
        )
        .where(Plan.archived_at.is_(None), *among(Plan.client_id.expression, load.whose))
        .order_by(Plan.client_id, Plan.version, Plan.id)
    )
    newest = {told[0]: told[1:] for told in plain_rows(session, query)}
    return {client: _PlanDates(*told) for client, told in newest.items()}


def _coming_up(session: Session, load: _Caseload, work: list[Work]) -> Iterator[tuple[str, str, str]]:
    yield from enquiries_waiting(session, load.today)
    yield from employers_coming_up(session, load.today)
    starting = [job for job in work if load.today < job.started_on <= load.last]
    for job in sorted(starting, key=lambda job: job.started_on):
        name = load.called(job.client).split(" ")[0]
        yield f"{name} starts at {job.employer}", due_words(job.started_on, load.today), "briefcase"
    until = load.today + dt.timedelta(days=_CONSENT_DAYS)
    query = select(as_kept(Consent.client_id)).where(
        Consent.expires_on.between(load.today, until),
        Consent.withdrawn_on.is_(None),
        Consent.archived_at.is_(None),
    )
    ending = sum(client in load.names for (client,) in plain_rows(session, query))
    if ending:
        words = "permission ends" if ending == 1 else "permissions end"
        yield f"{ending} {words}", f"Within {_CONSENT_DAYS} days", "file-text"
