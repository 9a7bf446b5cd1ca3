"""An unlocked vault: its connections, who unlocked it, and how it is locked again."""

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import desc, select
from sqlalchemy.orm import Session, sessionmaker

from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.models import Coach, JournalEntry, Setting
from coachdesk.vault.driver import SETTINGS, connected, no_core_dumps
from coachdesk.vault.engine import reading_engine, writing_engine
from coachdesk.vault.holder import Holder
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.mark import Mark, keep_mark, read_mark
from coachdesk.vault.slots import RECOVERY, Slot, SlotFile
from coachdesk.vault.trouble import ChangesMissing, locked

REPLICA = "replica"


class OpenVault:
    """A vault that has been unlocked by somebody; every use after ``close`` raises Locked."""

    def __init__(
        self,
        folder: Path,
        file: SlotFile,
        slot: Slot,
        keys: Keyring,
        *,
        clock: Clock,
        holder: Holder,
        accept_loss: bool = False,
    ) -> None:
        self.folder = folder
        self.vault_id = file.vault
        self.clock = clock
        self.slot_file = file
        self.slot = slot
        self.keys = keys
        self._holder = holder
        no_core_dumps()
        self._writer = writing_engine(self._write_connection)
        self._reader = reading_engine(self._read_connection)
        self.write_sessions = sessionmaker(self._writer, expire_on_commit=False, info={"vault": self})
        self.read_sessions = sessionmaker(self._reader, autoflush=False, info={"vault": self})
        self.person = slot.label
        self.coach_id: UUID | None = None
        self.origin = self.vault_id
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
        return connected(self.data_file, self.keys.sub("db"))

    def _read_connection(self) -> Any:
        return connected(self.data_file, self.keys.sub("db"), settings=(*SETTINGS, "query_only=ON"))

    def _identify(self, *, accept_loss: bool) -> None:
        """Find who unlocked, which replica this is, and whether the newest changes are all there."""
        with self.read_sessions() as session:
            query = select(Coach).order_by(Coach.id)
            recovered = self.slot.kind == RECOVERY
            query = (
                query.where(Coach.role == "manager") if recovered else query.where(Coach.slot == self.slot.id)
            )
            coach = session.scalars(query).first()
            if coach is not None:
                self.person, self.coach_id = coach.name, coach.id
            replica = session.get(Setting, REPLICA)
            if replica is not None:
                self.origin = UUID(hex=replica.value["id"])
            self._compare_mark(session, accept_loss=accept_loss)

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
        """Move the write-ahead log into the data file, so that there is little to lose; raises Locked."""
        if self.locked:
            raise locked()
        connection = self._writer.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        """Lock: tidy the log away, let every connection go, overwrite the key; twice does no harm."""
        if self.locked:
            return
        try:
            self._tidy()
        finally:
            self._reader.dispose()
            self._writer.dispose()
            self.keys.wipe()
            self._holder.release()

    def _tidy(self) -> None:
        try:
            self.checkpoint()
        except Trouble:
            return  # locking is unconditional; what is in the log is safe there
