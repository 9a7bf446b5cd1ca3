"""An unlocked vault: its connections, who unlocked it, and how it is locked again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session, sessionmaker

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.models import Coach, JournalEntry, Setting
from coachdesk.terms import Role
from coachdesk.vault.backup_folder import Ground
from coachdesk.vault.driver import READER_SETTINGS, connected, driver_troubles, no_core_dumps
from coachdesk.vault.engine import reading_engine, writing_engine
from coachdesk.vault.farewell import FAREWELLS
from coachdesk.vault.holder import Holder
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.long_readers import LARGEST_LOG, LONGEST_READING, Readers, log_size
from coachdesk.vault.mark import Mark, keep_mark, read_mark
from coachdesk.vault.slots import RECOVERY, Slot, SlotFile
from coachdesk.vault.traced import TracedSession
from coachdesk.vault.trouble import ChangesMissing, KeysPutBack, locked

REPLICA = "replica"
KEY_FILE = "key_file"
"""The setting that says which generation of the slot file belongs to the data (storage.md 4.3)."""


class OpenVault:
    """A vault that has been unlocked by somebody; every use after ``close`` raises Locked."""

    read_only = False
    """Whether nothing can be saved here."""

    def __init__(
        self,
        folder: Path,
        file: SlotFile,
        slot: Slot,
        keys: Keyring,
        *,
        clock: Clock,
        holder: Holder | None,
        accept_loss: bool = False,
    ) -> None:
        self.folder = folder
        self.vault_id = file.vault
        self.clock = clock
        self.slot_file = file
        self.slot = slot
        self.keys = keys
        self._holder = holder
        self.backed_up_when_closed = False
        """Whether closing it after work begins the day's backup; the window says so, a command does not."""
        self._door = Lock()
        no_core_dumps()
        self._writer = writing_engine(self._write_connection)
        self._reader = reading_engine(self._read_connection)
        self._readers = Readers(self._reader)
        self.write_sessions = sessionmaker(
            self._writer, class_=TracedSession, expire_on_commit=False, info={"vault": self}
        )
        self.read_sessions = sessionmaker(self._reader, autoflush=False, info={"vault": self})
        self.person = slot.label
        self.coach_id: UUID | None = None
        self.opened_with_reason: set[UUID] = set()
        self.origin = self.vault_id
        self.known_generation = 1
        try:
            self._identify(accept_loss=accept_loss)
        except BaseException:
            self.close()
            raise

    @property
    def data_file(self) -> Path:
        """Return the path of the encrypted data file; only the driver opens it."""
        return self.folder / self.slot_file.db

    @property
    def locked(self) -> bool:
        """Return whether the key is gone."""
        return self.keys.wiped

    def _write_connection(self) -> Any:
        with self._door:
            return connected(self.data_file, self.keys.sub("db"))

    def _read_connection(self) -> Any:
        with self._door:
            return connected(self.data_file, self.keys.sub("db"), settings=READER_SETTINGS)

    def _identify(self, *, accept_loss: bool) -> None:
        """Find who unlocked, which replica this is, and whether the newest changes are all there; raises Trouble."""
        from coachdesk.vault.work import plain_troubles  # noqa: PLC0415 - a unit of work knows the vault it is in

        with plain_troubles(), self.read_sessions() as session:
            coach = self._coach(session)
            if coach is not None:
                self.person, self.coach_id = coach.name, coach.id
            replica = session.get(Setting, REPLICA)
            if replica is not None:
                self.origin = UUID(hex=replica.value["id"])
            kept = session.get(Setting, KEY_FILE)
            if kept is not None:
                self.known_generation = int(kept.value["generation"])
            self._compare_mark(session, accept_loss=accept_loss)
        if self.known_generation > self.slot_file.generation and not accept_loss:
            raise KeysPutBack(
                "The vault’s key file is an older copy: passphrases or people were changed since it was made.",
                advice="If you put it back yourself, go on with it: they are then as they were. If not, "
                "somebody else did; restore your last backup.",
            )

    def _coach(self, session: Session) -> Coach | None:
        """Return who is tied to the slot; for the recovery key the first manager who is still in the team."""
        query = select(Coach).where(Coach.archived_at.is_(None)).order_by(Coach.id)
        if self.slot.kind == RECOVERY:
            return session.scalars(query.where(Coach.role == Role.MANAGER, Coach.ended_on.is_(None))).first()
        return session.scalars(query.where(Coach.slot == self.slot.id)).first()

    def _compare_mark(self, session: Session, *, accept_loss: bool) -> None:
        mark = read_mark(self.folder, self.keys.sub("mark"))
        position = (
            session.scalar(select(JournalEntry.position).order_by(desc(JournalEntry.position)).limit(1)) or 0
        )
        if mark is None or position >= mark.position:
            return
        if accept_loss:
            self.keep_mark(position)
            return
        raise ChangesMissing(
            f"The last {mark.position - position} changes up to {mark.at:%d %B %Y %H:%M} (UTC) could not be read: "
            "the data file was damaged or put back.",
            advice="Restore your last backup, or open the vault without these changes.",
        )

    def keep_mark(self, position: int) -> None:
        """Write the high-water mark after a commit."""
        keep_mark(self.folder, self.keys.sub("mark"), Mark(position, self.clock.now()))

    def checkpoint(self) -> None:
        """Move the write-ahead log into the data file, so that there is little to lose; raises Locked or Trouble."""
        if self.locked:
            raise locked()
        connection = self._writer.raw_connection()
        try:
            with driver_troubles():
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def mind_the_log(self, largest: int = LARGEST_LOG, longest: float = LONGEST_READING) -> None:
        """Where the log has grown large, send away who has read for so long that it could not be emptied."""
        if log_size(self.data_file) > largest:
            self._readers.send_away(longest)

    @contextmanager
    def writing_stopped(self) -> Iterator[None]:
        """Hold the write lock for the whole block: nobody saves meanwhile, those who want to wait."""
        connection = self._writer.connect()
        connection.begin()
        try:
            yield
        finally:
            connection.invalidate()  # who waits is given a fresh one: to the file that is current then
            connection.close()

    def adopt(self, file: SlotFile, keys: Keyring | None = None) -> None:
        """Go on with the slot file just written and, after a rotation, with the new data file and key."""
        with self._door:
            self.slot_file = file
            self.slot = next((slot for slot in file.slots if slot.id == self.slot.id), self.slot)
            self.known_generation = file.generation
            if keys is None:
                return
            old, self.keys = self.keys, keys
        self._reader.dispose()
        old.wipe()

    def close(self) -> None:
        """Lock: tidy the log away, let every connection go, overwrite the key; twice does no harm."""
        if self.locked:
            return
        try:
            self._tidy()
        finally:
            self._reader.dispose()
            self._writer.dispose()
            if self.backed_up_when_closed:
                ground = Ground(self.folder, self.slot_file, self.keys, self.clock)
                self._holder = None if FAREWELLS.begin(ground, self._holder) else self._holder
            self.keys.wipe()
            if self._holder is not None:
                self._holder.release()

    def _tidy(self) -> None:
        try:
            self.checkpoint()
        except Trouble:
            return  # locking is unconditional; what is in the log is safe there
