"""The fields of a letter: plain names in braces, what each tells, and how a text is filled with them.

A field is replaced by its words and nothing else: no format specification, no attribute, no second turn, whatever the
words hold. A line that has a field with nothing to say is left out whole, so that no letter has a gap in a sentence.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

NAME = "name"
"""A field that tells who is meant: any permission covers it, and without one it stays out."""


@dataclass(frozen=True, slots=True)
class LetterField:
    """One field: its name in braces, its words, and what it tells of the client.

    ``tells`` is empty, NAME, or a key of the list ``shared_data``. One that is ``asked`` is typed for each letter;
    one that is ``optional`` may then stay empty.
    """

    name: str
    words: str
    tells: str = ""
    asked: bool = False
    optional: bool = False


FIELDS = (
    LetterField("client", "The client’s name", NAME),
    LetterField("first_name", "The client’s first name, as they are called", NAME),
    LetterField("client_address", "The client’s address", "contact_details"),
    LetterField("recipient", "To whom the letter goes"),
    LetterField("recipient_name", "Their name alone, up to the first comma"),
    LetterField("coach", "Your name"),
    LetterField("organisation", "Your organisation"),
    LetterField("hub", "Your hub"),
    LetterField("hub_address", "The hub’s address"),
    LetterField("today", "The day of the letter"),
    LetterField("received_on", "The day the referral came"),
    LetterField("accepted_on", "The day it was accepted", "taking_part"),
    LetterField("started_on", "The day support began", "taking_part"),
    LetterField("programme", "The programme", "taking_part"),
    LetterField("next_review", "The next review of the plan", "progress"),
    LetterField("goal", "The first goal, in the client’s words", "goals"),
    LetterField("employer", "The employer they work for", "work"),
    LetterField("job_title", "The job they do", "work"),
    LetterField("job_started_on", "The day the job began", "work"),
    LetterField("needs_at_work", "What they need at work, in their words", "needs_at_work"),
    LetterField("appointment_day", "Day of the appointment", asked=True),
    LetterField("appointment_time", "Time of the appointment", asked=True),
    LetterField("appointment_place", "Place of the appointment", asked=True),
    LetterField("own_words", "Something of your own", asked=True, optional=True),
)
NOT_TYPED = "…"
"""What stands in a draft where something asked has not been typed yet."""
BY_NAME: Mapping[str, LetterField] = {field.name: field for field in FIELDS}
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its fields filled in: which fields it tells, and which had lines left out, not covered or not known."""

    text: str
    told: tuple[str, ...]
    not_covered: tuple[str, ...]
    not_known: tuple[str, ...]


def fields_in(text: str) -> tuple[str, ...]:
    """Return the names in braces, each once, in the order of the text, known or not."""
    return tuple(dict.fromkeys(_BRACES.findall(text)))


def unknown_fields(text: str) -> tuple[str, ...]:
    """Return what stands in braces and is no field."""
    return tuple(name for name in fields_in(text) if name not in BY_NAME)


def told_by(names: Iterable[str]) -> tuple[str, ...]:
    """Return what fields tell of the client: NAME and keys of ``shared_data``, each once."""
    told = (BY_NAME[name].tells for name in names if name in BY_NAME)
    return tuple(dict.fromkeys(one for one in told if one))


def fill(text: str, values: Mapping[str, str], may_tell: Collection[str] | None = None) -> Filled:
    """Return a text filled in, with the lines left out that tell what they may not or have nothing to say.

    ``may_tell`` holds NAME and keys of ``shared_data``; None lets everything be told. Words that are no field stay.
    """
    kept: list[str] = []
    told: list[str] = []
    not_covered: list[str] = []
    not_known: list[str] = []
    for line in text.split("\n"):
        known = [BY_NAME[name] for name in fields_in(line) if name in BY_NAME]
        closed = [one.name for one in known if not _may_tell(one, may_tell)]
        empty = [one.name for one in known if not values.get(one.name, "").strip() and not one.optional]
        blank = any(not values.get(one.name, "").strip() for one in known)
        not_covered += closed
        not_known += [] if closed else empty
        if not closed and not blank:
            kept.append(_replaced(line, values))
            told += [one.name for one in known]
    text = _BLANK_LINES.sub("\n\n", "\n".join(kept)).strip()
    return Filled(text, _once(told), _once(not_covered), _once(not_known))


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _may_tell(field: LetterField, may_tell: Collection[str] | None) -> bool:
    return may_tell is None or not field.tells or field.tells in may_tell


def _replaced(line: str, values: Mapping[str, str]) -> str:
    def words(found: re.Match[str]) -> str:
        name = found.group(1)
        return values[name].strip() if name in BY_NAME else found.group(0)

    return _BRACES.sub(words, line)
