"""What leaves by name is sealed, written whole and written down in one action, or none of it happens."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.exchange.sealed_file import Seal, named_sealed, require_free, sealed
from coachdesk.models import NamedExport, Organisation, Programme
from coachdesk.models.base import LINE, TEAM
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import Work, actor, clock_of, describe, reading, record_event, unit_of_work

SORT_WORDS = {"transfer": "To a lead provider", "audit": "For an auditor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file that left, or is about to: to whom, what for, how many clients, and who was left out by reason."""

    programme_key: str
    sort: str
    recipient: str
    purpose: str
    client_count: int
    path: Path
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    passages_left_out: int = 0
    """How many passages about somebody else are left out of whole files, each with a mark in its place."""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedExportRow:
    """One file that left by name, as it is listed."""

    id: UUID
    sort: str
    programme: str
    recipient: str
    purpose: str
    made_at: dt.datetime
    made_by: str
    client_count: int
    left_out: Mapping[str, int]
    file_name: str
    sha256: str


def require_ready(vault: OpenVault, path: Path, seal: Seal) -> tuple[Path, str]:
    """Return where the sealed file will lie and the passphrase that seals it.

    Raises Refusal for everybody but managers, for a passphrase that differs or is too easy, and for a name that is
    taken.
    """
    with reading(vault) as session:
        check_is_manager(session)
        known = tuple(session.scalars(select(Organisation.name)))
    passphrase = seal.checked((*known, vault.person))
    target = named_sealed(path)
    require_free(target)
    return target, passphrase


@contextmanager
def leaving(vault: OpenVault, label: str, target: Path) -> Iterator[Work]:
    """Open the action in which something leaves; the file is taken back when the action does not end well."""
    done = False
    try:
        with unit_of_work(vault, label=label) as work:
            yield work
        done = True
    finally:
        if not done:
            target.unlink(missing_ok=True)


def seal_and_write(session: Session, left: Left, content: bytes, passphrase: str) -> Left:
    """Seal the content, put the line into the register and write the file whole; return it with its checksum.

    The plain content is only ever in memory. Raises Trouble when the file cannot be written.
    """
    closed = sealed(content, passphrase)
    digest = hashlib.sha256(closed).hexdigest()
    export = NamedExport(
        programme_id=programme_of(session, left.programme_key).id,
        sort=left.sort,
        recipient=left.recipient,
        purpose=left.purpose,
        made_at=clock_of(session).now(),
        made_by=actor(session),
        from_on=left.from_on,
        to_on=left.to_on,
        client_count=left.client_count,
        left_out=dict(left.left_out),
        file_name=left.path.name[:LINE],
        sha256=digest,
    )
    session.add(export)
    record_event(session, "passed on by name", TEAM, Ref(Kind.NAMED_EXPORT, export.id))
    clients = "1 client" if left.client_count == 1 else f"{left.client_count} clients"
    describe(session, f"Passed on {clients} by name to {left.recipient}")
    session.flush()
    written_whole(left.path, closed)
    return replace(left, sha256=digest)


def list_named_exports(session: Session, _question: None) -> tuple[NamedExportRow, ...]:
    """Return every file that left by name, the newest first; raises Refusal for everybody but managers."""
    check_is_manager(session)
    rows = session.execute(
        select(NamedExport, Programme.title)
        .join(Programme, Programme.id == NamedExport.programme_id)
        .order_by(NamedExport.made_at.desc(), NamedExport.id.desc())
    ).all()
    return tuple(
        NamedExportRow(
            id=one.id,
            sort=SORT_WORDS[one.sort],
            programme=programme,
            recipient=one.recipient,
            purpose=one.purpose,
            made_at=one.made_at,
            made_by=one.made_by,
            client_count=one.client_count,
            left_out=dict(one.left_out),
            file_name=one.file_name,
            sha256=one.sha256,
        )
        for one, programme in rows
    )
