"""A change of the key slots and of the data that goes with it: both happen, or neither (storage.md 10, fault 19).

The slot file is replaced inside the transaction of the data, with a generation one higher in both. Killed between
the two, the file is ahead of the data by one: the next unlocking sees it and lets go of a slot nobody came to have.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Coach
from coachdesk.models.base import CONFIGURATION
from coachdesk.vault.chronicle import Event
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import KEY_FILE, OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.settings import keep_setting
from coachdesk.vault.slot_store import put_slots
from coachdesk.vault.slots import PERSON, Slot, SlotFile, renewed
from coachdesk.vault.work import chronicle_of, describe, reading, unit_of_work

ACCESS = "access"
"""The entity under which the journal keeps who may open the vault; such an action is never taken back."""

Change = Callable[[Session], tuple[Slot, ...]]


def tell(session: Session, what: str, label: str, coach: Coach | None = None) -> None:
    """Journal a change of who may open the vault: as an event, and in words."""
    describe(session, label)
    chronicle_of(session).note(Event(what, CONFIGURATION, ACCESS, coach.id if coach else None))


def keep_generation(session: Session, file: SlotFile) -> None:
    """Note in the data which generation of the slot file belongs to it."""
    keep_setting(session, KEY_FILE, {"generation": file.generation})


def change_keys(vault: OpenVault, change: Change, *, keep_old: bool, by_program: bool = False) -> None:
    """Write the slots a change returns, together with what it did to the data, as one action.

    ``keep_old`` keeps the slot file as it was beside the new one. Raises what the change raises, Locked, or
    the Trouble of the drive; slots and data are then as they were.
    """
    old = vault.slot_file
    try:
        with unit_of_work(vault, by_program=by_program) as work:
            slots = change(work.session)
            file = renewed(old, vault.keys, slots)
            keep_generation(work.session, file)
            work.session.flush()
            file = put_slots(vault.folder, file, vault.keys, keep_old=keep_old)
    except BaseException:  # whatever it is: the data went back, so the slots go back
        _take_back(vault, old)
        raise
    vault.adopt(file)


def _take_back(vault: OpenVault, old: SlotFile) -> None:
    """Put the slot file back as it was, unless it never changed."""
    path = vault.folder / SLOT_FILE
    if vault.locked or not path.is_file():
        return
    content = old.rendered(vault.keys)
    if path.read_bytes() != content:
        written_whole(path, content)


def settle(vault: OpenVault) -> None:
    """Bring data and slots together again after a change of slots that was cut short.

    Slots that nobody in the team is tied to are dropped: their change of the data never happened.
    """
    file = vault.slot_file
    if vault.known_generation == file.generation:
        return
    with reading(vault) as session:
        tied = set(session.scalars(select(Coach.slot).where(Coach.slot != "")))
    kept = tuple(slot for slot in file.slots if slot.kind != PERSON or slot.id in tied)

    def drop(_session: Session) -> tuple[Slot, ...]:
        return kept

    if kept != file.slots:
        change_keys(vault, drop, keep_old=False, by_program=True)
        return
    with unit_of_work(vault, by_program=True) as work:
        keep_generation(work.session, file)
    vault.adopt(file)
