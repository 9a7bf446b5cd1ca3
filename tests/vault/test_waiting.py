"""Waiting grows after wrong attempts, survives a restart and never becomes for ever."""

import datetime as dt
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.vault.trouble import MustWait
from coachdesk.vault.waiting import FILE, Attempts

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def at(folder: Path, seconds: float, *, days: int = 0) -> Attempts:
    """Return the attempts as a fresh program sees them, so long after the computer was started, on another date."""
    return Attempts(folder, FixedClock(NOON + dt.timedelta(days=days)), lambda: seconds)


def fail(folder: Path, times: int, *, tick: float = 1000) -> None:
    for _ in range(times):
        at(folder, tick).failed()


@pytest.mark.parametrize(
    ("wrong", "wait"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (12, 60)]
)
def test_the_wait_grows_to_a_minute(tmp_path: Path, wrong: int, wait: int) -> None:
    fail(tmp_path, wrong)
    if wait == 0:
        at(tmp_path, 1000).check()
        return
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 1000).check()
    assert caught.value.seconds == wait
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 1000 + wait - 0.4).check()
    assert caught.value.seconds == 1
    at(tmp_path, 1000 + wait).check()


def test_thousands_of_wrong_attempts_wait_a_minute(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"wrong": 99999999, "tick": 1000}')
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 1000).check()
    assert caught.value.seconds == 60


@pytest.mark.parametrize("days", [-365, -1, 0, 1, 365])
def test_setting_the_clock_neither_shortens_nor_lengthens_the_wait(tmp_path: Path, days: int) -> None:
    fail(tmp_path, 10)
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 1010, days=days).check()
    assert caught.value.seconds == 50
    at(tmp_path, 1060, days=days).check()


def test_a_restart_of_the_computer_waits_on(tmp_path: Path) -> None:
    fail(tmp_path, 10)
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 20).check()
    assert caught.value.seconds == 40
    at(tmp_path, 60).check()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"wrong": 9, "at": "2026-10-05T12:00:00"}',
        '{"wrong": 9, "tick": NaN}',
        '{"wrong": -9, "tick": 1000}',
        "[" * 100_000,
    ],
)
def test_a_spoilt_file_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    at(tmp_path, 1000).check()


def test_success_forgets(tmp_path: Path) -> None:
    fail(tmp_path, 6)
    at(tmp_path, 1000).succeeded()
    assert list(tmp_path.iterdir()) == []
    at(tmp_path, 1000).check()
    (tmp_path / FILE).mkdir()
    at(tmp_path, 1000).succeeded()


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(tmp_path: Path) -> None:
    at(tmp_path / "gone", 1000).failed()
    assert list(tmp_path.iterdir()) == []
