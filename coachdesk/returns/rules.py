"""The rules of counting that a programme can set, read from its definition."""

from collections.abc import Mapping
from typing import Any

from coachdesk.casework.definition import read_definition
from coachdesk.returns.indicators.found import Rules

WEEK = 7


def rules_of(told: Mapping[str, Any]) -> Rules:
    """Return the programme's rules; what it leaves blank keeps the CoachDesk default of facts 12.4."""
    definition = read_definition(told)
    outcomes = told.get("outcomes") or {}
    named = {name: outcomes.get(name) for name in ("gap_days", "pair_days")}
    return Rules(
        grace_days=definition.grace_days,
        rhythm_days=tuple(WEEK * week for week in definition.check_in_weeks),
        **{name: value for name, value in named.items() if isinstance(value, int)},
    )
