"""The practice world: invented people in a vault of their own, never beside the real ones."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.clock import Clock
from coachdesk.desk.errand import Errands, Worker
from coachdesk.desk.long_work import LongWork
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch

NAME = "Practice world.coachdesk"
PERSON = "Ruth Ellison"
PASSPHRASE = "practice world for everybody"  # noqa: S105  everybody in it is invented; published on purpose
_CLIENTS = 150
_SEED = 7


def open_or_make(folder: Path, clock: Clock, watch: Watch) -> OpenVault:
    """Return the practice vault, open; made from nothing the first time.

    Raises Trouble where the folder cannot be written or is no practice vault.
    """
    if folder.exists():
        return SealedVault(folder).open(PASSPHRASE, person=PERSON, clock=clock)
    created = SealedVault.create(
        folder,
        organisation="Practice world",
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=clock,
        practice=True,
    )
    furnish_vault(created.vault)
    make_practice(created.vault, PracticeWish(clients=_CLIENTS, seed=_SEED, today=clock.today()), watch)
    return created.vault


class PracticeWorld(QObject):
    """Opens the practice world from the unlock window.

    Signals: ``opened(OpenVault)``; ``progressed(float, str)`` while it is being made.
    """

    opened = Signal(object)
    progressed = Signal(float, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._errands = Errands(self)

    def start(
        self, executor: Worker, folder: Path, clock: Clock, failed: Callable[[Exception], None]
    ) -> None:
        """Open or make it on another thread."""
        watch = LongWork(self.progressed.emit, self).watch

        def job() -> OpenVault:
            return open_or_make(folder, clock, watch)

        self._errands.send(executor, job, then=self.opened.emit, failed=failed)
