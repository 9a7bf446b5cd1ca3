"""What a question may be made of: measures with their people, and the headings they can be divided and chosen by."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Contact, Enrolment
from coachdesk.returns.breakdowns import Breakdown, breakdowns, clean, dimension_of
from coachdesk.returns.catalogue import catalogue_of, definition_on, rules_on
from coachdesk.returns.counting import Measure
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import PEOPLE, Scope, present
from coachdesk.returns.lines import Catalogue, Counts, counts
from coachdesk.returns.periods import Period, check_as_at, checked_period
from coachdesk.returns.rules import rules_of
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.room_to_count import room_to_count

COACH = "coach"
CONTACTED = "contacted"
ONLY_MANAGERS = "Only a manager can count or choose by coach. Choose another heading."
FEW = 3
"""The threshold counted with where a programme has none yet: inside the vault no number is withheld for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of the builder: its key and what it is called."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A breakdown of the builder with the labels one of which can be chosen."""

    key: str
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesQuestion:
    """Which programme and period a question is to be made for."""

    programme_key: str
    from_on: dt.date
    to_on: dt.date
    as_at: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything a question of a programme can be made of."""

    measures: tuple[Choice, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The people of a programme in a period, by measure and by heading."""

    programme: str
    period: Period
    as_at: dt.date
    measures: tuple[Measure, ...]
    breakdowns: tuple[Breakdown, ...]

    def measure(self, key: str) -> Measure:
        """Return a measure; raises Refusal for one that is not counted."""
        for one in self.measures:
            if one.id == key:
                return one
        sentence = "This is not counted for the programme in that period. Choose something else."
        raise Refusal(sentence, fields={"measure": sentence})

    def breakdown(self, key: str) -> Breakdown:
        """Return a breakdown; raises Refusal for one there is not."""
        for one in self.breakdowns:
            if one.name == key:
                return one
        sentence = (
            ONLY_MANAGERS if key == COACH else "This heading is not there any more. Choose another one."
        )
        raise Refusal(sentence, fields={"by": sentence})


def choices(session: Session, question: ChoicesQuestion) -> Choices:
    """Return what can be asked; raises Refusal for an unknown programme and a period that cannot be."""
    ground = read_ground(session, question)
    return Choices(
        measures=tuple(Choice(key=one.id, title=one.title) for one in ground.measures),
        headings=tuple(
            Heading(key=one.name, title=one.dimension.title, labels=one.dimension.labels)
            for one in ground.breakdowns
        ),
    )


def read_ground(session: Session, question: ChoicesQuestion) -> Ground:
    """Return the people a question is about; raises Refusal as ``choices`` does."""
    programme = programme_of(session, question.programme_key)
    period = checked_period(question.from_on, question.to_on)
    today = session.info["vault"].clock.today()
    as_at = question.as_at or today
    check_as_at(period, as_at, today)
    catalogue = catalogue_of(session)
    rules = rules_of(programme.definition, rules_on(catalogue, period.to_on))
    scope = Scope(programme_id=programme.id, period=period, as_at=as_at, rules=rules)
    with room_to_count(session):
        found = counts(session, scope, catalogue, programme.threshold or FEW)
        contacted = people_with_a_contact(session, scope)
        # How many clients a colleague has is a manager's to know; it stays on the screen.
        coaches = (by_coach(session, scope),) if acting_role(session) is Role.MANAGER else ()
        every = (*breakdowns(session, scope), *custom_breakdowns(session, scope), *coaches)
    measures = {one.id: one for one in (*found.measures, *_of_lines(found, catalogue, period))}
    measures.setdefault(contacted.id, contacted)
    return Ground(
        programme=programme.title,
        period=period,
        as_at=as_at,
        measures=tuple(measures.values()),
        breakdowns=every,
    )


def _of_lines(found: Counts, catalogue: Catalogue, period: Period) -> Iterator[Measure]:
    """Return the people of every figure that counts people; a figure with several groups gives one measure each."""
    for line in found.lines:
        if line.found.unit != PEOPLE:
            continue
        title = line.title or definition_on(catalogue, line.definition or line.found.id, period.to_on).title
        if not line.found.is_split:
            yield Measure(id=line.found.id, title=title, people=line.found.people)
            continue
        for number, group in enumerate(line.found.groups, 1):
            yield Measure(
                id=f"{line.found.id}:{number}", title=f"{title}: {group.label}", people=group.clients
            )


def people_with_a_contact(session: Session, scope: Scope) -> Measure:
    """Return the programme's people with at least one contact in the period that took place."""
    found = session.scalars(
        select(Enrolment.client_id)
        .join(Contact, Contact.client_id == Enrolment.client_id)
        .where(
            *of_programme(scope),
            *present(Contact),
            Contact.did_not_attend.is_(False),
            Contact.happened_on.between(scope.period.from_on, scope.last_known),
        )
        .distinct()
    )
    return Measure(id=CONTACTED, title="People with a contact", people=frozenset(found))


def by_coach(session: Session, scope: Scope) -> Breakdown:
    """Return whose clients they are: the coach of the latest enrolment that had begun, otherwise the client's own."""
    began = func.coalesce(Enrolment.started_on, Enrolment.accepted_on, Enrolment.received_on, dt.date.min)
    rows = session.execute(
        select(Client.id, func.coalesce(Enrolment.coach_id, Client.coach_id))
        .where(*of_programme(scope))
        .order_by(began <= scope.as_at, began, Enrolment.id)
    )
    deciding: dict[UUID, UUID | None] = {
        row[0]: row[1] for row in rows
    }  # the deciding one comes last and stays
    names = {row[0]: clean(row[1]) for row in session.execute(select(Coach.id, Coach.name))}
    under: dict[str, set[UUID]] = {}
    for client, coach in deciding.items():
        if coach is not None:
            under.setdefault(names[coach], set()).add(client)
    return Breakdown(
        dimension=dimension_of(COACH, "Coach", sorted(under)),
        basis="The coach of the enrolment, otherwise the client's own coach.",
        under={label: frozenset(people) for label, people in under.items()},
    )
