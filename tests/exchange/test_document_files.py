"""Files are read whole, in pieces that can be stopped; copies that leave are written whole and written down first."""

from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.casework.documents import KeepDocument, keep_document
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.exchange.document_files import FileRead, SaveCopy, read_file, save_copy
from coachdesk.models import new_id
from coachdesk.models.sharing import LARGEST_DOCUMENT
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.makers import a_client, do, furnished, keep
from tests.vault_fixtures import PERSON

CONTENT = b"%PDF-" + bytes(range(256)) * 9000


@pytest.fixture
def document_id(vault: OpenVault) -> UUID:
    furnished(vault)
    client = a_client()
    keep(vault, client)
    wish = KeepDocument(client_id=client.id, file_name="form.pdf", content=CONTENT)
    return do(vault, keep_document, wish)[0]


def test_a_file_is_read_in_pieces_and_says_how_far_it_is(vault: OpenVault, tmp_path: Path) -> None:
    path = tmp_path / "Signed form.pdf"
    path.write_bytes(CONTENT)
    heard: list[float] = []
    watch = Watch(hear=lambda share, _words: heard.append(round(share, 2)))
    assert read_file(vault, path, watch) == FileRead(name="Signed form.pdf", content=CONTENT)
    assert heard == [0.46, 0.91, 1.0]


def test_a_file_that_is_no_longer_wanted_is_not_read_on(vault: OpenVault, tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(CONTENT)
    with pytest.raises(Cancelled):
        read_file(vault, path, Watch(cancelled=lambda: True))


def test_what_cannot_be_kept_is_told_before_it_is_read(vault: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        read_file(vault, tmp_path / "gone.pdf", Watch.silent())
    with pytest.raises(Refusal, match="no folders"):
        read_file(vault, tmp_path, Watch.silent())
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(Refusal, match="empty"):
        read_file(vault, empty, Watch.silent())
    large = tmp_path / "large.pdf"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_DOCUMENT * 3)
    with pytest.raises(Refusal, match="This file has 75 MB; 25 MB are the limit"):
        read_file(vault, large, Watch.silent())


def test_a_file_that_grows_while_it_is_read_stops_at_the_limit(vault: OpenVault, tmp_path: Path) -> None:
    growing = tmp_path / "growing.pdf"
    growing.write_bytes(b"%PDF-")
    pieces = []

    def grow(_share: float, _words: str) -> None:
        pieces.append(1)
        with growing.open("ab") as stream:
            stream.truncate(LARGEST_DOCUMENT * 2)

    with pytest.raises(Refusal, match="25 MB are the limit"):
        read_file(vault, growing, Watch(hear=grow))
    assert len(pieces) < 30


def test_a_copy_lies_outside_and_stands_in_the_history(
    vault: OpenVault, document_id: UUID, tmp_path: Path
) -> None:
    target = tmp_path / "copy.pdf"
    assert save_copy(vault, SaveCopy(document_id=document_id, path=target), Watch.silent()) == target
    assert target.read_bytes() == CONTENT
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["copy.pdf"]
    with reading(vault) as session:
        step = last_unit(session, PERSON)
    assert step is not None
    assert step.label.startswith("Kept a document")  # that a copy left is no action one could take back


def test_no_copy_is_written_of_what_is_gone(vault: OpenVault, document_id: UUID, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdf"
    with pytest.raises(Refusal):
        save_copy(vault, SaveCopy(document_id=new_id(), path=target), Watch.silent())
    with pytest.raises(Cancelled):
        save_copy(vault, SaveCopy(document_id=document_id, path=target), Watch(cancelled=lambda: True))
    assert not target.exists()
