"""The backup after a day's work: made when the vault is locked, behind the window that is already gone.

Locking stays immediate: the screens are empty and the vault is closed. What the copy needs – the key, and the lock
on the folder – goes over to a thread of its own for the seconds it takes; the next unlocking of this vault stops it
at its next step and waits for that. A program that ends waits until the backup is whole.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from coachdesk.errors import CoachDeskError
from coachdesk.vault.backup_folder import DAY, Ground, automatic_backup, is_due
from coachdesk.vault.holder import Holder
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.watch import Watch


class Farewell(threading.Thread):
    """One backup under way after its vault was locked."""

    def __init__(self, ground: Ground, holder: Holder | None, ended: Callable[["Farewell"], None]) -> None:
        super().__init__(name="farewell")
        self._ground, self._holder, self._ended = ground, holder, ended
        self._asked_to_stop = threading.Event()

    @property
    def folder(self) -> Path:
        """The vault it belongs to."""
        return self._ground.folder

    def stop(self) -> None:
        """Ask it to stop; it leaves no half file."""
        self._asked_to_stop.set()

    @override
    def run(self) -> None:
        """Write the backup; what goes wrong is left to the reminder, since nobody is there to be told."""
        try:
            automatic_backup(self._ground, DAY, Watch(cancelled=self._asked_to_stop.is_set))
        except CoachDeskError:
            return
        finally:
            self._ground.keys.wipe()
            if self._holder is not None:
                self._holder.release()
            self._ended(self)


class Farewells:
    """The backups under way after their vaults were locked, one a folder."""

    def __init__(self) -> None:
        self._under_way: dict[Path, Farewell] = {}
        self._door = threading.Lock()

    def begin(self, ground: Ground, holder: Holder | None) -> bool:
        """Start the backup of a vault that is being locked, if one is due; return whether it took the lock over.

        ``ground`` has the keyring of the vault, which its owner wipes: it is copied.
        """
        try:
            due = is_due(ground, resting=True)
            own = Keyring(ground.keys.data_key())
        except CoachDeskError:
            return False  # locking is unconditional
        if not due:
            own.wipe()
            return False
        work = Farewell(Ground(ground.folder, ground.slot_file, own, ground.clock), holder, self._ended)
        with self._door:
            self._under_way[ground.folder.resolve()] = work
        work.start()
        return True

    def _ended(self, work: Farewell) -> None:
        with self._door:
            self._under_way.pop(work.folder.resolve(), None)

    def stop(self, folder: Path) -> None:
        """Stop the backup of a folder, if one is under way, and wait until it has let go."""
        self._found(folder, stopped=True)

    def wait(self, folder: Path) -> None:
        """Wait until the backup of a folder, if one is under way, is whole."""
        self._found(folder, stopped=False)

    def _found(self, folder: Path, *, stopped: bool) -> None:
        with self._door:
            work = self._under_way.get(folder.resolve())
        if work is not None:
            if stopped:
                work.stop()
            work.join()


FAREWELLS = Farewells()
"""One for the whole program: a vault may be locked by one window and unlocked by the next."""
