"""What the papers of health at work have in common: two sizes, words no face holds, and one way to write a file."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.plan_around import PlanAround
from coachdesk.models import Client
from coachdesk.press.blocks import Block, Document, Facts, WritingLines
from coachdesk.press.faces import prints
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, LARGE_PRINT, STANDARD, PageStyle
from coachdesk.terms import Kind, Ref
from coachdesk.vault.file_names import file_at
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, record_event, unit_of_work

BY_HAND = "(in letters that CoachDesk cannot print yet: to be written in by hand)"
_PRACTICE = "Practice data: an invented person"
_LARGE = "large print"


class HealthPrint(StrEnum):
    """The two sizes the papers of health at work come in."""

    STANDARD = "standard"
    LARGE = "large"


def health_print_choices() -> tuple[tuple[HealthPrint, str], ...]:
    """Return the sizes, each with its words."""
    return ((HealthPrint.STANDARD, "Standard"), (HealthPrint.LARGE, "Large print (18 point)"))


def size_for(needs: str) -> HealthPrint:
    """Return the size for somebody with these communication needs."""
    return HealthPrint.LARGE if _LARGE in needs.casefold() else HealthPrint.STANDARD


def health_style(size: HealthPrint) -> PageStyle:
    """Return the page of a size: black, white and grey, for a cheap printer."""
    if size is HealthPrint.LARGE:
        return replace(LARGE_PRINT, inks=BLACK_AND_WHITE)
    return replace(
        STANDARD, body=10.5, small=9.5, headings=(19.0, 12.5, 11.0), margin=46.0, inks=BLACK_AND_WHITE
    )


def health_document(
    title: str, subject: str, around: PlanAround, blocks: Iterator[Block], made: dt.date
) -> Document:
    """Return blocks as a document; its title names nobody, for a viewer shows it in its window."""
    return Document(
        title=title,
        blocks=tuple(blocks),
        subject=subject,
        author=around.organisation,
        watermark=_PRACTICE if around.is_practice else None,
        made=made,
    )


def printable(words: str) -> str:
    """Return words, or that they are to be written in by hand where no face here holds their letters."""
    return words if prints(words) else BY_HAND


def facts(*pairs: tuple[str, str]) -> Facts:
    """Return what is known as lines of a paper; what is not known is left out."""
    return Facts(tuple((name, printable(words)) for name, words in pairs if words))


def signatures(name: str, *, for_employer: bool) -> Iterator[Block]:
    """Give lines to sign on: for whom it is about, and whoever else it binds."""
    yield WritingLines((name if prints(name) and name else "Your name", "Date"), (2, 1))
    other = "For the employer" if for_employer else "Who else agrees"
    yield WritingLines((other, "Date"), (2, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A paper to be written: about whom, its document and size, the file, and the words for the history."""

    client_id: UUID
    document: Document
    size: HealthPrint
    target: Path
    file_name: str
    did: str


def issue(vault: OpenVault, paper: Issue, leaves: Callable[[Session], object], watch: Watch) -> Path:
    """Write a paper into one file, whole or not at all, and journal that it was printed; return where it lies.

    ``leaves`` writes down, in the same action, what goes to somebody else. Raises what it raises, Cancelled, or
    the Trouble of the drive.
    """
    watch.progress(0.3, "Setting it on paper")
    data = pdf(paper.document, style=health_style(paper.size))
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        leaves(work.session)
        initials = work.session.get_one(Client, paper.client_id).initials()
        describe(work.session, f"{paper.did} of {initials}")
        record_event(work.session, "printed", paper.client_id.hex, Ref(Kind.CLIENT, paper.client_id))
        work.session.flush()
        target = file_at(paper.target, paper.file_name)
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
