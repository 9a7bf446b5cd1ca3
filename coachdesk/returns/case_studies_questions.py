"""The motivated intruder's questions about a case study, as data that anybody can read and correct."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from coachdesk.resources import resource

NOT_THERE, CHANGED, THERE = "not_there", "changed", "there"
ANSWERS: Mapping[str, str] = {
    NOT_THERE: "No, it does not",
    CHANGED: "It was changed so that nobody can tell",
    THERE: "Yes, it still does",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IntruderQuestion:
    """One way in which somebody could be found, and what to ask about it."""

    key: str
    title: str
    ask: str


def intruder_questions() -> tuple[IntruderQuestion, ...]:
    """Return the questions in their order; every one is answered before a case study is reviewed."""
    told = tomllib.loads(resource("returns", "case_studies.toml").read_text(encoding="utf-8"))
    return tuple(IntruderQuestion(**one) for one in told["question"])
