"""Nothing a client's records say is in any file the program leaves; nothing outlives the lock that need not."""

import faulthandler
import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from benchmarks.leaking_journey import MARKER
from benchmarks.leaks import Leak, Searched, forms, leaks_in, measure
from coachdesk.clock import FixedClock
from coachdesk.errors import CoachDeskError
from coachdesk.models import Client
from coachdesk.vault.backup import back_up
from coachdesk.vault.copying import copied_data
from coachdesk.vault.driver import connected
from coachdesk.vault.migrate import stored_revision
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import Locked
from coachdesk.vault.work import plain_troubles, reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE, Template

ROOT = Path(__file__).parent.parent.parent
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and folders of POSIX")


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    return measure(tmp_path_factory.mktemp("leaks"))


@posix
@pytest.mark.slow
def test_fault_54_the_marker_is_in_no_file_after_the_whole_journey(searched: Searched) -> None:
    assert searched.leaks == ()
    assert searched.texts > 500
    assert len(searched.moments) == 6
    ends = {Path(name).name for name in searched.names}
    assert {"log.txt", "fault.txt", "CoachDesk.ini", "cells.csv", "report.pdf", "coachdesk.keys"} <= ends
    assert any(name.endswith(".coachdesk-backup") for name in ends)
    assert not any(Path(name).name.startswith("core") for name in searched.names)


@posix
def test_the_search_finds_what_is_there(searched: Searched) -> None:
    assert searched.handed_out > 0  # the pack for the client, asked for in plain words


@pytest.mark.parametrize("form", sorted(forms(MARKER)))
def test_a_planted_word_is_found(tmp_path: Path, form: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file.bin").write_bytes(b"\0\xff" * 2000 + forms(MARKER)[form] + b"\xfe")
    assert Leak("deep/file.bin", form) in leaks_in(tmp_path)


def test_a_word_in_a_name_in_a_workbook_and_in_a_paper_is_found(tmp_path: Path) -> None:
    import zipfile  # noqa: PLC0415 - for this planting only
    import zlib  # noqa: PLC0415 - as above

    (tmp_path / f"{MARKER.lower()}.txt").write_text("")
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet1.xml", f"<c>{MARKER}</c>" * 50)
    paper = b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(MARKER.encode() * 50) + b"\nendstream\nendobj\n"
    (tmp_path / "paper.pdf").write_bytes(paper)
    assert {leak.file for leak in leaks_in(tmp_path)} == {f"{MARKER.lower()}.txt", "book.xlsx", "paper.pdf"}


def test_fault_55_no_connection_puts_anything_into_temporary_files(
    vault: OpenVault, vault_template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving, reading, backing up, checking a copy and asking for the revision all go through one door."""
    from coachdesk.vault import backup_rule, copying, driver, health, migrate, opened  # noqa: PLC0415 - patched here

    kept: list[int] = []
    real = driver.connected

    def watched(*given: object, **named: object) -> object:
        connection = real(*given, **named)  # type: ignore[arg-type]  # handed through as it came
        kept.append(connection.execute("PRAGMA temp_store").fetchone()[0])
        return connection

    for room in (backup_rule, copying, health, migrate, opened):
        monkeypatch.setattr(room, "connected", watched)
    key = vault_template.keyring().sub("db")
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="A", reference="1"))
    back_up(vault, tmp_path / "b")
    copied_data(vault.data_file, tmp_path / "c.db", key)
    stored_revision(vault.data_file, key, opener=watched)
    health.check(vault)
    assert len(kept) > 6
    assert set(kept) == {2}


def chain_of(error: BaseException) -> list[BaseException]:
    """Return an error and all that lie behind it, each once."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__]
    return found


def test_fault_56_no_error_of_the_database_carries_what_was_typed(
    vault: OpenVault, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_rule() -> None:
        with unit_of_work(vault) as work:
            work.session.add_all([Client(first_name="A", reference=MARKER), Client(reference=MARKER)])

    def too_long() -> None:
        with unit_of_work(vault, label=MARKER) as work:
            work.session.add(Client(first_name=MARKER * 500, reference="1"))

    for act in (broken_rule, too_long):
        with pytest.raises(CoachDeskError) as caught:
            act()
        for behind in chain_of(caught.value):
            told = [str(behind), repr(behind), repr(behind.args), repr(getattr(behind, "params", None))]
            assert MARKER not in "".join(told)
    assert MARKER not in caplog.text


def test_fault_56_a_fault_of_the_program_keeps_no_parameters(vault: OpenVault) -> None:
    with pytest.raises(IntegrityError) as caught, plain_troubles():
        raise IntegrityError(
            "INSERT", {"name": MARKER}, ValueError("no driver's error"), hide_parameters=True
        )
    assert caught.value.params is None
    assert MARKER not in str(caught.value)


def test_fault_57_after_the_lock_no_connection_lives_and_a_new_one_is_refused(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="A", reference="1"))
    with reading(vault) as session:
        session.scalars(select(Client.id)).all()
    assert vault._writer.pool.checkedin() == 1  # type: ignore[attr-defined]  # the pool that is used has it
    keys = vault.keys
    held = keys._key
    assert held is not None
    vault.close()
    assert bytes(held) == bytes(32)
    assert keys.wiped
    for engine in (vault._writer, vault._reader):
        assert engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # as above
        with pytest.raises(Locked):
            engine.connect()
    for door in (vault._write_connection, vault._read_connection, vault.checkpoint):
        with pytest.raises(Locked):
            door()
    with pytest.raises(Locked), reading(vault):
        pass
    with pytest.raises(Locked), unit_of_work(vault):
        pass


@posix
def test_fault_59_nobody_else_on_the_computer_may_read_any_file(
    vault: OpenVault, vault_folder: Path, tmp_path: Path
) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="A", reference="1"))
    back_up(vault, tmp_path / "b")
    assert vault_folder.stat().st_mode & 0o077 == 0
    for path in (*vault_folder.iterdir(), tmp_path / "b"):
        if not path.name.endswith(
            ("-wal", "-shm", ".lock")
        ):  # those have the rights of the data file, or no content
            assert path.stat().st_mode & 0o077 == 0, path.name
    assert (vault_folder / "data-1.db-wal").stat().st_mode & 0o077 == 0


HOSTILE = """
import sys
from pathlib import Path
from coachdesk.clock import SystemClock
from coachdesk.vault.sealed import SealedVault
vault = SealedVault(Path(sys.argv[1])).open(sys.stdin.readline().strip(), clock=SystemClock())
connection = vault._write_connection()
connection.execute("CREATE TEMP TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                   "WHERE i < 50000) SELECT i, 'MARKER' || i AS x FROM n ORDER BY x DESC")
connection.close()
vault.close()
print("opened")
"""


def test_fault_60_hostile_settings_of_the_surroundings_are_ignored(
    vault_folder: Path, tmp_path: Path
) -> None:
    trap, temp = tmp_path / "trap", tmp_path / "sqlite"
    trap.mkdir()
    temp.mkdir()
    broken = tmp_path / "openssl.cnf"
    broken.write_text("openssl_conf = nowhere\n[nowhere\nproviders = !\n")
    environment = {
        **os.environ,
        "OPENSSL_CONF": str(broken),
        "OPENSSL_MODULES": str(trap),
        "OPENSSL_ENGINES": str(trap),
        "SQLITE_TMPDIR": str(temp),
        "PYTHONPATH": str(ROOT),
    }
    ended = subprocess.run(
        [sys.executable, "-c", HOSTILE, str(vault_folder)],
        cwd=tmp_path, env=environment, input=PASSPHRASE + "\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.stdout, ended.returncode) == ("opened\n", 0), ended.stderr
    assert list(temp.iterdir()) == []


@posix
def test_fault_62_a_forced_crash_leaves_no_memory_behind(
    vault_template: Template, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    gc.collect()
    child = os.fork()
    if child == 0:  # pragma: no cover - the child dies
        try:
            faulthandler.disable()  # its words are for faults nobody meant
            os.chdir(tmp_path)
            vault = vault_template.opened(vault_folder, clock)
            with unit_of_work(vault) as work:
                work.session.add(Client(first_name=MARKER, reference="1"))
            os.kill(os.getpid(), signal.SIGSEGV)
        finally:
            os._exit(3)  # a child must never come back into the tests
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGSEGV
    assert not os.WCOREDUMP(status)
    assert not list(tmp_path.glob("core*"))
    assert leaks_in(tmp_path) == []


def test_every_connection_of_the_program_is_made_by_one_door() -> None:
    """Nobody else calls the driver, so what the door sees to holds everywhere (faults 49, 55 and 61)."""
    found = [
        path.name
        for path in sorted((ROOT / "coachdesk").rglob("*.py"))
        if "driver.connect(" in path.read_text("utf-8") or "dbapi2.connect(" in path.read_text("utf-8")
    ]
    assert found == ["driver.py"]
    assert callable(connected)
