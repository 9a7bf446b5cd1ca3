"""The vocational profile to take home: the client's own words, in standard or large print, as one tagged PDF."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.plan_around import PlanAround, read_plan_around
from coachdesk.casework.profile import AnswerRow, ProfileRow, read_profile
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.press.blocks import (
    Block,
    BulletList,
    Callout,
    Document,
    Facts,
    Heading,
    KeepTogether,
    Note,
    Quote,
    Text,
    WritingLines,
)
from coachdesk.press.cells import date_words
from coachdesk.press.faces import prints
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, LARGE_PRINT, STANDARD, PageStyle
from coachdesk.terms import Kind, Ref
from coachdesk.vault.file_names import file_at
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

ENDING = ".pdf"
TITLE = "About me and work"
_PRACTICE = "Practice data: an invented person"
_BY_HAND = "In letters that CoachDesk cannot print yet; they belong here, by hand:"
_FIRST = "hopes"
_PARTS = (
    (
        "Work that would suit me",
        ("preferred_sector", "preferred_place", "preferred_hours", "preferred_environment", "deal_breakers"),
    ),
    ("What I bring", ("strengths", "past_work", "helped_before", "people_who_know_me")),
    ("How I am", ("health_impact", "good_day", "hard_day")),
    ("Money", ("benefits_questions",)),
)


class ProfileLayout(StrEnum):
    """The two ways a profile is printed."""

    STANDARD = "standard"
    LARGE = "large"


_WORDS = {ProfileLayout.STANDARD: "Standard", ProfileLayout.LARGE: "Large print (18 point)"}
_NAMES = {
    ProfileLayout.STANDARD: "about-me-and-work",
    ProfileLayout.LARGE: "about-me-and-work-large-print",
}


def profile_styles() -> Mapping[ProfileLayout, PageStyle]:
    """Return the page of each layout: black, white and grey, for a cheap printer."""
    return {
        ProfileLayout.STANDARD: replace(
            STANDARD, body=10.5, small=9.5, headings=(19.0, 12.5, 11.0), margin=46.0, inks=BLACK_AND_WHITE
        ),
        ProfileLayout.LARGE: replace(LARGE_PRINT, inks=BLACK_AND_WHITE),
    }


def profile_paper_choices() -> tuple[tuple[ProfileLayout, str], ...]:
    """Return the layouts a profile is printed in, each with its words."""
    return tuple(_WORDS.items())


def profile_file_name(layout: ProfileLayout) -> str:
    """Return what the file is called: a name on a stick or in a list of print jobs names nobody."""
    return _NAMES[layout] + ENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintProfile:
    """Set a client's profile on paper; ``target`` is the file, or a folder that gets one."""

    client_id: UUID
    target: Path
    layout: ProfileLayout = ProfileLayout.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePaper:
    """All that a profile tells on paper."""

    profile: ProfileRow
    around: PlanAround
    made_on: dt.date


def read_profile_paper(session: Session, question: ClientQuestion) -> ProfilePaper:
    """Return what the profile tells on paper: what the client said about work, and nothing else of the record.

    Raises Refusal for a client who is gone or erased, ReasonNeeded for a colleague's client.
    """
    profile = read_profile(session, question)
    around = read_plan_around(session, question.client_id, None)
    if is_erased(session, question.client_id):
        raise Refusal("This client has been erased; there is no profile to print.")
    return ProfilePaper(profile=profile, around=around, made_on=question.today)


def profile_document(paper: ProfilePaper, layout: ProfileLayout) -> Document:
    """Return the profile as a document in a layout; its title names nobody, for a viewer shows it in its window."""
    return Document(
        title=TITLE,
        blocks=tuple(_Layout(paper, layout).blocks()),
        subject="Vocational profile",
        author=paper.around.organisation,
        watermark=_PRACTICE if paper.around.is_practice else None,
        made=paper.made_on,
    )


class _Layout:
    """The profile in the order it is read: what must be known, what is hoped for, then part by part."""

    def __init__(self, paper: ProfilePaper, layout: ProfileLayout) -> None:
        self.paper, self.layout = paper, layout
        self._said = {one.name: one for one in paper.profile.answers if one.words}

    def blocks(self) -> Iterator[Block]:
        """Give the profile block by block, the client's own words first."""
        around = self.paper.around
        yield Heading(1, TITLE)
        made_with = f", written down with {around.organisation}" if around.organisation else ""
        yield Text(
            f"These are your own words{made_with}. You decide who else reads this page, and you can change it at any "
            "time: tell your coach, or write on it."
        )
        if around.needs:
            yield Callout("Communication needs", around.needs)
        if not (around.name and prints(around.name)):
            yield WritingLines(("Your name",))
        yield Facts(tuple(self._about()))
        if _FIRST in self._said:
            yield KeepTogether((Heading(2, self._said[_FIRST].title), *_quote(self._said[_FIRST].words)))
        for title, names in _PARTS:
            yield from self._part(title, [self._said[name] for name in names if name in self._said])
        yield from self._open()
        large = "" if self.layout is ProfileLayout.LARGE else " You can have this in large print: please ask."
        yield Note(f"Printed on {date_words(self.paper.made_on)}.{large}")

    def _about(self) -> Iterator[tuple[str, str]]:
        around, profile = self.paper.around, self.paper.profile
        if around.name and prints(around.name):
            yield "Name", around.name
        if profile.started_on is not None:
            yield "Begun on", date_words(profile.started_on)
        if profile.completed_on is not None:
            yield "Complete on", date_words(profile.completed_on)
        yield "Your coach", around.coach or "Not decided yet"

    def _part(self, title: str, answers: list[AnswerRow]) -> Iterator[Block]:
        if not answers:
            return
        if self.layout is ProfileLayout.STANDARD and all(prints(one.words) for one in answers):
            yield KeepTogether((Heading(2, title), Facts([(one.title, one.words) for one in answers])))
            return
        first, *others = ((Heading(3, one.title), *_words(one.words)) for one in answers)
        yield KeepTogether((Heading(2, title), *first))
        for blocks in others:
            yield KeepTogether(blocks)

    def _open(self) -> Iterator[Block]:
        """Give what is still open: in a line where most is said, with room to write where nothing is."""
        open_ones = [one.title for one in self.paper.profile.answers if not one.words]
        if not self._said:
            for title in open_ones:
                yield KeepTogether((Heading(2, title), WritingLines(("",)), WritingLines(("",))))
        elif open_ones:
            is_large = self.layout is ProfileLayout.LARGE
            named = BulletList(open_ones) if is_large else Text(" · ".join(open_ones))
            yield KeepTogether((Heading(2, "Still to talk about, whenever it suits you"), named))


def _quote(words: str) -> tuple[Block, ...]:
    return (Quote(f"“{words.strip().strip('“”')}”"),) if prints(words) else _words(words)


def _words(words: str) -> tuple[Block, ...]:
    """Return words, or room for those in letters that no face here holds."""
    if prints(words):
        return (Text(words),)
    return (Text(_BY_HAND), WritingLines(("",)), WritingLines(("",)))


def write_profile(vault: OpenVault, wish: PrintProfile, watch: Watch) -> Path:
    """Write the profile into one file, whole or not at all, and journal that it was printed; return where it lies.

    Raises Refusal as ``read_profile_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the profile")
    question = ClientQuestion(client_id=wish.client_id, today=vault.clock.today())
    with reading(vault) as session:
        paper = read_profile_paper(session, question)
        initials = session.get_one(Client, wish.client_id).initials()
    watch.progress(0.3, "Setting it on paper")
    data = pdf(profile_document(paper, wish.layout), style=profile_styles()[wish.layout])
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        describe(work.session, f"Printed the profile of {initials}")
        record_event(work.session, "printed", wish.client_id.hex, Ref(Kind.CLIENT, wish.client_id))
        work.session.flush()
        target = file_at(wish.target, profile_file_name(wish.layout))
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
