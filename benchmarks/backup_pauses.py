"""Whether the window pauses while a backup of the large vault is made beside it.

A timer of ten milliseconds runs in the window; what is measured is the longest time between two of its ticks, from the
moment the backup is asked for until it has been read back and checked. The same timer over the same window at rest stands
beside it: on a busy machine that one is late too.
"""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from benchmarks.large_vault import CLOCK, PASSPHRASE, large_vault
from benchmarks.measuring import compared, report
from benchmarks.window import Arrival, main_window
from coachdesk.ui.garbage import Garbage
from coachdesk.ui.main_window import MainWindow
from coachdesk.vault.backup import back_up
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import unlocked
from coachdesk.vault.watch import Watch

RUNS = 2
TICK = 10
LONGEST_PAUSE = 100
REST_SECONDS = 5.0


class Pulse(QObject):
    """Ticks every ten milliseconds and keeps the time between two ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class Backup(QObject):
    """Has a backup made as the window does, and stops the loop when it is whole."""

    def __init__(self, window: MainWindow, target: Path) -> None:
        super().__init__()
        self.loop = QEventLoop()
        window.office.desk.long(_back_up, target, then=self._done)

    def _done(self, _target: Path) -> None:
        self.loop.quit()


def _back_up(vault: OpenVault, target: Path, watch: Watch) -> Path:
    back_up(vault, target, watch)
    return target


def at_rest() -> list[float]:
    """Return the gaps over a window in which nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(int(REST_SECONDS * 1000), loop.quit)
    pulse = Pulse()
    loop.exec()
    return pulse.gaps


def during_a_backup(window: MainWindow, target: Path) -> tuple[list[float], float]:
    """Return the gaps while a backup is made, and how many seconds that took."""
    started = time.perf_counter()
    pulse = Pulse()
    backup = Backup(window, target)
    backup.loop.exec()
    took = time.perf_counter() - started
    target.unlink()
    return pulse.gaps, took


def main() -> int:
    """Measure and report: the least of the longest pauses of several backups."""
    sealed = SealedVault(large_vault())
    app = QApplication(sys.argv)
    garbage = Garbage()  # as in the program: nothing is collected on the thread that makes the backup
    with tempfile.TemporaryDirectory() as folder:
        file = sealed.slot_file()
        keys = unlocked(file, file.slots[0], PASSPHRASE)
        vault = sealed.opened_with(file, file.slots[0], keys, clock=CLOCK)
        arrival = Arrival()
        window = main_window(app, vault, arrival, Path(folder))
        arrival.wait(app)
        pages = tuple(
            window.pages.values()
        )  # all made, as after the first seconds: making them is another matter
        assert len(pages) == len(window.pages)
        at_rest()  # what Today asks for after it is painted is done by then
        runs = [
            (at_rest(), *during_a_backup(window, Path(folder) / f"{run}.coachdesk-backup"))
            for run in range(RUNS)
        ]
        window.close()
        app.processEvents()
        garbage.give_back()
    rest, longest = min(max(run[0]) for run in runs), min(max(run[1]) for run in runs)
    late = sum(gap > LONGEST_PAUSE for run in runs for gap in run[1])
    print(
        f"{RUNS} backups, {[round(run[2], 1) for run in runs]} s; longest pause of each "
        f"{[round(max(run[1])) for run in runs]} ms; {late} of {sum(len(run[1]) for run in runs)} ticks over {LONGEST_PAUSE} ms"
    )
    return report(
        compared(
            "longest pause while a backup is made, of what is allowed", longest, LONGEST_PAUSE, at_most=1.0
        ),
        compared("longest pause while a backup is made, against a window at rest", longest, rest),
    )


if __name__ == "__main__":
    sys.exit(main())
