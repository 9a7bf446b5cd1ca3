"""The pack "what we hold about you": everything of one client as a PDF to read and as open data (JSON)."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.about_others import found_in, names_of_others
from coachdesk.casework.history import HistoryQuestion, HistoryRow, read_history
from coachdesk.casework.holding import HeldSection, passages_taken_out, suggest_redactions, what_we_hold
from coachdesk.casework.rights_requests import KINDS
from coachdesk.casework.seeing import OpeningRow, OpeningsQuestion, openings
from coachdesk.casework.taking_out import without
from coachdesk.errors import Refusal
from coachdesk.models import Client, Organisation, RightsRequest
from coachdesk.press.blocks import Block, BulletList, Document, Facts, Heading, KeepTogether, TableBlock, Text
from coachdesk.press.pdf import pdf
from coachdesk.terms import Kind, Ref
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import describe, reading, record_event, unit_of_work

PDF_NAME, JSON_NAME = "what-we-hold-about-you.pdf", "what-we-hold-about-you.json"
FORMAT = "coachdesk what we hold 1"
MOST_ACTIONS = 5000
RowT = TypeVar("RowT", OpeningRow, HistoryRow)
YOUR_RIGHTS = (
    "You may ask us to put right what is wrong.",
    "You may ask us to erase it, to pause using it, or object to a use.",
    "You may take back any permission at any time; support goes on.",
    "You may complain to us, and to the Information Commissioner’s Office (ico.org.uk) if you are not content.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPack:
    """All that is told, before it is set on paper or written as data."""

    organisation: str
    name: str
    reference: str
    made_on: dt.date
    sections: tuple[HeldSection, ...]
    openings: tuple[OpeningRow, ...]
    history: tuple[HistoryRow, ...]
    taken_out: int
    is_practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeHeldPack:
    """Make the pack of a request into a folder."""

    request_id: UUID
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPackMade:
    """Where the two files lie."""

    pdf: Path
    data: Path


def read_held_pack(session: Session, request_id: UUID, made_on: dt.date) -> HeldPack:
    """Return what a pack tells; whom the reasons of openings and changes name besides is left out by itself.

    Raises Refusal for a request that is no access request, and while suggested passages wait for a decision.
    """
    request = session.get(RightsRequest, request_id)
    if request is None:
        raise Refusal("This request is not there any more.")
    if request.kind != "access":
        raise Refusal(f"A pack is made for “{KINDS['access']}”, and this request is for something else.")
    waiting = sum(1 for one in suggest_redactions(session, request_id) if not one.decision)
    if waiting:
        passages = "1 passage waits" if waiting == 1 else f"{waiting} passages wait"
        raise Refusal(f"{passages} for your decision: leave each in, or take it out.")
    client = session.get_one(Client, request.client_id)
    organisation = session.scalars(select(Organisation)).first()
    cuts = passages_taken_out(session, request_id)
    every_day = OpeningsQuestion(
        from_on=dt.date(2000, 1, 1), to_on=dt.date(9000, 1, 1), client_id=client.id, limit=MOST_ACTIONS
    )
    others = _Others(client, names_of_others(session, client))
    opened = tuple(others.left_out_of(row) for row in openings(session, every_day))
    whole = read_history(session, HistoryQuestion(client_id=client.id, limit=MOST_ACTIONS))
    changed = tuple(others.left_out_of(row) for row in whole)
    in_reasons = others.left_out
    return HeldPack(
        organisation=organisation.name if organisation else "",
        name=client.called(),
        reference=client.reference,
        made_on=made_on,
        sections=what_we_hold(session, client.id, cuts),
        openings=opened,
        history=changed,
        taken_out=sum(len(spans) for spans in cuts.values()) + in_reasons,
        is_practice=bool(organisation and organisation.is_practice),
    )


class _Others:
    """Takes out of reasons who else is named in them, and how to reach them; they belong to no record to decide about."""

    def __init__(self, client: Client, names: re.Pattern[str] | None) -> None:
        self._client, self._names = client, names
        self.left_out = 0

    def left_out_of(self, row: RowT) -> RowT:
        """Return an opening or a change without what its reason says of others."""
        spans = [(start, end) for start, end, _ in found_in(row.reason, self._client, self._names)]
        self.left_out += len(spans)
        return replace(row, reason=without(row.reason, spans))


def make_held_pack(vault: OpenVault, wish: MakeHeldPack, watch: Watch) -> HeldPackMade:
    """Write both files and journal that they were handed out.

    Raises Refusal as ``read_held_pack`` does, Cancelled, or the Trouble of the drive; no half file is left.
    """
    watch.progress(0.1, "Gathering what we hold")
    made_on = vault.clock.today()
    with reading(vault) as session:
        pack = read_held_pack(session, wish.request_id, made_on)
        client_id = session.get_one(RightsRequest, wish.request_id).client_id
    watch.check()
    watch.progress(0.5, "Setting it on paper")
    paper = pdf(document(pack))
    watch.check()
    watch.progress(0.9, "Writing the files")
    target, data = wish.folder / PDF_NAME, wish.folder / JSON_NAME
    with system_troubles():
        wish.folder.mkdir(parents=True, exist_ok=True)
        written_whole(target, paper)
        written_whole(data, as_data(pack))
    with unit_of_work(vault) as work:
        describe(work.session, "Made the pack of what we hold")
        record_event(work.session, "exported", client_id.hex, Ref(Kind.CLIENT, client_id))
    return HeldPackMade(pdf=target, data=data)


def document(pack: HeldPack) -> Document:
    """Return the pack as a document to read."""
    return Document(
        title="What we hold about you",
        blocks=tuple(_blocks(pack)),
        subject="Everything recorded about one person",
        author=pack.organisation,
        watermark="Practice data: an invented person" if pack.is_practice else None,
        made=pack.made_on,
    )


def _blocks(pack: HeldPack) -> Iterator[Block]:
    yield Heading(1, "What we hold about you")
    yield Facts(
        (
            ("Name", pack.name),
            ("Reference", pack.reference),
            ("Made by", pack.organisation),
            ("On", _day(pack.made_on)),
        )
    )
    yield Text(
        "This is everything CoachDesk holds about you, in words. The same is in the file that comes with it, "
        "which a computer can read. Documents that were added to your record are named here; ask us for a copy of any of them."
    )
    if pack.taken_out:
        passages = "One passage was" if pack.taken_out == 1 else f"{pack.taken_out} passages were"
        yield Text(f"{passages} taken out because they are about somebody else. Each place is marked.")
    yield Heading(2, "Your rights")
    yield BulletList(YOUR_RIGHTS)
    for section in pack.sections:
        yield Heading(2, section.title)
        if not section.records:
            yield Text("Nothing is recorded here.")
        for record in section.records:
            pairs = tuple((label, words) for _, label, words in record.lines)
            yield KeepTogether((Heading(3, record.title), Facts(pairs)))
    yield from _who_looked(pack)
    yield from _what_was_done(pack)


def _who_looked(pack: HeldPack) -> Iterator[Block]:
    yield Heading(2, "Who opened your record")
    if not pack.openings:
        yield Text("Nobody has opened it since openings are written down.")
        return
    rows = [(_moment(row.at), row.who, row.reason or "Works with you") for row in pack.openings]
    yield TableBlock("Openings of your record", ("When", "Who", "Why"), rows, caption="The newest first")


def _what_was_done(pack: HeldPack) -> Iterator[Block]:
    yield Heading(2, "What was written and changed")
    rows = [(_moment(row.at), row.who, row.label) for row in pack.history if row.label]
    yield TableBlock("Changes to your record", ("When", "Who", "What"), rows, caption="The newest first")


def as_data(pack: HeldPack) -> bytes:
    """Return the pack as JSON: sections of records with their fields, openings and changes."""
    told = {
        "format": FORMAT,
        "organisation": pack.organisation,
        "name": pack.name,
        "reference": pack.reference,
        "made_on": pack.made_on.isoformat(),
        "passages_taken_out": pack.taken_out,
        "sections": [
            {
                "title": section.title,
                "records": [
                    {
                        "kind": record.kind,
                        "title": record.title,
                        "fields": [
                            {"name": name, "label": label, "value": words}
                            for name, label, words in record.lines
                        ],
                    }
                    for record in section.records
                ],
            }
            for section in pack.sections
        ],
        "openings": [{"at": row.at.isoformat(), "who": row.who, "why": row.reason} for row in pack.openings],
        "changes": [
            {"at": row.at.isoformat(), "who": row.who, "what": row.label, "why": row.reason}
            for row in pack.history
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: dt.datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"
