"""What share of a table will be withheld, expected before anything is computed, from measured tables kept as data."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Any

from coachdesk.resources import resource

NARROW, WIDE = "narrow", "wide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The measured share by the number of people, rising."""

    people: tuple[int, ...]
    share: tuple[float, ...]

    def at(self, people: float) -> float:
        """Return the share at so many people; beyond the measured ends, that of the end."""
        place = bisect_right(self.people, people)
        if place == 0:
            return self.share[0]
        if place == len(self.people):
            return self.share[-1]
        below, above = self.people[place - 1], self.people[place]
        part = (log(people) - log(below)) / (log(above) - log(below))
        return self.share[place - 1] + part * (self.share[place] - self.share[place - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The measured curves, and from which share on to warn and to advise against."""

    curves: Mapping[tuple[int, str], Curve]
    threshold: int
    narrow_from: int
    warn_at: float
    advise_against_at: float
    source: str

    def share(self, people: int, headings: tuple[int, ...], threshold: int) -> float:
        """Return what share of a table by one or two variables of so many headings will be withheld."""
        if people <= 0 or not headings:
            return 0.0
        bands = NARROW if max(headings) >= self.narrow_from else WIDE
        return self.curves[len(headings), bands].at(people * self.threshold / threshold)


def read_expectation() -> Expectation:
    """Return the measured curves that ship; their source is in the file."""
    path = resource("planning", "hidden-share.toml")
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Expectation(
        curves={
            (curve["directions"], curve["bands"]): Curve(
                people=tuple(curve["people"]), share=tuple(curve["share"])
            )
            for curve in told["curve"]
        },
        threshold=told["threshold"],
        narrow_from=told["narrow_from_headings"],
        warn_at=told["warn_at"],
        advise_against_at=told["advise_against_at"],
        source=told["source"],
    )
