"""The pack for an audit of quality: the current list, how figures are counted, and whole files of a sample, all sealed.

A client is in it by a permission in force, or for a legal reason that is written down; every one is asked and recorded.
"""

import datetime as dt
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.about_others import Spans
from coachdesk.casework.holding import passages_about_others
from coachdesk.casework.permission_check import Missing, RecordSharing, check_permission, record_sharing
from coachdesk.casework.programmes import programme_of
from coachdesk.casework.taking_out import TAKEN_OUT, places_taken_out
from coachdesk.errors import Refusal
from coachdesk.exchange.audit_sample import Sample, SampleWish, sampled
from coachdesk.exchange.sealed_file import HOW_TO_OPEN, Seal
from coachdesk.exchange.transfers import reason_sort
from coachdesk.exchange.transfers_fields import RowFacts
from coachdesk.exchange.transfers_people import rows_of_programme
from coachdesk.exchange.transfers_written import Left, leaving, require_ready, seal_and_write
from coachdesk.models.base import PARAGRAPH
from coachdesk.press.cells import Cell, date_words
from coachdesk.press.csv_file import csv_bytes
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of, reading, record_event

PURPOSE = "share_audit"
WHOLE_FILE = ("progress", "goals", "work", "needs_at_work", "health", "contact_details")
"""What a permission has to cover for a whole file: everything on the list ``shared_data``."""
LIST_COLUMNS = ("Reference", "Programme", "Referral received", "Accepted", "Started", "Status", "Job started")
LEAST_REASON = 10
ABOUT_OTHERS = (
    f"Passages about somebody else are left out of whole files. In the place of each stands {TAKEN_OUT}."
)
CHANGED = "Who may be seen has changed since you looked. Look at the new list, then decide."


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWriters:
    """What other rooms write for the pack: a client's whole file, and how figures are counted."""

    whole_file: Callable[[Session, UUID, dt.date, Spans], Mapping[str, bytes]]
    method_columns: Sequence[str]
    method_rows: Callable[[Session, dt.date], Sequence[Sequence[Cell]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuestion:
    """Whose audit of which programme; with ``legal_reason``, those without a permission are in it for that reason."""

    programme_key: str
    auditor: str
    sample: SampleWish
    legal_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A current client of the pack: whether a permission covers the list, and whether it covers the whole file."""

    client_id: UUID
    name: str
    reference: str
    permitted: bool
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPreview:
    """Who is in the list, who is left out by reason, and whose whole file goes."""

    programme: str
    listed: tuple[Listed, ...]
    left_out: Mapping[str, int]
    sample: Sample
    files: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAuditPack:
    """Write the pack; ``previewed`` are those who were shown as listed, where a person looked first."""

    question: AuditQuestion
    path: Path
    seal: Seal
    writers: AuditWriters
    previewed: frozenset[UUID] | None = None


def preview_audit(session: Session, question: AuditQuestion) -> AuditPreview:
    """Return who would be in the pack.

    Raises Refusal for everybody but managers, without an auditor, for a legal reason that says nothing, and for a
    sample that cannot be.
    """
    return _read(session, question)[0]


def _read(session: Session, question: AuditQuestion) -> tuple[AuditPreview, Mapping[UUID, RowFacts]]:
    check_is_manager(session)
    _require_said(question)
    today = clock_of(session).today()
    programme = programme_of(session, question.programme_key)
    current = {
        client_id: facts
        for client_id, facts in rows_of_programme(session, question.programme_key, today, today).items()
        if facts.enrolment.exit_on is None or facts.enrolment.exit_on > today
    }
    listed: list[Listed] = []
    left: Counter[str] = Counter()
    for client_id, facts in current.items():
        found = check_permission(session, client_id, PURPOSE, question.auditor, today)
        whole = check_permission(session, client_id, PURPOSE, question.auditor, today, data=WHOLE_FILE)
        if isinstance(found, Missing) and not question.legal_reason.strip():
            left[reason_sort(found)] += 1
            continue
        listed.append(
            Listed(
                client_id=client_id,
                name=facts.client.called(),
                reference=facts.client.reference,
                permitted=not isinstance(found, Missing),
                whole=not isinstance(whole, Missing),
            )
        )
    eligible = {one.reference: one for one in listed if one.whole or question.legal_reason.strip()}
    sample = sampled(question.sample, eligible.keys())
    files = tuple(eligible[reference] for reference in sample.references)
    preview = AuditPreview(
        programme=programme.title,
        listed=tuple(listed),
        left_out=dict(left.most_common()),
        sample=sample,
        files=files,
    )
    return preview, current


def _require_said(question: AuditQuestion) -> None:
    lacking = {}
    if not question.auditor.strip():
        lacking["auditor"] = "Say who the auditor is."
    if question.legal_reason.strip() and len(question.legal_reason.strip()) < LEAST_REASON:
        lacking["legal_reason"] = "Say in a sentence why the law allows it without a permission."
    if lacking:
        raise Refusal("Something is missing.", fields=lacking)


def make_audit_pack(vault: OpenVault, wish: MakeAuditPack, watch: Watch) -> Left:
    """Write the sealed pack, and in the same action what left, about whom and by which permission or reason.

    Raises Refusal as ``preview_audit`` does, when nobody may be seen, or others than were shown; Cancelled; Trouble when
    the file cannot be written. Then neither the file nor a word of it is there.
    """
    target, passphrase = require_ready(vault, wish.path, wish.seal)
    watch.progress(0.05, "Asking for every permission")
    today = vault.clock.today()
    with reading(vault) as session:
        preview, found = _read(session, wish.question)
        _require_somebody(preview, wish.previewed)
        about_others = {one.client_id: passages_about_others(session, one.client_id) for one in preview.files}
        content = _content(session, wish, preview, found, about_others, watch)
    watch.progress(0.9, "Sealing the pack")
    with leaving(vault, "Made a pack for an auditor", target) as work:
        for one in preview.listed:
            record_sharing(work.session, _sharing(one, wish.question, preview, today))
        for one in preview.files:
            record_event(work.session, "exported", one.client_id.hex, Ref(Kind.CLIENT, one.client_id))
        return seal_and_write(work.session, _left(wish, preview, about_others, target), content, passphrase)


def _require_somebody(preview: AuditPreview, previewed: frozenset[UUID] | None) -> None:
    if not preview.listed:
        raise Refusal(
            "Nobody may be seen by the auditor: no current client gave a permission. Nothing was written."
        )
    if previewed is not None and previewed != {one.client_id for one in preview.listed}:
        raise Refusal(CHANGED)


AboutOthers = Mapping[UUID, Spans]


def _left_out_of(spans: Spans) -> int:
    """Return how many passages about somebody else are left out of one whole file."""
    return sum(places_taken_out(each) for each in spans.values())


def _left(wish: MakeAuditPack, preview: AuditPreview, about_others: AboutOthers, target: Path) -> Left:
    question = wish.question
    passages = sum(_left_out_of(spans) for spans in about_others.values())
    chosen = ", ".join(preview.sample.references)
    told = f"Audit of quality. Whole files: {preview.sample.method}" + (
        f" They are {chosen}." if chosen else ""
    )
    if passages:
        told += f" Passages about somebody else that were left out of them: {passages}."
    reason = question.legal_reason.strip()
    return Left(
        programme_key=question.programme_key,
        sort="audit",
        recipient=question.auditor.strip(),
        purpose=(told + (f" Without a permission: {reason}" if reason else ""))[:PARAGRAPH],
        client_count=len(preview.listed),
        left_out=preview.left_out,
        path=target,
        passages_left_out=passages,
    )


def _sharing(one: Listed, question: AuditQuestion, preview: AuditPreview, today: dt.date) -> RecordSharing:
    whole = one in preview.files
    what = "The whole file" if whole else "A line of the current list: reference, programme, dates and status"
    return RecordSharing(
        client_id=one.client_id,
        sort="export",
        purpose=PURPOSE,
        recipient=question.auditor,
        what=f"{what}, in a sealed pack for an audit of quality.",
        shared_on=today,
        data=WHOLE_FILE if whole else (),
        override_reason=question.legal_reason,
    )


def _content(
    session: Session,
    wish: MakeAuditPack,
    preview: AuditPreview,
    found: Mapping[UUID, RowFacts],
    about_others: AboutOthers,
    watch: Watch,
) -> bytes:
    """Return the pack as a ZIP in memory: the same contents on the same day give the same bytes."""
    today = clock_of(session).today()
    files: dict[str, bytes] = {
        "read-me-first.txt": _read_me(wish.question, preview, about_others, today).encode(),
        "current-clients.csv": csv_bytes(
            LIST_COLUMNS, [_line(found[one.client_id]) for one in preview.listed]
        ),
        "how-figures-are-counted.csv": csv_bytes(
            wish.writers.method_columns, wish.writers.method_rows(session, today)
        ),
    }
    for number, one in enumerate(preview.files):
        watch.progress(0.1 + 0.8 * number / len(preview.files), "Writing whole files")
        for name, data in _whole_file(session, wish, one, about_others, today).items():
            files[f"files/{number + 1:02}/{name}"] = data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(zipfile.ZipInfo(name, (today.year, today.month, today.day, 0, 0, 0)), data)
    return target.getvalue()


def _whole_file(
    session: Session, wish: MakeAuditPack, one: Listed, about_others: AboutOthers, today: dt.date
) -> Mapping[str, bytes]:
    return wish.writers.whole_file(session, one.client_id, today, about_others[one.client_id])


def _line(facts: RowFacts) -> tuple[Cell, ...]:
    enrolment = facts.enrolment
    working = facts.job is not None and facts.job.ended_on is None
    status = "Referred" if enrolment.started_on is None else "In work" if working else "In support"
    return (
        facts.client.reference,
        facts.programme,
        enrolment.received_on,
        enrolment.accepted_on,
        enrolment.started_on,
        status,
        facts.job.started_on if facts.job else None,
    )


def _read_me(
    question: AuditQuestion, preview: AuditPreview, about_others: AboutOthers, today: dt.date
) -> str:
    numbered = [
        f"  files/{number:02}: {one.reference}, {_passages(_left_out_of(about_others[one.client_id]))}"
        for number, one in enumerate(preview.files, 1)
    ]
    left = [f"  {reason}: {count}" for reason, count in preview.left_out.items()]
    reason = question.legal_reason.strip()
    return "\r\n".join(
        (
            f"Pack for an audit of quality: {preview.programme}",
            f"For {question.auditor.strip()}, made on {date_words(today)}",
            "",
            "This is personal data, for the audit and nothing else. Destroy it when the audit is done.",
            "",
            f"Current clients in the list: {len(preview.listed)}",
            f"Current clients left out: {sum(preview.left_out.values())}",
            *left,
            f"Without a permission, for this reason: {reason}" if reason else "All by their own permission.",
            "",
            f"Whole files: {preview.sample.method}",
            *numbered,
            *((ABOUT_OTHERS,) if numbered else ()),
            "",
            HOW_TO_OPEN,
            "",
        )
    )


def _passages(count: int) -> str:
    return "1 passage left out" if count == 1 else f"{count} passages left out"
