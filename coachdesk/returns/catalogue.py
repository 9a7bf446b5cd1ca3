"""The catalogue of indicators: what each means, as data that anybody can read and correct.

The definitions that ship lie in data files; beside them stand the charity's own wordings, each from its day on.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.models import IndicatorWording
from coachdesk.resources import resource

FOLDER = "indicators"
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedRule:
    """A number of an indicator's rule that may be set: what it is called, what ships, and what it may be."""

    name: str
    title: str
    lowest: int
    highest: int
    value: int | None = None
    """What ships; None where the programme says it."""

    def checked(self, value: int) -> int:
        """Return a number that may be set; raises Refusal beside the rule's field."""
        if not self.lowest <= value <= self.highest:
            sentence = f"Type a whole number from {self.lowest} to {self.highest}."
            raise Refusal(sentence, fields={self.name: sentence})
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefinition:
    """The five fields a local authority publishes (facts 4), the formula, the dates and the source."""

    id: str
    title: str
    intervention: str
    definition: str
    unit: str
    evidence: str
    formula: str
    source: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    rules: Mapping[str, AllowedRule] = field(default_factory=dict)
    """The numbers of its rule that may be set, by name."""
    chosen: Mapping[str, int] = field(default_factory=dict)
    """The numbers an own wording sets; what is left out keeps what ships."""
    wording_id: UUID | None = None
    """The charity's own wording; None for a definition that ships."""

    @property
    def is_own(self) -> bool:
        """Return whether the charity wrote it."""
        return self.wording_id is not None

    def holds_on(self, day: dt.date) -> bool:
        """Return whether this wording was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


Catalogue = tuple[IndicatorDefinition, ...]


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Return every definition that ships, or those of a folder; raises Trouble for a file that is not one."""
    found: list[IndicatorDefinition] = []
    for path in sorted((folder or resource(FOLDER)).glob("*.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [_definition(each) for each in told["indicator"]]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
            raise Trouble(
                f"The indicator file {path.name} cannot be read.",
                advice="Put the file that came with the program back in its place.",
            ) from error
    return tuple(found)


def _definition(told: Mapping[str, Any]) -> IndicatorDefinition:
    rules = {name: AllowedRule(name=name, **each) for name, each in told.get("rules", _NOTHING).items()}
    return IndicatorDefinition(**{**told, "rules": rules})


def catalogue_of(session: Session) -> Catalogue:
    """Return the definitions that ship in their order, and after them the charity's own wordings.

    A wording of an indicator that ships no more is left out: nothing could count it.
    """
    shipped = read_catalogue()
    query = (
        select(IndicatorWording)
        .where(IndicatorWording.archived_at.is_(None))
        .order_by(IndicatorWording.indicator, IndicatorWording.valid_from)
    )
    last = {each.id: each for each in shipped}
    own = (wording for wording in session.scalars(query) if wording.indicator in last)
    return (*shipped, *(own_definition(wording, last[wording.indicator]) for wording in own))


def own_definition(wording: IndicatorWording, shipped: IndicatorDefinition) -> IndicatorDefinition:
    """Return an own wording as a definition; numbers of a rule that may be set no more are left out."""
    return IndicatorDefinition(
        id=wording.indicator,
        title=wording.title,
        intervention=wording.intervention,
        definition=wording.definition,
        unit=wording.unit,
        evidence=wording.evidence,
        formula=wording.formula,
        source=wording.source_note,
        valid_from=wording.valid_from,
        valid_to=wording.valid_to,
        rules=shipped.rules,
        chosen={name: value for name, value in wording.rules.items() if name in shipped.rules},
        wording_id=wording.id,
    )


def definition_on(catalogue: Catalogue, indicator: str, day: dt.date) -> IndicatorDefinition:
    """Return the wording in force on a day, else the earliest there is; raises KeyError for an unknown one.

    The charity's own wording is in force before the one that ships, a later own one before an earlier.
    """
    mine = sorted(
        (each for each in catalogue if each.id == indicator), key=lambda each: (each.is_own, each.valid_from)
    )
    if not mine:
        raise KeyError(indicator)
    in_force = [each for each in mine if each.holds_on(day)]
    return in_force[-1] if in_force else mine[0]


def rules_on(catalogue: Catalogue, day: dt.date) -> Mapping[str, Mapping[str, int]]:
    """Return the numbers the charity's own wordings set, by indicator, as they are in force on a day."""
    in_force = (definition_on(catalogue, each, day) for each in indicator_ids(catalogue))
    return {each.id: each.chosen for each in in_force if each.chosen}


def indicator_ids(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of all indicators, each once, in their order."""
    return tuple(dict.fromkeys(each.id for each in catalogue))


def with_wording(catalogue: Catalogue, wording: IndicatorDefinition) -> Catalogue:
    """Return the catalogue as it would be if a wording held on every day, for a comparison before it is adopted."""
    always = replace(wording, valid_from=dt.date.min, valid_to=None)
    return (*(each for each in catalogue if each.id != wording.id), always)
