"""The rules of health at work: days, months and shares, as they ship or as the charity set them, each with its source."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.orm import Session

from coachdesk.casework.number_rules import NumberRule, NumberRules, RuleBook, SetNumber
from coachdesk.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRules:
    """All of them: by key, the shares of a phased return in hundredths, and what can be tried after a refusal."""

    by_key: NumberRules
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
        by_key={key: NumberRule(**one) for key, one in told["rule"].items()},
        ladder=tuple(told["ladder"]["hundredths"]),
        tries=tuple(told["refused"]["tries"]),
    )


def _shipped_numbers() -> NumberRules:
    return shipped_rules().by_key


_BOOK = RuleBook("health_rules", "health at work", _shipped_numbers)


def health_rules(session: Session, _question: None = None) -> HealthRules:
    """Return the rules in force: those the charity set, else those that ship."""
    return replace(shipped_rules(), by_key=_BOOK.in_force(session))


def health_numbers(session: Session, _question: None = None) -> NumberRules:
    """Return those of the rules in force that are a number."""
    return _BOOK.in_force(session)


def set_health_rule(session: Session, wish: SetNumber) -> None:
    """Set one rule; raises Refusal for anybody but a manager, out of range, without a source, for one that is not there."""
    _BOOK.change(session, wish)
