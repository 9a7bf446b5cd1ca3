"""The calendar arithmetic in words: steps, rows, a strip to be drawn, and what would break it or settle it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.histories import HOUR, WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook


class Shade(StrEnum):
    """What a piece of the strip stands for; it has words and a pattern besides its colour."""

    COUNTS = "counts"
    SHORT = "short"
    """Work that does not count: too few hours, or too little pay."""
    UNKNOWN = "unknown"
    GAP = "gap"
    TO_COME = "to_come"


SHADE_WORDS = {
    Shade.COUNTS: "counts",
    Shade.SHORT: "does not count",
    Shade.UNKNOWN: "not known",
    Shade.GAP: "in no job",
    Shade.TO_COME: "to come",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of days or a week of the strip, and the row of the table that says the same."""

    from_on: dt.date
    to_on: dt.date
    shade: Shade
    what: str
    amount: str

    @property
    def days_words(self) -> str:
        """Return its days: "9 Mar to 13 Mar 2026"."""
        return span_words(self.from_on, self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a decision came about."""

    sentence: str
    steps: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    breaks: tuple[str, ...] = ()
    """What would break it, while it can still be reached."""
    settles: tuple[str, ...] = ()
    """What would settle it, while it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is told about: a history, a rule's settings and the day."""

    history: WorkHistory
    book: RateBook
    as_at: dt.date
    decision: Decision


def day_words(day: dt.date) -> str:
    """Return a day: "9 Mar 2026"."""
    return f"{day.day} {day:%b %Y}"


def span_words(first: dt.date, last: dt.date) -> str:
    """Return some days: "9 Mar to 13 Mar 2026"."""
    if first == last:
        return day_words(first)
    begins = f"{first.day} {first:%b}" if first.year == last.year else day_words(first)
    return f"{begins} to {day_words(last)}"


def count_words(count: int, one: str, many: str = "") -> str:
    """Return a number of things: "1 day", "5 days"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def hours_of(minutes: int) -> str:
    """Return minutes as hours: "7 hours", "7.5 hours"."""
    hours = f"{minutes / HOUR:.2f}".rstrip("0").rstrip(".")
    return f"{hours} hour{'' if minutes == HOUR else 's'}"


def sentence_of(decision: Decision) -> str:
    """Return a decision as one sentence."""
    verdict = decision.verdict
    if verdict is Verdict.REACHED and decision.on is not None:
        rests = ", resting on estimates" if decision.is_estimated else ""
        return f"Reached on {day_words(decision.on)}{rests}"
    if verdict is Verdict.NOT_YET and decision.projected is not None:
        return f"Not reached yet: {day_words(decision.projected)} if nothing changes"
    return _PLAIN[verdict]


_PLAIN = {
    Verdict.REACHED: "Reached",
    Verdict.NOT_YET: "Not reached yet, and not in sight as things are",
    Verdict.UNKNOWN: "Not known yet: this does not count as reached",
    Verdict.CANNOT: "Not reached, and cannot be any more",
    Verdict.BLANK: "This rule cannot be worked out yet",
}


def told_blank(missing: Sequence[str]) -> Told:
    """Return what a rule says that lacks a fact."""
    lacks = "; ".join(missing)
    return Told(
        sentence=_PLAIN[Verdict.BLANK],
        steps=(
            f"It lacks {lacks}.",
            "Nothing is guessed. Look it up in your agreement, and a manager can type it in Settings, Outcome rules.",
        ),
    )
