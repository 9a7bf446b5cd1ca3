"""What every indicator is made of: the question, its parts with the people behind them, bands and targets as data."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.week import CLIENTS, GROUPS, SORTS
from coachdesk.errors import Refusal
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

_SETTING = "service_quality"
_SETS = (
    "employment_time", "not_counted_time", "face_to_face_channels", "community_places", "in_work_routes",
)  # fmt: skip
_WHOLE = 100
_MOST_DAYS, _MOST_CONTACTS = 366, 50
TIME_SORTS: Final = {CLIENTS: "With clients", GROUPS: "In groups", **SORTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityQuestion:
    """A period, both days included, and the day as at which it is looked at."""

    from_on: dt.date
    to_on: dt.date
    as_at: dt.date
    programme_id: UUID | None = None
    """Only support on this programme; None: on any."""

    @property
    def known_to(self) -> dt.date:
        """The last day of the period of which anything can be known."""
        return min(self.to_on, self.as_at)


def quarter_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the calendar quarter a day lies in.

    >>> quarter_of(dt.date(2026, 11, 22))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    months = 3
    first = dt.date(day.year, (day.month - 1) // months * months + 1, 1)
    last_month = first.month + months - 1
    after = dt.date(first.year + last_month // 12, last_month % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an indicator: what it counts, how many, and the clients behind it."""

    title: str
    count: int
    clients: frozenset[UUID] = frozenset()
    is_counted: bool = True
    """Whether it is in the numerator, where only some parts are."""


@dataclass(frozen=True, slots=True)
class Band:
    """A verified band of the published scale."""

    number: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure: its value in words, what it was worked out from, and what is missing where it has none."""

    key: str
    title: str
    value: str
    definition: str
    source: str
    numerator: float | None = None
    denominator: float | None = None
    basis: str = ""
    """Numerator and denominator in words."""
    parts: tuple[Part, ...] = ()
    band: Band | None = None
    target: str = ""
    missing: str = ""
    notes: tuple[str, ...] = ()
    coaches: tuple[tuple[str, str], ...] = ()
    """A coach's name and figure; only where a manager reads."""
    coach_count: int = 0
    """How many coaches' time it is worked out from, where it rests on time."""

    @property
    def share(self) -> float | None:
        """Numerator by denominator; None without one."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySettings:
    """Targets and what counts as what: as it ships, or as a manager set it."""

    employment_time: frozenset[str]
    not_counted_time: frozenset[str]
    face_to_face_channels: frozenset[str]
    in_work_routes: frozenset[str]
    community_places: frozenset[str]
    working_day_minutes: int
    gap_days: int
    advisory_retention_percent: int
    first_contact_days: int | None
    contacts_a_week: int | None

    @property
    def hub_is_community(self) -> bool:
        """Whether time at the hub counts as time in the community."""
        return "hub" in self.community_places


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargets:
    """Set our own targets and what counts; a blank target is none."""

    first_contact_days: int | None = None
    contacts_a_week: int | None = None
    employment_time: tuple[str, ...] = ()
    hub_is_community: bool = True


@cache
def shipped() -> Mapping[str, Any]:
    """Return the indicators as they ship, with their bands and sources."""
    told: Mapping[str, Any] = tomllib.loads(resource("quality", "bands.toml").read_text(encoding="utf-8"))
    return told


def quality_settings(session: Session, _question: None = None) -> QualitySettings:
    """Return targets and what counts as what, as a manager set it or as it ships."""
    told = {**shipped()["settings"], **(read_setting(session, _SETTING) or {})}
    for name in _SETS:
        told[name] = frozenset(told[name])
    for name in ("first_contact_days", "contacts_a_week"):
        told[name] = told[name] or None
    return QualitySettings(**told)


def set_targets(session: Session, wish: SetTargets) -> None:
    """Keep targets and what counts; raises Refusal for anybody but a manager, and for what cannot be."""
    check_is_manager(session)
    wrong = {}
    for name, most in (("first_contact_days", _MOST_DAYS), ("contacts_a_week", _MOST_CONTACTS)):
        value = getattr(wish, name)
        if value is not None and not 1 <= value <= most:
            wrong[name] = f"A whole number from 1 to {most}, or nothing."
    if not wish.employment_time or not set(wish.employment_time) <= set(TIME_SORTS):
        wrong["employment_time"] = "Choose at least one sort of time."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    places = set(shipped()["settings"]["community_places"]) - {"hub"}
    kept = {
        "first_contact_days": wish.first_contact_days or "",
        "contacts_a_week": wish.contacts_a_week or "",
        "employment_time": sorted(wish.employment_time),
        "community_places": sorted(places | ({"hub"} if wish.hub_is_community else set())),
    }
    keep_setting(session, _SETTING, kept)
    describe(session, "Changed what the service’s quality is measured by")


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator's words out of the data file; ``weeks`` fills the milestone in."""

    key: str
    weeks: int | None = None
    told: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", shipped()[self.key])

    def made(self, value: str, **values: Any) -> Indicator:
        """Return the indicator with its title, definition and source."""
        title, definition = (
            str(self.told.get(name, "")).replace("{weeks}", str(self.weeks))
            for name in ("title", "definition")
        )
        key = self.key if self.weeks is None else f"{self.key}-{self.weeks}"
        given = {"key": key, "title": title, "definition": definition, "source": str(self.told["source"])}
        return Indicator(**{**given, "value": value, **values})

    def nothing(self, missing: str, **values: Any) -> Indicator:
        """Return the indicator without a value, saying what is missing."""
        return self.made("–", missing=missing, **values)

    def band(self, whole: int) -> Band | None:
        """Return the verified band a whole number lies in; None for an indicator without bands."""
        for one in self.told.get("bands", ()):
            if whole <= one.get("most", whole) and whole >= one.get("least", whole):
                return Band(int(one["band"]), str(one["words"]))
        return None


def percent(numerator: float, denominator: float) -> int:
    """Return a share as a whole percentage, a half rounded up."""
    return int(numerator * _WHOLE / denominator + 0.5)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "job"), counted(2, "job"), counted(0, "person", "people")
    ('1 job', '2 jobs', '0 people')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def part(title: str, clients: Iterable[UUID], count: int | None = None) -> Part:
    """Return a part of people, or of so many events of theirs."""
    who = frozenset(clients)
    return Part(title, len(who) if count is None else count, who)
