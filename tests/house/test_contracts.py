"""The import contracts hold, and each of them would fail the build if it were broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = str(Path(sys.executable).with_name("lint-imports"))


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a checkout."""
    return subprocess.run(
        [LINT, "--no-cache"], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )


def checkout(folder: Path) -> Path:
    """Return the rooms of the program with nothing in them, under the same contracts."""
    for path in (ROOT / "coachdesk").rglob("*.py"):
        empty = folder / path.relative_to(ROOT)
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_empty_rooms_break_no_contract(tmp_path: Path) -> None:
    assert lint(checkout(tmp_path)).returncode == 0


@pytest.mark.slow
def test_the_contracts_hold() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        pytest.param("models/planted.py", "import coachdesk.vault\n", "floors", id="models climb"),
        pytest.param("press/planted.py", "import coachdesk.models\n", "floors", id="the press knows records"),
        pytest.param("newroom.py", "x = 1\n", "floors", id="a room without a floor"),
        pytest.param("casework/planted.py", "import PySide6.QtCore\n", "Qt stays upstairs", id="Qt below"),
        pytest.param("ui/planted.py", "import sqlalchemy\n", "SQL stays downstairs", id="SQL above"),
        pytest.param("ui/planted.py", "import coachdesk.models\n", "records do not climb", id="records above"),
        pytest.param("papers/planted.py", "import reportlab\n", "only in the press", id="paper outside the press"),
        pytest.param("ui/planted.py", "import pypdfium2\n", "only in the press", id="a PDF read in the window"),
        pytest.param("returns/attack/planted.py", "import coachdesk.returns.protection\n", "shares no code",
                     id="the attacker reads the protection"),
    ],
)  # fmt: skip
def test_a_broken_contract_fails_the_build(tmp_path: Path, place: str, line: str, contract: str) -> None:
    planted = checkout(tmp_path) / "coachdesk" / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(line, encoding="utf-8")
    run = lint(tmp_path)
    assert run.returncode == 1, run.stdout
    broken = [row for row in run.stdout.splitlines() if row.endswith("BROKEN")]
    # The floors forbid some of these as well; the named contract must be among the broken.
    assert any(contract in row for row in broken), run.stdout
