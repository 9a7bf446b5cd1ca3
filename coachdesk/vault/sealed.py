"""A vault that is locked: what can be seen without a key, and the ways to open or make one.

The unlock window imports this before SQLAlchemy is loaded, so the engine's modules are imported inside the
functions that open.
"""

import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.vault.cost import Cost, measured
from coachdesk.vault.driver import connected
from coachdesk.vault.farewell import FAREWELLS
from coachdesk.vault.files import replaced, synced, written_whole
from coachdesk.vault.found_log import keep_found_log, let_go
from coachdesk.vault.holder import Holder
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.migrate import bring_up_to_date
from coachdesk.vault.pack import COPY_PATTERN, SLOT_FILE
from coachdesk.vault.places import takes_writing
from coachdesk.vault.recovery import new_recovery_key, secret_of
from coachdesk.vault.restoring import clear_halves_beside, finish_switch
from coachdesk.vault.slot_store import drop_kept, kept_copy, key_copies, read_slots
from coachdesk.vault.slots import PERSON, RECOVERY, Slot, SlotFile, known_as, new_slot, short_label, unlocked
from coachdesk.vault.strength import insist
from coachdesk.vault.trouble import (
    Damaged,
    DataMissing,
    NotAVault,
    NotInTeam,
    SlotFileMissing,
    WrongPassphrase,
    system_troubles,
)
from coachdesk.vault.waiting import Attempts

if TYPE_CHECKING:
    from coachdesk.vault.opened import OpenVault
    from coachdesk.vault.rescue import Rescued
    from coachdesk.vault.watch import Watch

SUFFIX = ".coachdesk"
FIRST_DB = "data-1.db"
RECOVERY_LABEL = "Recovery key"

__all__ = ["SLOT_FILE", "SUFFIX", "Created", "SealedVault", "SlotLabel"]


@dataclass(frozen=True, slots=True)
class SlotLabel:
    """A person who may unlock, as the sign-in list shows them."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, unlocked, and the recovery key, which is shown this once."""

    vault: "OpenVault"
    recovery_key: str


class SealedVault:
    """A vault's folder as it lies on the disk, locked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        organisation: str,
        person: str,
        passphrase: str,
        clock: Clock,
        practice: bool = False,
        cost: Cost | None = None,
    ) -> Created:
        """Make a vault in a new folder and return it unlocked, with its recovery key.

        Made under a passing name and put in place when it is whole, so that a crash leaves no half vault.
        Raises Refusal when names are missing, the passphrase is easy to guess or the place is taken; Trouble
        when the drive does not take it.
        """
        _check_names(folder, organisation, person)
        insist(passphrase, () if practice else (organisation, person))
        keys = Keyring(secrets.token_bytes(32))
        file = SlotFile(UUID(bytes=secrets.token_bytes(16)), 1, FIRST_DB, ())
        cost = cost or measured()
        slot = new_slot(file, keys, passphrase, cost, label=short_label(person))
        recovery_key = new_recovery_key()
        recovery = new_slot(file, keys, secret_of(recovery_key), cost, label=RECOVERY_LABEL, kind=RECOVERY)
        file = file.with_slot(slot).with_slot(recovery)
        nursery = folder.with_name(f".{folder.name}.part")
        with system_troubles():
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(nursery, ignore_errors=True)
            nursery.mkdir(mode=0o700)
            try:
                _fill(nursery, file, slot, keys, clock=clock, names=(organisation, person), practice=practice)
                if folder.exists():
                    folder.rmdir()
                replaced(nursery, folder)
                synced(folder.parent)
            finally:
                shutil.rmtree(nursery, ignore_errors=True)
        return Created(cls(folder).opened_with(file, slot, keys, clock=clock), recovery_key)

    def slot_file(self) -> SlotFile:
        """Return what the slot file says; raises NotAVault, SlotFileMissing, NewerVersion or Damaged."""
        finish_switch(self.folder)
        if not self.folder.is_dir():
            raise NotAVault("There is no vault in this place.", advice="Choose the vault’s folder.")
        path = self.folder / SLOT_FILE
        if not path.is_file():
            if any(self.folder.glob("data-*.db")):
                raise SlotFileMissing(
                    "The vault’s key file is missing.",
                    advice=f"Without it nobody can unlock. {_advice(self.folder)}",
                )
            raise NotAVault("This folder is not a CoachDesk vault.", advice="Choose the vault’s folder.")
        try:
            return read_slots(path)
        except Damaged as damage:
            found = Damaged(damage.message, advice=f"Nothing was written. {_advice(self.folder)}")
        raise found

    def people(self) -> tuple[SlotLabel, ...]:
        """Return who may unlock, without any key; raises the same as ``slot_file``."""
        return tuple(SlotLabel(slot.label, slot.id) for slot in self.slot_file().people())

    def open(
        self,
        passphrase: str,
        *,
        person: str | None = None,
        clock: Clock,
        accept_loss: bool = False,
        reading: bool = False,
    ) -> "OpenVault":
        """Return the vault unlocked by a person: by name or slot id, needless when there is only one.

        Raises WrongPassphrase, MustWait, Refusal for a name that is not there, Busy, or the Trouble found;
        ChangesMissing only unless ``accept_loss`` says that the person wants to go on without them.
        """
        file = self.slot_file()
        slot = _chosen(file, person)
        return self._tried(file, slot, passphrase, clock=clock, accept_loss=accept_loss, reading=reading)

    def open_with_recovery_key(
        self, code: str, *, clock: Clock, accept_loss: bool = False, reading: bool = False
    ) -> "OpenVault":
        """Return the vault unlocked by its recovery key, which the journal tells.

        Raises Refusal naming the group that has a slip; otherwise as ``open``.
        """
        file = self.slot_file()
        secret = secret_of(code)
        slot = next((one for one in file.slots if one.kind == RECOVERY), None)
        if slot is None:
            raise Refusal("This vault has no recovery key.")
        return self._tried(file, slot, secret, clock=clock, accept_loss=accept_loss, reading=reading)

    def _tried(
        self,
        file: SlotFile,
        slot: Slot,
        secret: str,
        *,
        clock: Clock,
        accept_loss: bool = False,
        reading: bool = False,
    ) -> "OpenVault":
        begun = time.perf_counter()
        keys = self._unlocked(file, slot, secret, clock)
        took = time.perf_counter() - begun
        vault = self.opened_with(file, slot, keys, clock=clock, accept_loss=accept_loss, reading=reading)
        if vault.read_only:
            return vault
        try:
            _after_unlocking(vault, secret, took)
        except BaseException:
            vault.close()
            raise
        return vault

    def _unlocked(self, file: SlotFile, slot: Slot, secret: str, clock: Clock) -> Keyring:
        """Return the keys behind a slot; raises MustWait, or WrongPassphrase, which is counted."""
        attempts = Attempts(self.folder, clock)
        attempts.check()
        try:
            keys = unlocked(file, slot, secret)
        except WrongPassphrase:
            attempts.failed()
            raise
        attempts.succeeded()
        return keys

    def rescue(
        self, passphrase: str, *, person: str | None = None, clock: Clock, watch: "Watch | None" = None
    ) -> "Rescued":
        """Save what can be read of a damaged vault into a new one beside it; raises as ``open`` and ``rescue``."""
        from coachdesk.vault.rescue import rescue  # noqa: PLC0415 - as in opened_with

        file = self.slot_file()
        keys = self._unlocked(file, _chosen(file, person), passphrase, clock)
        try:
            return rescue(self.folder, file, keys, clock=clock, watch=watch)
        finally:
            keys.wipe()

    def opened_with(
        self,
        file: SlotFile,
        slot: Slot,
        keys: Keyring,
        *,
        clock: Clock,
        accept_loss: bool = False,
        reading: bool = False,
    ) -> "OpenVault":
        """Return the vault opened with a keyring already at hand; raises Busy or the Trouble found.

        For reading only where ``reading`` asks for it, or the folder or its data file cannot be written to.
        """
        from coachdesk.vault.read_only import opened_for_reading  # noqa: PLC0415 - SQLAlchemy loads behind the window

        if not (self.folder / file.db).is_file():
            raise _without_data(self.folder)
        if reading or not takes_writing(self.folder, self.folder / file.db):
            return _in_team(
                opened_for_reading(self.folder, file, slot, keys, clock=clock, accept_loss=accept_loss)
            )
        FAREWELLS.stop(self.folder)
        return self._opened_to_write(file, slot, keys, clock=clock, accept_loss=accept_loss)

    def _opened_to_write(
        self, file: SlotFile, slot: Slot, keys: Keyring, *, clock: Clock, accept_loss: bool
    ) -> "OpenVault":
        from coachdesk.vault.opened import OpenVault  # noqa: PLC0415 - SQLAlchemy loads behind the unlock window

        holder = Holder(self.folder, person=slot.label, clock=clock)
        try:
            log = keep_found_log(self.folder / file.db)
            tidy_up(self.folder)
            bring_up_to_date(self.folder, file, keys, clock=clock)
            vault = OpenVault(
                self.folder, file, slot, keys, clock=clock, holder=holder, accept_loss=accept_loss
            )
            if not accept_loss:
                let_go(log)
        except BaseException:
            holder.release()
            raise
        try:
            _settled(_in_team(vault))
        except BaseException:
            vault.close()
            raise
        return vault


def tidy_up(folder: Path) -> None:
    """Remove what an interrupted backup or restore left behind; only the holder of the vault may."""
    for left in folder.glob(COPY_PATTERN):
        left.unlink(missing_ok=True)
    clear_halves_beside(folder)


def tidy_generations(folder: Path, file: SlotFile) -> None:
    """Remove what a change of keys left behind: data files under another key, slots that open only those, halves.

    Called once the data file that the slot file names has been opened, so that it is never the only one.
    """
    for left in folder.glob("data-*.db*"):
        if left.name.partition(".db")[0] != file.db.removesuffix(".db"):
            left.unlink(missing_ok=True)
    for half in folder.glob(f".{SLOT_FILE}*.part"):
        half.unlink(missing_ok=True)
    if kept_copy(folder) is None:
        drop_kept(folder)


def _in_team(vault: "OpenVault") -> "OpenVault":
    """Return a vault unlocked by somebody its data knows; closes it and raises NotInTeam otherwise."""
    if vault.coach_id is None and vault.slot.kind == PERSON:
        vault.close()
        raise NotInTeam("You are no longer among the people of this vault. Ask a manager to add you again.")
    return vault


def _settled(vault: "OpenVault") -> None:
    """Leave a vault just unlocked as if nothing had ever been cut short; raises Trouble."""
    from coachdesk.vault.key_change import settle  # noqa: PLC0415 - as in opened_with

    settle(vault)
    with system_troubles():
        tidy_generations(vault.folder, vault.slot_file)


def _after_unlocking(vault: "OpenVault", secret: str, took: float) -> None:
    """Tell that the recovery key was used; raise the cost of a slot that has fallen behind, quietly."""
    from coachdesk.vault.passphrase import raise_cost  # noqa: PLC0415 - as in opened_with
    from coachdesk.vault.recovery_slot import tell_recovery  # noqa: PLC0415 - as above

    if vault.slot.kind == RECOVERY:
        tell_recovery(vault)
    raise_cost(vault, secret, took)


def _advice(folder: Path) -> str:
    """Return what to do about a slot file that is missing or damaged, by what there is to put back."""
    copies = key_copies(folder)
    if not copies:
        return "The newest backup holds one: restore it, or choose it to put the key file back."
    if copies[0].beside:
        return "A copy of it lies beside it and can be put back."
    return f"The backup “{copies[0].path.name}” holds a copy of it that can be put back."


def _without_data(folder: Path) -> Damaged | DataMissing:
    if any(folder.glob("data-*.db")):
        return Damaged(
            "The vault’s key file belongs to another state of the data: an older copy of one was put back.",
            advice="Nothing was written. Put both back as they were together, or restore your last backup.",
        )
    return DataMissing(
        "The vault’s data file is missing.",
        advice="Nothing was made in its place. Put the file back, or restore your last backup.",
    )


def _check_names(folder: Path, organisation: str, person: str) -> None:
    missing = {"organisation": organisation, "person": person}
    fields = {name: "This has to be filled in." for name, text in missing.items() if not text.strip()}
    if fields:
        raise Refusal("A vault needs the organisation’s name and yours.", fields=fields)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sentence = "There is already something in this place. Choose another name."
        raise Refusal(sentence, fields={"folder": sentence})


def _fill(
    folder: Path,
    file: SlotFile,
    slot: Slot,
    keys: Keyring,
    *,
    clock: Clock,
    names: tuple[str, str],
    practice: bool,
) -> None:
    from coachdesk.vault.birth import make_contents, make_tables  # noqa: PLC0415 - as in opened_with
    from coachdesk.vault.opened import OpenVault  # noqa: PLC0415 - as above

    path = folder / file.db
    make_tables(lambda: connected(path, keys.sub("db"), create=True))
    path.chmod(0o600)
    written_whole(folder / SLOT_FILE, file.rendered(keys))
    own = Keyring(keys.data_key())  # closing this first vault wipes its keyring
    vault = OpenVault(
        folder, file, slot, own, clock=clock, holder=Holder(folder, person=slot.label, clock=clock)
    )
    try:
        make_contents(vault, organisation=names[0], person=names[1], practice=practice)
    finally:
        vault.close()


def _chosen(file: SlotFile, person: str | None) -> Slot:
    people = file.people()
    if person is None and len(people) == 1:
        return people[0]
    if person is None:
        raise Refusal("Choose your name first.", fields={"person": "Choose your name first."})
    exact = [slot for slot in people if person in (slot.label, slot.id)]
    found = exact or [slot for slot in people if known_as(slot, person)]
    if len(found) != 1:
        raise Refusal(
            "Nobody of this name may unlock the vault.", fields={"person": "Choose a name from the list."}
        )
    return found[0]
