"""Short help to read, kept as data: a question, the words one would look it up with, and the answer."""

import tomllib
from dataclasses import dataclass
from functools import cache

from coachdesk.resources import resource

_LONGEST_OPENING = 70


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """A question and its answer."""

    key: str
    title: str
    words: str
    text: str

    @property
    def opening(self) -> str:
        """How the answer begins, for one line."""
        first = self.text.split("\n", maxsplit=1)[0]
        if len(first) <= _LONGEST_OPENING:
            return first
        return first[:_LONGEST_OPENING].rsplit(" ", 1)[0] + "…"


@cache
def help_topics() -> tuple[HelpTopic, ...]:
    """Return the topics that ship, in the order of their file."""
    told = tomllib.loads(resource("words", "help.toml").read_text(encoding="utf-8"))
    return tuple(HelpTopic(key, one["title"], one["words"], one["text"].strip()) for key, one in told.items())
