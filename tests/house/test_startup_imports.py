"""What is imported before the unlock window is seen costs the coach waiting time: interface figures, start-up."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "xlsxwriter", "highspy", "numpy", "rapidfuzz", "holidays",
         "zxcvbn", "PIL", "icalendar", "pypdfium2"}  # fmt: skip

# What the unlock window can be painted without, found by counting instructions: `Qt` alone is a seventh of the start.
BEHIND = {"argon2", "cryptography", "sqlcipher3", "concurrent.futures", "dataclasses", "datetime", "decimal", "json",
          "typing_extensions", "uuid", "coachdesk.ui.announce", "coachdesk.ui.widgets.banner",
          "coachdesk.ui.widgets.progress"}  # fmt: skip
QT_BEHIND = {"Qt", "QAccessible", "QBrush", "QFileDialog", "QMessageBox", "QPen", "QSizePolicy", "QStyle"}

PAINTED = """
import sys
from PySide6 import QtCore, QtGui, QtWidgets
import coachdesk.app as program
class Watcher(QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() == QtCore.QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QtCore.QTimer.singleShot(0, self.say)
        return False
    def say(self):
        made = {name for module in (QtCore, QtGui, QtWidgets) for name in vars(module)}
        print(*sys.modules, *(f"Qt:{name}" for name in made))
        QtCore.QCoreApplication.exit(0)
watcher = Watcher()
show = program.UnlockWindow.show
def watched_show(window):
    window.installEventFilter(watcher)
    show(window)
program.UnlockWindow.show = watched_show
import coachdesk.__main__
raise SystemExit(coachdesk.__main__.main(sys.argv[1:]))
"""


def there_when_painted(home: Path, *arguments: str) -> set[str]:
    """Return the modules, and after "Qt:" the names of Qt, that exist when the unlock window has been painted."""
    said = subprocess.check_output(
        [sys.executable, "-c", PAINTED, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
        text=True,
        timeout=60,
    )
    return set(said.split())


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


def test_the_window_imports_no_library_before_the_work_that_needs_it() -> None:
    """Paper, workbooks and the solver are a sixth of the window's memory, and most days nobody asks for them."""
    assert imported_by("import coachdesk.ui.main_window") & {*HEAVY, "lxml"} <= {"sqlalchemy", "rapidfuzz"}


def test_asking_the_command_line_for_help_imports_nothing_heavy() -> None:
    started = imported_by("import coachdesk.cli")
    assert started & HEAVY == set()
    assert "PySide6" not in started


def test_a_heavy_import_would_be_seen() -> None:
    assert "sqlalchemy" in imported_by("import sqlalchemy") & HEAVY


def test_the_welcome_is_painted_without_what_it_does_not_show(tmp_path: Path) -> None:
    there = there_when_painted(tmp_path)
    assert "Qt:QPushButton" in there
    assert there & (HEAVY | BEHIND) == set()
    assert there & {f"Qt:{name}" for name in QT_BEHIND | {"QComboBox"}} == set()


def test_the_question_for_the_passphrase_is_painted_before_the_vault_is_looked_at(tmp_path: Path) -> None:
    there = there_when_painted(tmp_path, str(tmp_path))
    assert "Qt:QLineEdit" in there
    assert there & (HEAVY | BEHIND) == set()
    assert there & {f"Qt:{name}" for name in QT_BEHIND} == set()


def test_no_source_text_stays_in_memory_once_the_window_is_loaded() -> None:
    said = subprocess.check_output(
        [
            sys.executable,
            "-c",
            "import linecache, coachdesk.app as app; app._import_the_rest(); print(len(linecache.cache))",
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        text=True,
        timeout=60,
    )
    assert int(said) == 0
