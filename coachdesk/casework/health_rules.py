"""The rules of health at work: days, months and shares, as they ship or as the charity set them, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from sqlalchemy.orm import Session

from coachdesk.casework.one_moment import once
from coachdesk.errors import Refusal
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

SETTING = "health_rules"
HIGHEST = 366
"""Of any rule, whatever it counts; the lowest is 1."""


@dataclass(frozen=True, slots=True)
class HealthRule:
    """A number to go by, what it says, and where it comes from."""

    title: str
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
def shipped_rules() -> HealthRules:
    """Return the rules that ship."""
    told = tomllib.loads(resource("access_to_work", "rules.toml").read_text(encoding="utf-8"))
    return HealthRules(
        by_key={
            key: HealthRule(one["title"], one["number"], one["source"]) for key, one in told["rule"].items()
        },
        ladder=tuple(told["ladder"]["hundredths"]),
        tries=tuple(told["refused"]["tries"]),
    )


def health_rules(session: Session, _question: None = None) -> HealthRules:
    """Return the rules in force: those the charity set, else those that ship."""
    return once(session, SETTING, partial(_in_force, session))


def _in_force(session: Session) -> HealthRules:
    shipped, own = shipped_rules(), read_setting(session, SETTING) or {}
    by_key = {
        key: replace(rule, number=own[key]["number"], source=own[key]["source"]) if key in own else rule
        for key, rule in shipped.by_key.items()
    }
    return replace(shipped, by_key=by_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHealthRule:
    """Another number for one rule, and who says so."""

    key: str
    number: int | None
    source: str


def set_health_rule(session: Session, wish: SetHealthRule) -> None:
    """Set one rule; raises Refusal for anybody but a manager, out of range, without a source, for one that is not there."""
    check_is_manager(session)
    if wish.key not in shipped_rules().by_key:
        raise Refusal("There is no such rule any more.")
    wrong = {}
    if wish.number is None or not 1 <= wish.number <= HIGHEST:
        wrong["number"] = f"A whole number from 1 to {HIGHEST}."
    if not wish.source.strip():
        wrong["source"] = "Say where this comes from."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    own = read_setting(session, SETTING) or {}
    keep_setting(session, SETTING, {**own, wish.key: {"number": wish.number, "source": wish.source.strip()}})
    describe(session, "Changed a rule of health at work")
