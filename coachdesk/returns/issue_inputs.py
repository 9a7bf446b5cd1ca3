"""The rules and definitions a return is counted with, as plain data: issued with it, and read again years later."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from coachdesk.returns.catalogue import IndicatorDefinition
from coachdesk.returns.indicators.found import Rules


def inputs(rules: Rules, catalogue: Sequence[IndicatorDefinition]) -> dict[str, Any]:
    """Return rules and definitions as they can be written down."""
    return {
        "rules": _plain(asdict(rules)),
        "definitions": [_plain(asdict(definition)) for definition in catalogue],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def frozen_rules(told: Mapping[str, Any]) -> Rules:
    """Return the rules as they were; one that did not exist then keeps its default."""
    known = {each.name for each in fields(Rules)}
    return Rules(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in told.get("rules", {}).items()
            if name in known
        }
    )


def frozen_definitions(told: Mapping[str, Any]) -> tuple[IndicatorDefinition, ...]:
    """Return the definitions as they were."""
    known = {each.name for each in fields(IndicatorDefinition)}
    return tuple(
        IndicatorDefinition(**{name: _dated(name, value) for name, value in each.items() if name in known})
        for each in told.get("definitions", ())
    )


def _dated(name: str, value: Any) -> Any:
    if name.startswith("valid_") and value is not None:
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
