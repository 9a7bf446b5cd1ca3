"""Documents kept with a client inside the vault: a scan, a CV, a signed form; never a file of its own on the disk."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.errors import Refusal, Trouble
from coachdesk.models import Client, Coach, Consent, Contact, Document, DocumentContent, Letter, Plan
from coachdesk.models.base import LINE, Record
from coachdesk.models.sharing import LARGEST_DOCUMENT
from coachdesk.terms import Kind, Ref, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe, record_event

LINKS: Final[dict[Kind, tuple[str, type[Record]]]] = {
    Kind.CONTACT: ("contact_id", Contact),
    Kind.PLAN: ("plan_id", Plan),
    Kind.CONSENT: ("consent_id", Consent),
    Kind.LETTER: ("letter_id", Letter),
}
"""What a document can belong to: the field that holds the link, and the class of records."""
_MEGABYTE = 1024 * 1024
_KILOBYTE = 1024
_BEGINNINGS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_ENDINGS: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".csv": "text/plain",
}
UNKNOWN = "application/octet-stream"
_GONE = "This document is not there any more."
_LINK_GONE = "What the document belongs to is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDocument:
    """A file to keep with a client; ``about`` is the contact, plan, permission or letter it belongs to."""

    client_id: UUID
    file_name: str
    content: bytes
    title: str = ""
    sort: str = Unstated.NOT_ASKED
    note: str = ""
    about: Ref | None = None


def keep_document(session: Session, wish: KeepDocument) -> UUID:
    """Keep a file in the vault with its digest; return the document's id.

    Without a title it is called as the file is. Raises Refusal for a file that is empty or too large, that is kept
    with this client already, and when the client or what it belongs to is gone.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    check_size(len(wish.content))
    digest = hashlib.sha256(wish.content).hexdigest()
    _check_new(session, client.id, digest)
    name = plain_file_name(wish.file_name)
    document = Document(
        client_id=client.id,
        title=_title(wish.title, name),
        sort=wish.sort,
        file_name=name,
        media_type=media_type_of(name, wish.content),
        size=len(wish.content),
        sha256=digest,
        added_on=clock_of(session).today(),
        coach_id=coach_of(session),
        note=wish.note.strip(),
    )
    _link(session, document, wish.about)
    session.add(document)
    session.add(DocumentContent(client_id=client.id, document_id=document.id, content=wish.content))
    describe(session, f"Kept a document with {client.initials()}")
    return document.id


def plain_file_name(name: str) -> str:
    """Return a file's name without folders, of whatever system, and without signs nobody sees: it leads nowhere else."""
    last = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    return last.strip()[-LINE:]


def check_size(size: int) -> None:
    """Return when a file of so many bytes can be kept; raises Refusal that says its size and the limit."""
    if size == 0:
        raise Refusal("This file is empty. Is it the right one?")
    if size > LARGEST_DOCUMENT:
        raise Refusal(
            f"This file has {size_words(size)}; {size_words(LARGEST_DOCUMENT)} are the limit. "
            "Scan it with a lower resolution, or in parts."
        )


def size_words(size: int) -> str:
    """Return the size of a file as people say it."""
    if size >= _MEGABYTE:
        whole, tenth = divmod(-(-size * 10 // _MEGABYTE), 10)  # upwards: what is over the limit shall read so
        return f"{whole}.{tenth} MB" if tenth else f"{whole} MB"
    if size >= _KILOBYTE:
        return f"{round(size / _KILOBYTE)} KB"
    return f"{size} byte" if size == 1 else f"{size} bytes"


def media_type_of(name: str, content: bytes) -> str:
    """Return what a file is, by how it begins before how it is called."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    folded = name.lower()
    return next((kind for ending, kind in _ENDINGS.items() if folded.endswith(ending)), UNKNOWN)


def _title(title: str, name: str) -> str:
    return title.strip() or name.rpartition(".")[0].strip() or name or "Document"


def _check_new(session: Session, client_id: UUID, digest: str) -> None:
    query = select(Document.title, Document.added_on).where(
        Document.client_id == client_id, Document.sha256 == digest, Document.archived_at.is_(None)
    )
    found = session.execute(query.limit(1)).first()
    if found is not None:
        raise Refusal(f"This file is kept already: “{found[0]}”, added on {found[1].day} {found[1]:%B %Y}.")


def _link(session: Session, document: Document, about: Ref | None) -> None:
    """Let a document belong to a record of the same client, or to none; raises Refusal."""
    for kind, (field, record) in LINKS.items():
        chosen = about.id if about is not None and about.kind is kind else None
        if chosen is not None:
            found = session.get(record, chosen)
            if found is None or found.scope() != document.scope():
                raise Refusal(_LINK_GONE, fields={"about": _LINK_GONE})
        setattr(document, field, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document as a line, without its bytes; ``about`` is what it belongs to."""

    id: UUID
    client_id: UUID
    title: str
    sort: str
    sort_title: str
    file_name: str
    media_type: str
    size: int
    size_words: str
    added_on: dt.date
    coach: str
    note: str
    about: Ref | None


def list_documents(session: Session, question: ClientQuestion) -> tuple[DocumentRow, ...]:
    """Return the documents kept with a client, the newest first."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "document_sort")["document_sort"]
    query = (
        select(Document, Coach.name)
        .outerjoin(Coach, Coach.id == Document.coach_id)
        .where(Document.client_id == question.client_id, Document.archived_at.is_(None))
        .order_by(Document.added_on.desc(), Document.id.desc())
    )
    return tuple(_row(document, coach or "", titles) for document, coach in session.execute(query))


def _row(document: Document, coach: str, titles: dict[str, str]) -> DocumentRow:
    linked = (
        Ref(kind, found)
        for kind, (field, _) in LINKS.items()
        if (found := getattr(document, field)) is not None
    )
    return DocumentRow(
        id=document.id,
        client_id=document.client_id,
        title=document.title,
        sort=document.sort,
        sort_title=titles.get(document.sort, document.sort),
        file_name=document.file_name,
        media_type=document.media_type,
        size=document.size,
        size_words=size_words(document.size),
        added_on=document.added_on,
        coach=coach,
        note=document.note,
        about=next(linked, None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDocument:
    """A document with its bytes."""

    id: UUID
    client_id: UUID
    title: str
    file_name: str
    media_type: str
    content: bytes


def read_document(session: Session, document_id: UUID) -> WholeDocument:
    """Return a document with its bytes, which are those that were kept.

    Raises Refusal when it is gone, and Trouble when its bytes are not those its digest was made of.
    """
    document = session.get(Document, document_id)
    if document is None or document.archived_at is not None:
        raise Refusal(_GONE)
    check_may_see(session, document.client_id)
    content = session.scalar(
        select(DocumentContent.content).where(DocumentContent.document_id == document.id)
    )
    if content is None or hashlib.sha256(content).hexdigest() != document.sha256:
        raise Trouble(
            "This document is not as it was kept.",
            advice="Take it from your last backup, or add the file again.",
        )
    return WholeDocument(
        id=document.id,
        client_id=document.client_id,
        title=document.title,
        file_name=document.file_name,
        media_type=document.media_type,
        content=content,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDocument:
    """What is said about a document; its bytes never change."""

    id: UUID
    title: str
    sort: str = Unstated.NOT_ASKED
    note: str = ""
    about: Ref | None = None


def change_document(session: Session, wish: ChangeDocument) -> None:
    """Change what is said about a document; raises Refusal when it is gone or has no title."""
    document, client = _of(session, wish.id)
    if not wish.title.strip():
        raise Refusal("A document needs a title.", fields={"title": "Say what it is."})
    document.title, document.sort, document.note = wish.title.strip(), wish.sort, wish.note.strip()
    _link(session, document, wish.about)
    describe(session, f"Changed a document of {client.initials()}")


def put_document_away(session: Session, document_id: UUID) -> None:
    """Put a document away: it is in no list any more, and undo brings it back; raises Refusal when it is gone."""
    document, client = _of(session, document_id)
    document.archived_at = clock_of(session).now()
    describe(session, f"Put a document of {client.initials()} away")


def note_copy_left(session: Session, document_id: UUID) -> None:
    """Write down that a copy of a document left the vault; raises Refusal when the document is gone."""
    document, client = _of(session, document_id)
    record_event(session, "exported", document.scope(), Ref(Kind.DOCUMENT, document.id))
    describe(session, f"Saved a copy of a document of {client.initials()}")


def _of(session: Session, document_id: UUID) -> tuple[Document, Client]:
    document = session.get(Document, document_id)
    client = session.get(Client, document.client_id) if document is not None else None
    if document is None or client is None or document.archived_at is not None:
        raise Refusal(_GONE)
    return document, client
