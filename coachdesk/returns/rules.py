"""The rules of counting: what the programme's definition says, and what the charity's own wordings say instead."""

from collections.abc import Mapping
from typing import Any

from coachdesk.casework.definition import read_definition
from coachdesk.returns.indicators.found import OwnRules, Rules

WEEK = 7
_PARTS = ("rules", "outcomes")
"""Where a programme's definition can say them; the later part decides."""


def rules_of(told: Mapping[str, Any], own: OwnRules | None = None) -> Rules:
    """Return the programme's rules; what it leaves blank keeps the CoachDesk default of facts 12.4.

    ``own`` are the numbers of own wordings by indicator (``catalogue.rules_on``); they decide before the programme.
    """
    definition = read_definition(told)
    said = {name: value for part in _PARTS for name, value in (told.get(part) or {}).items()}
    named = {name: said.get(name) for name in ("gap_days", "pair_days")}
    return Rules(
        grace_days=definition.grace_days,
        rhythm_days=tuple(WEEK * week for week in definition.check_in_weeks),
        own=dict(own or {}),
        **{name: value for name, value in named.items() if isinstance(value, int)},
    )
