"""Printing a paper: how, one question where the file goes, and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.safe_contact import BeforeContact, read_before_contact
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import ProgressStrip, column, label, restyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed: what the file is called, how it is made, the wish made of where it goes, and the words about it.

    ``ready`` names the file as ``{file}``; ``private`` is a paper about a person, to be handed over with care.
    """

    file_name: str
    write: Callable[[Any, Any, Any], Path]
    wish: Callable[[Path], Any]
    asking: str
    doing: str
    ready: str
    private: bool = True


class PaperPrinting(QWidget):
    """Asks where, sends the work away and says where the paper lies; one paper at a time.

    Signals: ``done()`` once a paper lies there.
    """

    done = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.client_id: UUID | None = None
        self.menu_shown: QMenu | None = None
        self.is_working = False
        self._work: LongWork | None = None
        self._paper: Paper | None = None
        self._for: UUID | None = None
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(column(self.progress, self.found))
        self.found.hide()
        self.hide()

    def show_client(self, client_id: UUID) -> None:
        """Print for another client from now on; what was said about the last is not said here."""
        if client_id != self.client_id:
            self.client_id = client_id
            self.leave_client()

    def leave_client(self) -> None:
        """Say no more about the last paper: another client is shown."""
        self.found.hide()
        self.setVisible(self.is_working)

    def ask_how(
        self, place: QWidget, name: str, choices: Iterable[tuple[str, str]], chosen: Callable[[QAction], None]
    ) -> None:
        """Open a menu of layouts, each a value and its words, below the button that asked."""
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(name)
        for value, words in choices:
            menu.addAction(f"&{words}").setData(value)
        menu.triggered.connect(chosen)
        self.menu_shown = menu
        menu.popup(place.mapToGlobal(QPoint(0, place.height())))

    def write_paper(self, paper: Paper) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self.is_working:
            return
        target = self.office.dialogs.save_as(paper.file_name, (self.tr("PDF (*.pdf)"),), title=paper.asking)
        if target is None:
            return
        self.is_working, self._paper, self._for = True, paper, self.client_id
        self.found.hide()
        self.show()
        self.progress.start(paper.doing)
        work = self.office.desk.long(
            paper.write,
            paper.wish(target),
            then=self._lies_there,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
            writes=True,
        )
        self._work = work if self.is_working else None  # run at once, it has ended by now

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _lies_there(self, target: Path) -> None:
        assert self._paper is not None  # noqa: S101 - it was just written
        said = self._paper.ready.format(file=target)
        if self._paper.private:
            careful = self.tr("Hand it over safely; the file is not encrypted.")
            said = f"{said}\n{careful}"
        if self.client_id is None or self.client_id != self._for:
            self._done(said, None)
            return
        question = ClientQuestion(client_id=self.client_id, today=self.office.desk.clock.today())
        self.office.desk.ask(
            read_before_contact, question, partial(self._done, said), refused=partial(self._done_alone, said)
        )

    def _done_alone(self, said: str, _refusal: Refusal) -> None:
        self._done(said, None)

    def _done(self, said: str, known: BeforeContact | None) -> None:
        """Say where the paper lies, and what is to be known before it is handed over: that stands here, for the coach."""
        if known is not None and known.needs and known.client_id == self.client_id:
            needs = self.tr("Communication needs, for you to know: {needs}")
            said = f"{said}\n{needs.format(needs=' '.join(known.needs.split()))}"
        self._say(said, Tone.OK)
        self.done.emit()

    def _refused(self, refusal: Refusal) -> None:
        self._say(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))), Tone.DANGER)

    def _stopped(self) -> None:
        self._say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    def _say(self, words: str, tone: Tone) -> None:
        self._work, self.is_working = None, False
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
