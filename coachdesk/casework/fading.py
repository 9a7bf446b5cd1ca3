"""Who is fading: how far past the agreed rhythm we are with each client; one question behind every count and list.

Only a contact the client came to counts as being in touch. Days on which all of a client's support is paused do not
count. Nobody is closed or changed by standing in this list, however long.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import Definition
from coachdesk.casework.listed import listed, whose
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.programmes import definitions
from coachdesk.casework.rhythm import Rhythm, agreed_rhythms
from coachdesk.casework.running_work import LATEST_CATCH_UP, Work, running_work
from coachdesk.casework.standing import Standing, Whose, among, enrolled, kept_standings, stage_titles
from coachdesk.models import Action, Client, Coach, Contact, Enrolment, Pause

_FAR_AWAY = dt.date.max


class Touch(StrEnum):
    """How things stand between a client and us."""

    FADING = "fading"
    LOOSE = "loose"
    PAUSED = "paused"
    IN_TOUCH = "in_touch"


@dataclass(frozen=True, slots=True, kw_only=True)
class FadingQuestion:
    """One coach's clients, with those she covers for if she asks herself; or everybody's whom the reader may see."""

    today: dt.date
    coach_id: UUID | None = None


class FadingRow(NamedTuple):
    """One client: how we stand, and what is missing."""

    id: UUID
    name: str
    coach_id: UUID | None
    coach: str
    stage: str
    touch: Touch
    last_on: dt.date | None
    every_days: int | None
    is_agreed: bool
    days_past: int
    has_next_step: bool
    missed_check_ins: int
    pause_reason: str
    paused_until: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachTouch:
    """One coach's row of the summary; with nobody, the id is None."""

    id: UUID | None
    name: str
    clients: int
    fading: int
    longest: int
    loose: int
    paused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    """Everybody whose support goes on, sorted into four; every count is the length of one of these."""

    rows: tuple[FadingRow, ...]
    parts: Mapping[Touch, tuple[FadingRow, ...]] = field(init=False)

    def __post_init__(self) -> None:
        sorted_in: dict[Touch, list[FadingRow]] = {touch: [] for touch in Touch}
        for row in self.rows:
            sorted_in[row.touch].append(row)
        object.__setattr__(self, "parts", {touch: tuple(rows) for touch, rows in sorted_in.items()})

    @property
    def fading(self) -> tuple[FadingRow, ...]:
        """Those past their rhythm, the furthest first."""
        return self.parts[Touch.FADING]

    @property
    def loose(self) -> tuple[FadingRow, ...]:
        """Those in touch with whom nothing is agreed next, or whose check-ins were not held."""
        return self.parts[Touch.LOOSE]

    @property
    def paused(self) -> tuple[FadingRow, ...]:
        """Those whose support rests for an honest reason."""
        return self.parts[Touch.PAUSED]

    def by_coach(self) -> tuple[CoachTouch, ...]:
        """Return a row a coach, whoever has most people fading first."""
        found: dict[tuple[UUID | None, str], list[FadingRow]] = defaultdict(list)
        for row in self.rows:
            found[row.coach_id, row.coach].append(row)
        made = [_coach_touch(coach_id, name, rows) for (coach_id, name), rows in found.items()]
        return tuple(sorted(made, key=lambda one: (-one.fading, -one.longest, one.name.casefold())))


def _coach_touch(coach_id: UUID | None, name: str, rows: Sequence[FadingRow]) -> CoachTouch:
    fading = [row.days_past for row in rows if row.touch is Touch.FADING]
    return CoachTouch(
        id=coach_id,
        name=name,
        clients=len(rows),
        fading=len(fading),
        longest=max(fading, default=0),
        loose=sum(row.touch is Touch.LOOSE for row in rows),
        paused=sum(row.touch is Touch.PAUSED for row in rows),
    )


def read_fading(session: Session, question: FadingQuestion) -> Fading:
    """Return how we stand with every client whose support goes on: the furthest past their rhythm first."""
    known = _Known(session, question)
    columns = (
        as_kept(Client.id), Client.first_name, Client.last_name, Client.known_as, as_kept(Client.coach_id)
    )  # fmt: skip
    rows = []
    for kept, first, last, known_as, coach in plain_rows(session, _clients(columns, session, question)):
        standing = known.stands.get(kept) or Standing()
        if standing.is_open:
            name = " ".join(part for part in (known_as or first, last) if part)
            rows.append(known.row(kept, name, coach, standing))
    rows.sort(key=_order)
    return Fading(rows=tuple(rows))


def fading_clients(
    session: Session, question: FadingQuestion, only: Sequence[UUID] | None = None
) -> frozenset[KeptKey]:
    """Return the keys of those who are fading, as they are kept: the same people as ``read_fading`` names.

    Every other list and count of who has gone quiet asks this; ``only`` asks about some clients.
    """
    theirs = whose(session, question.coach_id, covering=True) if only is None else only
    stands = enrolled(session, question.today, theirs)
    past = _Past(session, question.today, theirs, stands)
    asked = _clients((as_kept(Client.id),), session, question).where(*among(Client.id.expression, only))
    return frozenset(
        kept
        for (kept,) in plain_rows(session, asked)
        if _is_fading(past, kept, stands.get(kept) or Standing())
    )


def _is_fading(past: "_Past", kept: KeptKey, standing: Standing) -> bool:
    return standing.is_open and past.days(kept, standing) > 0


def _clients(
    columns: tuple[Any, ...], session: Session, question: FadingQuestion
) -> Select[*tuple[Any, ...]]:
    living = Client.died_on.is_(None)
    return select(*columns).where(living, *listed(session, question.coach_id, covering=True))


def _order(row: FadingRow) -> tuple[int, dt.date, str, UUID]:
    return (-row.days_past, row.paused_until or _FAR_AWAY, row.name.casefold(), row.id)


class _Spell(NamedTuple):
    enrolment: KeptKey
    from_on: dt.date
    to_on: dt.date | None
    reason: str


@dataclass(slots=True)
class _Support:
    """The enrolments of a client that go on, since when, and the spells in which they rest."""

    enrolments: set[KeptKey] = field(default_factory=set)
    since: list[dt.date] = field(default_factory=list)
    spells: list[_Spell] = field(default_factory=list)

    def resting(self, today: dt.date) -> list[_Spell]:
        """Return the pauses of today if all of the support rests, else nothing."""
        now = [one for one in self.spells if one.from_on <= today and (one.to_on or _FAR_AWAY) >= today]
        return now if self.enrolments and {one.enrolment for one in now} == self.enrolments else []

    def rested_days(self, after: dt.date, today: dt.date) -> int:
        """Return on how many days since a day all of the support rested."""
        if not self.spells:
            return 0
        days: list[set[int]] = []
        for enrolment in self.enrolments:
            theirs: set[int] = set()
            for one in self.spells:
                if one.enrolment == enrolment:
                    first = max(one.from_on, after + dt.timedelta(days=1))
                    last = min(one.to_on or today, today)
                    theirs.update(range(first.toordinal(), last.toordinal() + 1))
            days.append(theirs)
        return len(set.intersection(*days))


class _Past:
    """By how many days we are past the rhythm with each client: the one rule for who is fading, read once for all."""

    def __init__(
        self,
        session: Session,
        today: dt.date,
        theirs: Whose | None,
        stands: Mapping[KeptKey, Standing],
    ) -> None:
        self.today = today
        self.rules: dict[KeptKey, Definition] = {}
        known = definitions(session)
        for standing in stands.values():
            if standing.enrolment is not None and standing.enrolment.programme_id not in self.rules:
                kept = standing.enrolment.programme_id
                self.rules[kept] = known[key_of(kept)]
        self.agreed = agreed_rhythms(session, today, theirs)
        self.support = _support(session, today, theirs)
        self.came = dict(_last_came(session, theirs))

    def rhythm(self, kept: KeptKey, standing: Standing) -> Rhythm | None:
        """Return what was agreed with a client, else what is usual in the programme, else None."""
        agreed = self.agreed.get(kept)
        if agreed is not None or standing.enrolment is None:
            return agreed
        usual = self.rules[standing.enrolment.programme_id].fading_days
        return Rhythm(usual) if usual is not None else None

    def resting(self, kept: KeptKey) -> list[_Spell]:
        """Return the pauses of today if all of a client's support rests, else nothing."""
        support = self.support.get(kept)
        return support.resting(self.today) if support is not None else []

    def days(self, kept: KeptKey, standing: Standing) -> int:
        """Return by how many days; it counts from the last contact or agreement, and nobody fades while resting."""
        rhythm, support = self.rhythm(kept, standing), self.support.get(kept) or _Support()
        if rhythm is None or self.resting(kept):
            return 0
        known = [day for day in (self.came.get(kept), rhythm.agreed_on) if day is not None]
        since = max(known, default=None) or min(support.since, default=None)
        if since is None:
            return 0
        days = (self.today - since).days - support.rested_days(since, self.today)
        return max(days - rhythm.every_days, 0)


class _Known:
    """What the rows need, read once for all clients of the question."""

    def __init__(self, session: Session, question: FadingQuestion) -> None:
        theirs = whose(session, question.coach_id, covering=True)
        self.today = today = question.today
        self.stands = kept_standings(session, today, theirs)
        self.past = _Past(session, today, theirs, self.stands)
        self.stages = stage_titles(session)
        self.coaches = dict(plain_rows(session, select(as_kept(Coach.id), Coach.name)))
        self.steps = {client for (client,) in plain_rows(session, _open_steps(theirs))}
        self.work: dict[KeptKey, list[Work]] = defaultdict(list)
        for job in running_work(session, today, theirs):
            self.work[job.client].append(job)

    def row(self, kept: KeptKey, name: str, coach: KeptKey | None, standing: Standing) -> FadingRow:
        rhythm = self.past.rhythm(kept, standing)
        resting = self.past.resting(kept)
        missed, ahead = self._check_ins(kept, standing)
        has_next = kept in self.steps or ahead or any(day >= self.today for day in standing.dues)
        past = self.past.days(kept, standing)
        return FadingRow(
            id=key_of(kept),
            name=name,
            coach_id=key_of(coach) if coach is not None else None,
            coach=self.coaches.get(coach, "") if coach is not None else "",
            stage=standing.stage(self.today, self.stages),
            touch=_touch(resting=bool(resting), past=past, loose=not has_next or missed > 0),
            last_on=self.past.came.get(kept),
            every_days=rhythm.every_days if rhythm is not None else None,
            is_agreed=rhythm is not None and rhythm.agreed_on is not None,
            days_past=past,
            has_next_step=has_next,
            missed_check_ins=missed,
            pause_reason=resting[-1].reason if resting else "",
            paused_until=_until(resting),
        )

    def _check_ins(self, kept: KeptKey, standing: Standing) -> tuple[int, bool]:
        """Return how many check-ins were not held in time, and whether one is still to come."""
        if standing.enrolment is None:
            return 0, False
        rules = self.past.rules[standing.enrolment.programme_id]
        latest = self.today - dt.timedelta(days=rules.grace_days)
        days = [day for job in self.work.get(kept, ()) for day in job.open_check_ins(rules)]
        missed = sum(self.today - LATEST_CATCH_UP <= day < latest for day in days)
        return missed, any(day >= latest for day in days)


def _touch(*, resting: bool, past: int, loose: bool) -> Touch:
    if resting:
        return Touch.PAUSED
    if past > 0:
        return Touch.FADING
    return Touch.LOOSE if loose else Touch.IN_TOUCH


def _until(resting: Sequence[_Spell]) -> dt.date | None:
    """Return the day on which the first of the pauses ends; None while nobody knows."""
    return min((one.to_on for one in resting if one.to_on is not None), default=None)


def _support(session: Session, today: dt.date, theirs: Whose | None) -> dict[KeptKey, _Support]:
    enrolments = select(
        as_kept(Enrolment.id),
        as_kept(Enrolment.client_id),
        Enrolment.started_on,
        Enrolment.accepted_on,
        Enrolment.received_on,
    ).where(
        Enrolment.archived_at.is_(None),
        (Enrolment.exit_on.is_(None)) | (Enrolment.exit_on > today),
        *among(Enrolment.client_id.expression, theirs),
    )
    found: dict[KeptKey, _Support] = defaultdict(_Support)
    for enrolment, client, *days in plain_rows(session, enrolments):
        found[client].enrolments.add(enrolment)
        since = next((day for day in days if day is not None), None)
        if since is not None:
            found[client].since.append(since)
    pauses = select(
        as_kept(Pause.client_id), as_kept(Pause.enrolment_id), Pause.from_on, Pause.to_on, Pause.reason
    ).where(Pause.archived_at.is_(None), *among(Pause.client_id.expression, theirs))
    for client, *told in plain_rows(session, pauses.order_by(Pause.from_on, Pause.id)):
        if told[0] in found[client].enrolments:
            found[client].spells.append(_Spell(*told))
    return found


def _open_steps(theirs: Select[UUID] | None) -> Select[KeptKey]:
    return (
        select(as_kept(Action.client_id))
        .where(
            Action.done_on.is_(None),
            Action.archived_at.is_(None),
            *among(Action.client_id.expression, theirs),
        )
        .distinct()
    )


def _last_came(session: Session, theirs: Whose | None) -> Iterable[tuple[KeptKey, dt.date]]:
    """Return the day of each client's newest contact that they came to: one step into the index for each."""
    newest = (
        select(Contact.happened_on)
        .where(
            Contact.client_id == Client.id,
            Contact.archived_at.is_(None),
            Contact.did_not_attend.is_(False),
        )
        .order_by(Contact.happened_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(as_kept(Client.id), newest).where(*among(Client.id.expression, theirs))
    return ((client, day) for client, day in plain_rows(session, query) if day is not None)
