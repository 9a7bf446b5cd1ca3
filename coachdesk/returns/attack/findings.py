"""What an attack reports: a verdict, and one sentence for each number that gives somebody away."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["safe", "unsafe", "contradictory", "undecided"]
Code = Literal["SMALL", "EXACT", "NARROW", "DERIVED", "GROUP", "MEAN", "BASE"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One number a reader can learn too closely.

    ``low`` and ``high`` are the smallest and largest value it can still take; ``high`` is None when
    nothing limits it.
    """

    code: Code
    table: str
    cell: tuple[str, ...]
    low: int
    high: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of an attack.

    ``narrowest`` is the fewest values any withheld and possibly small number was seen to take; None
    when no such number exists. Counting stops once there are enough, so it is a lower limit.
    """

    verdict: Verdict
    violations: tuple[Violation, ...] = ()
    notes: tuple[str, ...] = ()
    narrowest: int | None = None


class Contradiction(Exception):
    """The printed numbers cannot all be true together."""
