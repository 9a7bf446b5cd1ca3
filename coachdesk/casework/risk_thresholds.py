"""From when on a job counts as at risk: shipped as data, set otherwise by a manager, each set with its source."""

import tomllib
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

SETTING = "work_risk"
HIGHEST = {
    "leaving_from": 10,
    "rising_by": 10,
    "not_in_place_days": 365,
    "fit_note_days": 90,
    "hours_fallen_percent": 100,
    "missed_check_ins": 11,
}
"""The highest each can be set to; the lowest is 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskThresholds:
    """When each reason begins to count, and where that comes from."""

    leaving_from: int
    rising_by: int
    not_in_place_days: int
    fit_note_days: int
    hours_fallen_percent: int
    missed_check_ins: int
    source: str


def risk_thresholds(session: Session, _question: None) -> RiskThresholds:
    """Return the thresholds as set here, else as they ship."""
    shipped = tomllib.loads(resource("work_risk", "thresholds.toml").read_text(encoding="utf-8"))
    return RiskThresholds(**{**shipped, **(read_setting(session, SETTING) or {})})


def set_risk_thresholds(session: Session, wish: RiskThresholds) -> None:
    """Set the thresholds; raises Refusal for anybody but a manager, without a source, or out of range."""
    check_is_manager(session)
    told = asdict(wish)
    wrong = {
        name: f"A whole number from 1 to {highest}."
        for name, highest in HIGHEST.items()
        if not 1 <= told[name] <= highest
    }
    if not wish.source.strip():
        wrong["source"] = "Say where this comes from."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    keep_setting(session, SETTING, {**told, "source": wish.source.strip()})
    describe(session, "Changed when a job counts as at risk")
