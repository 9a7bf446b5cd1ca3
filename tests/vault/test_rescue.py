"""Saving what can be read of a damaged vault: around the damage, and again from the history."""

import hashlib
import shutil
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact, Document, DocumentContent, Hub
from coachdesk.vault import readable
from coachdesk.vault import rescue as rescue_module
from coachdesk.vault.driver import connected
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.readable import Readable
from coachdesk.vault.rescue import Rescued, rescue
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import Damaged, WrongPassphrase
from coachdesk.vault.work import reading, unit_of_work
from tests.vault.faults import PAGE, add, key_of
from tests.vault_fixtures import PASSPHRASE, Template

PINNED = Path(__file__).parent.parent / "data" / "vaults" / "v0001.coachdesk"
PUBLISHED = "published passphrase of the pinned vaults"
CLIENTS, NOTES = 8, 8
ALL_CLIENTS, ALL_NOTES = 20 + CLIENTS, 20 * 3 + CLIENTS * NOTES
"""Those of the closed vault among them."""


@pytest.fixture
def notes(closed: Path, vault_template: Template, clock: FixedClock) -> Path:
    """Return a closed vault with clients more, each with notes of a page's quarter."""
    vault = vault_template.opened(closed, clock)
    for number in range(1000, 1000 + CLIENTS):
        add(vault, number, notes=NOTES)
    vault.close()
    return closed


def pages_of(data: Path, key: bytes, name: str) -> list[int]:
    """Return the pages of a table or an index, its root first."""
    connection = connected(data, key)
    found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    connection.close()
    return [int(found[0])]


def spoil(data: Path, page: int) -> None:
    content = bytearray(data.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = Random(page).randbytes(PAGE)  # noqa: S311 - no secret
    data.write_bytes(content)


def rescued(folder: Path, template: Template, clock: FixedClock) -> tuple[Rescued, OpenVault]:
    before = hashlib.sha256((folder / "data-1.db").read_bytes()).hexdigest()
    found = SealedVault(folder).rescue(PASSPHRASE, clock=clock)
    assert hashlib.sha256((folder / "data-1.db").read_bytes()).hexdigest() == before
    assert not list(folder.parent.glob(".*.part"))
    return found, template.opened(found.place, clock)


def notes_in(vault: OpenVault) -> tuple[int, int]:
    with reading(vault) as session:
        contacts = session.scalars(select(Contact.note)).all()
        return session.scalar(select(func.count()).select_from(Client)) or 0, len(
            [note for note in contacts if note.startswith("Met at the hub.")]
        )


def test_of_a_sound_vault_everything_is_read(
    notes: Path, vault_template: Template, clock: FixedClock
) -> None:
    found, vault = rescued(notes, vault_template, clock)
    assert (dict(found.rebuilt), dict(found.lost)) == ({}, {})
    assert found.place.name == "Furness (what could be read 1).coachdesk"
    assert notes_in(vault) == (ALL_CLIENTS, ALL_NOTES)
    assert check(vault).problems == ()
    vault.close()


@pytest.mark.parametrize("table", ["contact", "client", "client_search"])
def test_fault_11_a_table_whose_root_is_gone_is_written_again_from_the_history(
    notes: Path, vault_template: Template, clock: FixedClock, table: str
) -> None:
    spoil(notes / "data-1.db", pages_of(notes / "data-1.db", key_of(vault_template), table)[0])
    found, vault = rescued(notes, vault_template, clock)
    assert dict(found.lost) == {}
    assert set(found.rebuilt) <= {table}
    assert notes_in(vault) == (ALL_CLIENTS, ALL_NOTES)
    assert check(vault).problems == ()
    with reading(vault) as session:
        assert find_anybody(session, FindAnybody(text="Ann 1007"))[0].name == "Ann 1007"
    vault.close()


INDEXES = (
    "sqlite_autoindex_contact_1", "ix_contact_client_date", "ix_contact_next", "ix_contact_coach_id",
)  # fmt: skip


@pytest.mark.parametrize("with_index", [True, False], ids=["index", "no index"])
def test_rows_around_a_damaged_page_are_read(
    notes: Path,
    vault_template: Template,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    with_index: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """With the pages of the indexes gone as well, rows are looked for number by number."""
    data, key = notes / "data-1.db", key_of(vault_template)
    monkeypatch.setattr(readable, "FAR", 1 << 8)
    monkeypatch.setattr(rescue_module, "AT_ONCE", 7)
    leaf = _leaf_of_contacts(data, key)
    for index in () if with_index else INDEXES:
        spoil(data, pages_of(data, key, index)[0])
    spoil(data, leaf)
    with Readable(data, key) as damaged:
        read = list(damaged.rows("contact", ("id", "note")))
        monkeypatch.setattr(readable, "MOST_MISSES", 0)
        assert list(damaged.rows("contact", ("id", "note"))) == []
        monkeypatch.setattr(readable, "MOST_MISSES", 4000)
    assert 0 < len(read) < ALL_NOTES
    found, vault = rescued(notes, vault_template, clock)
    assert found.rebuilt == {"contact": ALL_NOTES - len(read)}
    assert notes_in(vault) == (ALL_CLIENTS, ALL_NOTES)
    vault.close()


def _leaf_of_contacts(data: Path, key: bytes) -> int:
    """Return a page that holds contacts and nothing else, found by what cannot be read without it."""
    connection = connected(data, key)
    last = int(connection.execute("SELECT page_count FROM pragma_page_count()").fetchone()[0])
    connection.close()
    whole = data.read_bytes()
    for page in range(last, 1, -1):
        spoil(data, page)
        with Readable(data, key) as tried:
            some = tried.ask("SELECT count(note) FROM contact NOT INDEXED WHERE rowid < 3")
            all_of_them = tried.ask("SELECT count(note) FROM contact NOT INDEXED")
        data.write_bytes(whole)
        if some is not None and all_of_them is None:
            return page
    raise AssertionError("no page holds only contacts")


def test_a_table_without_anything_to_go_by_is_given_up_after_a_while(
    notes: Path, vault_template: Template, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readable, "MOST_MISSES", 20)
    data, key = notes / "data-1.db", key_of(vault_template)
    for name in ("journal_entry", "contact", *INDEXES):
        spoil(data, pages_of(data, key, name)[0])
    with Readable(data, key) as damaged:
        assert list(damaged.rows("contact", ("note",))) == []
    found, vault = rescued(notes, vault_template, clock)
    assert (dict(found.rebuilt), dict(found.lost)) == (
        {},
        {},
    )  # without its history nobody can count what is gone
    assert notes_in(vault) == (ALL_CLIENTS, 0)
    vault.close()


def test_what_was_deleted_stays_so_and_what_the_history_keeps_by_digest_is_lost(
    closed: Path, vault_template: Template, clock: FixedClock
) -> None:
    vault = vault_template.opened(closed, clock)
    today = clock.today()
    with unit_of_work(vault, label="Kept a document") as work:
        client = work.session.scalars(select(Client)).first()
        assert client is not None
        document = Document(client_id=client.id, title="CV", size=10_000, sha256="", added_on=today)
        content = DocumentContent(client_id=client.id, document_id=document.id, content=b"x" * 10_000)
        work.session.add_all([document, content])
        hub = Hub(name="Old hub")
        work.session.add_all([hub, Hub(name="Two hubs")])
    with unit_of_work(vault, label="Gone") as work:
        work.session.delete(work.session.get_one(Hub, hub.id))
        work.session.get_one(DocumentContent, content.id).archived_at = clock.now()
    vault.close()
    data, key = closed / "data-1.db", key_of(vault_template)
    raw = connected(data, key)
    raw.execute("UPDATE hub SET id = zeroblob(16) WHERE name = 'Two hubs'")
    raw.close()
    spoil(data, pages_of(data, key, "document_content")[0])
    found, vault = rescued(closed, vault_template, clock)
    assert found.lost == {"document_content": 1, "hub": 1}  # the other record of that name is in its place
    with reading(vault) as session:
        assert session.scalars(select(Hub.name)).all() == ["Barrow Hub", "Two hubs"]
    vault.close()


def test_a_file_that_cannot_be_opened_leaves_nothing_behind(
    closed: Path, vault_template: Template, clock: FixedClock
) -> None:
    spoil(closed / "data-1.db", 1)
    with pytest.raises(Damaged):
        rescue(closed, SealedVault(closed).slot_file(), vault_template.keyring(), clock=clock)
    assert [one.name for one in closed.parent.iterdir()] == [closed.name]


def test_an_older_version_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "Old.coachdesk"
    shutil.copytree(PINNED, folder)
    with pytest.raises(Refusal, match="another version"):
        SealedVault(folder).rescue(PUBLISHED, clock=clock)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_wrong_passphrase_saves_nothing(closed: Path, clock: FixedClock) -> None:
    with pytest.raises(WrongPassphrase):
        SealedVault(closed).rescue("not this one at all", clock=clock)


def test_a_question_that_makes_no_sense_is_not_taken_for_a_damaged_page(
    closed: Path, vault_template: Template
) -> None:
    with Readable(closed / "data-1.db", key_of(vault_template)) as sound, pytest.raises(Damaged):
        sound.ask("SELECT 1 FROM nowhere")
