"""Connections are set up alike, guarded, and never make a vault by accident."""

from pathlib import Path

import pytest

from coachdesk.errors import Trouble
from coachdesk.vault import driver as door
from coachdesk.vault.driver import connected, driver, no_core_dumps
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import Damaged, DataMissing

KEY = bytes(range(32))
EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "temp_store": 2,
    "page_size": "4096",
    "secure_delete": 1,
    "trusted_schema": 0,
    "application_id": door.APPLICATION,
}


@pytest.mark.parametrize("engine", ["_writer", "_reader"])
def test_every_connection_has_the_settings(vault: OpenVault, engine: str) -> None:
    with getattr(vault, engine).connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in EXPECTED}
        query_only = connection.exec_driver_sql("PRAGMA query_only").scalar_one()
    assert found == EXPECTED
    assert query_only == (engine == "_reader")


@pytest.mark.parametrize("length", [0, 16, 31, 33, 63])
def test_a_key_of_the_wrong_length_never_reaches_the_driver(tmp_path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        connected(tmp_path / "x.db", bytes(length), create=True)
    assert not (tmp_path / "x.db").exists()


def test_a_missing_file_a_folder_and_a_short_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.db", tmp_path):
        with pytest.raises(DataMissing):
            connected(path, KEY)
    (tmp_path / "short.db").write_bytes(b"x" * 511)
    with pytest.raises(Damaged):
        connected(tmp_path / "short.db", KEY)
    assert not (tmp_path / "none.db").exists()


def test_a_wrong_key_and_another_programs_file_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    made = connected(path, KEY, create=True)
    made.execute("CREATE TABLE t (x)")
    made.close()
    with pytest.raises(Damaged):
        connected(path, bytes(32))
    again = connected(path, KEY)
    again.execute("PRAGMA application_id=7")
    again.close()
    with pytest.raises(Damaged):
        connected(path, KEY)


def test_a_place_that_cannot_be_written_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        connected(tmp_path / "no" / "x.db", KEY, create=True)


def test_without_encryption_nothing_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Plain:
        def execute(self, _statement: str) -> "Plain":
            return self

        def fetchone(self) -> None:
            return None

        def close(self) -> None:
            closed.append(True)

    closed: list[bool] = []
    monkeypatch.setattr(driver, "connect", lambda *_, **__: Plain())
    with pytest.raises(Damaged, match="encryption"):
        connected(tmp_path / "x.db", KEY, create=True)
    assert closed == [True]


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'other.db' AS other",
        "ATTACH 'other.db' AS other KEY ''",
        "PRAGMA key='x'",
        "PRAGMA rekey='x'",
        "PRAGMA hexrekey='00'",
        "PRAGMA temp_store=FILE",
        "PRAGMA writable_schema=ON",
        "PRAGMA cipher_page_size=1024",
        "PRAGMA cipher_plaintext_header_size=32",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_what_could_leak_or_destroy_is_denied(
    vault: OpenVault, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    connection = vault._write_connection()
    with pytest.raises(driver.DatabaseError):
        connection.execute(statement)
    connection.close()
    assert not list(tmp_path.glob("*.db"))


def test_harmless_questions_are_answered(vault: OpenVault) -> None:
    connection = vault._write_connection()
    for question in (
        "cipher_version",
        "cipher_status",
        "cipher_settings",
        "cipher_integrity_check",
        "temp_store",
    ):
        connection.execute(f"PRAGMA {question}").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_a_large_sort_writes_no_temporary_file(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    connection = vault._write_connection()
    rows = connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) "
        "SELECT 'MARKER' || i AS x FROM n ORDER BY x DESC"
    )
    rows.fetchone()
    assert list(folder.iterdir()) == []
    connection.close()


def test_core_dumps_are_off(vault: OpenVault) -> None:
    import resource  # noqa: PLC0415 - exists on POSIX only

    no_core_dumps()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def test_a_failure_that_is_not_the_drivers_goes_on_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starved(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(driver, "connect", starved)
    with pytest.raises(MemoryError):
        connected(tmp_path / "x.db", KEY, create=True)
