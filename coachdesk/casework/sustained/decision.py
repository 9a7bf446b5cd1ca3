"""What the engine decides: reached, not yet, not known, not any more, or not to be worked out."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a client stands by a rule; exactly one is true."""

    REACHED = "reached"
    NOT_YET = "not_yet"
    """Not reached, and it still can be."""
    UNKNOWN = "unknown"
    """What is recorded does not say; never counted as success."""
    CANNOT = "cannot"
    """Not reached, and it cannot be any more."""
    BLANK = "blank"
    """The rule lacks a fact: nobody is judged by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a client stands by a rule on a day."""

    verdict: Verdict
    on: dt.date | None = None
    """The day on which it was reached."""
    projected: dt.date | None = None
    """The day on which it is reached if nothing changes."""
    is_estimated: bool = False
    """It rests on usual hours, or on weeks that were told and not seen on paper."""
    by_self_employment: bool = False
