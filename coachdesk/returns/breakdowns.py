"""The headings people are counted under: one answer per person for the whole return.

A person has one set of labels in a return, whatever the figure, so that an outcome lies under the same
heading as the start it came of. Where somebody has several enrolments on the programme, the latest that had
begun by the as-at date decides hub, referral source and eligibility reasons.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.births import Birth, age_band_on
from coachdesk.models import Client, Code, Eligibility, Enrolment, Equality, Hub
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Scope, present
from coachdesk.returns.tables import SEPARATOR, Dimension
from coachdesk.terms import Unstated

NOT_STATED = "Not stated"
NOT_CERTAIN = "Not certain"
DISABLED = "Disabled"
NOT_DISABLED = "Not disabled"
EFFECT_UNKNOWN = "Condition, effect not recorded"
FEW_LABELS = 4
UNSTATED = frozenset(Unstated)
WIDE_AGES = ((25, "Under 25"), (50, "25 to 49"), (1_000, "50 and over"))
AGE_BASIS = (
    "Age on the first day of the period. Not certain: the birth date is known only roughly and could fall in "
    "two bands, or lies outside the bands."
)
NO_RESTRICTION = frozenset({"no", "not_at_all", "none"})
ANSWERS = (Equality.sex, Equality.ethnic_group, Equality.long_condition, Equality.activity_restriction)

People = frozenset[UUID]
Under = Mapping[str, People]
"""Who stands under each label."""


@dataclass(frozen=True, kw_only=True)  # no slots: who is under any label is worked out once and kept
class Breakdown:
    """One way of dividing people: the dimension, what it rests on, and who stands under each label.

    Whoever stands under no label, or was never seen, has not stated anything. The people of a cell are
    found first and then counted, so that a number and the people behind it are the same answer.
    """

    dimension: Dimension
    basis: str
    under: Under
    coarse: "Breakdown | None" = None
    widening: Mapping[str, str] = field(default_factory=dict[str, str])
    """From each label to the wider one of ``coarse``."""
    heading: str = "reason"
    """What a label is called where somebody can be under several."""

    @property
    def may_be_small(self) -> bool:
        """Return whether it has few enough labels to divide a small group."""
        return self.dimension.kind == "partition" and len(self.dimension.labels) <= FEW_LABELS

    @property
    def name(self) -> str:
        """Return the name by which tables and columns know it."""
        return self.dimension.name

    @cached_property
    def stated(self) -> People:
        """Return everybody under at least one label."""
        return frozenset().union(*self.under.values())

    @cached_property
    def several(self) -> People:
        """Return everybody under more than one label."""
        once: set[UUID] = set()
        more: set[UUID] = set()
        for people in self.under.values():
            more |= once & people
            once |= people
        return frozenset(more)

    def among(self, people: People, label: str) -> People:
        """Return who of these people stands under a label; under the total, everybody does."""
        if label == self.dimension.total_label:
            return people
        if label == NOT_STATED:
            return people - self.stated
        return people & self.under.get(label, frozenset())


class Person(NamedTuple):
    """The columns the headings rest on, in the order the query reads them."""

    client_id: UUID
    enrolment_id: UUID
    born_from: dt.date | None
    born_to: dt.date | None
    local_authority: str
    town: str
    postcode: str
    hub_id: UUID | None
    source: str
    sex: str
    ethnic_group: str
    long_condition: str
    activity_restriction: str


Persons = tuple[Person, ...]
Given = Iterable[tuple[str | None, Person]]
"""Labels with the people they are given to; None and not stated give nobody a label."""


class CodeLists:
    """The titles of the editable lists, in their order."""

    def __init__(self, session: Session) -> None:
        self._titles: dict[str, dict[str, str]] = {}
        self._parents: dict[str, dict[str, str]] = {}
        query = select(Code.list_name, Code.key, Code.title, Code.parent).where(*present(Code))
        for name, key, title, parent in session.execute(query.order_by(Code.position, Code.key)):
            self._titles.setdefault(name, {})[key] = clean(title)
            self._parents.setdefault(name, {})[key] = parent

    def titles(self, list_name: str) -> dict[str, str]:
        """Return key to title without the four non-answers."""
        found = self._titles.get(list_name, {})
        return {key: title for key, title in found.items() if key not in UNSTATED}

    def parents(self, list_name: str) -> dict[str, str]:
        """Return key to the key of the wider list."""
        return self._parents.get(list_name, {})


def clean(title: str) -> str:
    """Return a title that can be part of a cell's name in the public form."""
    return title.replace(SEPARATOR, "/").strip() or NOT_STATED


def breakdowns(session: Session, scope: Scope) -> tuple[Breakdown, ...]:
    """Return every breakdown of the programme's people, in the fixed order of the pack.

    Each table is read once; every heading is worked out from the same rows.
    """
    codes = CodeLists(session)
    hubs = Hubs(session)
    councils = Councils(codes.titles("local_authority"))
    people = _people(session, scope)
    sexes, sources = codes.titles("sex"), codes.titles("referral_source")
    return (
        _coded("sex", "Sex", sexes, ((sexes.get(one.sex), one) for one in people)),
        _by_age(people, codes.titles("age_band"), scope.period.from_on),
        _by_ethnic_group(people, codes),
        _by_disability(people),
        _by_place(
            "district",
            "District",
            "The council where it is recorded, otherwise the first half of the postcode.",
            ((councils.district(one.local_authority, one.town, one.postcode), one) for one in people),
        ),
        _by_place(
            "hub",
            "Hub",
            "The hub of the enrolment, otherwise the client's own hub.",
            ((hubs.name(one.hub_id), one) for one in people),
            hubs.names,
        ),
        _coded("source", "Referral source", sources, ((sources.get(one.source), one) for one in people)),
        _by_reason(session, people, codes.titles("eligibility_reason")),
    )


def _people(session: Session, scope: Scope) -> Persons:
    """Return the columns of every client with the deciding enrolment."""
    began = func.coalesce(Enrolment.started_on, Enrolment.accepted_on, Enrolment.received_on, dt.date.min)
    rows = session.execute(
        select(
            Client.id,
            Enrolment.id,
            Client.born_from,
            Client.born_to,
            Client.local_authority,
            Client.town,
            Client.postcode,
            func.coalesce(Enrolment.hub_id, Client.hub_id),
            Enrolment.source,
            *(func.coalesce(answer, Unstated.NOT_ASKED) for answer in ANSWERS),
        )
        .join(Enrolment, Enrolment.client_id == Client.id)
        .outerjoin(Equality, and_(Equality.client_id == Client.id, *present(Equality)))
        .where(*of_programme(scope))
        .order_by(began <= scope.as_at, began, Enrolment.id)
    )
    # the deciding enrolment comes last and stays
    return tuple({row[0]: Person._make(row) for row in rows}.values())


class Councils:
    """Finds the council somebody lives under."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        self._named = {title.casefold(): title for title in titles.values()}

    def district(self, authority: str, town: str, postcode: str) -> str:
        """Return the council, else the council named as the town, else the outward postcode, else not stated."""
        named = self._titles.get(authority) or self._named.get(town.strip().casefold())
        if named:
            return named
        outward = "".join(postcode.split()).upper()[:-3]
        return clean(outward) if outward.isalnum() and outward[:1].isalpha() else NOT_STATED


class Hubs:
    """The names of the hubs; ``names`` are those on file, in their order."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(Hub.id, Hub.name, Hub.archived_at).order_by(Hub.name)).all()
        self._names = {key: clean(name) for key, name, _ in rows}
        self.names = tuple(clean(name) for _, name, archived in rows if archived is None)

    def name(self, hub: UUID | None) -> str:
        """Return the name of a hub, archived or not, or not stated."""
        return NOT_STATED if hub is None else self._names.get(hub, NOT_STATED)


def _under(given: Given) -> Under:
    found: dict[str, set[UUID]] = {}
    for label, person in given:
        if label is not None and label != NOT_STATED:
            found.setdefault(label, set()).add(person.client_id)
    return {label: frozenset(people) for label, people in found.items()}


def dimension_of(
    name: str, title: str, labels: Iterable[str], *, sensitive: Iterable[str] = (), multi: bool = False
) -> Dimension:
    """Return a dimension with these labels and not stated behind them."""
    every = tuple(dict.fromkeys((*labels, NOT_STATED)))
    return Dimension(
        name=name,
        title=title,
        labels=every,
        kind="multi" if multi else "partition",
        covers=multi,
        sensitive=frozenset(sensitive) - {NOT_STATED},
    )


def _coded(name: str, title: str, titles: Mapping[str, str], given: Given) -> Breakdown:
    basis = "As recorded; the four kinds of no answer stand together as not stated."
    return Breakdown(dimension=dimension_of(name, title, titles.values()), basis=basis, under=_under(given))


def _by_age(people: Persons, titles: Mapping[str, str], on: dt.date) -> Breakdown:
    def label(person: Person) -> str | None:
        if person.born_from is None or person.born_to is None:
            return None
        return titles.get(age_band_on(Birth(person.born_from, person.born_to), on), NOT_CERTAIN)

    under = _under((label(person), person) for person in people)
    widening = {title: _wide_age(key) for key, title in titles.items()}
    widening |= {NOT_CERTAIN: NOT_CERTAIN, NOT_STATED: NOT_STATED}
    wide: dict[str, People] = {}
    for fine, clients in under.items():
        wide[widening[fine]] = wide.get(widening[fine], frozenset()) | clients
    coarse = Breakdown(
        dimension=dimension_of("age-wide", "Age band", (*(title for _, title in WIDE_AGES), NOT_CERTAIN)),
        basis=AGE_BASIS,
        under=wide,
    )
    return Breakdown(
        dimension=dimension_of("age", "Age band", (*titles.values(), NOT_CERTAIN)),
        basis=AGE_BASIS,
        under=under,
        coarse=coarse,
        widening=widening,
    )


def _wide_age(key: str) -> str:
    """Return the wide band in which a narrow one (named by its ages) lies."""
    youngest = "".join(takewhile(str.isdigit, key))
    if not youngest:
        return NOT_CERTAIN
    return next(wide for below, wide in WIDE_AGES if int(youngest) < below)


def _by_ethnic_group(people: Persons, codes: CodeLists) -> Breakdown:
    bands, parents = codes.titles("ethnic_group_band"), codes.parents("ethnic_group")
    return Breakdown(
        dimension=dimension_of("ethnic-group", "Ethnic group", bands.values(), sensitive=bands.values()),
        basis="The five broad groups of the harmonised question for England and Wales.",
        under=_under((bands.get(parents.get(one.ethnic_group, one.ethnic_group)), one) for one in people),
    )


def disability_label(long_condition: str, restriction: str) -> str:
    """Return the derived answer: a long-lasting condition that limits day-to-day activities (facts 8)."""
    if long_condition == "no":
        return NOT_DISABLED
    if long_condition != "yes":
        return NOT_STATED
    if restriction in UNSTATED:
        return EFFECT_UNKNOWN
    return NOT_DISABLED if restriction in NO_RESTRICTION else DISABLED


def _by_disability(people: Persons) -> Breakdown:
    return Breakdown(
        dimension=dimension_of(
            "disability",
            "Disability",
            (DISABLED, NOT_DISABLED, EFFECT_UNKNOWN),
            sensitive=(DISABLED, EFFECT_UNKNOWN),
        ),
        basis="Disabled: a condition lasting 12 months or more that reduces the ability to carry out "
        "day-to-day activities.",
        under=_under((disability_label(one.long_condition, one.activity_restriction), one) for one in people),
    )


def _by_place(name: str, title: str, basis: str, given: Given, known: Iterable[str] = ()) -> Breakdown:
    under = _under(given)
    return Breakdown(
        dimension=dimension_of(name, title, dict.fromkeys((*known, *sorted(under)))), basis=basis, under=under
    )


def _by_reason(session: Session, people: Persons, titles: Mapping[str, str]) -> Breakdown:
    deciding = {one.enrolment_id: one for one in people}
    declared = session.execute(
        select(Eligibility.enrolment_id, Eligibility.reason).where(*present(Eligibility))
    )
    given = (
        (titles.get(reason), deciding[enrolment]) for enrolment, reason in declared if enrolment in deciding
    )
    return Breakdown(
        dimension=dimension_of(
            "eligibility", "Eligibility reason", titles.values(), sensitive=titles.values(), multi=True
        ),
        basis="A person can have several reasons and is then counted under each; the total counts everybody "
        "once.",
        under=_under(given),
    )
