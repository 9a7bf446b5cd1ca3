"""Programs killed in the middle of a working day, and a power cut as far as one can be made: nothing is lost."""

import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.invented import Tell, cheap_keys, run_apart
from benchmarks.kills import DRAFT_PAUSE_SECONDS, Acknowledged, Tally, compare, measure
from coachdesk.clock import FixedClock
from coachdesk.models import Client
from coachdesk.ui.forms.form import DRAFT_MILLISECONDS
from coachdesk.vault.cost import Cost
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import WrongPassphrase
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE, Template

PAGE = 4096
forks = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")


@forks
@pytest.mark.slow
def test_fault_16_programs_killed_in_the_middle_of_a_day_lose_nothing() -> None:
    tally = measure(15, a_vault=15, seed=7)
    assert tally.kills == 15
    assert tally.holds, tally.plain()
    assert tally.done > 0


def test_the_pause_that_is_counted_is_the_forms() -> None:
    assert DRAFT_PAUSE_SECONDS * 1000 == DRAFT_MILLISECONDS


def heard(*said: dict[str, object]) -> Acknowledged:
    """Return what a killed program acknowledged."""
    known = Acknowledged(passphrases=["p"], draft={None})
    for one in said:
        known.hear(one)
    return known


FOUND: dict[str, object] = {"problems": [], "left": [], "draft": None, "generation": 1, "passphrase": "p"}


@pytest.mark.parametrize(
    ("said", "found", "count"),
    [
        ({"unit": "a1"}, {}, "lost"),
        ({"recorded": "n"}, {}, "lost"),
        ({"rotated": 2}, {}, "lost"),
        ({"taken_back": "n"}, {"notes": ["n"]}, "came_back"),
        ({"done": "x"}, {"notes": ["nobody wrote this"]}, "came_back"),
        ({"kept": "nob"}, {"draft": "no"}, "drafts_lost"),
        ({"typed": "nob", "at": 7.0}, {}, "drafts_lost"),
    ],
)
def test_a_loss_would_be_counted(said: dict[str, object], found: dict[str, object], count: str) -> None:
    tally = Tally()
    compare(heard(said), [{**FOUND, **found}], 8.0, tally)
    assert getattr(tally, count) == 1
    assert not tally.holds


def test_what_was_open_when_it_was_killed_may_be_there_or_not() -> None:
    for notes, draft in (([], None), (["n"], "nob")):
        tally = Tally()
        known = heard({"typed": "nob", "at": 8.0}, {"recording": "n"}, {"changing_to": "q"})
        compare(known, [{**FOUND, "notes": notes, "draft": draft, "passphrase": "q"}], 8.01, tally)
        assert tally.holds
        assert known.passphrases == ["q"]
        assert known.notes == set(notes)


@forks
def test_a_program_that_ends_by_itself_is_no_kill() -> None:
    def fails(tell: Tell) -> None:
        tell(begins="x")
        raise ValueError("by itself")

    with pytest.raises(RuntimeError, match="by itself"):
        run_apart(fails)


@forks
def test_keys_are_cheap_only_as_long_as_it_is_said() -> None:
    real = Cost.derive
    with cheap_keys():
        assert Cost.derive is not real
    assert Cost.derive is real


def add(vault: OpenVault, number: int) -> None:
    with unit_of_work(vault, label="Added a client") as work:
        work.session.add(Client(first_name="Ann", reference=str(number)))


def references(vault: OpenVault) -> list[str]:
    with reading(vault) as session:
        return list(session.scalars(select(Client.reference).order_by(Client.id)))


@pytest.fixture
def cut(vault: OpenVault, vault_folder: Path) -> dict[str, bytes]:
    """Return the files as they lie there with everything still in the log, flushed."""
    for number in range(12):
        add(vault, number)
    found = {path.name: path.read_bytes() for path in vault_folder.iterdir() if path.is_file()}
    vault.close()
    return found


def lay(folder: Path, files: dict[str, bytes]) -> None:
    """Put files into an empty folder, without what only lives in memory."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        if not name.endswith(("-shm", ".lock")):
            (folder / name).write_bytes(content)


def test_fault_17_power_cut_while_the_log_is_written_keeps_every_flushed_save(
    cut: dict[str, bytes], vault_template: Template, tmp_path: Path, clock: FixedClock
) -> None:
    """What is appended to the log after the last flush is kept in part, torn, or as rubbish."""
    luck = random.Random(17)  # noqa: S311 - where it is cut
    log = cut["data-1.db-wal"]
    folder = tmp_path / "Cut.coachdesk"
    for _ in range(12):
        tail = luck.randbytes(luck.randrange(0, 3 * PAGE))
        torn = bytearray(log[: luck.randrange(len(log))][-len(tail) or len(log) :])
        rest = luck.choice([b"", tail, bytes(len(tail)), bytes(torn)])
        lay(folder, {**cut, "data-1.db-wal": log + rest})
        vault = vault_template.opened(folder, clock)
        assert references(vault) == [str(number) for number in range(12)]
        assert check(vault).problems == ()
        vault.close()


def test_fault_17_power_cut_while_the_log_is_moved_into_the_data_keeps_every_save(
    cut: dict[str, bytes], vault_template: Template, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """The log goes only when the data is flushed; until then any mixture of old, new and torn pages may lie there."""
    luck = random.Random(18)  # noqa: S311 - which pages had reached the drive
    before, after = cut["data-1.db"], (vault_folder / "data-1.db").read_bytes()
    assert before != after
    folder = tmp_path / "Cut.coachdesk"
    for _ in range(12):
        data = bytearray(before.ljust(len(after), b"\0"))
        for place in range(0, len(after), PAGE):
            reached = luck.choice((0, 512 * luck.randrange(8), PAGE))
            data[place : place + reached] = after[place : place + reached]
        lay(folder, {**cut, "data-1.db": bytes(data)})
        vault = vault_template.opened(folder, clock)
        assert references(vault) == [str(number) for number in range(12)]
        assert check(vault).problems == ()
        vault.close()


@forks
def test_fault_23_wrong_passphrases_right_after_a_crash_do_no_harm(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    def dies(_tell: Tell) -> None:
        vault = vault_template.opened(vault_folder, clock)
        for number in range(5):
            add(vault, number)
        os.kill(os.getpid(), signal.SIGKILL)

    assert run_apart(dies).said == ()
    assert (vault_folder / "data-1.db-wal").stat().st_size > 0
    sealed = SealedVault(vault_folder)
    for wrong in ("a", "b", "c"):
        with pytest.raises(WrongPassphrase):
            sealed.open(wrong, clock=clock)
    vault = sealed.open(PASSPHRASE, clock=clock)
    assert references(vault) == [str(number) for number in range(5)]
    assert check(vault).problems == ()
    vault.close()


def test_fault_23_another_program_that_opens_the_file_without_its_key_does_no_harm(
    cut: dict[str, bytes], vault_template: Template, tmp_path: Path, clock: FixedClock
) -> None:
    from coachdesk.vault.driver import driver  # noqa: PLC0415 - the same library, used as any tool would

    folder = tmp_path / "Cut.coachdesk"
    lay(folder, cut)
    for _ in range(3):
        stranger = driver.connect(str(folder / "data-1.db"))
        with pytest.raises(driver.DatabaseError):
            stranger.execute("SELECT * FROM sqlite_master").fetchall()
        stranger.close()
    vault = vault_template.opened(folder, clock)
    assert references(vault) == [str(number) for number in range(12)]
    vault.close()
