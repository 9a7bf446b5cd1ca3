"""Single bits flipped anywhere in a vault's files: every one that matters is noticed, and none is shown as data."""

from pathlib import Path

import pytest

from benchmarks import bit_flips
from benchmarks.bit_flips import (
    BAD,
    CHANGED,
    FAULT,
    HARMLESS,
    NOTICED,
    SHOWN,
    SILENT,
    Sound,
    Tally,
    made_sound,
)
from benchmarks.invented import cheap_keys
from coachdesk.vault import sealed
from coachdesk.vault.driver import connected, driver, driver_troubles
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import ChangesMissing, Damaged

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    with cheap_keys():
        return made_sound(tmp_path_factory.mktemp("flips"), clients=3)


@pytest.mark.slow
def test_every_flip_that_matters_is_noticed() -> None:
    tally = bit_flips.measure(70, seed=5, clients=3)
    assert tally.flips == 70
    assert tally.holds, tally.found
    assert tally.found["data file"] == {NOTICED: 28}
    assert tally.found["key file"] == {NOTICED: 14}
    assert tally.found["log of a crash"].total() == 14
    assert tally.found["backup"].total() == 11
    assert tally.found["mark"] == {HARMLESS: 3}


READ_BY_OPENING = ("coach", "setting", "journal_entry")
EVERY = 12


def roots(sound: Sound, folder: Path) -> set[int]:
    """Return where the tables and indexes begin that an opening reads, as numbers of pages from nought."""
    bit_flips.laid_out(folder, sound.locked)
    connection = connected(folder / bit_flips.DATA, Keyring(sound.data_key).sub("db"))
    wanted = ",".join("?" * len(READ_BY_OPENING))
    found = connection.execute(
        f"SELECT rootpage - 1 FROM sqlite_schema WHERE rootpage AND tbl_name IN ({wanted})",  # noqa: S608  question marks
        READ_BY_OPENING,
    ).fetchall()
    connection.close()
    return {page for (page,) in found}


def test_a_damaged_page_that_opening_needs_gives_a_sentence(sound: Sound, tmp_path: Path) -> None:
    """One bit in a page: whichever of them the opening reads, it says so without a traceback.

    The schema, the roots of what is read first, and every twelfth page of all the rest; benchmarks.bit_flips flips
    four thousand bits all over the file.
    """
    first = {0, *roots(sound, tmp_path / "V.coachdesk")}
    assert len(first) > len(READ_BY_OPENING)
    said = set()
    with cheap_keys():
        for page in sorted(first | set(range(0, len(sound.locked[bit_flips.DATA]) // PAGE, EVERY))):
            said.add(bit_flips.in_data(sound, (page * PAGE + 2000) * 8, tmp_path))
    assert said == {NOTICED}


def test_a_log_that_could_not_be_read_to_its_end_is_kept_as_it_was_found(
    sound: Sound, tmp_path: Path
) -> None:
    log = sound.crashed[bit_flips.LOG]
    content = bit_flips.flipped(log, len(log) * 4)
    folder = bit_flips.laid_out(tmp_path / "V.coachdesk", {**sound.crashed, bit_flips.LOG: content})
    for _ in range(2):
        with pytest.raises(ChangesMissing):
            bit_flips._opened(folder, sound.data_key, sound.clock)
        (kept,) = folder.glob("*.found-*")
        assert kept.name == "data-1.db-wal.found-1"
        assert kept.read_bytes() == content
        assert kept.stat().st_mode & 0o077 == 0
    (folder / bit_flips.LOG).write_bytes(content)
    with pytest.raises(ChangesMissing):
        bit_flips._opened(folder, sound.data_key, sound.clock)
    assert len(list(folder.glob("*.found-*"))) == 1


def test_what_should_not_be_would_be_seen(
    sound: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Sound(
        sound.crashed,
        sound.locked,
        sound.backup,
        sound.data_key,
        (("client",),),
        sound.backed_up,
        sound.clock,
    )
    assert bit_flips.in_mark(other, 0, tmp_path) == SHOWN
    with monkeypatch.context() as patch, cheap_keys():
        patch.setattr(bit_flips, "flipped", lambda content, _bit: content)
        assert bit_flips.in_slots(sound, 0, tmp_path) == SILENT
        assert bit_flips.in_data(sound, 0, tmp_path) == SILENT
        assert bit_flips.in_backup(sound, 0, tmp_path) == HARMLESS
    with monkeypatch.context() as patch:
        patch.setattr(sealed, "keep_found_log", lambda _data: None)
        assert bit_flips.in_log(sound, len(sound.crashed[bit_flips.LOG]) * 4, tmp_path) == CHANGED
    for bad in BAD:
        tally = Tally()
        tally.note("data file", bad)
        assert not tally.holds


def test_a_fault_is_counted_and_not_raised(sound: Sound, tmp_path: Path) -> None:
    def fails(_sound: Sound, _bit: int, _place: Path) -> str:
        raise KeyError("x")

    assert bit_flips._outcome(fails, sound, 0, tmp_path) == FAULT


def test_a_log_that_cannot_be_moved_into_damaged_data_is_trouble(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def cursor(self) -> "Broken":
            return self

        def execute(self, _statement: str) -> None:
            fault = driver.DatabaseError("database disk image is malformed")
            fault.sqlite_errorname = "SQLITE_CORRUPT"
            raise fault

        def close(self) -> None:
            pass

    with monkeypatch.context() as patch:
        patch.setattr(vault._writer, "raw_connection", Broken)
        with pytest.raises(Damaged):
            vault.checkpoint()
    vault.close()
    assert vault.locked


def test_a_statement_of_ours_that_is_wrong_is_a_fault_and_no_trouble(vault: OpenVault) -> None:
    connection = vault._write_connection()
    with pytest.raises(driver.OperationalError, match="no such table"), driver_troubles():
        connection.execute("SELECT 1 FROM nowhere")
    connection.close()
