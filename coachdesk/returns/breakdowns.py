"""The headings people are counted under: one answer per person for the whole return.

A person has one set of labels in a return, whatever the figure, so that an outcome lies under the same
heading as the start it came of. Where somebody has several enrolments on the programme, the latest that had
begun by the as-at date decides hub, referral source and eligibility reasons.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, load_only

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

NEEDED = (
    load_only(
        Client.born_from,
        Client.born_to,
        Client.birth_precision,
        Client.birth_told_on,
        Client.town,
        Client.postcode,
        Client.local_authority,
        Client.hub_id,
    ),
    load_only(
        Enrolment.started_on, Enrolment.accepted_on, Enrolment.received_on, Enrolment.hub_id, Enrolment.source
    ),
    load_only(Equality.sex, Equality.ethnic_group, Equality.long_condition, Equality.activity_restriction),
)
"""The columns the labels rest on; a client has many more."""

Labels = Mapping[UUID, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One way of dividing people: the dimension, what it rests on, and everybody's labels."""

    dimension: Dimension
    basis: str
    labels: Labels
    coarse: "Breakdown | None" = None
    widening: Mapping[str, str] = field(default_factory=dict[str, str])
    """From each label to the wider one of ``coarse``."""

    @property
    def may_be_small(self) -> bool:
        """Return whether it has few enough labels to divide a small group."""
        return self.dimension.kind == "partition" and len(self.dimension.labels) <= FEW_LABELS

    @property
    def name(self) -> str:
        """Return the name by which tables and columns know it."""
        return self.dimension.name

    def of(self, client: UUID) -> frozenset[str]:
        """Return the labels of a client; somebody never seen has not stated anything."""
        return self.labels.get(client, frozenset({NOT_STATED}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the breakdowns need to know of a client."""

    id: UUID
    birth: Birth | None
    district: str
    hub: str
    source: str
    sex: str
    ethnic_group: str
    long_condition: str
    activity_restriction: str
    reasons: frozenset[str]


class CodeLists:
    """The titles of the editable lists, in their order."""

    def __init__(self, session: Session) -> None:
        self._rows: dict[str, list[Code]] = {}
        query = select(Code).where(*present(Code)).order_by(Code.list_name, Code.position, Code.key)
        for code in session.scalars(query):
            self._rows.setdefault(code.list_name, []).append(code)

    def titles(self, list_name: str) -> dict[str, str]:
        """Return key to title without the four non-answers."""
        rows = self._rows.get(list_name, [])
        return {code.key: clean(code.title) for code in rows if code.key not in UNSTATED}

    def parents(self, list_name: str) -> dict[str, str]:
        """Return key to the key of the wider list."""
        return {code.key: code.parent for code in self._rows.get(list_name, [])}


def clean(title: str) -> str:
    """Return a title that can be part of a cell's name in the public form."""
    return title.replace(SEPARATOR, "/").strip() or NOT_STATED


def breakdowns(session: Session, scope: Scope) -> tuple[Breakdown, ...]:
    """Return every breakdown of the programme's people, in the fixed order of the pack."""
    codes = CodeLists(session)
    people = _people(session, scope)
    return (
        _coded(people, "sex", "Sex", codes.titles("sex"), lambda person: person.sex),
        _by_age(people, codes.titles("age_band"), scope.period.from_on),
        _by_ethnic_group(people, codes),
        _by_disability(people),
        _by_place(people, "district", "District", _by_district),
        _by_place(people, "hub", "Hub", lambda person: person.hub, _hub_names(session)),
        _coded(
            people, "source", "Referral source", codes.titles("referral_source"), lambda person: person.source
        ),
        _by_reason(people, codes.titles("eligibility_reason")),
    )


def _people(session: Session, scope: Scope) -> dict[UUID, Person]:
    hubs = {row[0]: row[1] for row in session.execute(select(Hub.id, Hub.name))}
    authorities = CodeLists(session).titles("local_authority")
    reasons: dict[UUID, set[str]] = {}
    for enrolment_id, reason in session.execute(
        select(Eligibility.enrolment_id, Eligibility.reason).where(*present(Eligibility))
    ):
        reasons.setdefault(enrolment_id, set()).add(reason)
    found: dict[UUID, Person] = {}
    for client, enrolment, equality in _rows(session, scope):
        hub = enrolment.hub_id or client.hub_id
        found[client.id] = Person(
            id=client.id,
            birth=_birth(client),
            district=district_of(client.local_authority, client.town, client.postcode, authorities),
            hub=clean(hubs.get(hub, NOT_STATED)) if hub else NOT_STATED,
            source=enrolment.source,
            sex=equality.sex if equality else Unstated.NOT_ASKED,
            ethnic_group=equality.ethnic_group if equality else Unstated.NOT_ASKED,
            long_condition=equality.long_condition if equality else Unstated.NOT_ASKED,
            activity_restriction=equality.activity_restriction if equality else Unstated.NOT_ASKED,
            reasons=frozenset(reasons.get(enrolment.id, ())) - UNSTATED,
        )
    return found


def _rows(session: Session, scope: Scope) -> Iterable[tuple[Client, Enrolment, Equality | None]]:
    """Return clients with their deciding enrolment last, so that the last one stays."""
    rows = session.execute(
        select(Client, Enrolment, Equality)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .outerjoin(Equality, and_(Equality.client_id == Client.id, *present(Equality)))
        .where(*of_programme(scope))
        .options(*NEEDED)
    )
    found = [(client, enrolment, equality) for client, enrolment, equality in rows]
    return sorted(found, key=lambda row: _began(row[1], scope.as_at))


def _began(enrolment: Enrolment, as_at: dt.date) -> tuple[bool, dt.date, UUID]:
    began = enrolment.started_on or enrolment.accepted_on or enrolment.received_on or dt.date.min
    return (began <= as_at, began, enrolment.id)


def _birth(client: Client) -> Birth | None:
    if client.born_from is None or client.born_to is None:
        return None
    return Birth(client.born_from, client.born_to, client.birth_precision, client.birth_told_on)


def district_of(authority: str, town: str, postcode: str, authorities: Mapping[str, str]) -> str:
    """Return the council, else the council named as the town, else the outward postcode, else not stated."""
    if authority in authorities:
        return authorities[authority]
    named = {title.casefold(): title for title in authorities.values()}
    if town.strip().casefold() in named:
        return named[town.strip().casefold()]
    tight = "".join(postcode.split()).upper()
    outward = tight[:-3]
    return clean(outward) if outward.isalnum() and outward[:1].isalpha() else NOT_STATED


def _hub_names(session: Session) -> tuple[str, ...]:
    return tuple(
        clean(name) for name in session.scalars(select(Hub.name).where(*present(Hub)).order_by(Hub.name))
    )


def _by_district(person: Person) -> str:
    return person.district


def _dimension(
    name: str, title: str, labels: Iterable[str], *, sensitive: Iterable[str] = (), multi: bool = False
) -> Dimension:
    every = tuple(dict.fromkeys((*labels, NOT_STATED)))
    return Dimension(
        name=name,
        title=title,
        labels=every,
        kind="multi" if multi else "partition",
        covers=multi,
        sensitive=frozenset(sensitive) - {NOT_STATED},
    )


def _coded(
    people: Mapping[UUID, Person],
    name: str,
    title: str,
    titles: Mapping[str, str],
    answer: Callable[[Person], str],
) -> Breakdown:
    labels = {key: frozenset({titles.get(answer(each), NOT_STATED)}) for key, each in people.items()}
    basis = "As recorded; the four kinds of no answer stand together as not stated."
    return Breakdown(dimension=_dimension(name, title, titles.values()), basis=basis, labels=labels)


def _by_age(people: Mapping[UUID, Person], titles: Mapping[str, str], on: dt.date) -> Breakdown:
    def label(person: Person) -> str:
        if person.birth is None:
            return NOT_STATED
        return titles.get(age_band_on(person.birth, on), NOT_CERTAIN)

    labels = {key: frozenset({label(each)}) for key, each in people.items()}
    widening = {title: _wide_age(key) for key, title in titles.items()}
    widening |= {NOT_CERTAIN: NOT_CERTAIN, NOT_STATED: NOT_STATED}
    coarse = Breakdown(
        dimension=_dimension("age-wide", "Age band", (*(wide for _, wide in WIDE_AGES), NOT_CERTAIN)),
        basis=AGE_BASIS,
        labels={key: frozenset(widening[one] for one in each) for key, each in labels.items()},
    )
    return Breakdown(
        dimension=_dimension("age", "Age band", (*titles.values(), NOT_CERTAIN)),
        basis=AGE_BASIS,
        labels=labels,
        coarse=coarse,
        widening=widening,
    )


def _wide_age(key: str) -> str:
    """Return the wide band in which a narrow one (named by its ages) lies."""
    youngest = "".join(takewhile(str.isdigit, key))
    if not youngest:
        return NOT_CERTAIN
    return next(wide for below, wide in WIDE_AGES if int(youngest) < below)


def _by_ethnic_group(people: Mapping[UUID, Person], codes: CodeLists) -> Breakdown:
    bands, parents = codes.titles("ethnic_group_band"), codes.parents("ethnic_group")

    def label(person: Person) -> str:
        return bands.get(parents.get(person.ethnic_group, person.ethnic_group), NOT_STATED)

    return Breakdown(
        dimension=_dimension("ethnic-group", "Ethnic group", bands.values(), sensitive=bands.values()),
        basis="The five broad groups of the harmonised question for England and Wales.",
        labels={key: frozenset({label(each)}) for key, each in people.items()},
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


def _by_disability(people: Mapping[UUID, Person]) -> Breakdown:
    return Breakdown(
        dimension=_dimension(
            "disability",
            "Disability",
            (DISABLED, NOT_DISABLED, EFFECT_UNKNOWN),
            sensitive=(DISABLED, EFFECT_UNKNOWN),
        ),
        basis="Disabled: a condition lasting 12 months or more that reduces the ability to carry out "
        "day-to-day activities.",
        labels={
            key: frozenset({disability_label(each.long_condition, each.activity_restriction)})
            for key, each in people.items()
        },
    )


def _by_place(
    people: Mapping[UUID, Person],
    name: str,
    title: str,
    place: Callable[[Person], str],
    known: Iterable[str] = (),
) -> Breakdown:
    labels = {key: frozenset({place(each)}) for key, each in people.items()}
    used = sorted({place(each) for each in people.values()} - {NOT_STATED})
    bases = {
        "district": "The council where it is recorded, otherwise the first half of the postcode.",
        "hub": "The hub of the enrolment, otherwise the client's own hub.",
    }
    return Breakdown(
        dimension=_dimension(name, title, dict.fromkeys((*known, *used))), basis=bases[name], labels=labels
    )


def _by_reason(people: Mapping[UUID, Person], titles: Mapping[str, str]) -> Breakdown:
    def label(person: Person) -> frozenset[str]:
        return frozenset(titles[reason] for reason in person.reasons if reason in titles) or frozenset(
            {NOT_STATED}
        )

    return Breakdown(
        dimension=_dimension(
            "eligibility", "Eligibility reason", titles.values(), sensitive=titles.values(), multi=True
        ),
        basis="A person can have several reasons and is then counted under each; the total counts everybody "
        "once.",
        labels={key: label(each) for key, each in people.items()},
    )
