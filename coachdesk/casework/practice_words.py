"""The names and sentences of the practice world, read from its file."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from coachdesk.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeHub:
    """A hub of the practice world with the town and postcode district around it."""

    name: str
    town: str
    postcode: str
    local_authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeWords:
    """Everything invented lives are put together from."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    known_as: dict[str, str]
    coaches: tuple[str, ...]
    notes: tuple[str, ...]
    missed: tuple[str, ...]
    goals: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    adjustments: tuple[tuple[str, str], ...]
    employers: tuple[str, ...]
    jobs: tuple[str, ...]
    hubs: tuple[PracticeHub, ...]


@lru_cache(maxsize=1)
def practice_words() -> PracticeWords:
    """Return the names and sentences that ship."""
    with resource("practice", "world.toml").open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)
    plain = ("women", "men", "surnames", "coaches", "notes", "missed", "employers", "jobs")
    pairs = ("goals", "actions", "adjustments")
    values: dict[str, Any] = {name: tuple(told[name]) for name in plain}
    values |= {name: tuple((first, second) for first, second in told[name]) for name in pairs}
    hubs = tuple(PracticeHub(**one) for one in told["hubs"])
    return PracticeWords(known_as=told["known_as"], hubs=hubs, **values)
