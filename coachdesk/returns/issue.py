"""Issue a return: write the pack whole, read it back, attack what was written, and enter it in the register."""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import coachdesk
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Programme, Release, ReleaseFile, ReleaseReview
from coachdesk.models.base import TEAM
from coachdesk.press.csv_file import csv_bytes
from coachdesk.press.pdf import pdf
from coachdesk.press.workbook import workbook
from coachdesk.returns.cells import cell_rows
from coachdesk.returns.choice import WITHHOLD
from coachdesk.returns.finished import require_finished
from coachdesk.returns.finished.funder_sheet import require_sheet
from coachdesk.returns.folders import removed, written_folder
from coachdesk.returns.issue_questions import check_answers
from coachdesk.returns.issue_review import QUESTION, review_of, said_as_checked
from coachdesk.returns.narratives_leaving import leaving, with_words
from coachdesk.returns.report import DRAFT, document
from coachdesk.returns.safety import RULE_VERSIONS
from coachdesk.returns.summary import summary
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import Issued, IssueWish, PreparedReturn
from coachdesk.returns.workbook import book
from coachdesk.terms import Kind, Ref
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import actor, clock_of, describe, reading, record_event, unit_of_work

REPORT = "report.pdf"
SUMMARY = "summary.pdf"
WORKBOOK = "tables.xlsx"
CELLS = "cells.csv"
RELEASE = "release.json"


def issue(vault: OpenVault, wish: IssueWish, watch: Watch) -> Issued:
    """Write the pack into the folder and enter it in the register; a draft is only written.

    Raises Refusal for a return that is not safe, and Trouble when the files cannot be written or do not
    read back as they were written; then neither files nor entry are left.
    """
    wish = replace(wish, prepared=with_words(vault, wish.prepared))
    prepared = wish.prepared
    if not prepared.is_safe:
        raise Refusal("This return is not safe to issue. Prepare it again with wider groups.")
    if not wish.draft:
        check_answers(wish.intruder)
    _require_same_threshold(vault, prepared)
    watch.progress(0.1, "Drawing the report")
    today = vault.clock.today()
    content = pack(said_as_checked(wish, today), today, draft=wish.draft)
    watch.progress(0.6, "Writing the files")
    if wish.draft:
        files = _drafted(wish, content, today, watch)
        return Issued(release_id=None, files=files, folder=wish.folder)
    return _registered(vault, wish, content, today, watch)


def _require_same_threshold(vault: OpenVault, prepared: PreparedReturn) -> None:
    """Raise Refusal when the programme's threshold was raised since the return was worked out."""
    with reading(vault) as session:
        threshold = session.scalar(
            select(Programme.threshold).where(Programme.key == prepared.wish.programme_key)
        )
    if threshold is None or threshold > prepared.threshold:
        raise Refusal(
            "The programme’s threshold was changed since this return was worked out. Work it out again."
        )


def _drafted(wish: IssueWish, content: Mapping[str, bytes], made: dt.date, watch: Watch) -> tuple[Path, ...]:
    """Write a draft; when it is not what was meant, or the person stops it, it is taken back."""
    kept = {wish.folder / name for name in content if (wish.folder / name).exists()}
    files = written_folder(wish.folder, content)
    done = False
    try:
        watch.progress(0.8, "Reading the files back and attacking them")
        _read_back(wish, files, content, made)
        done = True
    finally:
        if not done:
            removed(path for path in files if path not in kept)
    return files


def _registered(
    vault: OpenVault, wish: IssueWish, content: Mapping[str, bytes], made: dt.date, watch: Watch
) -> Issued:
    """Write and register in one action: when either fails, the other is taken back."""
    kept = {wish.folder / name for name in content if (wish.folder / name).exists()}
    files: tuple[Path, ...] = ()
    done = False
    try:
        with unit_of_work(vault, label=_label(wish.prepared)) as work:
            release = _entry(work.session, wish.prepared, content)
            work.session.add(review_of(release, wish, vault.clock.today()))
            beside = leaving(work.session, wish.prepared, release)
            describe(work.session, _label(wish.prepared))
            kept |= {wish.folder / name for name in beside.files if (wish.folder / name).exists()}
            files = written_folder(wish.folder, {**content, **beside.files})
            watch.progress(0.8, "Reading the files back and attacking them")
            _read_back(wish, tuple(path for path in files if path.name in content), content, made)
            for sheet in beside.sheets:
                # What lies on the drive is asked, the sheet as well as the public form.
                lying = (wish.folder / sheet.name).read_bytes()
                require_sheet(lying, sheet.keys, (wish.folder / RELEASE).read_bytes())
            release_id: UUID = release.id
        done = True
    finally:
        if not done:
            removed(path for path in files if path not in kept)
    return Issued(release_id=release_id, files=files, folder=wish.folder, notes=beside.notes)


def _label(prepared: PreparedReturn) -> str:
    """Return what the action is called in the history."""
    what = "the answer to a question" if prepared.question else "a return"
    return f"Issued {what} for {prepared.programme}"


def pack(prepared: PreparedReturn, made: dt.date, *, draft: bool) -> dict[str, bytes]:
    """Return the files of the pack; the same return on the same day gives the same bytes."""
    release: dict[str, Any] = dict(prepared.release)
    if draft:
        release["note"] = DRAFT
    return {
        REPORT: pdf(document(prepared, made, draft=draft)),
        **({} if prepared.question else {SUMMARY: pdf(summary(prepared, made, draft=draft))}),
        WORKBOOK: workbook(book(prepared, made, draft=draft)),
        CELLS: csv_bytes(*cell_rows(prepared, draft=draft)),
        RELEASE: (json.dumps(release, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(),
    }


def _read_back(wish: IssueWish, files: tuple[Path, ...], content: Mapping[str, bytes], made: dt.date) -> None:
    """Read the written files, attack those and look through them; raises Trouble when they are not what was meant."""
    from coachdesk.returns.attack import attack  # noqa: PLC0415  brings the solver along

    prepared = wish.prepared
    written = {path.name: path.read_bytes() for path in files}
    if written != dict(content):
        raise Trouble("The return was not written as it should be.", advice="Try another folder or drive.")
    found = attack(json.loads(written[RELEASE]))
    cells = list(csv.DictReader(io.StringIO(written[CELLS].decode("utf-8-sig"))))
    if found.verdict != "safe" or _numbers(cells) != _printed(prepared):
        raise Trouble(
            "The written return does not hold what was checked, so it was taken back.",
            advice="Prepare the return again, and tell whoever looks after CoachDesk.",
        )
    require_finished(written, said_as_checked(wish, made), made, draft=wish.draft)


def _numbers(cells: list[dict[str, str]]) -> list[str]:
    return sorted(f"{row['table']}={row['mark'] or row['value']}" for row in cells)


def _printed(prepared: PreparedReturn) -> list[str]:
    """Return every number of the public form as text, with the table it stands in."""
    return sorted(
        f"{table['id']}={value}" for table in prepared.release["tables"] for value in _flat(table["values"])
    )


def _flat(values: Any) -> list[Any]:
    if isinstance(values, list):
        return [each for value in values for each in _flat(value)]
    return [MARK if values is None else values]


def _entry(session: Session, prepared: PreparedReturn, content: Mapping[str, bytes]) -> Release:
    """Add the release to the register with its files, the state of its inputs and what the attack found."""
    wish = prepared.wish
    programme = session.scalars(select(Programme).where(Programme.key == wish.programme_key)).one()
    release = Release(
        programme_id=programme.id,
        from_on=wish.from_on,
        to_on=wish.to_on,
        as_at=wish.as_at,
        issued_at=clock_of(session).now(),
        issued_by=actor(session),
        audience=wish.audience,
        threshold=prepared.threshold,
        rule_version=RULE_VERSIONS[prepared.protection.get("method", WITHHOLD)],
        engine_version=coachdesk.__version__,
        journal_position=prepared.journal_position,
        counted=dict(prepared.counted),
        printed=dict(prepared.release),
        finding=dict(prepared.finding),
        supersedes_id=_superseded(session, programme.id, prepared),
    )
    session.add(release)
    for name, data in content.items():
        digest = hashlib.sha256(data).hexdigest()
        session.add(ReleaseFile(release_id=release.id, name=name, sha256=digest, content=data))
    record_event(session, "issued a return", TEAM, Ref(Kind.RELEASE, release.id))
    return release


def _superseded(session: Session, programme_id: UUID, prepared: PreparedReturn) -> UUID | None:
    """Return the newest release of the same programme and period, which this one comes after."""
    if prepared.question:
        return None
    return session.scalar(
        select(Release.id)
        .where(
            Release.programme_id == programme_id,
            Release.from_on == prepared.wish.from_on,
            Release.to_on == prepared.wish.to_on,
            Release.id.not_in(select(ReleaseReview.release_id).where(ReleaseReview.sort == QUESTION)),
        )
        .order_by(Release.issued_at.desc(), Release.id.desc())
        .limit(1)
    )
