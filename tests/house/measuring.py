"""Which lines and branches a run of the tests went through, measured by SlipCover and judged by coverage.py.

Coverage.py's own measuring asks Python to call it at every line, for as long as the tests run: two fifths of the
gate's time went there. SlipCover writes its marks into the compiled code instead. What it saw is handed to
coverage.py as data, so that what counts as a statement, a branch and an exception stays coverage.py's word.

Loaded by the gate through ``PYTEST_PLUGINS``, by which it comes before any module of the program, in a worker too.
"""

import ast
import json
import os
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

import coverage
import pytest
import slipcover
from slipcover.branch import preinstrument
from slipcover.importer import SlipcoverLoader

from tests.house.measured_arcs import Seen, arcs_of

PACKAGE = "coachdesk"
FOLDER = ("out", "measured")
"""Where every process of a run leaves what it saw, below the folder pytest runs in."""
NEVER_TAKEN_OUT = 2**31 - 1
"""SlipCover can take a mark out again that was passed this often: it reads other threads' variables for that."""
_MEASURING: list[slipcover.Slipcover] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Measure every module of the program that is imported from here on."""
    folder = early_config.rootpath.joinpath(*FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for old in folder.glob("*.json"):
            old.unlink()
    seeing = slipcover.Slipcover(branch=True, exclude_lines=[], d_miss_threshold=NEVER_TAKEN_OUT)
    measured = slipcover.FileMatcher(sources=[early_config.rootpath / PACKAGE])
    slipcover.wrap_spec_from_file_location(seeing, measured)  # alembic loads migrations by their files
    SlipcoverLoader.get_code = _marked_code
    slipcover.ImportManager(seeing, measured).__enter__()
    _MEASURING.append(seeing)


def _marked_code(loader: SlipcoverLoader, _name: str) -> CodeType:
    """Return a module's code with its marks also to runpy, which asks for code instead of running the module."""
    tree = preinstrument(ast.parse(loader.origin.read_bytes()))
    marked: CodeType = loader.sci.instrument(compile(tree, str(loader.origin), "exec"))
    return marked


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Leave what this process saw for whoever judges the run."""
    done = yield
    name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    seen = _MEASURING[-1].get_coverage()["files"]
    session.config.rootpath.joinpath(*FOLDER, f"{name}.json").write_text(json.dumps(seen), encoding="utf-8")
    return done


def join(root: Path, data_file: Path) -> None:
    """Write what all processes of a run saw as one data file of coverage.py, files nobody imported included."""
    seen: dict[str, Seen] = {}
    for left in sorted(root.joinpath(*FOLDER).glob("*.json")):
        for name, entry in json.loads(left.read_text(encoding="utf-8")).items():
            seen[name] = seen.get(name, Seen()) | _seen(entry)
    data = coverage.CoverageData(basename=str(data_file))
    data.erase()
    for path in sorted(root.joinpath(PACKAGE).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        arcs = arcs_of(path.read_text(encoding="utf-8"), seen[name]) if name in seen else ()
        data.add_arcs({str(path): arcs})
    data.write()


def _seen(entry: Mapping[str, Any]) -> Seen:
    ran, not_ran = _pairs(entry["executed_branches"]), _pairs(entry["missing_branches"])
    return Seen(frozenset(entry["executed_lines"]), ran, ran | not_ran)


def _pairs(written: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((start, end) for start, end in written)
