"""The coverage ratchet: below the window everything is covered wholly, line and branch; a file of the window to 90.

In the window threads meet differently from run to run, so that the last branch of a page is no measure there; one
floor for all is. What stands below is named in a list that may only shrink.

Loaded by the gate as a pytest plugin beside ``tests.house.measuring``, so that a breach is a failed test of
the same run and pytest's closing line tells the truth. ``python -m tests.house.coverage_ratchet`` tightens the list
from the data of the last run; it never loosens it.
"""

import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

from tests.house.measuring import join

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("below_full_coverage.toml")
WHOLE = 100.0
WINDOW = "coachdesk/ui/"
WINDOW_FLOOR = 90.0
SLACK = (
    5.0  # a listed file this far above its floor has outgrown it; less may be threads that met differently
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """The list as written: how many files it may name, and the least each may be covered."""

    at_most: int
    floors: Mapping[str, float]


def read_allowance(path: Path = LIST) -> Allowance:
    """Return the list of files that may lie below full coverage."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    return Allowance(at_most=written["at_most"], floors=written["floors"])


def asked_of(name: str) -> float:
    """Return the percentage every file of that place has to reach, unless it is listed."""
    return WINDOW_FLOOR if name.startswith(WINDOW) else WHOLE


def breaches(allowance: Allowance, measured: Mapping[str, float]) -> list[str]:
    """Return a sentence for every way in which a run breaks the ratchet; none when it holds."""
    found = []
    if len(allowance.floors) > allowance.at_most:
        found.append(
            f"The list names {len(allowance.floors)} files; it may name {allowance.at_most} and only shrink."
        )
    for name, percent in sorted(measured.items()):
        if name not in allowance.floors and percent < asked_of(name):
            found.append(f"{name} is covered to {percent:.1f}%: add the missing tests.")
    for name, floor in sorted(allowance.floors.items()):
        found += _listed(name, floor, measured.get(name))
    return found


def _listed(name: str, floor: float, percent: float | None) -> list[str]:
    if percent is None:
        return [f"{name} is on the list but was not measured: take it off."]
    if percent < floor:
        return [f"{name} fell to {percent:.1f}%, below its floor of {floor:.1f}%."]
    if percent >= _outgrown(name):
        return [f"{name} is covered as asked: take it off the list (make ratchet)."]
    if percent >= floor + SLACK:
        return [f"{name} rose to {percent:.1f}%: raise its floor of {floor:.1f}% (make ratchet)."]
    return []


def _outgrown(name: str) -> float:
    """Return from where on a listed file needs its entry no longer, whichever thread comes first."""
    return min(asked_of(name) + SLACK, WHOLE)


def tightened(allowance: Allowance, measured: Mapping[str, float]) -> Allowance:
    """Return the list without files that are whole or gone and with floors raised; never looser."""
    floors = {
        name: max(floor, _rounded_down(measured[name]))
        for name, floor in allowance.floors.items()
        if name in measured and measured[name] < _outgrown(name)
    }
    return Allowance(at_most=min(allowance.at_most, len(floors)), floors=floors)


def first(measured: Mapping[str, float]) -> Allowance:
    """Return the list a house without one starts with: every file below what is asked, as it stands."""
    floors = {name: _rounded_down(percent) for name, percent in measured.items() if percent < asked_of(name)}
    return Allowance(at_most=len(floors), floors=floors)


def _rounded_down(percent: float) -> float:
    """Return a floor two points below what was measured: which thread comes first differs from run to run."""
    return int((percent - 2.0) * 10) / 10


def measured_from(data_file: Path, *, root: Path = ROOT) -> dict[str, float]:
    """Return the percentage of lines and branches that ran, by file, from coverage's data file."""
    measuring = coverage.Coverage(data_file=str(data_file), config_file=str(root / "pyproject.toml"))
    measuring.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measuring.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {
        (root / name).relative_to(root).as_posix(): float(entry["summary"]["percent_covered"])
        for name, entry in files.items()
        if entry["summary"]["num_statements"]
    }


def write_allowance(allowance: Allowance, path: Path = LIST) -> None:
    """Write the list in the form in which it is reviewed."""
    lines = [
        "# Files below the coverage asked of them (100 below the window, 90 in it), each with its floor in percent.",
        "# The list may only shrink: `make ratchet` tightens it, nothing loosens it.",
        f"at_most = {allowance.at_most}",
        "",
        "[floors]",
        *(f'"{name}" = {floor:.1f}' for name, floor in sorted(allowance.floors.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _data_file() -> Path:
    """Return where the gate keeps what it measured, apart from runs that somebody makes meanwhile."""
    return ROOT / os.environ.get("COVERAGE_FILE", ".coverage")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Judge the coverage once the workers' data is joined, and fail the run where the ratchet is broken."""
    done = yield
    config = session.config
    if hasattr(config, "workerinput") or config.option.collectonly:
        return done
    join(config.rootpath, _data_file())
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    for sentence in breaches(read_allowance(), measured_from(_data_file())):
        session.testsfailed += 1
        report = pytest.TestReport(
            nodeid="coverage ratchet",
            location=(sentence, None, sentence),
            keywords={},
            outcome="failed",
            longrepr=sentence,
            when="call",
        )
        reporter.stats.setdefault("failed", []).append(report)
    return done


def main() -> int:
    """Tighten the list from the last run's data and say what is on it."""
    measured = measured_from(_data_file())
    allowance = tightened(read_allowance(), measured) if LIST.exists() else first(measured)
    write_allowance(allowance)
    sys.stdout.write(f"{len(allowance.floors)} files remain on the list.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
