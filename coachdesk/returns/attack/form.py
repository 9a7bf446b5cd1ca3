"""The public form of a release, read strictly: what does not fit the form is refused in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import isfinite
from typing import Any, Literal

from coachdesk.errors import Refusal

Key = tuple[str, ...]
Place = frozenset[tuple[str, str]]
State = Literal["printed", "rounded", "marked", "unpublished"]
RECORD = Mapping[str, Any]


def refuse(what: str) -> Refusal:
    """Return the refusal of a file that is not in the public form."""
    return Refusal(f"This is not a release file in the public form: {what}.")


def text(record: RECORD, name: str, default: str | None = None) -> str:
    """Return a text entry; raises Refusal."""
    value = record.get(name, default)
    if not isinstance(value, str):
        raise refuse(f"'{name}' is missing or is not text")
    return value


def records(record: RECORD, name: str) -> list[RECORD]:
    """Return a list of records, empty when absent; raises Refusal."""
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise refuse(f"'{name}' is not a list of records")
    return value


def texts(value: Any, name: str) -> tuple[str, ...]:
    """Return a list of texts; raises Refusal."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise refuse(f"'{name}' is not a list of texts")
    return tuple(value)


def whole(value: Any, name: str) -> int:
    """Return a whole number; raises Refusal."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value % 1:
        raise refuse(f"'{name}' is not a whole number")
    return int(value)


@dataclass(frozen=True, slots=True)
class Dim:
    """A dimension as declared: how its labels add up, and which of them are sensitive."""

    name: str
    labels: tuple[str, ...]
    total: str
    multi: bool = False
    covers: bool = False
    complete: bool = True
    sensitive: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """Every label but the total, sub-totals included."""
        listed = dict.fromkeys((*self.labels, *self.groups, *(m for g in self.groups.values() for m in g)))
        return tuple(label for label in listed if label != self.total)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The labels that add up to the total: all but those that lie within a sub-total."""
        within = {member for members in self.groups.values() for member in members}
        return tuple(label for label in self.parts if label not in within)


@dataclass(frozen=True, slots=True)
class Printed:
    """One table as printed; cells that are not in ``values`` are unpublished."""

    id: str
    dims: tuple[Dim, ...]
    values: Mapping[Key, Any]
    rounding: RECORD | None
    known: bool

    def every_key(self) -> list[Key]:
        """Every cell, published or not."""
        return list(product(*((*dim.parts, dim.total) for dim in self.dims)))

    def place(self, key: Key) -> Place:
        """Return what the cell counts: its labels without the totals."""
        pairs = zip(self.dims, key, strict=True)
        return frozenset((dim.name, label) for dim, label in pairs if label != dim.total)


def read_dim(record: RECORD) -> Dim:
    """Return one dimension; raises Refusal."""
    labels = texts(record.get("labels"), "labels")
    total = text(record, "total", "Total")
    kind = text(record, "kind", "partition")
    if kind not in {"partition", "multi"} or len(set(labels)) != len(labels):
        raise refuse("a dimension has an unknown kind or a label twice")
    groups = record.get("groups") or {}
    if not isinstance(groups, Mapping):
        raise refuse("'groups' is not a record")
    told = record.get("sensitive", False)
    sensitive = set(labels) - {total} if told is True else set(texts(told or [], "sensitive"))
    return Dim(
        name=text(record, "name"),
        labels=labels,
        total=total,
        multi=kind == "multi",
        covers=bool(record.get("covers", False)),
        complete=bool(record.get("complete", True)),
        sensitive=frozenset(sensitive),
        groups={name: texts(members, "groups") for name, members in groups.items()},
    )


def read_table(record: RECORD) -> Printed:
    """Return one table; raises Refusal."""
    dims = tuple(read_dim(each) for each in records(record, "dims"))
    if record.get("cells") is not None:
        values = {at(each): each.get("value") for each in records(record, "cells")}
    else:
        values = dict(_unfold(record.get("values"), dims, ()))
    rounding = record.get("rounding")
    if rounding is not None and not isinstance(rounding, Mapping):
        raise refuse("'rounding' is not a record")
    table = Printed(text(record, "id"), dims, values, rounding, record.get("assume") == "known")
    if not set(values) <= set(table.every_key()):
        raise refuse(f"table {table.id} has a cell outside its labels")
    return table


def at(record: RECORD) -> Key:
    """Return the labels of a listed cell."""
    return texts(record.get("at"), "at")


def _unfold(values: Any, dims: Sequence[Dim], key: Key) -> list[tuple[Key, Any]]:
    """Return the cells of nested lists in the order of dimensions and labels."""
    if len(key) == len(dims):
        return [(key, values)]
    labels = dims[len(key)].labels
    if not isinstance(values, list) or len(values) != len(labels):
        raise refuse("'values' does not match the labels")
    cells: list[tuple[Key, Any]] = []
    for label, inner in zip(labels, values, strict=True):
        cells += _unfold(inner, dims, (*key, label))
    return cells


@dataclass(frozen=True, slots=True)
class Policy:
    """What the release promises about small numbers."""

    threshold: int
    enough: int
    zeros: str
    group: bool
    enough_rounded: int
    mean_width: float


def read_policy(release: RECORD) -> Policy:
    """Return the policy with its defaults; raises Refusal."""
    told = release.get("policy")
    if not isinstance(told, Mapping):
        raise refuse("'policy' is missing")
    threshold = whole(told.get("threshold"), "threshold")
    zeros = text(told, "zeros", "suppressible")
    if zeros not in {"suppressible", "published", "worst"}:
        raise refuse("'zeros' is unknown")
    return Policy(
        threshold=threshold,
        enough=whole(told.get("min_values", threshold), "min_values"),
        zeros=zeros,
        group=bool(told.get("group", True)),
        enough_rounded=whole(told.get("min_values_rounded", 3), "min_values_rounded"),
        mean_width=float(told.get("min_mean_width", 0.1)),
    )


def read_tables(release: RECORD) -> dict[str, Printed]:
    """Return the tables by id; raises Refusal."""
    listed = [read_table(record) for record in records(release, "tables")]
    tables = {table.id: table for table in listed}
    if not listed or len(tables) != len(listed):
        raise refuse("there are no tables, or two have the same id")
    return tables


def limits(value: Any, rounding: RECORD) -> tuple[int, int]:
    """Return the smallest and largest true count behind a rounded number; raises Refusal."""
    number = whole(value, "value")
    base = whole(rounding.get("base", 5), "base")
    spread = whole(rounding.get("max", 2), "max")
    if base < 1 or spread < 0:
        raise refuse("the base or the reach of a rounding makes no sense")
    if number == 0 and rounding.get("zero_exact", False):
        return 0, 0
    reach = {
        "nearest": (base // 2, base // 2),
        "random": (base - 1, base - 1),
        "midpoint": ((base - 1) // 2, base // 2),
        "perturb": (spread, spread),
    }.get(text(rounding, "method"))
    if reach is None:
        raise refuse("the rounding method is unknown")
    if rounding["method"] == "midpoint" and number == 0:
        return 0, 0
    return max(0, number - reach[0]), number + reach[1]
