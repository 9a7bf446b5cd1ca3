"""The motivated intruder's questions, and the rule that nothing leaves while one of them is answered with yes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from coachdesk.errors import Refusal
from coachdesk.resources import resource

NO, NOT_SURE, YES = "no", "not_sure", "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntruderQuestion:
    """One question about somebody who wants to find a person in the pack."""

    key: str
    question: str
    help: str


@cache
def intruder_questions() -> tuple[IntruderQuestion, ...]:
    """Return the questions in their order."""
    told = tomllib.loads(resource("rights", "motivated_intruder.toml").read_text(encoding="utf-8"))
    return tuple(IntruderQuestion(**each) for each in told["question"])


def check_answers(answers: Mapping[str, str]) -> None:
    """Return when the answers let a pack leave; raises Refusal beside each question that does not."""
    sentences = {
        YES: "Somebody could be recognised: leave it out, use wider groups or a longer period.",
        NOT_SURE: "Find out first, or ask somebody who knows the place.",
    }
    refused = {key: sentences[answer] for key, answer in answers.items() if answer in sentences}
    if refused:
        raise Refusal(
            "This pack is not ready to leave: somebody may be recognised in it.",
            fields=refused,
        )
