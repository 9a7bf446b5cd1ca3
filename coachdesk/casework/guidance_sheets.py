"""Pages of guidance for small employers: what ships, what the charity made of it, and the way back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import GuidanceSheet
from coachdesk.resources import resource
from coachdesk.vault.work import describe

FOLDER = "guidance"
GONE = "This page of guidance is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceRow:
    """A page of guidance; ``is_changed`` says whether it differs from what ships, ``ships`` whether it does at all.

    In ``body`` a line that begins with ``##`` is a heading and one that begins with ``-`` an item of a list.
    """

    id: UUID
    key: str
    title: str
    body: str
    source: str
    is_changed: bool
    ships: bool


def list_guidance(session: Session, _question: object = None) -> tuple[GuidanceRow, ...]:
    """Return the pages in use, in their order."""
    shipped = shipped_guidance(resource(FOLDER))
    query = (
        select(GuidanceSheet)
        .where(GuidanceSheet.archived_at.is_(None), GuidanceSheet.retired_on.is_(None))
        .order_by(GuidanceSheet.position, GuidanceSheet.title)
    )
    return tuple(_row(one, shipped.get(one.key)) for one in session.scalars(query))


def _row(one: GuidanceSheet, ours: Mapping[str, Any] | None) -> GuidanceRow:
    return GuidanceRow(
        id=one.id,
        key=one.key,
        title=one.title,
        body=one.body,
        source=one.source_note,
        is_changed=ours is not None and (one.title, one.body) != (ours["title"], ours["body"]),
        ships=ours is not None,
    )


def shipped_guidance(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Return the pages that ship with CoachDesk by key, as their files say."""
    told = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {one["key"]: {**one, "body": one["body"].strip()} for one in told}


def seed_guidance(session: Session, folder: Path) -> None:
    """Put in the pages that ship and are not there yet; the charity's own wording stays."""
    have = set(session.scalars(select(GuidanceSheet.key)))
    for key, told in shipped_guidance(folder).items():
        if key not in have:
            session.add(
                GuidanceSheet(
                    key=key,
                    title=told["title"],
                    body=told["body"],
                    position=told["position"],
                    source_note=told["source"],
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGuidance:
    """New words for a page of guidance."""

    sheet_id: UUID
    title: str
    body: str


def save_guidance(session: Session, wish: SaveGuidance) -> None:
    """Write the words of a page; raises Refusal without title or text. Only managers may (the vault checks it)."""
    sheet = _sheet(session, wish.sheet_id)
    title, body = wish.title.strip(), wish.body.strip()
    wrong = {name: "This needs words." for name, text in (("title", title), ("body", body)) if not text}
    if wrong:
        raise Refusal("The page cannot be kept like this.", fields=wrong)
    sheet.title, sheet.body = title, body
    describe(session, f"Changed the guidance “{title[:60]}”")


def restore_guidance(session: Session, sheet_id: UUID) -> None:
    """Write what ships over the charity's wording; raises Refusal where CoachDesk has no such page."""
    sheet = _sheet(session, sheet_id)
    told = shipped_guidance(resource(FOLDER)).get(sheet.key)
    if told is None:
        raise Refusal("CoachDesk comes without a page like this.")
    sheet.title, sheet.body = told["title"], told["body"]
    describe(session, f"Restored the guidance “{sheet.title[:60]}”")


def _sheet(session: Session, sheet_id: UUID) -> GuidanceSheet:
    sheet = session.get(GuidanceSheet, sheet_id)
    if sheet is None or sheet.archived_at is not None:
        raise Refusal(GONE)
    return sheet
