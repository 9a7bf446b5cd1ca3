"""A vault that cannot be written to opens for reading; no wish to save is lost silently."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.models import Client
from coachdesk.vault import places, read_only
from coachdesk.vault.backup import back_up
from coachdesk.vault.drafts import keep_draft
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import looked_into
from coachdesk.vault.read_only import BANNER, ReadingVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import Busy, ChangesMissing, NewerVersion, ReadOnly
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE, Template


@pytest.fixture
def filled(vault: OpenVault, vault_folder: Path) -> Path:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    vault.close()
    return vault_folder


def burn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand for a CD: the system says that nothing here may be written, and the driver cannot keep a log."""
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    real = connected

    def no_log(path: Path, key: bytes, *, unchanging: bool = False, settings: tuple[str, ...] = ()) -> object:
        if not unchanging:
            raise ReadOnly("The vault’s folder cannot be written to.")
        return real(path, key, unchanging=True, settings=settings)

    monkeypatch.setattr(read_only, "connected", no_log)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_opens_for_reading_says_so_and_writes_nothing(
    filled: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    burn(monkeypatch)
    before = contents(filled)
    vault = SealedVault(filled).open(PASSPHRASE, clock=clock)
    assert isinstance(vault, ReadingVault)
    assert vault.read_only
    with reading(vault) as session:
        assert session.scalars(select(Client.first_name)).all() == ["Ann"]
    with pytest.raises(ReadOnly, match=BANNER), unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ben", reference="2"))
    with pytest.raises(ReadOnly), vault.write_sessions() as session:
        keep_draft(session, "k", "contact", {"note": "x"})
    vault.checkpoint()
    vault.keep_mark(7)
    vault.close()
    assert vault.locked
    assert contents(filled) == before


def test_changes_waiting_in_the_log_are_not_left_out(
    filled: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    burn(monkeypatch)
    (filled / "data-1.db-wal").write_bytes(b"x" * 100)
    with pytest.raises(ReadOnly, match="still wait in the vault’s log"):
        SealedVault(filled).open(PASSPHRASE, clock=clock)
    (filled / "data-1.db-wal").write_bytes(b"")
    SealedVault(filled).open(PASSPHRASE, clock=clock).close()


def test_missing_changes_are_told_and_may_be_accepted(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.keep_mark(10_000)
    vault.close()
    burn(monkeypatch)
    with pytest.raises(ChangesMissing):
        SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock, accept_loss=True).close()


def test_while_somebody_else_has_it_it_may_be_read(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    with pytest.raises(Busy):
        SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    second = SealedVault(vault_folder).open(PASSPHRASE, clock=clock, reading=True)
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ben", reference="2"))
    with reading(second) as session:
        assert session.scalars(select(Client.first_name).order_by(Client.id)).all() == ["Ann", "Ben"]
    with pytest.raises(ReadOnly, match="reading only"), unit_of_work(second):
        pass
    back_up(second, tmp_path / "b")
    assert looked_into(tmp_path / "b").vault == vault.vault_id
    second.close()
    assert (vault_folder / "coachdesk.lock").exists()


@pytest.mark.parametrize(("stored", "sort"), [("0001", ReadOnly), ("8888", NewerVersion)])
def test_one_of_another_version_is_not_read_half_understood(
    vault: OpenVault,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
    stored: str,
    sort: type[Exception],
) -> None:
    connection = vault._write_connection()
    connection.execute("UPDATE alembic_version SET version_num = ?", (stored,))
    connection.close()
    vault.close()
    with pytest.raises(sort):
        SealedVault(vault_folder).opened_with(
            vault_template.file, vault_template.slot, vault_template.keyring(), clock=clock, reading=True
        )


def test_writing_is_asked_of_the_system(tmp_path: Path) -> None:
    assert places.takes_writing(tmp_path)
    assert not places.takes_writing(tmp_path, tmp_path / "none")
