"""A backup is one finished, checked file; restoring overwrites nothing."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, CoachDeskError, Refusal, Trouble
from coachdesk.models import Client, Setting
from coachdesk.vault import copying, pack, restoring
from coachdesk.vault.backup import LAST_BACKUP, back_up, looked_into, restore
from coachdesk.vault.driver import connected
from coachdesk.vault.files import Writer, written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.settings import read_setting
from coachdesk.vault.slots import parsed
from coachdesk.vault.trouble import Busy, Damaged, NewerVersion
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE


@pytest.fixture
def backup(vault: OpenVault, tmp_path: Path) -> Path:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="MARKERANN", reference="A1"))
    target = tmp_path / "stick" / "Furness.backup"
    target.parent.mkdir()
    back_up(vault, target)
    return target


def test_a_backup_is_one_file_that_restores(
    backup: Path, vault: OpenVault, tmp_path: Path, clock: FixedClock
) -> None:
    assert [path.name for path in backup.parent.iterdir()] == ["Furness.backup"]
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"MARKERANN" not in backup.read_bytes()
    header = looked_into(backup)
    assert header.vault == vault.vault_id
    with reading(vault) as session:
        kept = read_setting(session, LAST_BACKUP)
    assert kept == {
        "at": clock.now().isoformat(),
        "position": header.position,
        "name": "Furness.backup",
        "place": str(backup.parent),
        "elsewhere": False,
        "why": "asked",
    }
    assert restore(backup, tmp_path / "New" / "Restored.coachdesk") is None
    again = SealedVault(tmp_path / "New" / "Restored.coachdesk").open(PASSPHRASE, clock=clock)
    with reading(again) as session:
        assert session.scalars(select(Client.first_name)).all() == ["MARKERANN"]
        names = session.scalars(select(Setting.key)).all()
        assert "replica" in names
        assert LAST_BACKUP not in names
    again.close()


def test_the_copy_inside_has_no_log(backup: Path) -> None:
    header = looked_into(backup)
    assert [part.name for part in header.parts] == ["coachdesk.keys", "data-1.db"]
    assert sum(part.size for part in header.parts) + len(header.rendered()) == backup.stat().st_size


def test_progress_is_told(vault: OpenVault, tmp_path: Path) -> None:
    told: list[float] = []
    words: list[str] = []

    def hear(share: float, doing: str) -> None:
        told.append(share)
        words.append(doing)

    back_up(vault, tmp_path / "b", Watch(hear=hear))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert list(dict.fromkeys(words)) == [
        "Copying the vault",
        "Checking every page of the copy",
        "Checking the journal of the copy",
        "Writing the backup",
        "Reading the backup back",
        "Backed up and checked",
    ]


@pytest.mark.parametrize("asked", range(1, 7))
def test_a_stopped_backup_leaves_nothing(
    vault: OpenVault, tmp_path: Path, vault_folder: Path, asked: int
) -> None:
    (tmp_path / "b").write_bytes(b"the old one")
    answers = iter(range(1, 99))
    with pytest.raises(Cancelled):
        back_up(vault, tmp_path / "b", Watch(cancelled=lambda: next(answers) >= asked))
    assert (tmp_path / "b").read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".b*"))
    assert not list(vault_folder.glob(".copy*"))


def test_a_full_drive_leaves_nothing(
    vault: OpenVault, tmp_path: Path, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pack, "blocks", full)
    with pytest.raises(Trouble, match="full"):
        back_up(vault, tmp_path / "b")
    assert not list(tmp_path.glob("*b"))
    assert not list(vault_folder.glob(".copy*"))
    with reading(vault) as session:
        assert read_setting(session, LAST_BACKUP) is None


def test_a_backup_inside_the_vault_is_refused(vault: OpenVault, vault_folder: Path) -> None:
    with pytest.raises(Refusal, match="inside the vault"):
        back_up(vault, vault_folder / "b")


def test_a_damaged_vault_gives_no_backup(vault: OpenVault, tmp_path: Path, vault_folder: Path) -> None:
    vault.checkpoint()
    data = vault_folder / "data-1.db"
    content = bytearray(data.read_bytes())
    content[len(content) // 2] ^= 1
    data.write_bytes(content)
    with pytest.raises(Damaged):
        back_up(vault, tmp_path / "b")
    assert not (tmp_path / "b").exists()
    assert not list(vault_folder.glob(".copy*"))


def test_a_copy_that_fails_its_check_is_thrown_away(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "problems_of", lambda _connection: ["bad"])
    with pytest.raises(Damaged, match="failed its check"):
        back_up(vault, tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.0015, 0.2, 0.5, 0.9999])
def test_a_damaged_backup_is_refused_and_changes_nothing(backup: Path, tmp_path: Path, share: float) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content) * share)] ^= 8
    backup.write_bytes(content)
    with pytest.raises(CoachDeskError):
        restore(backup, tmp_path / "R")
    assert not (tmp_path / "R").exists()
    assert not list(tmp_path.glob(".R*"))


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:0],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"data-1.db", b"../../x.y", 1),
        lambda content: content.replace(b'"position":', b'"position": ', 1),
        lambda content: content.replace(b'"parts":[', b'"parts":[[', 1),
    ],
    ids=["empty", "cut", "longer", "path", "blank", "nested"],
)
def test_a_crafted_backup_is_refused(backup: Path, tmp_path: Path, change: object) -> None:
    backup.write_bytes(change(backup.read_bytes()))  # type: ignore[operator]  # each is a function of bytes
    with pytest.raises(Damaged):
        restore(backup, tmp_path / "R")
    assert not (tmp_path / "R").exists()


def test_a_newer_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b"BACKUP 2", b"BACKUP 3", 1))
    with pytest.raises(NewerVersion):
        restore(backup, tmp_path / "R")


def test_a_missing_backup_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there"):
        restore(tmp_path / "none", tmp_path / "R")


def test_another_vaults_slot_file_inside_is_refused(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = parsed

    def other(content: bytes) -> object:
        file = real(content)
        return type(file)(tmp_id, file.generation, file.db, file.slots)

    tmp_id = looked_into(backup).vault.__class__(int=7)
    monkeypatch.setattr(restoring, "parsed", other)
    with pytest.raises(Damaged):
        restore(backup, tmp_path / "R")


def test_an_open_vault_is_never_replaced(backup: Path, vault: OpenVault, vault_folder: Path) -> None:
    with pytest.raises(Busy):
        restore(backup, vault_folder)
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 1


def test_the_old_vault_is_put_aside_with_its_log(
    backup: Path, vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    vault.close()
    (vault_folder / "data-1.db-wal").write_bytes(b"a stale log")
    aside = restore(backup, vault_folder)
    assert aside is not None
    assert (aside / "data-1.db-wal").read_bytes() == b"a stale log"
    second = restore(backup, vault_folder)
    assert second is not None
    assert second != aside
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()


def test_an_empty_folder_is_taken_and_other_files_are_not(backup: Path, tmp_path: Path) -> None:
    empty = tmp_path / "Empty"
    empty.mkdir()
    assert restore(backup, empty) is None
    other = tmp_path / "Other"
    other.mkdir()
    (other / "letter.txt").write_text("keep me")
    with pytest.raises(Refusal, match="Something else"):
        restore(backup, other)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_a_backup_that_does_not_read_back_is_told(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = written_whole

    def failing_stick(path: Path, content: Writer) -> None:
        real(path, content)
        kept = bytearray(path.read_bytes())
        kept[-1] ^= 1
        path.write_bytes(kept)

    monkeypatch.setattr(pack, "written_whole", failing_stick)
    with pytest.raises(Damaged):
        back_up(vault, tmp_path / "b")
    with reading(vault) as session:
        assert read_setting(session, LAST_BACKUP) is None


def test_what_only_looks_like_a_backup_is_refused(backup: Path, vault: OpenVault, tmp_path: Path) -> None:
    header = looked_into(backup)
    with pytest.raises(Damaged):
        list(pack.blocks(io.BytesIO(b"ab"), 3))
    single = pack.Header(header.vault, header.at, header.position, header.parts[:1])
    (tmp_path / "single").write_bytes(single.rendered())
    with pytest.raises(Damaged):
        looked_into(tmp_path / "single")
    connected(tmp_path / "bare.db", vault.keys.sub("db"), create=True).close()
    with pytest.raises(Damaged):
        copying.copied_data(tmp_path / "bare.db", tmp_path / "copy.db", vault.keys.sub("db"))
    assert not (tmp_path / "copy.db").exists()


def test_a_stick_that_swaps_files_is_noticed(
    backup: Path, vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "written_whole", lambda path, _content: path.write_bytes(backup.read_bytes()))
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="B", reference="B1"))
    with pytest.raises(Damaged):
        back_up(vault, tmp_path / "b")


def test_a_copy_whose_journal_does_not_hold_together_is_no_backup(vault: OpenVault, tmp_path: Path) -> None:
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE journal_entry SET actor = 'x' WHERE position = 1")
    with pytest.raises(Damaged, match="failed its check"):
        back_up(vault, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_key_file_that_is_not_sealed_by_this_key_is_no_backup(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "is_sealed_by", lambda *_: False)
    with pytest.raises(Damaged):
        back_up(vault, tmp_path / "b")
    assert not (tmp_path / "b").exists()
