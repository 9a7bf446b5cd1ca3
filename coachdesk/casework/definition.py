"""A programme's definition: the data file it was made from, read into plain values with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What due dates and returns need of a programme; None where the paper did not say."""

    key: str
    title: str
    version: str
    source: str
    period_kind: str
    first_month: int
    threshold: int | None
    out_of_work_months: int | None
    in_work_months: int | None
    warn_days_before: tuple[int, ...]
    profile_begun_days: int | None
    plan_agreed_days: int | None
    plan_review_days: int | None
    milestone_days: tuple[int, ...]
    fading_days: int | None
    check_in_weeks: tuple[int, ...]
    grace_days: int
    indicators: tuple[str, ...]
    origins: Mapping[str, str]
    """Rule name to the sentence that says where it comes from."""
    not_found: tuple[str, ...]
    eligibility_evidence: str = ""
    """What the programme asks to be seen for an eligibility reason; empty where a declaration is enough."""


def read_definition(told: Mapping[str, Any]) -> Definition:
    """Return the definition of a programme from its data; what is missing there is None or empty here."""
    due, support, check_ins = (_part(told, name) for name in ("due", "support", "check_ins"))
    period = _part(told, "period")
    return Definition(
        key=str(told.get("key", "")),
        title=str(told.get("title", "")),
        version=str(told.get("version", "")),
        source=str(told.get("source", "")),
        period_kind=str(period.get("kind", "quarter")),
        first_month=int(period.get("first_month", 4)),
        threshold=_part(told, "suppression").get("threshold"),
        out_of_work_months=support.get("out_of_work_months"),
        in_work_months=support.get("in_work_months"),
        warn_days_before=tuple(support.get("warn_days_before", ())),
        profile_begun_days=due.get("profile_begun_days"),
        plan_agreed_days=due.get("plan_agreed_days"),
        plan_review_days=due.get("plan_review_days"),
        milestone_days=tuple(due.get("milestone_days", ())),
        fading_days=due.get("fading_days"),
        check_in_weeks=tuple(check_ins.get("weeks", ())),
        grace_days=int(check_ins.get("grace_days", 0)),
        indicators=tuple(_part(told, "indicators").get("ids", ())),
        origins=_origins(due, support, check_ins),
        not_found=tuple(_part(told, "not_found").get("facts", ())),
        eligibility_evidence=str(_part(told, "eligibility").get("evidence", "")),
    )


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name, {})
    return found if isinstance(found, Mapping) else {}


def _origins(
    due: Mapping[str, Any], support: Mapping[str, Any], check_ins: Mapping[str, Any]
) -> dict[str, str]:
    found = {
        name.removesuffix("_source"): str(told) for name, told in due.items() if name.endswith("_source")
    }
    return {**found, "support": str(support.get("source", "")), "check_ins": str(check_ins.get("source", ""))}
