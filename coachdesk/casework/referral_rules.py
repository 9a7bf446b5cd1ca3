"""The rules of referring on: days and months, as they ship or as the charity set them, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

SETTING = "referral_rules"
ANSWER, ATTEND, CONFIRM = "answer_days", "attend_days", "confirm_months"
HIGHEST = 366
"""Of any rule, whatever it counts; the lowest is 1."""


@dataclass(frozen=True, slots=True)
class ReferralRule:
    """A number to go by, what it says, and where it comes from."""

    title: str
    number: int
    source: str


ReferralRules = Mapping[str, ReferralRule]
"""All of them, by key."""


@cache
def shipped_referral_rules() -> ReferralRules:
    """Return the rules that ship."""
    told = tomllib.loads(resource("services", "rules.toml").read_text(encoding="utf-8"))
    return {key: ReferralRule(**one) for key, one in told["rule"].items()}


def referral_rules(session: Session, _question: None = None) -> ReferralRules:
    """Return the rules in force: those the charity set, else those that ship."""
    own = read_setting(session, SETTING) or {}
    return {
        key: replace(rule, **own[key]) if key in own else rule
        for key, rule in shipped_referral_rules().items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReferralRule:
    """Another number for one rule, and who says so."""

    key: str
    number: int | None
    source: str


def set_referral_rule(session: Session, wish: SetReferralRule) -> None:
    """Set one rule; raises Refusal for anybody but a manager, out of range, without a source, for one that is not there."""
    check_is_manager(session)
    if wish.key not in shipped_referral_rules():
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
    describe(session, "Changed a rule of referring on")
