"""How long the window is held by one piece of work, from unlocking through every place and every tab of a client.

What is measured is the processor's time of the window's own thread between one turn of its event loop and the next: a key
that is pressed meanwhile waits that long, at least. Other work on the machine does not count, so the figure means
the same on a busy one. The vault is a practice world, and the client is the one with the longest history.
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from benchmarks.measuring import Result, compared, report
from benchmarks.window import Arrival, main_window
from coachdesk.app import _import_the_rest, prepare_names
from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.clock import SystemClock
from coachdesk.models import Contact
from coachdesk.ui import icons
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.garbage import Garbage
from coachdesk.ui.main_window import MainWindow
from coachdesk.ui.theme import Theme
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

ROOT = Path(__file__).resolve().parents[1]
LONGEST_HOLD = 100
RUNS = 3
PERSON = "Amina"
PASSPHRASE = "five herons cross the estuary"  # noqa: S105  opens nothing but invented people
CLIENTS = 150
SEED = 7
TICK = 20
QUIET_TICKS = 20
LITTLE = 3.0
"""A turn of fewer milliseconds is no work: the ticks themselves, a cursor that blinks."""


class Turns(QObject):
    """Keeps the longest turn of the event loop, and notices when nothing is going on any more."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._since = time.thread_time()
        self._quiet = 0
        self._loop = QEventLoop()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._turned)
        dispatcher.awake.connect(self._turned)

    def during(self, work: Callable[[], object], is_done: Callable[[], bool]) -> float:
        """Return the longest turn, in milliseconds of the processor, from a piece of work until all is quiet."""
        self._work, self._is_done = work, is_done
        self.longest, self._quiet = 0.0, 0
        QTimer.singleShot(0, self, self._begin)
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        return self.longest

    @Slot()
    def _begin(self) -> None:
        self._work()

    @Slot()
    def _turned(self) -> None:
        now = time.thread_time()
        took, self._since = (now - self._since) * 1000, now
        self.longest = max(self.longest, took)
        if took > LITTLE:
            self._quiet = 0

    @Slot()
    def _tick(self) -> None:
        self._quiet += 1
        if self._quiet > QUIET_TICKS and self._is_done():
            self._loop.quit()


def make_practice_world(folder: Path) -> None:
    """Make a vault of invented people."""
    clock = SystemClock()
    created = SealedVault.create(
        folder,
        organisation="Practice world",
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=clock,
        cost=Cost.floor(),
        practice=True,
    )
    furnish_vault(created.vault)
    make_practice(
        created.vault, PracticeWish(clients=CLIENTS, seed=SEED, today=clock.today()), Watch.silent()
    )
    created.vault.close()


def longest_history(vault: OpenVault) -> UUID:
    """Return the client with the most contacts."""
    with reading(vault) as session:
        counted = select(Contact.client_id).group_by(Contact.client_id).order_by(func.count().desc())
        return session.scalars(counted.limit(1)).one()


def walk(app: QApplication, vault: OpenVault, folder: Path) -> dict[str, float]:
    """Return the longest hold of every step, by what the person does, in milliseconds of the processor."""
    turns, steps = Turns(), dict[str, float]()
    arrival, opened = Arrival(), list[MainWindow]()

    def unlock() -> None:
        opened.append(main_window(app, vault, arrival, folder))
        gc.freeze()  # as the program does

    def is_prepared() -> bool:
        return not opened[0].pages.missing()

    steps["unlocking, until every place is ready"] = turns.during(unlock, is_prepared)
    (window,) = opened

    def step(called: str, work: Callable[[], object]) -> None:
        steps[called] = turns.during(work, lambda: True)

    for key in window.pages:
        step(f"place: {key}", lambda key=key: window.go(key))  # type: ignore[misc]  # the loop's own key
    client = longest_history(vault)
    step("a client is opened", lambda: window.open_client(client))
    for key in TABS:
        step(f"tab: {key}", lambda key=key: window.clients.view.show_tab(key))  # type: ignore[misc]  # as above
    step("the contact form", window.contact_shortcut)
    step("a new client", window.new_client_shortcut)
    step("lists", window.clients.show_lists)
    step("board", window.clients.show_board)
    step("Today again", lambda: window.go("today"))
    step("locking", window.close)
    return steps


def one_walk(vault: Path) -> dict[str, float]:
    """Return the longest hold of every step, in a program that has just been started."""
    app = QApplication(sys.argv)
    prepare_names()  # as the program does behind the unlock window
    _import_the_rest()  # as the program does while the passphrase is typed
    Theme(app).apply(app, "light")  # as the unlock window has, which has also drawn a picture or two
    icons.pixmap("lock")
    garbage = Garbage()  # as in the program: its turns count too
    with tempfile.TemporaryDirectory() as folder:
        opened = SealedVault(vault).open(PASSPHRASE, person=PERSON, clock=SystemClock())
        steps = walk(app, opened, Path(folder))
    garbage.give_back()
    return steps


def main() -> int:
    """Report every step, the least of several programs; the longest of them is held against what is allowed."""
    if sys.argv[1:2] == ["--walk"]:
        print(json.dumps(one_walk(Path(sys.argv[2]))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "Practice world.coachdesk"
        make_practice_world(vault)
        command = [sys.executable, "-m", "benchmarks.window_pauses", "--walk", str(vault)]
        runs = [json.loads(subprocess.check_output(command, cwd=ROOT, text=True)) for _ in range(RUNS)]
    steps = {called: min(run[called] for run in runs) for called in runs[0]}
    for called, took in steps.items():
        print(f"{took:7.1f} ms  {called}")
    return report(*_results(steps))


def _results(steps: dict[str, float]) -> tuple[Result, ...]:
    called = max(steps, key=lambda step: steps[step])
    name = f"longest hold of the window, of what is allowed ({called})"
    return (compared(name, steps[called], LONGEST_HOLD, at_most=1.0),)


if __name__ == "__main__":
    sys.exit(main())
