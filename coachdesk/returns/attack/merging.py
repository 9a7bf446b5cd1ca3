"""Several releases as one: what a reader has who keeps every return."""

from collections.abc import Iterable, Mapping
from typing import Any

from coachdesk.returns.attack.form import records, refuse, text

SEPARATOR = "|"


def merge_releases(releases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return several releases as one, so that a later one is attacked together with the earlier ones.

    The strictest threshold holds. A table that says the same in two releases is one; one whose contents differ (another
    period, or a revised return) is a table of its own, named after the release it stands in, and so are its ties. Raises
    Refusal for what is not a release.
    """
    merged: dict[str, Any] = {"policy": {}, "marks": {}}
    tables: dict[str, Mapping[str, Any]] = {}
    for number, release in enumerate(releases, 1):
        policy = release.get("policy")
        if not isinstance(policy, Mapping):
            raise refuse("'policy' is missing")
        if policy.get("threshold", 0) >= merged["policy"].get("threshold", 0):
            merged["policy"] = dict(policy)
        merged["marks"].update(release.get("marks") or {})
        told = records(release, "tables")
        names = {name: f"{name} (release {number})" for name in _differing(told, tables)}
        for table in told:
            name = names.get(text(table, "id"), text(table, "id"))
            tables[name] = {**table, "id": name}
        for part in ("relations", "percentages", "means"):
            merged.setdefault(part, []).extend(_renamed(each, names) for each in records(release, part))
    return {**merged, "tables": list(tables.values())}


def _differing(told: Iterable[Mapping[str, Any]], known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [name for table in told if known.get(name := text(table, "id"), table) != table]


def _renamed(record: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a tie or a share with the tables it speaks of under their new names."""
    return {
        key: _name_in(value, names) if key in _SPEAKS_OF_TABLES else value for key, value in record.items()
    }


_SPEAKS_OF_TABLES = frozenset({"tables", "total", "parts", "part", "whole", "terms", "of", "denominator"})


def _name_in(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_name_in(each, names) for each in value]
    if not isinstance(value, str):
        return value
    table, between, cell = value.partition(SEPARATOR)
    return f"{names.get(table, table)}{between}{cell}"
