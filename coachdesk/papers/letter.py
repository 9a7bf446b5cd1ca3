"""A letter on paper: the words that were kept when it was made, in standard or large print, as one tagged PDF."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.letter_templates import CERTIFICATE
from coachdesk.casework.letters import why_closed
from coachdesk.errors import Refusal
from coachdesk.models import Client, Hub, Letter, LetterTemplate, Organisation
from coachdesk.press.blocks import Block, Document, Heading, KeepTogether, Text, WritingLines
from coachdesk.press.cells import date_words
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, LARGE_PRINT, STANDARD, PageStyle
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.file_names import file_at
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

ENDING = ".pdf"
TITLE = "Letter"
_ROOM = "\N{NO-BREAK SPACE}\n\N{NO-BREAK SPACE}"
"""Two empty lines: room to sign."""
_CLOSED = 3
"""Paragraphs of a letter that ends with a closing and a name: something, the closing, the name."""
_PRACTICE = "Practice data: an invented person"


class LetterPrint(StrEnum):
    """How large a letter is printed."""

    STANDARD = "standard"
    LARGE = "large"


_WORDS = {LetterPrint.STANDARD: "Standard", LetterPrint.LARGE: "Large print (18 point)"}
_NAMES = {LetterPrint.STANDARD: "letter", LetterPrint.LARGE: "letter-large-print"}


def letter_print_choices() -> tuple[tuple[LetterPrint, str], ...]:
    """Return the sizes a letter is printed in, each with its words."""
    return tuple(_WORDS.items())


def letter_file_name(size: LetterPrint) -> str:
    """Return what the file is called: a name on a stick or in a list of print jobs names nobody."""
    return _NAMES[size] + ENDING


def letter_style(size: LetterPrint, *, certificate: bool = False) -> PageStyle:
    """Return the page of a size: black, white and grey, for a cheap printer; a certificate is read from afar."""
    if certificate:
        large = size is LetterPrint.LARGE
        body = 18.0 if large else 15.0
        return replace(LARGE_PRINT, body=body, small=body, headings=(34.0, 26.0, 20.0), inks=BLACK_AND_WHITE)
    if size is LetterPrint.LARGE:
        return replace(LARGE_PRINT, inks=BLACK_AND_WHITE)
    return replace(STANDARD, body=11.0, headings=(15.0, 13.0, 11.5), margin=64.0, inks=BLACK_AND_WHITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """All that a letter tells on paper."""

    organisation: str
    from_where: str
    recipient: str
    address: str
    written_on: dt.date
    subject: str
    body: str
    watermark: str | None
    is_certificate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLetter:
    """Set a letter on paper; ``target`` is the file, or a folder that gets one."""

    letter_id: UUID
    today: dt.date
    target: Path
    size: LetterPrint = LetterPrint.STANDARD


def read_letter_paper(session: Session, letter_id: UUID, today: dt.date) -> LetterPaper:
    """Return a letter as it was made.

    Raises Refusal for one that is gone (an erasure takes letters along) or whose permission has ended since, and
    ReasonNeeded for a colleague's client.
    """
    letter = session.get(Letter, letter_id)
    if letter is None or letter.archived_at is not None:
        raise Refusal("This letter is not there any more.")
    check_may_see(session, letter.client_id)
    closed = why_closed(session, letter, today)
    if closed:
        raise Refusal(closed)
    organisation = session.scalars(select(Organisation)).first()
    template = session.get(LetterTemplate, letter.template_id) if letter.template_id is not None else None
    client = session.get_one(Client, letter.client_id)
    hub = session.get(Hub, client.hub_id) if client.hub_id is not None else None
    parts = (hub.name, hub.address.strip(), hub.postcode) if hub is not None else ()
    return LetterPaper(
        organisation=organisation.name if organisation is not None else "",
        from_where="\n".join(part for part in parts if part),
        recipient=letter.recipient,
        address=letter.recipient_address.strip(),
        written_on=letter.written_on,
        subject=letter.subject,
        body=letter.body,
        watermark=_PRACTICE if organisation is not None and organisation.is_practice else None,
        is_certificate=template is not None and template.key == CERTIFICATE,
    )


def letter_document(paper: LetterPaper) -> Document:
    """Return the letter as a document; its title names nobody, for a viewer shows it in its window."""
    blocks = _certificate(paper) if paper.is_certificate else _letter(paper)
    return Document(
        title=TITLE,
        blocks=tuple(blocks),
        subject=TITLE,
        author=paper.organisation,
        watermark=paper.watermark,
        made=paper.written_on,
    )


def _letter(paper: LetterPaper) -> Iterator[Block]:
    sender = "\n".join(part for part in (paper.organisation, paper.from_where) if part)
    if sender:
        yield Text(sender)
    yield Text(f"{paper.recipient}\n{paper.address}".strip())
    yield Text(date_words(paper.written_on))
    yield Heading(1, paper.subject)
    paragraphs = _paragraphs(paper.body)
    whole = len(paragraphs) >= _CLOSED and paragraphs[-2].endswith(",")
    for paragraph in paragraphs[:-_CLOSED] if whole else paragraphs:
        yield Text(paragraph)
    if whole:  # room to sign between the closing and the name; they never stand alone on a page
        last, closing, name = map(Text, paragraphs[-_CLOSED:])
        yield KeepTogether((last, closing, Text(_ROOM), name))


def _certificate(paper: LetterPaper) -> Iterator[Block]:
    yield Text(paper.organisation)
    yield Text(_ROOM)
    yield Heading(1, paper.subject)
    first, *others = _paragraphs(paper.body) or [paper.recipient]
    yield Heading(2, first)
    for paragraph in others:
        yield Text(paragraph)
    yield Text(_ROOM)
    yield WritingLines(("Signed", "Date"), (2, 1))


def _paragraphs(body: str) -> list[str]:
    return [part.strip() for part in body.split("\n\n") if part.strip()]


def write_letter(vault: OpenVault, wish: PrintLetter, watch: Watch) -> Path:
    """Write a letter into one file, whole or not at all, and journal that it was printed; return where it lies.

    Raises Refusal as ``read_letter_paper`` does, Cancelled, or the Trouble of the drive.
    """
    watch.progress(0.1, "Reading the letter")
    with reading(vault) as session:
        paper = read_letter_paper(session, wish.letter_id, wish.today)
        client_id = session.get_one(Letter, wish.letter_id).client_id
        initials = session.get_one(Client, client_id).initials()
    watch.progress(0.3, "Setting it on paper")
    data = pdf(letter_document(paper), style=letter_style(wish.size, certificate=paper.is_certificate))
    watch.progress(0.9, "Writing the file")
    # inside the action: what cannot be written down is not handed out, and what cannot be handed out is not told
    with unit_of_work(vault) as work, system_troubles():
        describe(work.session, f"Printed a letter about {initials}")
        record_event(work.session, "printed", client_id.hex, Ref(Kind.CLIENT, client_id))
        work.session.flush()
        target = file_at(wish.target, letter_file_name(wish.size))
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
