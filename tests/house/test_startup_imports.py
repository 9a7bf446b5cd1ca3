"""What is imported before the unlock window is seen costs the coach waiting time: interface figures, start-up."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "xlsxwriter", "highspy", "numpy", "rapidfuzz", "holidays",
         "zxcvbn", "PIL"}  # fmt: skip


def imported_by(statement: str) -> set[str]:
    """Return the top-level names a fresh interpreter imports to run a statement."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", statement],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\w+)", run.stderr, re.MULTILINE))


@pytest.mark.parametrize("module", ["coachdesk.__main__", "coachdesk.app"])
def test_showing_the_unlock_window_imports_nothing_heavy(module: str) -> None:
    assert imported_by(f"import {module}") & HEAVY == set()


def test_asking_the_command_line_for_help_imports_nothing_heavy() -> None:
    started = imported_by("import coachdesk.cli")
    assert started & HEAVY == set()
    assert "PySide6" not in started


def test_a_heavy_import_would_be_seen() -> None:
    assert "sqlalchemy" in imported_by("import sqlalchemy") & HEAVY
