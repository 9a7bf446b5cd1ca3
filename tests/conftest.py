"""What every test stands on: no screen, no unannounced warnings, no garbage collected off the window's thread."""

import gc
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.offline_guard import stay_offline

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from coachdesk.ui.theme import Theme

if (Path(__file__).parent / "vault_fixtures.py").exists():
    pytest_plugins = ["tests.vault_fixtures"]

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests on the screen")


def pytest_configure(config: pytest.Config) -> None:
    stay_offline()
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session", autouse=True)
def _garbage_waits() -> Iterator[None]:
    """Collect garbage between tests only: a collection on a worker thread destroys widgets there."""
    gc.disable()
    gc.freeze()  # every module is there by now and stays: looking through all of them was a quarter of the whole run
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _garbage_is_taken_out(_garbage_waits: None) -> Iterator[None]:
    yield
    youngest, _older, oldest = gc.get_count()
    if youngest > 20_000:
        gc.collect(2 if oldest > 10 else 1)
        if oldest > 10:
            gc.freeze()  # what outlives a full look is kept for good


AnnounceLog = Callable[..., None]


@pytest.fixture
def announce_log() -> AnnounceLog:
    """Return a function by which a test announces a log record it means to cause, by a pattern."""

    def announce(pattern: str, level: int = logging.WARNING) -> None:
        _announced.append((level, re.compile(pattern)))

    return announce


_announced: list[tuple[int, re.Pattern[str]]] = []


@pytest.fixture(autouse=True)
def _log_is_quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that caused a warning nobody announced."""
    _announced.clear()
    yield
    loud = [
        record
        for record in caplog.get_records("setup") + caplog.get_records("call")
        if record.levelno >= logging.WARNING and not _is_announced(record)
    ]
    if loud:
        pytest.fail("; ".join(f"{one.name} {one.levelname}: {one.getMessage()}" for one in loud))


def _is_announced(record: logging.LogRecord) -> bool:
    return any(record.levelno == level and said.search(record.getMessage()) for level, said in _announced)


@pytest.fixture
def theme(qapp: "QApplication") -> Iterator["Theme"]:
    """Return a theme that is light at a text scale of 1, and is so again after the test."""
    from coachdesk.ui.theme import Theme  # noqa: PLC0415  # tests below the window do without Qt

    made = Theme()
    made.apply(qapp, "light")
    yield made
    made.apply(qapp, "light")
    made.forget()
