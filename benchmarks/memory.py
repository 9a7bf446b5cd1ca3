"""Memory of the running window over 5,000 clients and 200,000 contacts, against a bare PySide6 window."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.large_vault import large_vault, opened
from benchmarks.measuring import compared, report, resident
from benchmarks.window import Arrival, main_window
from coachdesk.app import _import_the_rest

ROOT = Path(__file__).resolve().parents[1]
TARGET_MEGABYTES = 250
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1366, 768)
window.show()
app.processEvents()
from benchmarks.measuring import resident
print(resident())
"""


def running() -> float:
    """Return the megabytes of this process once Today is painted and every page has been looked at."""
    app = QApplication(sys.argv)
    _import_the_rest()  # as the program does while the passphrase is typed
    vault = opened(large_vault())
    with tempfile.TemporaryDirectory() as folder:
        arrival = Arrival()
        window = main_window(app, vault, arrival, Path(folder))
        arrival.wait(app)
        for key in window.pages:
            window.go(key)
            app.processEvents()
        held = resident()
        window.close()
        app.processEvents()
    return held


def main() -> int:
    """Measure in processes of their own and report."""
    if sys.argv[1:] == ["--running"]:
        print(running())
        return 0
    mine, plainly = (
        float(subprocess.check_output([sys.executable, *arguments], cwd=ROOT, text=True))
        for arguments in (("-m", "benchmarks.memory", "--running"), ("-c", BARE))
    )
    return report(
        compared("memory with every page seen, against a bare window", mine, plainly, unit="MB"),
        compared("memory, of its 250 MB", mine, TARGET_MEGABYTES, unit="MB", at_most=1.0),
    )


if __name__ == "__main__":
    sys.exit(main())
