"""Single lines that are no form of their own, kept as drafts like one: nobody loses a quick note."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from coachdesk.ui.drafts.told import ABOUT, BEFORE, WORDS
from coachdesk.ui.forms.form import DRAFT_MILLISECONDS
from coachdesk.ui.office import Office


class KeptLines(QObject):
    """Keeps what is typed in some lines, and puts it back when the same place is shown again.

    Signals: ``restored()`` when something that had been typed stands in the lines again.
    """

    restored = Signal()

    def __init__(self, office: Office, form: str, lines: Mapping[str, QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._form, self._lines = office, form, dict(lines)
        self._key, self._about = "", ""
        self._saved: dict[str, str] = {}
        self._client_id: UUID | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MILLISECONDS)
        self._timer.timeout.connect(self._keep)
        for line in self._lines.values():
            line.textEdited.connect(self._edited)
        office.desk.locking.connect(self.flush)

    def show(
        self, about: str, heading: str, client_id: UUID | None = None, saved: Mapping[str, str] | None = None
    ) -> None:
        """Belong to this place now; what was typed for another stays with that one.

        ``saved`` is what is kept in the records of this place and stands in the lines unless something was typed.
        """
        key, before = f"{self._form}:{about}", dict(saved or {})
        if key != self._key or before != self._saved:
            self.flush()
            self._write(before)
        self._key, self._about, self._client_id, self._saved = key, heading, client_id, before
        if not self._timer.isActive():
            self._office.desk.read_drafts(self._offer)

    def _offer(self, drafts: Any) -> None:
        kept = next((draft.body for draft in drafts if draft.key == self._key), None)
        if self._timer.isActive() or any(line.hasFocus() for line in self._lines.values()):
            return  # somebody is typing here already
        self._write(kept or self._saved)
        if kept is not None:
            self.restored.emit()

    def _write(self, kept: Mapping[str, Any]) -> None:
        for name, line in self._lines.items():
            line.setText(str(kept.get(name, "")))

    def forget(self) -> None:
        """Drop what was kept: it has been saved."""
        self._timer.stop()
        self._office.desk.drop_draft(self._key)

    @Slot()
    def flush(self) -> None:
        """Hand in at once what waits to be kept."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _edited(self, _text: str) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _keep(self) -> None:
        typed = {name: line.text() for name, line in self._lines.items()}
        saved = {name: self._saved.get(name, "") for name in typed}
        if typed == saved:
            self._office.desk.drop_draft(self._key)
            return
        words = [
            [line.accessibleName(), saved[name], typed[name]]
            for name, line in self._lines.items()
            if typed[name] != saved[name]
        ]
        body = {**typed, ABOUT: self._about, BEFORE: saved, WORDS: words}
        self._office.desk.keep_draft(self._key, self._form, body, self._client_id)
