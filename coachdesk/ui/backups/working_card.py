"""A card that sends long work away: it says how far the work is, lets it be stopped, and shows what came of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.terms import Changes
from coachdesk.ui.announce import announce
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, ProgressStrip, label, restyle
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

W = TypeVar("W")
T = TypeVar("T")


class WorkingCard(Card):
    """A card with one long work at a time; it puts ``progress`` and ``found`` where they belong."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._work: LongWork | None = None
        self._is_working = False
        self._then: Callable[[Any], None] | None = None
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.hide()

    def pieces(self) -> tuple[QWidget, ...]:
        """Return what holds still while a work is under way."""
        return ()

    def start(
        self,
        job: Callable[[OpenVault, W, Watch], T],
        wish: W,
        words: str,
        then: Callable[[T], None],
        *,
        writes: bool = False,
        changes: Changes | None = None,
    ) -> None:
        """Send a job away with words to show meanwhile; ``then`` gets its answer with the card free again.

        ``writes`` and ``changes`` are those of ``Desk.long``.
        """
        if self._is_working:
            return
        self._is_working = True
        self._then = then
        self.found.hide()
        for piece in self.pieces():
            piece.setEnabled(False)
        self.progress.start(words)
        work = self._office.desk.long(
            job,
            wish,
            then=self._answered,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
            writes=writes,
            changes=changes,
        )
        self._work = work if self._is_working else None  # run at once, it has ended by now

    def say(self, words: str, tone: Tone) -> None:
        """Show what came of the work."""
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        announce(self.found, words)

    def _answered(self, value: object) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(value)

    def _refused(self, refusal: Refusal) -> None:
        self._end()
        self.say(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))), Tone.DANGER)

    def _stopped(self) -> None:
        self._end()
        self.say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _end(self) -> None:
        self._work = None
        self._then = None
        self._is_working = False
        self.progress.finish()
        for piece in self.pieces():
            piece.setEnabled(True)
