"""The log of a crash is kept as it was found until it was read to its end."""

import shutil
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.models import Client
from coachdesk.vault.erasure import take_out_of_journal
from coachdesk.vault.found_log import keep_found_log, let_go
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import PASSPHRASE, Template


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data-1.db-wal").write_bytes(b"the log")
    return tmp_path / "data-1.db"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_log_is_copied_once(data: Path) -> None:
    kept = keep_found_log(data)
    assert kept is not None
    assert kept.read_bytes() == b"the log"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert keep_found_log(data) == kept
    (data.parent / "data-1.db-wal").write_bytes(b"another log")
    other = keep_found_log(data)
    assert other is not None
    assert names(data.parent) == ["data-1.db-wal", "data-1.db-wal.found-1", "data-1.db-wal.found-2"]
    let_go(other)
    assert names(data.parent) == ["data-1.db-wal", "data-1.db-wal.found-1"]


def test_no_log_or_an_empty_one_is_not_kept(data: Path) -> None:
    (data.parent / "data-1.db-wal").write_bytes(b"")
    assert keep_found_log(data) is None
    (data.parent / "data-1.db-wal").unlink()
    assert keep_found_log(data) is None
    let_go(None)
    assert names(data.parent) == []


def test_a_full_drive_keeps_nobody_from_unlocking(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_log: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise OSError(28, "full")

    monkeypatch.setattr(shutil, "copyfile", full)
    assert keep_found_log(data) is None
    assert names(data.parent) == ["data-1.db-wal"]


def test_a_copy_that_cannot_be_removed_does_no_harm(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_path: Path, **_options: bool) -> None:
        raise PermissionError

    kept = keep_found_log(data)
    assert kept is not None
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", refuses)
        let_go(kept)
    assert kept.exists()


def test_a_log_that_was_read_whole_leaves_nothing_behind(
    vault: OpenVault, vault_template: Template, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    vault.keep_mark(1)
    crashed = tmp_path / "crashed"
    shutil.copytree(vault_folder, crashed, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    (crashed / "data-1.db-wal").write_bytes(b"")
    vault_template.opened(crashed, clock).close()
    assert not list(crashed.glob("*.found-*"))


def test_who_goes_on_without_what_is_missing_keeps_the_log(
    vault: OpenVault, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    crashed = tmp_path / "crashed"
    shutil.copytree(vault_folder, crashed, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
    (crashed / "data-1.db-wal").write_bytes(b"rubbish" * 1000)
    SealedVault(crashed).open(PASSPHRASE, clock=clock, accept_loss=True).close()
    assert (crashed / "data-1.db-wal.found-1").read_bytes() == b"rubbish" * 1000


def test_an_erasure_takes_the_logs_that_were_kept(vault: OpenVault) -> None:
    kept = vault.data_file.with_name("data-1.db-wal.found-1")
    kept.write_bytes(b"the log")
    with unit_of_work(vault, label="Added") as work:
        client = Client(first_name="Ann", reference="1")
        work.session.add(client)
    assert kept.exists()
    with unit_of_work(vault, label="Erased") as work:
        take_out_of_journal(work.session, client.id)
    assert not kept.exists()
