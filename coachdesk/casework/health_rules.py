"""The rules of health at work: days, months and shares that ship as data, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coachdesk.resources import resource


@dataclass(frozen=True, slots=True)
class HealthRule:
    """A number to go by, and where it comes from."""

    number: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRules:
    """All of them: by key, the shares of a phased return in hundredths, and what can be tried after a refusal."""

    by_key: Mapping[str, HealthRule]
    ladder: tuple[int, ...]
    tries: tuple[str, ...]

    def number(self, key: str) -> int:
        """Return the number of a rule; raises KeyError for one that does not ship."""
        return self.by_key[key].number

    def source(self, key: str) -> str:
        """Return where a rule comes from; raises KeyError for one that does not ship."""
        return self.by_key[key].source


@cache
def health_rules() -> HealthRules:
    """Return the rules that ship."""
    told = tomllib.loads(resource("access_to_work", "rules.toml").read_text(encoding="utf-8"))
    return HealthRules(
        by_key={key: HealthRule(one["number"], one["source"]) for key, one in told["rule"].items()},
        ladder=tuple(told["ladder"]["hundredths"]),
        tries=tuple(told["refused"]["tries"]),
    )
