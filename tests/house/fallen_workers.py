"""What a worker said when it fell: a run in which one ended without a word tells where it stood, and by what signal.

Loaded by the gate as a pytest plugin (``-p tests.house.fallen_workers``). A worker writes the place of a fault into a
file of its own; the run's end prints those files, so that they stand beside pytest's closing line.
"""

import faulthandler
import os
import signal
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

PLACE = ("out", "fallen")
"""Where workers write, below the folder pytest runs in."""
_OPEN: list[TextIOWrapper] = []
"""The file a worker writes its fault into; it stays open as long as the worker lives."""
_FALLEN: list[str] = []


def named(name: str, status: int | None) -> str:
    """Return how a worker ended, in words."""
    if status is None:
        return f"{name} ended, nobody knows how"
    if status < 0:
        return f"{name} was ended by {signal.Signals(-status).name}"
    return f"{name} ended with status {status}"


def left_behind(folder: Path, name: str) -> str:
    """Return what a worker wrote when it fell; nothing where it wrote nothing."""
    file = folder / f"{name}.txt"
    return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let a worker write its faults into its own file, after pytest has had them on the screen."""
    folder = config.rootpath.joinpath(*PLACE)
    name = os.environ.get("PYTEST_XDIST_WORKER")
    folder.mkdir(parents=True, exist_ok=True)
    if name is None:
        for old in folder.glob("*.txt"):
            old.unlink()
        return
    _OPEN.append((folder / f"{name}.txt").open("w", encoding="utf-8"))
    faulthandler.enable(file=_OPEN[-1])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the file before Python ends."""
    del config
    while _OPEN:
        faulthandler.disable()
        _OPEN.pop().close()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Keep how a worker ended that was not asked to."""
    if not error:
        return
    name = node.gateway.id
    folder = node.config.rootpath.joinpath(*PLACE)
    _FALLEN.append(
        "\n".join(part for part in (named(name, _status(node)), left_behind(folder, name)) if part)
    )


def _status(node: Any) -> int | None:
    process = getattr(getattr(node.gateway, "_io", None), "popen", None)
    return None if process is None else process.wait(timeout=5)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what fallen workers left, last of all but the closing line."""
    for words in _FALLEN:
        terminalreporter.section("a worker fell")
        terminalreporter.write_line(words)
