"""Waiting grows after wrong attempts, survives a restart and never becomes for ever."""

import datetime as dt
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.vault.trouble import MustWait
from coachdesk.vault.waiting import FILE, Attempts

NOON = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def at(folder: Path, seconds: float) -> Attempts:
    return Attempts(folder, FixedClock(NOON + dt.timedelta(seconds=seconds)))


@pytest.mark.parametrize(
    ("wrong", "wait"), [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (500, 60)]
)
def test_the_wait_grows_to_a_minute(tmp_path: Path, wrong: int, wait: int) -> None:
    for _ in range(min(wrong, 12)):
        at(tmp_path, 0).failed()
    if wait == 0:
        at(tmp_path, 0).check()
        return
    with pytest.raises(MustWait) as caught:
        at(tmp_path, 0).check()
    assert caught.value.seconds == wait
    with pytest.raises(MustWait) as caught:
        at(tmp_path, wait - 0.4).check()
    assert caught.value.seconds == 1
    at(tmp_path, wait).check()


def test_a_clock_set_back_means_waiting_again_but_not_for_a_year(tmp_path: Path) -> None:
    for _ in range(5):
        at(tmp_path, 0).failed()
    year = -365 * 86400
    with pytest.raises(MustWait) as caught:
        at(tmp_path, year).check()
    assert caught.value.seconds == 2
    at(tmp_path, year + 3).check()


@pytest.mark.parametrize("content", ["", "nonsense", "[]", "{}", '{"wrong": 9, "at": "2026-10-05T12:00:00"}'])
def test_a_spoilt_file_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    at(tmp_path, 0).check()


def test_success_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(tmp_path, 0).failed()
    at(tmp_path, 0).succeeded()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / FILE).mkdir()
    at(tmp_path, 0).succeeded()


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(tmp_path: Path) -> None:
    Attempts(tmp_path / "gone", FixedClock(NOON)).failed()
    assert list(tmp_path.iterdir()) == []
