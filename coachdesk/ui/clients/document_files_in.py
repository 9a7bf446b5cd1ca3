"""Files that come into the vault: read one after the other on a thread of their own, each kept or refused in words."""

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.documents import KeepDocument, keep_document
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.exchange.document_files import FileRead, read_file
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, ProgressStrip


class FilesIn(QWidget):
    """How far the reading is, with a way to stop it, and what could not be kept.

    Signals: ``kept(UUID)`` with the document that was kept last, when all files have been gone through.
    """

    kept = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._paths: deque[Path] = deque()
        self._reading: tuple[UUID, Path] | None = None
        self._work: LongWork | None = None
        self._newest: UUID | None = None
        self.progress = ProgressStrip()
        self.refusal = Banner("", "", Tone.DANGER)
        self.refusal.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(self.progress)
        box.addWidget(self.refusal)
        self.progress.cancelled.connect(self._stop)

    def show_client(self, client_id: UUID) -> None:
        """Keep files with this client from now on; those still to be read for another are let go."""
        self._client_id = client_id
        self._paths.clear()
        self._newest = None
        self.refusal.hide()

    def add_files(self, paths: Iterable[Path]) -> None:
        """Keep files one after the other; what cannot be kept is said, and the others go on."""
        if self._client_id is None:
            return
        self.refusal.hide()
        self._paths.extend(paths)
        if self._reading is None:
            self._next()

    def _next(self) -> None:
        if not self._paths or self._client_id is None:
            self._reading, self._work = None, None
            self.progress.finish()
            newest, self._newest = self._newest, None
            if newest is not None:
                self.kept.emit(newest)
            return
        path = self._paths.popleft()
        self._reading = (self._client_id, path)
        self.progress.start(self.tr("Reading {file}…").format(file=path.name))
        work = self._office.desk.long(
            read_file,
            path,
            then=self._read,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
        )
        self._work = work if self._reading == (self._client_id, path) else None  # run at once, it is over

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _read(self, file: FileRead) -> None:
        if self._reading is None:
            return
        client_id, _ = self._reading
        wish = KeepDocument(client_id=client_id, file_name=file.name, content=file.content)
        self._office.desk.do(keep_document, wish, then=self._kept, refused=self._refused)

    def _kept(self, document_id: UUID) -> None:
        self._newest = document_id
        self._next()

    def _refused(self, refusal: Refusal) -> None:
        """Say which file cannot be kept and why, beside what was said of another; go on with the rest."""
        name = self._reading[1].name if self._reading is not None else ""
        said = self.refusal.message.text() if not self.refusal.isHidden() else ""
        words = f"{name}: {refusal.message}" if name else refusal.message
        self.say_refused("\n".join(part for part in (said, words) if part))
        if self._reading is not None:
            self._next()

    def say_refused(self, words: str) -> None:
        """Say why something was not done with a document."""
        self.refusal.message.setText(words)
        self.refusal.setAccessibleName(words)
        self.refusal.show()
        lay_out(self)
        announce(self.refusal, words, urgent=True)

    @Slot()
    def _stop(self) -> None:
        self._paths.clear()
        if self._work is not None:
            self._work.cancel()

    def _stopped(self) -> None:
        self._next()
