"""A page that sends long work away: it says how far the work is, lets it be stopped, and shows why it was refused."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.terms import Changes
from coachdesk.ui.announce import announce
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, ProgressStrip, ScrollPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

W = TypeVar("W")
T = TypeVar("T")


class WorkingPage(Page):
    """A page with one long work at a time.

    It makes ``progress`` and ``refusal``; the page puts both where they belong, says in ``pieces`` what holds
    still meanwhile, and in ``settle`` what else follows once the work has ended.
    """

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._work: LongWork | None = None
        self._is_working = False
        self._then: Callable[[Any], None] | None = None
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.refusal = Banner("", "", Tone.DANGER, closable=False)
        self.refusal.hide()

    def pieces(self) -> Iterable[QWidget]:
        """Return what nobody may press or change while the work is under way."""
        return ()

    def settle(self) -> None:
        """Bring buttons back to what the page's state allows, after the pieces were enabled again."""

    def stopped_words(self) -> str:
        """Return what is said when the person stopped the work."""
        return self.tr("Stopped. Nothing was written.")

    @property
    def is_working(self) -> bool:
        """Return whether a work is under way; the page starts no second one."""
        return self._is_working

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
        """Send a job away with words to show meanwhile; ``then`` gets its answer with the page free again.

        While a work is under way nothing happens.
        """
        if self._is_working:
            return
        self._is_working = True
        self._then = then
        self.refusal.hide()
        self._allow(allowed=False)
        self.progress.start(words)
        work = self.office.desk.long(
            job,
            wish,
            then=self._answered,
            refused=self.show_refusal,
            progress=self._hear,
            stopped=self._stopped,
            writes=writes,
            changes=changes,
        )
        self._work = work if self._is_working else None  # run at once, it has ended by now

    def show_refusal(self, refusal: Refusal) -> None:
        """Show on the page why something was refused, and let the person go on."""
        self._end()
        words = " ".join(dict.fromkeys((refusal.message, *refusal.fields.values())))
        self.refusal.message.setText(words)
        self.refusal.setAccessibleName(words)
        self.refusal.show()
        self.show_top()
        announce(self.refusal, words)

    def show_top(self) -> None:
        """Bring the beginning of the page into sight: there stand its title and why something was refused."""
        area = self.findChild(ScrollPage)
        if area is not None:
            area.verticalScrollBar().setValue(0)

    def _answered(self, value: object) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(value)

    def _stopped(self) -> None:
        self._end()
        self.office.messages.say_done(self.stopped_words())

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
        self._allow(allowed=True)
        self.settle()

    def _allow(self, *, allowed: bool) -> None:
        for piece in self.pieces():
            piece.setEnabled(allowed)
