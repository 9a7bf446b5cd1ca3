"""From the derived key to a painted Today, over 5,000 clients and 200,000 contacts.

The theme is in force and the modules are imported by then, as they are behind the unlock window. Compared with
opening the same file and painting an empty window; the target is half a second, whatever the ratio.
"""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.large_vault import CLOCK, PASSPHRASE, large_vault
from benchmarks.measuring import compared, report
from benchmarks.window import Arrival, main_window
from coachdesk.vault.driver import connected
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import unlocked

RUNS = 5
TARGET_MILLISECONDS = 500


def ours(app: QApplication, sealed: SealedVault, folder: Path) -> float:
    """Return the milliseconds from the key to Today."""
    file = sealed.slot_file()
    keys = unlocked(file, file.slots[0], PASSPHRASE)
    arrival = Arrival()
    started = time.perf_counter()
    vault = sealed.opened_with(file, file.slots[0], keys, clock=CLOCK)
    window = main_window(app, vault, arrival, folder)
    arrival.wait(app)
    took = time.perf_counter() - started
    window.close()
    app.processEvents()
    return took * 1000


def bare(app: QApplication, sealed: SealedVault) -> float:
    """Return the milliseconds from the key to an empty window over the open file."""
    file = sealed.slot_file()
    keys = unlocked(file, file.slots[0], PASSPHRASE)
    started = time.perf_counter()
    connection = connected(sealed.folder / file.db, keys.sub("db"))
    connection.execute("SELECT count(*) FROM client").fetchone()
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    took = time.perf_counter() - started
    window.close()
    connection.close()
    return took * 1000


def main() -> int:
    """Measure and report."""
    sealed = SealedVault(large_vault())
    app = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(ours(app, sealed, Path(folder)), bare(app, sealed)) for _ in range(RUNS)]
    mine, plainly = (min(column) for column in zip(*pairs, strict=True))
    within = compared("unlock to Today, of its half second", mine, TARGET_MILLISECONDS, at_most=1.0)
    return report(compared("unlock to Today, against an empty window", mine, plainly), within)


if __name__ == "__main__":
    sys.exit(main())
