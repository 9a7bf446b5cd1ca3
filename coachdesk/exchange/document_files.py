"""A file that comes into the vault or leaves it as a copy: read and written whole, in pieces that say how far it is."""

import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from coachdesk.casework.documents import check_size, note_copy_left, read_document
from coachdesk.errors import Refusal
from coachdesk.models.sharing import LARGEST_DOCUMENT
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file as it was read: its name without its folders, and its bytes."""

    name: str
    content: bytes


def read_file(_vault: OpenVault, path: Path, watch: Watch) -> FileRead:
    """Return a file that is to be kept, read into memory and nowhere else.

    Raises Refusal for what is no file, is empty or larger than the limit (before it is read, where the drive says
    how large it is), Trouble when the drive does not give it, and Cancelled when it is no longer wanted.
    """
    with system_troubles():
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise Refusal("Only single files are kept here, no folders.")
        check_size(told.st_size)
        content = bytearray()
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                content += piece
                watch.progress(len(content) / max(told.st_size, len(content)), f"Reading {path.name}…")
                if len(content) > LARGEST_DOCUMENT:
                    break  # it has grown since it was asked how large it is
    check_size(len(content))
    return FileRead(name=path.name, content=bytes(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCopy:
    """A document whose copy is to lie in a file outside the vault."""

    document_id: UUID
    path: Path


def save_copy(vault: OpenVault, wish: SaveCopy, watch: Watch) -> Path:
    """Write a copy of a document outside the vault, and write down that it left; return its path.

    Raises Refusal when the document is gone or may not be seen, Trouble when the drive does not take it; the journal
    says that a copy left before the file lies there, never after.
    """
    with reading(vault) as session:
        document = read_document(session, wish.document_id)
    watch.check()
    with unit_of_work(vault) as work:
        note_copy_left(work.session, wish.document_id)
    written_whole(wish.path, document.content)
    return wish.path
