"""Papers for the trustees: the certificate of what was erased, and the record of processing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.erasing import ErasureRow, list_erasures
from coachdesk.casework.processing import ActivityRow, list_activities
from coachdesk.casework.record_words import RecordWords
from coachdesk.errors import Refusal
from coachdesk.models import Organisation
from coachdesk.press.blocks import Block, Document, Facts, Heading, KeepTogether, TableBlock, Text
from coachdesk.press.pdf import pdf
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

PRACTICE = "Practice data: invented people"
NOT_DECIDED = "Not decided yet"
LABELS = {
    "purpose": "What for",
    "people": "Whose data",
    "data_kinds": "Which data",
    "lawful_basis": "Lawful basis (Article 6)",
    "special_condition": "Condition for special data (Article 9)",
    "recipients": "Who receives it",
    "retention": "How long it is kept",
    "safeguards": "How it is kept safe",
}


def erasure_certificate(session: Session, period: tuple[dt.date, dt.date]) -> bytes:
    """Return the certificate of the erasures of some days as a PDF; raises Refusal for anybody but a manager."""
    return pdf(certificate(session, period))


def certificate(session: Session, period: tuple[dt.date, dt.date]) -> Document:
    """Return the certificate as a document; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    since, until = period
    rows = [row for row in list_erasures(session, None) if since <= row.erased_at.date() <= until]
    return _document(session, "Certificate of erasure", tuple(_erasures(rows, since, until)), until)


def _erasures(rows: list[ErasureRow], since: dt.date, until: dt.date) -> Iterator[Block]:
    yield Facts((("From", _day(since)), ("To", _day(until)), ("People erased", len(rows))))
    yield Text(
        "For each person, names, contact details, notes and every other text were taken out of the vault, of its "
        "history and of its search index. An anonymous stub stays, so that returns issued earlier still add up. "
        "The erasure is repeated in every older backup that is restored."
    )
    if not rows:
        yield Text("Nobody was erased in this time.")
        return
    yield TableBlock(
        "Erasures",
        ("When", "By", "Why", "Records emptied"),
        [(_moment(row.erased_at), row.erased_by, row.reason, _counted(row)) for row in rows],
        caption="The people are not named: their identity is gone.",
    )


def _counted(row: ErasureRow) -> str:
    return ", ".join(f"{RecordWords.title(kind)}: {count}" for kind, count in sorted(row.counts.items()))


def processing_record(session: Session, made_on: dt.date) -> bytes:
    """Return the record of processing as a PDF."""
    return pdf(processing(session, made_on))


def processing(session: Session, made_on: dt.date) -> Document:
    """Return the record of processing as a document; blank fields say that they are not decided yet."""
    rows = list_activities(session, None)
    return _document(session, "Record of processing", tuple(_activities(rows)), made_on)


def _activities(rows: tuple[ActivityRow, ...]) -> Iterator[Block]:
    yield Text("What we do with people’s data, why, for whom, how long and how safely (UK GDPR Article 30).")
    for row in rows:
        pairs = [(label, getattr(row, name) or NOT_DECIDED) for name, label in LABELS.items()]
        yield KeepTogether((Heading(2, row.title), Facts(pairs)))


def _document(session: Session, title: str, blocks: tuple[Block, ...], made: dt.date) -> Document:
    organisation = session.scalars(select(Organisation)).first()
    name = organisation.name if organisation else ""
    practice = organisation is not None and organisation.is_practice
    return Document(
        title=title,
        blocks=(Heading(1, title), Facts((("Organisation", name), ("Made on", _day(made)))), *blocks),
        subject=title,
        author=name,
        watermark=PRACTICE if practice else None,
        made=made,
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: dt.datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCertificate:
    """Write the certificate of the erasures of some days into a file."""

    target: Path
    from_on: dt.date
    to_on: dt.date


def save_certificate(vault: OpenVault, wish: SaveCertificate, watch: Watch) -> Path:
    """Write the certificate; return where it lies.

    Raises Refusal for anybody but a manager and for days in the wrong order, Cancelled, or the drive's Trouble.
    """
    if wish.to_on < wish.from_on:
        raise Refusal(
            "The last day is before the first.", fields={"to_on": "Choose the first day, or later."}
        )
    watch.progress(0.2, "Setting the certificate")
    with reading(vault) as session:
        paper = erasure_certificate(session, (wish.from_on, wish.to_on))
    return _written(wish.target, paper, watch)


def save_processing_record(vault: OpenVault, target: Path, watch: Watch) -> Path:
    """Write the record of processing into a file; return where it lies. Raises Cancelled or the drive's Trouble."""
    watch.progress(0.2, "Setting the record of processing")
    with reading(vault) as session:
        paper = processing_record(session, vault.clock.today())
    return _written(target, paper, watch)


def _written(target: Path, paper: bytes, watch: Watch) -> Path:
    watch.check()
    with system_troubles():
        written_whole(target, paper)
    return target
