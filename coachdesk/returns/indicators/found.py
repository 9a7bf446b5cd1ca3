"""What an indicator found: groups of people, with how many people or events stand behind each."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement

from coachdesk.models import Record
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.periods import Period

PEOPLE = "people"
OwnRules = Mapping[str, Mapping[str, int]]
"""Numbers of the charity's own wordings, by the indicator's id and the rule's name."""


@cache
def shipped_numbers() -> Mapping[tuple[str, str], int | None]:
    """Return the numbers that ship with the definitions, by indicator and rule; None: the programme says it, or none."""
    return {(each.id, name): rule.value for each in read_catalogue() for name, rule in each.rules.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The editable rules an indicator needs; where they come from is said in the programme's definition."""

    gap_days: int = 0
    pair_days: int = 28
    grace_days: int = 7
    rhythm_days: tuple[int, ...] = ()
    """When check-ins fall due, in days since the job began."""
    own: OwnRules = field(default_factory=dict[str, Mapping[str, int]])
    """What the charity's own wordings say instead, by indicator."""

    def number(self, indicator: str, name: str) -> int | None:
        """Return a number of an indicator's rule, None where nobody has set one.

        The charity's own wording decides, then the number that ships with the definition, then the programme.
        Raises KeyError for a rule the definition does not name.
        """
        chosen = self.own.get(indicator, {}).get(name)
        if chosen is not None:
            return chosen
        shipped = shipped_numbers()[indicator, name]
        of_programme: int | None = getattr(self, name, None)
        return shipped if shipped is not None else of_programme

    def needed(self, indicator: str, name: str) -> int:
        """Return a number without which the indicator cannot be; raises KeyError when nothing says it."""
        number = self.number(indicator, name)
        if number is None:
            raise KeyError(indicator, name)
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which enrolments count: one programme, the period P and the as-at date A of facts 12.4."""

    programme_id: UUID
    period: Period
    as_at: dt.date
    rules: Rules = Rules()

    @property
    def last_known(self) -> dt.date:
        """Return the last day of the period that the as-at date has reached."""
        return min(self.period.to_on, self.as_at)


@dataclass(frozen=True, slots=True)
class Group:
    """The people under one heading, and the number printed for it (events may be more than people)."""

    label: str
    clients: frozenset[UUID]
    number: int


@dataclass(frozen=True, slots=True, order=True)
class NearMiss:
    """Somebody who nearly counted, and in plain words why not: never printed, shown inside the vault by right."""

    client_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A median, a mean or a ratio: exact for the vault, rounded for the pack (disclosure.md 5.1).

    ``people`` stand behind it, ``basis`` says in words what it was worked out from; ``needs`` are the groups that must be printed before it may be. Where it rests on a
    number of people that another table prints, that is ``beside``; a figure of staff time that could point at one
    coach or at a few clients is not ``may_leave``.
    """

    words: str
    printed: str
    people: frozenset[UUID] = frozenset()
    basis: str = ""
    needs: tuple[str, ...] = ()
    beside: str = ""
    may_leave: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One indicator's answer.

    A single group is a count; several groups divide a base, the first being what the indicator is about.
    ``aside`` are people who are neither in nor out (not due yet, not known), named in ``note``: both stay
    inside the vault.
    """

    id: str
    groups: tuple[Group, ...]
    unit: str = PEOPLE
    aside: frozenset[UUID] = frozenset()
    note: str = ""
    near: tuple[NearMiss, ...] = ()
    """Those who nearly counted; each stands here once, with the reason that weighs most."""
    amount: Amount | None = None
    missing: str = ""
    """Why the figure is not worked out; it then has no groups."""

    @property
    def people(self) -> frozenset[UUID]:
        """Return the people the indicator is about."""
        return self.groups[0].clients if self.groups else frozenset()

    @property
    def number(self) -> int:
        """Return the number of the first group."""
        return self.groups[0].number if self.groups else 0

    @property
    def base_people(self) -> frozenset[UUID]:
        """Return everybody in any group."""
        return frozenset().union(*(group.clients for group in self.groups))

    @property
    def base(self) -> int:
        """Return the numbers of all groups together."""
        return sum(group.number for group in self.groups)

    @property
    def is_split(self) -> bool:
        """Return whether the indicator divides a base rather than counts."""
        return len(self.groups) > 1


def people(label: str, clients: Iterable[UUID]) -> Group:
    """Return a group that counts each person once."""
    once = frozenset(clients)
    return Group(label, once, len(once))


def events(label: str, clients: Iterable[UUID]) -> Group:
    """Return a group that counts each event; the people behind them are kept once."""
    each = tuple(clients)
    return Group(label, frozenset(each), len(each))


def present(*records: type[Record]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that leave out archived records."""
    return tuple(record.archived_at.is_(None) for record in records)
