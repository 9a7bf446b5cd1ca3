"""The rules of referring on: days and months, as they ship or as the charity set them, each with its source."""

import tomllib
from functools import cache

from sqlalchemy.orm import Session

from coachdesk.casework.number_rules import NumberRule, NumberRules, RuleBook, SetNumber
from coachdesk.resources import resource

ANSWER, ATTEND, CONFIRM = "answer_days", "attend_days", "confirm_months"


@cache
def shipped_referral_rules() -> NumberRules:
    """Return the rules that ship."""
    told = tomllib.loads(resource("services", "rules.toml").read_text(encoding="utf-8"))
    return {key: NumberRule(**one) for key, one in told["rule"].items()}


_BOOK = RuleBook("referral_rules", "referring on", shipped_referral_rules)


def referral_rules(session: Session, _question: None = None) -> NumberRules:
    """Return the rules in force: those the charity set, else those that ship."""
    return _BOOK.in_force(session)


def set_referral_rule(session: Session, wish: SetNumber) -> None:
    """Set one rule; raises Refusal for anybody but a manager, out of range, without a source, for one that is not there."""
    _BOOK.change(session, wish)
