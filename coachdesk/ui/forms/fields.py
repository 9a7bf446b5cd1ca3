"""What a form asks, declared: a form is a list of these and draws itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.ui.dates import Lean


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen: its value and its words."""

    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question: the name of its value and its label, with ``&`` before the letter of its shortcut.

    Only a field that is ``needed`` is refused when empty; any other may stay as it is.
    """

    name: str
    label: str
    hint: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Text(Field):
    """One line of text; its value is a string, empty for nothing."""

    longest: int = 0
    placeholder: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Lines(Field):
    """Text of several lines; Tab leaves it, as it leaves every field."""

    rows: int = 3
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One answer out of several; its value is the option's, or None. Long lists can be searched by typing."""

    options: Sequence[Option] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Choices(Field):
    """Any number of answers; its value is a tuple of the options' values."""

    options: Sequence[Option] = ()
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Date(Field):
    """A date as people type it; its value is a date, or None."""

    lean: Lean = "nearest"


@dataclass(frozen=True, slots=True)
class Number(Field):
    """A number; its value is an int (a Decimal where ``places`` is not 0), or None."""

    lowest: float | None = None
    highest: float | None = None
    places: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Check(Field):
    """Yes or not yet; the words stand in the check box itself."""


@dataclass(frozen=True, slots=True)
class Scale(Field):
    """A number from ``lowest`` to ``highest``, all in sight; its value is an int, or None."""

    lowest: int = 0
    highest: int = 10
    low_words: str = ""
    high_words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above the fields that follow, with a sentence if one helps."""

    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Fields side by side; one below the other where the room or the text asks."""

    fields: tuple[Field, ...]

    def __init__(self, *fields: Field) -> None:
        object.__setattr__(self, "fields", fields)


Part = Field | Heading | Together
