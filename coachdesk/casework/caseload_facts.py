"""One reading of a caseload: everything its lists, columns and counts are made of, in one statement.

A row is a client with the newest open enrolment, the job, what is due and the plan; each is one step into an index.
What is put into words is put so when somebody looks at it: most of ten thousand lines are never looked at.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from coachdesk.casework import due_rules
from coachdesk.casework.codes import titles_of
from coachdesk.casework.definition import Definition
from coachdesk.casework.fading import FadingQuestion, fading_clients
from coachdesk.casework.listed import Conditions
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.programmes import definitions
from coachdesk.casework.standing import OpenEnrolment, Standing
from coachdesk.models import (
    Action,
    Client,
    ClientSearch,
    Coach,
    Contact,
    Eligibility,
    Enrolment,
    Equality,
    Hub,
    Job,
    Plan,
    Programme,
)
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import covered_coaches
from coachdesk.vault.work import coach_of

_UNASKED = frozenset({None, "", str(Unstated.NOT_ASKED)})
_OPEN = aliased(Enrolment)
_PLAN = aliased(Plan)
_DUE = (
    select(Action.client_id, func.min(Action.due_on).label("due_on"))
    .where(Action.done_on.is_(None), Action.due_on.is_not(None), Action.archived_at.is_(None))
    .group_by(Action.client_id)
    .subquery()
)
"""Read once: asked client by client, the database goes through all open actions by their day for each of them."""


class Facts(NamedTuple):
    """What the vault tells about one client, as it stands there."""

    id: KeptKey
    archived_at: dt.datetime | None
    reference: str
    first_name: str
    last_name: str
    known_as: str
    born_from: dt.date | None
    born_to: dt.date | None
    birth_precision: str
    birth_told_on: dt.date | None
    town: str
    postcode: str
    local_authority: str
    phone: str
    email: str
    needs: str
    died_on: dt.date | None
    coach: KeptKey | None
    hub: KeptKey | None
    folded: str | None
    was_enrolled: KeptKey | None
    enrolment: KeptKey | None
    programme: KeptKey | None
    route: str | None
    stage: str | None
    source: str | None
    accepted_on: dt.date | None
    started_on: dt.date | None
    profile_started_on: dt.date | None
    enrolment_hub: KeptKey | None
    enrolment_coach: KeptKey | None
    job_on: dt.date | None
    action_on: dt.date | None
    last_on: dt.date | None
    next_on: dt.date | None
    agreed_on: dt.date | None
    reviewed_on: dt.date | None
    next_review_on: dt.date | None
    eligible: KeptKey | None
    sex: str | None
    ethnic_group: str | None
    long_condition: str | None
    unstated: str | None
    """As it is kept: taking ten thousand of these apart costs more than looking for a word in them."""

    @property
    def is_open(self) -> bool:
        """Whether support is going on, or has not begun to end."""
        return self.enrolment is not None or self.was_enrolled is None

    @property
    def due_on(self) -> dt.date | None:
        """The earliest day on which an action or the next contact is due; nothing is where support has ended."""
        if self.enrolment is None and self.was_enrolled is not None:
            return None
        if self.action_on is None or (self.next_on is not None and self.next_on < self.action_on):
            return self.next_on
        return self.action_on

    @property
    def is_with(self) -> tuple[KeptKey | None, KeptKey | None]:
        """The coach of the client, and the coach of the programme that goes on."""
        return self.coach, self.enrolment_coach

    def stands(self) -> Standing:
        """Return where the client stands, for the words of it."""
        enrolment = None
        if self.enrolment is not None:
            told = (self.route, self.stage, self.accepted_on, self.started_on, self.profile_started_on)
            enrolment = OpenEnrolment(self.enrolment, self.id, self.programme, *told)  # type: ignore[arg-type]  # an enrolment has them all
        return Standing(enrolment, self.was_enrolled is not None, self.job_on, self.last_on)


@dataclass(frozen=True, slots=True)
class Known:
    """What is the same for every line: the day, the names and rules behind the keys, and who is fading."""

    today: dt.date
    coaches: Mapping[KeptKey | None, str]
    hubs: Mapping[KeptKey | None, str]
    programmes: Mapping[KeptKey | None, str]
    rules: Mapping[KeptKey | None, Definition]
    stages: dict[str, str]
    routes: Mapping[str, str]
    sources: Mapping[str, str]
    fading: frozenset[KeptKey]
    mine: frozenset[KeptKey | None] = frozenset()
    """Whoever asks, as a coach."""
    away: frozenset[KeptKey | None] = frozenset()
    """The colleagues whom she covers for today."""

    def keys_of(self, coaches: frozenset[UUID]) -> frozenset[KeptKey | None]:
        """Return the keys of some coaches as they are kept."""
        return frozenset(kept for kept in self.coaches if kept is not None and key_of(kept) in coaches)

    def covered_for(self, facts: Facts) -> str:
        """Return the colleague for whom a client is looked after today; nobody where the client is one's own."""
        if self.away.isdisjoint(facts.is_with) or not self.mine.isdisjoint(facts.is_with):
            return ""
        return next(self.coaches.get(one, "") for one in facts.is_with if one in self.away)

    def is_quiet(self, facts: Facts) -> bool:
        """Return whether an open client has not been met for longer than was agreed: whether they are fading."""
        return facts.id in self.fading

    def review_on(self, facts: Facts) -> dt.date | None:
        """Return the day on which the agreed plan of an open client is to be looked at again."""
        rules = self.rules.get(facts.programme)
        if facts.enrolment is None or facts.agreed_on is None or rules is None:
            return None
        due = due_rules.review_due(facts.agreed_on, facts.reviewed_on, facts.next_review_on, rules)
        return None if due is None else due.on


def known(session: Session, today: dt.date) -> Known:
    """Return the names and rules behind the keys of a caseload, and who of it is fading."""
    titles = titles_of(session, "stage", "route", "referral_source")
    programmes = dict(plain_rows(session, select(as_kept(Programme.id), Programme.title)))
    rules = definitions(session)
    coaches = dict(plain_rows(session, select(as_kept(Coach.id), Coach.name)))
    me, away = coach_of(session), covered_coaches(session)
    return Known(
        today=today,
        coaches=coaches,
        mine=frozenset(kept for kept in coaches if key_of(kept) == me),
        away=frozenset(kept for kept in coaches if key_of(kept) in away),
        hubs=dict(plain_rows(session, select(as_kept(Hub.id), Hub.name))),
        programmes=programmes,
        rules={kept: rules[key_of(kept)] for kept in programmes if key_of(kept) in rules},
        stages=titles["stage"],
        routes=titles["route"],
        sources=titles["referral_source"],
        fading=fading_clients(session, FadingQuestion(today=today)),
    )


def read_facts(session: Session, today: dt.date, conditions: Conditions) -> Iterator[Facts]:
    """Return the clients under some conditions, in no order."""
    return map(Facts._make, plain_rows(session, facts_question(today, conditions)))


def facts_question(today: dt.date, conditions: Conditions) -> Select[*tuple[Any, ...]]:
    """Return the one statement that is asked."""
    return (
        select(*_of_client(), *_of_enrolment(), *_of_days(today), *_of_plan())
        .select_from(Client)
        .outerjoin(ClientSearch, ClientSearch.client_id == Client.id)
        .outerjoin(_OPEN, _OPEN.id == _newest_open(today))
        .outerjoin(_PLAN, _PLAN.id == _newest_plan())
        .outerjoin(_DUE, _DUE.c.client_id == Client.id)
        .outerjoin(Equality, and_(Equality.client_id == Client.id, Equality.archived_at.is_(None)))
        .where(*conditions)
    )


def _of_client() -> tuple[Any, ...]:
    ever = select(as_kept(Enrolment.id)).where(
        Enrolment.client_id == Client.id, Enrolment.archived_at.is_(None)
    )
    return (
        as_kept(Client.id), Client.archived_at, Client.reference, Client.first_name, Client.last_name,
        Client.known_as, Client.born_from, Client.born_to, Client.birth_precision, Client.birth_told_on,
        Client.town, Client.postcode, Client.local_authority, Client.phone, Client.email,
        Client.communication_needs, Client.died_on, as_kept(Client.coach_id), as_kept(Client.hub_id),
        ClientSearch.folded, ever.limit(1).scalar_subquery(),
    )  # fmt: skip


def _of_enrolment() -> tuple[Any, ...]:
    return (
        as_kept(_OPEN.id), as_kept(_OPEN.programme_id), _OPEN.route, _OPEN.stage, _OPEN.source,
        _OPEN.accepted_on, _OPEN.started_on, _OPEN.profile_started_on, as_kept(_OPEN.hub_id),
        as_kept(_OPEN.coach_id),
    )  # fmt: skip


def _newest_open(today: dt.date) -> ColumnElement[Any]:
    query = select(Enrolment.id).where(
        Enrolment.client_id == Client.id,
        Enrolment.archived_at.is_(None),
        or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > today),
    )
    return query.order_by(Enrolment.id.desc()).limit(1).correlate(Client).scalar_subquery()


def _newest_plan() -> ColumnElement[Any]:
    query = select(Plan.id).where(Plan.client_id == Client.id, Plan.archived_at.is_(None))
    newest = query.order_by(Plan.version.desc(), Plan.id.desc()).limit(1)
    return newest.correlate(Client).scalar_subquery()


def _of_days(today: dt.date) -> tuple[ColumnElement[Any], ...]:
    working = select(func.min(Job.started_on)).where(
        Job.client_id == Client.id,
        Job.archived_at.is_(None),
        Job.started_on <= today,
        or_(Job.ended_on.is_(None), Job.ended_on >= today),
    )
    met = (Contact.client_id == Client.id, Contact.archived_at.is_(None))
    newest = (Contact.happened_on.desc(), Contact.next_on.desc().nulls_last())
    return (
        working.scalar_subquery(),
        _DUE.c.due_on,
        select(func.max(Contact.happened_on)).where(*met).scalar_subquery(),
        select(Contact.next_on).where(*met).order_by(*newest).limit(1).scalar_subquery(),
    )


def _of_plan() -> tuple[Any, ...]:
    reason = select(as_kept(Eligibility.id)).where(
        Eligibility.enrolment_id == _OPEN.id, Eligibility.archived_at.is_(None)
    )
    return (
        _PLAN.agreed_on,
        _PLAN.reviewed_on,
        _PLAN.next_review_on,
        reason.limit(1).scalar_subquery(),
        Equality.sex,
        Equality.ethnic_group,
        Equality.long_condition,
        cast(Client.unstated, Text),
    )


def missing(facts: Facts) -> Iterator[str]:
    """Return what an open client has not been asked, or nobody wrote down; "prefers not to say" is an answer."""
    if facts.born_from is None and '"birth"' not in (facts.unstated or ""):
        yield "birth date"
    if not (facts.phone or facts.email):
        yield "phone or email"
    if not (facts.postcode or facts.town) and facts.local_authority in _UNASKED:
        yield "where they live"
    yield from _missing_with_us(facts)
    if facts.sex in _UNASKED:
        yield "sex"
    if facts.ethnic_group in _UNASKED:
        yield "ethnic group"
    if facts.long_condition in _UNASKED:
        yield "long-term condition"


def _missing_with_us(facts: Facts) -> Iterator[str]:
    if facts.coach is None:
        yield "coach"
    if facts.hub is None and facts.enrolment_hub is None:
        yield "hub"
    yield from _missing_at_enrolment(facts)


def _missing_at_enrolment(facts: Facts) -> Iterator[str]:
    if facts.enrolment is None:
        yield "enrolment"
        return
    if facts.source in _UNASKED:
        yield "referral source"
    if facts.route in _UNASKED:
        yield "route"
    if facts.started_on is not None and facts.accepted_on is None:
        yield "accepted date"
    if facts.started_on is not None and facts.eligible is None:
        yield "eligibility"
