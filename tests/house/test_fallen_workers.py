"""A worker that falls is told about: by which signal, and where it stood."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import fallen_workers
from tests.house.fallen_workers import left_behind, named

FALLING = "import os, signal\n\n\ndef test_falls() -> None:\n    os.kill(os.getpid(), signal.SIGABRT)\n"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (-6, "gw1 was ended by SIGABRT"),
        (3, "gw1 ended with status 3"),
        (None, "gw1 ended, nobody knows how"),
    ],
)
def test_an_end_in_words(status: int | None, words: str) -> None:
    assert named("gw1", status) == words


def test_a_worker_that_wrote_nothing_left_nothing(tmp_path: Path) -> None:
    assert left_behind(tmp_path, "gw7") == ""


@pytest.mark.slow
def test_a_run_whose_worker_falls_says_by_what_and_where(tmp_path: Path) -> None:
    (tmp_path / "fallen_here.py").write_text(
        Path(fallen_workers.__file__).read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "test_falling.py").write_text(FALLING, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "1", "--max-worker-restart", "0", "-p", "fallen_here"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert run.returncode == 1, run.stderr
    assert "gw0 was ended by SIGABRT" in run.stdout
    assert "test_falling.py" in run.stdout.split("a worker fell")[1]
