"""What a plan tells on paper, and what every layout of it has in common."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from coachdesk.casework.agreed_content import Signature
from coachdesk.casework.plans import ActionRow, PlanRow
from coachdesk.press.blocks import Block, Text, WritingLines
from coachdesk.press.blocks import Signature as SignatureBlock
from coachdesk.press.cells import date_words
from coachdesk.press.faces import prints
from coachdesk.press.style import BLACK_AND_WHITE, EASY_READ, LARGE_PRINT, STANDARD, PageStyle

_MARKS = frozenset('“”"')


class PlanLayout(StrEnum):
    """The three ways a plan is printed."""

    STANDARD = "standard"
    LARGE = "large"
    EASY_READ = "easy_read"


def styles() -> Mapping[PlanLayout, PageStyle]:
    """Return the page of each layout: black, white and grey, for a cheap printer."""
    return {
        PlanLayout.STANDARD: replace(STANDARD, body=10.5, small=9.5, inks=BLACK_AND_WHITE),
        PlanLayout.LARGE: replace(LARGE_PRINT, inks=BLACK_AND_WHITE),
        PlanLayout.EASY_READ: replace(EASY_READ, inks=BLACK_AND_WHITE),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """All that a plan tells on paper."""

    organisation: str
    watermark: str | None
    name: str
    needs: str
    plan: PlanRow
    how_agreed: str
    coach: str
    hub: str
    address: str
    opening: str
    made_on: dt.date
    signature: Signature = ()
    changed_since: bool = False
    """Whether the plan says something else now than what was agreed last."""

    @property
    def has_name(self) -> bool:
        """Whether the name can be printed as its owner writes it."""
        return bool(self.name) and prints(self.name)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet that could stand on it."""
        return not self.plan.goals and not self.plan.loose_actions


def in_order(actions: tuple[ActionRow, ...]) -> list[ActionRow]:
    """Return steps with those still to do first, each part in the order of its days."""
    return sorted(actions, key=is_done)


def is_done(action: ActionRow) -> bool:
    """Return whether a step has been done."""
    return action.done_on is not None


def quoted(words: str) -> str:
    """Return words in quotation marks, once: some are written down with theirs."""
    said = words.strip()
    inside = said[1:-1]
    is_marked = len(said) > 1 and said[0] in _MARKS and said[-1] in _MARKS
    return f"“{inside if is_marked and not _MARKS & set(inside) else said}”"


def name_by_hand(paper: PlanPaper) -> Iterator[Block]:
    """Give a line for a name in letters that no face here holds: spelled out by name it would be an insult."""
    if not paper.has_name:
        yield WritingLines(("Your name",))


def by_hand() -> list[Block]:
    """Return room for words in letters that no face here holds."""
    words = "Your words are in letters that CoachDesk cannot print yet. They belong here, by hand:"
    return [Text(words), WritingLines(("",)), WritingLines(("",))]


def two_signatures() -> Iterator[Block]:
    """Give lines for the client and the coach to sign on."""
    yield WritingLines(("You", "Date"), (2, 1))
    yield WritingLines(("Your coach", "Date"), (2, 1))


def signed(paper: PlanPaper, words: str) -> Iterator[Block]:
    """Give the signature that was given on screen, with its day; nothing where there is none."""
    if paper.signature and paper.plan.agreed_on is not None:
        label = f"{words}, {date_words(paper.plan.agreed_on)}"
        yield SignatureBlock(paper.signature, label, f"Signature. {label}.")
