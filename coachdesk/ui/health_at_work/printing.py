"""Printing the papers of health at work: one question where the file goes, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import ProgressStrip, column, label, restyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is printed: what the file is called, how it is made, and the wish made of where it goes."""

    file_name: str
    write: Callable[[Any, Any, Any], Path]
    wish: Callable[[Path], Any]


class HealthPrinting(QWidget):
    """Asks where, sends the work away and says where the paper lies.

    Signals: ``done()`` once a paper lies there.
    """

    done = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._work: LongWork | None = None
        self._is_working = False
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(column(self.progress, self.found))
        self.found.hide()
        self.hide()

    def leave_client(self) -> None:
        """Say no more about the last paper: another client is shown."""
        self.found.hide()
        self.setVisible(self._is_working)

    def print_paper(self, printed: Printed) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self._is_working:
            return
        target = self._office.dialogs.save_as(
            printed.file_name, (self.tr("PDF (*.pdf)"),), title=self.tr("Where shall the paper lie?")
        )
        if target is None:
            return
        self._is_working = True
        self.found.hide()
        self.show()
        self.progress.start(self.tr("Printing…"))
        work = self._office.desk.long(
            printed.write,
            printed.wish(target),
            then=self._lies_there,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
            writes=True,
        )
        self._work = work if self._is_working else None  # run at once, it has ended by now

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _lies_there(self, target: Path) -> None:
        words = self.tr("Ready to print: {file}\nHand it over safely; the file is not encrypted.")
        self._say(words.format(file=target), Tone.OK)
        self.done.emit()

    def _refused(self, refusal: Refusal) -> None:
        self._say(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))), Tone.DANGER)

    def _stopped(self) -> None:
        self._say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    def _say(self, words: str, tone: Tone) -> None:
        self._work, self._is_working = None, False
        self.progress.finish()
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        self.show()
        lay_out(self)
        announce(self.found, words)

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
