"""From starting the process to the first painted window: CoachDesk's unlock window against a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import compared, report

ROOT = Path(__file__).resolve().parents[1]
RUNS = 11

# Says when a window and everything on it has been painted: on the loop's first turn after the painting began.
WATCHER = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
class Watcher(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.say)
        return False
    def say(self):
        print("painted", flush=True)
watcher = Watcher()
"""

BARE = f"""{WATCHER}
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1100, 720)
window.installEventFilter(watcher)
window.show()
app.exec()
"""

# The program as it starts, told to say when its first window has been painted.
OURS = f"""{WATCHER}
import coachdesk.app as program
show = program.UnlockWindow.show
def watched_show(window):
    window.installEventFilter(watcher)
    show(window)
program.UnlockWindow.show = watched_show
import coachdesk.__main__
coachdesk.__main__.main([])
"""


def until_painted(script: str, home: str) -> float:
    """Return the milliseconds from starting a process until it has painted."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home, "XDG_CONFIG_HOME": home}
    # As installed: compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        said = run.stdout.readline()
        elapsed = time.perf_counter() - started
        run.kill()
    assert said == "painted\n", "the window was never painted"
    return elapsed * 1000


def main() -> int:
    """Measure and report; the target is one and a half times the bare window."""
    with tempfile.TemporaryDirectory() as home:
        until_painted(OURS, home)  # compiles
        pairs = [(until_painted(OURS, home), until_painted(BARE, home)) for _ in range(RUNS)]
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    return report(compared("start to unlock window", ours, bare, at_most=1.5))


if __name__ == "__main__":
    sys.exit(main())
