"""How a return is to protect people: the choices the programme's rule leaves open (disclosure.md 5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from coachdesk.errors import Refusal

Method = Literal["withhold", "round"]
Cumulative = Literal["full", "headlines"]
WITHHOLD: Method = "withhold"
ROUND: Method = "round"
FULL: Cumulative = "full"
HEADLINES_ONLY: Cumulative = "headlines"
LEAST_THRESHOLD, MOST_THRESHOLD = 3, 20
MOST_SECONDS = 120
USUAL_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionChoice:
    """How the numbers of one return are protected; what is left as it is keeps the programme's own rule.

    ``threshold`` can only raise the programme's. ``wide`` and ``left_out`` hold the ids of tables that are printed
    in wider bands or not at all; ``seconds`` is how long the least to withhold is looked for once a safe answer is
    there; ``cumulative`` says what a period prints that takes in a shorter one already issued.
    """

    method: Method = WITHHOLD
    threshold: int | None = None
    wide: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    seconds: int = USUAL_SECONDS
    cumulative: Cumulative = FULL

    def plain(self) -> dict[str, Any]:
        """Return the choice as plain data for a lay-out or the register."""
        return {
            "method": self.method,
            "threshold": self.threshold,
            "wide": list(self.wide),
            "left_out": list(self.left_out),
            "seconds": self.seconds,
            "cumulative": self.cumulative,
        }


AS_USUAL = ProtectionChoice()
"""What is chosen where nobody chose: small numbers are withheld by the programme's own threshold."""


def read_choice(told: Mapping[str, Any]) -> ProtectionChoice:
    """Return a choice from plain data; what is missing or not understood is as usual."""
    threshold, seconds = told.get("threshold"), told.get("seconds")
    return ProtectionChoice(
        method=ROUND if told.get("method") == ROUND else WITHHOLD,
        threshold=threshold if isinstance(threshold, int) else None,
        wide=tuple(str(each) for each in told.get("wide") or ()),
        left_out=tuple(str(each) for each in told.get("left_out") or ()),
        seconds=seconds if isinstance(seconds, int) and 0 <= seconds <= MOST_SECONDS else USUAL_SECONDS,
        cumulative=HEADLINES_ONLY if told.get("cumulative") == HEADLINES_ONLY else FULL,
    )


def checked_choice(choice: ProtectionChoice, threshold: int) -> ProtectionChoice:
    """Return the choice; raises Refusal, with the field, for one that the programme's threshold does not allow."""
    if choice.method not in get_args(Method):
        raise _refused("method", "A return is protected by withholding numbers or by rounding them.")
    asked = choice.threshold
    if asked is not None and asked < threshold:
        raise _refused(
            "threshold",
            f"The threshold of this return is {threshold}: it can be raised for one return, never lowered.",
        )
    if asked is not None and not LEAST_THRESHOLD <= asked <= MOST_THRESHOLD:
        raise _refused(
            "threshold", f"A threshold lies between {LEAST_THRESHOLD} and {MOST_THRESHOLD} people."
        )
    if not 0 <= choice.seconds <= MOST_SECONDS:
        raise _refused("seconds", f"The search takes between 0 and {MOST_SECONDS} seconds.")
    return choice


def _refused(field: str, sentence: str) -> Refusal:
    return Refusal(sentence, fields={field: sentence})
