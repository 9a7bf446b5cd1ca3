"""What the form of a contact asks, and what it asks besides when the contact is a check-in."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from coachdesk.casework.contacts import OpenGoal
from coachdesk.ui.check_ins.check_in_parts import CheckInParts
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.forms.fields import (
    Check,
    Choice,
    Choices,
    Date,
    Lines,
    Number,
    Option,
    Part,
    Text,
    Together,
)

_LONGEST_GOAL = 90  # characters: a box with words does not break them into lines


class ContactParts(QObject):
    """The fields of a contact, for the form that records one and the form that corrects one."""

    def __init__(self, codes: CodeBook, parent: QObject) -> None:
        super().__init__(parent)
        self._codes = codes
        self.check_in = CheckInParts(codes, self)

    def to_record(self, *, check_in: bool) -> tuple[Part, ...]:
        """Return what is asked of a new contact, the note first."""
        who = (
            Option("coach", self.tr("I do it")),
            Option("client", self.tr("The client does it")),
            Option("other", self.tr("Somebody else")),
        )
        before = self.check_in.parts() if check_in else ()
        return (
            *before,
            Lines("note", self.tr("What h&appened"), rows=3),
            Together(
                Text("next_step", self.tr("&Next step")),
                Date("next_on", self.tr("&When"), lean="future"),
                Choice("next_who", self.tr("Wh&o"), options=who),
            ),
            *self._ways(),
            Choices("goals", self.tr("&Goals it was about"), columns=1),
        )

    def to_correct(self, goals: Iterable[OpenGoal]) -> tuple[Part, ...]:
        """Return what can be put right in a contact that was saved."""
        offered = goal_options(goals)
        about = (Choices("goals", self.tr("&Goals it was about"), options=offered, columns=1),)
        return (
            Lines("note", self.tr("What h&appened"), rows=4),
            *self._ways(),
            Together(
                Date("next_on", self.tr("Ne&xt contact agreed for"), lean="future"),
                Text("with_whom", self.tr("&With whom")),
            ),
            *(about if offered else ()),
        )

    def _ways(self) -> tuple[Part, ...]:
        return (
            Together(
                Date("happened_on", self.tr("&Date"), needed=True, lean="past"),
                Choice("channel", self.tr("&How"), options=self._codes.options("channel")),
                Choice("place", self.tr("Wh&ere"), options=self._codes.options("place")),
                Number("minutes", self.tr("&Minutes"), lowest=0, highest=1440),
            ),
            Together(
                Choice("note_kind", self.tr("This note &is"), options=self._kinds()),
                Check("did_not_attend", self.tr("Could not make it this time")),
                Check("is_private", self.tr("Keep &private from prints")),
            ),
        )

    def _kinds(self) -> tuple[Option, ...]:
        return (
            Option("fact", self.tr("Fact")),
            Option("opinion", self.tr("My opinion")),
            Option("others", self.tr("About somebody else")),
        )


def goal_options(goals: Iterable[OpenGoal]) -> tuple[Option, ...]:
    """Return goals as answers of a form, long ones cut to one line."""
    return tuple(Option(one.id.hex, _one_line(one.words)) for one in goals)


def _one_line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_GOAL else f"{line[: _LONGEST_GOAL - 1].rstrip()}…"
