"""A page of guidance to leave behind with an employer: the charity's words, its name and its source, as one tagged PDF."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.guidance_sheets import GONE
from coachdesk.errors import Refusal
from coachdesk.models import GuidanceSheet, Organisation
from coachdesk.press.blocks import Block, BulletList, Document, Heading, KeepTogether, Note, Text
from coachdesk.press.cells import date_words
from coachdesk.press.pdf import pdf
from coachdesk.press.style import BLACK_AND_WHITE, LARGE_PRINT, STANDARD, PageStyle
from coachdesk.vault.file_names import file_at
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

ENDING = ".pdf"
_HEADING, _ITEM, _TEXT = "##", "-", "words"
_PRACTICE = "Practice data: an invented charity"


class GuidancePrint(StrEnum):
    """How large a page of guidance is printed."""

    STANDARD = "standard"
    LARGE = "large"


def guidance_style(size: GuidancePrint) -> PageStyle:
    """Return the page of a size: black, white and grey, for a cheap printer."""
    if size is GuidancePrint.LARGE:
        return replace(LARGE_PRINT, inks=BLACK_AND_WHITE)
    return replace(
        STANDARD, body=11.0, small=9.5, headings=(20.0, 13.0, 11.5), margin=56.0, inks=BLACK_AND_WHITE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidancePaper:
    """All that a page of guidance tells on paper."""

    title: str
    body: str
    source: str
    organisation: str
    printed_on: dt.date
    is_practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintGuidance:
    """Set a page of guidance on paper; ``target`` is the file, or a folder that gets one."""

    sheet_id: UUID
    target: Path
    size: GuidancePrint = GuidancePrint.STANDARD


def guidance_file_name(key: str, size: GuidancePrint) -> str:
    """Return what the file is called."""
    return f"guidance-{key}{'-large-print' if size is GuidancePrint.LARGE else ''}{ENDING}"


def read_guidance_paper(session: Session, sheet_id: UUID, today: dt.date) -> GuidancePaper:
    """Return a page as it stands now, with the charity's name; raises Refusal for one that is gone."""
    sheet = session.get(GuidanceSheet, sheet_id)
    if sheet is None or sheet.archived_at is not None:
        raise Refusal(GONE)
    organisation = session.scalars(select(Organisation)).first()
    return GuidancePaper(
        title=sheet.title,
        body=sheet.body,
        source=sheet.source_note,
        organisation=organisation.name if organisation is not None else "",
        printed_on=today,
        is_practice=organisation is not None and organisation.is_practice,
    )


def guidance_document(paper: GuidancePaper) -> Document:
    """Return the page as a document."""
    return Document(
        title=paper.title,
        blocks=tuple(_blocks(paper)),
        subject="Guidance for employers",
        author=paper.organisation,
        watermark=_PRACTICE if paper.is_practice else None,
        made=paper.printed_on,
    )


def _blocks(paper: GuidancePaper) -> Iterator[Block]:
    yield Heading(1, paper.title)
    if paper.organisation:
        yield Note(f"From {paper.organisation}")
    for part in _parts(paper.body):
        if isinstance(part[0], Heading):
            yield KeepTogether(tuple(part))
        else:
            yield from part
    if paper.source:
        yield Note(f"Source: {paper.source}.".replace("..", "."))
    yield Note(f"Printed on {date_words(paper.printed_on)}.")


def _parts(body: str) -> list[list[Block]]:
    """Return the text part by part: each heading with what stands under it."""
    parts: list[list[Block]] = []
    for kind, lines in groupby((line.strip() for line in body.splitlines()), key=_kind):
        for block in _made(kind, list(lines)):
            if isinstance(block, Heading) or not parts:
                parts.append([])
            parts[-1].append(block)
    return parts


def _kind(line: str) -> str:
    return next((mark for mark in (_HEADING, _ITEM) if line.startswith(mark)), _TEXT if line else "")


def _made(kind: str, lines: list[str]) -> tuple[Block, ...]:
    words = [line.removeprefix(kind).strip() for line in lines]
    if kind == _HEADING:
        return tuple(Heading(2, title) for title in words)
    if kind == _ITEM:
        return (BulletList(tuple(words)),)
    return (Text(" ".join(lines)),) if kind else ()


def write_guidance(vault: OpenVault, wish: PrintGuidance, watch: Watch) -> Path:
    """Write a page into one file, whole or not at all; return where it lies.

    Raises Refusal as ``read_guidance_paper`` does, Cancelled, or the Trouble of the drive. Nothing of a client is told,
    so nothing is written into anybody's history.
    """
    watch.progress(0.1, "Reading the page")
    with reading(vault) as session:
        paper = read_guidance_paper(session, wish.sheet_id, vault.clock.today())
        key = session.get_one(GuidanceSheet, wish.sheet_id).key
    watch.progress(0.3, "Setting it on paper")
    data = pdf(guidance_document(paper), style=guidance_style(wish.size))
    watch.progress(0.9, "Writing the file")
    target = file_at(wish.target, guidance_file_name(key, wish.size))
    with system_troubles():
        target.parent.mkdir(parents=True, exist_ok=True)
        written_whole(target, data)
    return target
