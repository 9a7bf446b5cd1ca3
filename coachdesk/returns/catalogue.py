"""The catalogue of indicators: what each means, as data that anybody can read and correct."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.resources import resource

FOLDER = "indicators"


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

    def holds_on(self, day: dt.date) -> bool:
        """Return whether this wording was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_catalogue(folder: Path | None = None) -> tuple[IndicatorDefinition, ...]:
    """Return every definition that ships, or those of a folder; raises Trouble for a file that is not one."""
    found: list[IndicatorDefinition] = []
    for path in sorted((folder or resource(FOLDER)).glob("*.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [_definition(each) for each in told["indicator"]]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
            raise Trouble(
                f"The indicator file {path.name} cannot be read.",
                advice="Put the file that came with the program back in its place.",
            ) from error
    return tuple(found)


def _definition(told: Mapping[str, Any]) -> IndicatorDefinition:
    return IndicatorDefinition(**told)


def definition_on(
    catalogue: tuple[IndicatorDefinition, ...], indicator: str, day: dt.date
) -> IndicatorDefinition:
    """Return the wording in force on a day, else the earliest there is; raises KeyError for an unknown one."""
    mine = sorted((each for each in catalogue if each.id == indicator), key=lambda each: each.valid_from)
    if not mine:
        raise KeyError(indicator)
    in_force = [each for each in mine if each.holds_on(day)]
    return in_force[-1] if in_force else mine[0]
