import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Run in a bare interpreter, in an empty folder that is also the home folder.
IMPORT_ALL = """
import importlib, sys, threading
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)
assert threading.active_count() == 1, f"importing started threads: {threading.enumerate()}"
widgets = sys.modules.get("PySide6.QtWidgets")
assert widgets is None or widgets.QApplication.instance() is None, "importing made an application"
"""


def modules(root: Path = ROOT) -> list[str]:
    """Return the dotted name of every module of the program; what alembic runs as files is left out."""
    paths = [path.relative_to(root) for path in sorted((root / "coachdesk").rglob("*.py"))]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return [
        name
        for name in names
        if name.replace(".", "").replace("_", "").isalnum() and ".migrations." not in name
    ]


def import_bare(folder: Path, root: Path, names: list[str]) -> subprocess.CompletedProcess[str]:
    """Import modules in a fresh interpreter whose home is an empty folder."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))
    }
    homes = {"HOME": str(folder), "USERPROFILE": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", IMPORT_ALL, str(root), *names],
        cwd=folder,
        env={**environment, **homes},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("order", ["as listed", "backwards"])
def test_every_module_imports_and_does_nothing_else(tmp_path: Path, order: str) -> None:
    """Two orders, because a module that forgot an import may be saved by an earlier one."""
    names = modules()
    run = import_bare(tmp_path, ROOT, names if order == "as listed" else names[::-1])
    assert run.returncode == 0, run.stderr
    assert (run.stdout, run.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
    assert "coachdesk.clock" in names


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param("print('hello')", "hello", id="prints"),
        pytest.param(
            "import threading; threading.Thread(target=threading.Event().wait, args=[5]).start()",
            "threads",
            id="starts a thread",
        ),
        pytest.param("import no_such_module", "no_such_module", id="does not import"),
    ],
)
def test_a_module_with_a_side_effect_is_caught(tmp_path: Path, line: str, complaint: str) -> None:
    (tmp_path / "coachdesk").mkdir()
    (tmp_path / "coachdesk" / "__init__.py").touch()
    (tmp_path / "coachdesk" / "planted.py").write_text(line + "\n", encoding="utf-8")
    assert modules(tmp_path) == ["coachdesk", "coachdesk.planted"]
    run = import_bare(tmp_path, tmp_path, ["coachdesk.planted"])
    assert complaint in run.stdout + run.stderr
