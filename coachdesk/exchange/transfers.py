"""Passing clients on by name to a lead provider: each with a permission in force, sealed, and written down."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.permission_check import (
    Missing,
    RecordSharing,
    check_permission,
    data_words,
    record_sharing,
)
from coachdesk.errors import Refusal
from coachdesk.exchange.sealed_file import Seal
from coachdesk.exchange.transfers_basis import BasisQuestion, BasisRow, Column, basis_of
from coachdesk.exchange.transfers_fields import FIELDS, RowFacts
from coachdesk.exchange.transfers_people import rows_of_programme
from coachdesk.exchange.transfers_written import Left, leaving, require_ready, seal_and_write
from coachdesk.models.base import PARAGRAPH
from coachdesk.press.cells import Cell
from coachdesk.press.csv_file import csv_bytes
from coachdesk.press.sheets import Section, Sheet, Workbook
from coachdesk.press.workbook import workbook
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of

PURPOSE = "share_lead_provider"
XLSX = ".xlsx"
NOBODY = "Nobody can be passed on: there is no client with a permission in force. Nothing was written."
CHANGED = "Who may be passed on has changed since you looked. Look at the new list, then decide."


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferQuestion:
    """Who would be passed on: everybody of the programme, or those on it between two days."""

    programme_key: str
    from_on: dt.date | None = None
    to_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Somebody who may be passed on."""

    client_id: UUID
    name: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysBehind:
    """Somebody who may not be passed on: why in a sentence, and the sort of reason by which it is counted."""

    client_id: UUID
    name: str
    reference: str
    why: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPreview:
    """Who goes, who does not and why; ``blocked`` says why nothing may leave at all."""

    basis: BasisRow
    going: tuple[Going, ...]
    staying: tuple[StaysBehind, ...]
    what: str

    @property
    def blocked(self) -> str:
        """Return why nothing may leave, or nothing."""
        return self.basis.blocked

    @property
    def left_out(self) -> Mapping[str, int]:
        """Return how many stay behind, by the sort of reason."""
        return dict(Counter(one.reason for one in self.staying).most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeTransfer:
    """Pass clients on: ``previewed`` are those who were shown as going, where a person looked first."""

    question: TransferQuestion
    path: Path
    seal: Seal
    previewed: frozenset[UUID] | None = None


def preview_transfer(session: Session, question: TransferQuestion) -> TransferPreview:
    """Return who would go and who would not; raises Refusal for everybody but managers."""
    return _read(session, question)[0]


def _read(session: Session, question: TransferQuestion) -> tuple[TransferPreview, Mapping[UUID, RowFacts]]:
    check_is_manager(session)
    today = clock_of(session).today()
    basis = basis_of(session, BasisQuestion(programme_key=question.programme_key, today=today))
    data = data_of(basis.columns)
    found = rows_of_programme(session, question.programme_key, question.from_on, question.to_on)
    going: list[Going] = []
    staying: list[StaysBehind] = []
    for client_id, facts in found.items():
        name, reference = facts.client.called(), facts.client.reference
        permission = check_permission(session, client_id, PURPOSE, basis.recipient, today, data=data)
        if isinstance(permission, Missing):
            staying.append(
                StaysBehind(
                    client_id=client_id,
                    name=name,
                    reference=reference,
                    why=permission.sentence,
                    reason=reason_sort(permission),
                )
            )
        else:
            going.append(Going(client_id=client_id, name=name, reference=reference))
    what = ", ".join(FIELDS[one.field].title for one in basis.columns)
    return TransferPreview(basis=basis, going=tuple(going), staying=tuple(staying), what=what), found


def data_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the keys of ``shared_data`` that a permission has to cover for these columns."""
    return tuple(dict.fromkeys(key for one in columns for key in FIELDS[one.field].data))


def reason_sort(missing: Missing) -> str:
    """Return the sort of reason for which somebody is left out, without the dates that tell single people apart."""
    if missing.data:
        return "The permission does not cover everything in the file"
    sorts = (
        ("has given no permission", "No permission was given"),
        ("withdrew", "The permission was withdrawn"),
        ("ended on", "The permission has ended"),
        ("not known", "It is not known when the permission was given"),
    )
    found = (words for said, words in sorts if said in missing.sentence)
    return next(found, "The permission is for somebody else")


def transfer(vault: OpenVault, wish: MakeTransfer, watch: Watch) -> Left:
    """Write the sealed file, and in the same action what left, about whom and by which permission.

    Raises Refusal for everybody but managers, while the footing is not set or out of date, for a passphrase that is too
    easy, when nobody may go or others than were shown; Cancelled; Trouble when the file cannot be written. Then neither
    the file nor a word of it is there.
    """
    target, passphrase = require_ready(vault, wish.path, wish.seal)
    watch.progress(0.1, "Asking for every permission")
    with leaving(vault, "Passed clients on by name", target) as work:
        preview, found = _read(work.session, wish.question)
        _require_going(preview, wish.previewed)
        watch.progress(0.4, "Writing down what leaves")
        for one in preview.going:
            record_sharing(work.session, _sharing(work.session, one.client_id, preview))
        watch.progress(0.7, "Sealing the file")
        rows = [found[one.client_id] for one in preview.going]
        content = _content(wish.path, preview, rows, clock_of(work.session).today())
        return seal_and_write(work.session, _left(wish.question, preview, target), content, passphrase)


def _left(question: TransferQuestion, preview: TransferPreview, target: Path) -> Left:
    basis = preview.basis
    return Left(
        programme_key=question.programme_key,
        sort="transfer",
        recipient=basis.recipient,
        purpose=f"{basis.basis} By: {basis.agreement}. Held: {preview.what}."[:PARAGRAPH],
        from_on=question.from_on,
        to_on=question.to_on,
        client_count=len(preview.going),
        left_out=preview.left_out,
        path=target,
    )


def _require_going(preview: TransferPreview, previewed: frozenset[UUID] | None) -> None:
    if preview.blocked:
        raise Refusal(preview.blocked)
    if not preview.going:
        raise Refusal(NOBODY)
    if previewed is not None and previewed != {one.client_id for one in preview.going}:
        raise Refusal(CHANGED)


def _sharing(session: Session, client_id: UUID, preview: TransferPreview) -> RecordSharing:
    data = data_of(preview.basis.columns)
    covered = data_words(session, data)
    return RecordSharing(
        client_id=client_id,
        sort="export",
        purpose=PURPOSE,
        recipient=preview.basis.recipient,
        what=f"A sealed list by name: {preview.what}." + (f" Covered: {covered}." if covered else ""),
        shared_on=clock_of(session).today(),
        data=data,
    )


def _content(path: Path, preview: TransferPreview, rows: Sequence[RowFacts], made: dt.date) -> bytes:
    """Return the file in the recipient's lay-out: a workbook where the name asks for one, otherwise CSV."""
    header = tuple(one.heading for one in preview.basis.columns)
    cells: list[tuple[Cell, ...]] = [
        tuple(FIELDS[one.field].read(facts) for one in preview.basis.columns) for facts in rows
    ]
    if XLSX not in path.name.casefold():
        return csv_bytes(header, cells)
    title = f"{preview.basis.programme}: clients by name for {preview.basis.recipient}"
    sheet = Sheet(name="Clients", title=title, table_name="clients", columns=header, rows=cells)
    told = ("Personal data: for the recipient named above and nobody else.",)
    return workbook(
        Workbook(
            title=title,
            made=made,
            sheets=(sheet,),
            cover=(Section("About this file", told),),
        )
    )
