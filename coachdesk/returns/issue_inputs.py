"""The rules and definitions a return is counted with, as plain data: issued with it, and read again years later."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from coachdesk.returns.catalogue import Catalogue, IndicatorDefinition, definition_on, indicator_ids
from coachdesk.returns.indicators.found import Rules

_SAID = ("id", "title", "intervention", "definition", "unit", "evidence", "formula", "source")
_DATED = ("valid_from", "valid_to")


def inputs(rules: Rules, catalogue: Catalogue, on: dt.date) -> dict[str, Any]:
    """Return the rules, and the definitions in force on a day, as they can be written down.

    The numbers that ship with a definition are written down too: another version of the program may ship others.
    """
    in_force = [definition_on(catalogue, each, on) for each in indicator_ids(catalogue)]
    shipped = {
        each.id: {name: rule.value for name, rule in each.rules.items() if rule.value is not None}
        for each in in_force
    }
    own = {name: {**shipped.get(name, {}), **rules.own.get(name, {})} for name in {*shipped, *rules.own}}
    told = {each.name: _plain(getattr(rules, each.name)) for each in fields(Rules)}
    return {
        "rules": {**told, "own": {name: own[name] for name in sorted(own) if own[name]}},
        "definitions": [_told(each) for each in in_force],
    }


def _told(definition: IndicatorDefinition) -> dict[str, Any]:
    days = {name: getattr(definition, name) for name in _DATED}
    return {
        **{name: getattr(definition, name) for name in _SAID},
        **{name: day.isoformat() if day is not None else None for name, day in days.items()},
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def frozen_rules(told: Mapping[str, Any]) -> Rules:
    """Return the rules as they were; one that did not exist then keeps its default."""
    known = {each.name for each in fields(Rules)}
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told.get("rules", {}).items()
        if name in known
    }
    return Rules(**kept)


def frozen_definitions(told: Mapping[str, Any]) -> Catalogue:
    """Return the definitions as they were."""
    return tuple(_definition(each) for each in told.get("definitions", ()))


def _definition(told: Mapping[str, Any]) -> IndicatorDefinition:
    days = {name: dt.date.fromisoformat(told[name]) if told[name] else None for name in _DATED}
    kept: dict[str, Any] = {**{name: told[name] for name in _SAID}, **days}
    return IndicatorDefinition(**kept)
