"""The whole window becomes the client’s page, and goes back to the coach behind the privacy screen."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from coachdesk.casework.equality_alone import AloneSitting, read_alone_sitting
from coachdesk.errors import Refusal
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.page import ClientsPage
from coachdesk.ui.drafts.told import changed
from coachdesk.ui.equality.page import AlonePage
from coachdesk.ui.privacy.blank import close_dialogs

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


class EqualityAlone(QObject):
    """Hands the window to one client and takes it back: no rail, no list, no search, no message, no other key.

    Signals: ``turned(bool)`` when it goes on or off.
    """

    turned = Signal(bool)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._sitting: AloneSitting | None = None
        self._page: AlonePage | None = None
        window.privacy.turned.connect(self._privacy_turned)

    @property
    def page(self) -> AlonePage:
        """The page of the client, made when it is first wanted."""
        if self._page is None:
            self._page = AlonePage(self._window.office, self._window.stack)
            self._page.given_back.connect(self.take_back)
            self._window.stack.addWidget(self._page)
        return self._page

    @property
    def is_on(self) -> bool:
        """Whether the client has the window."""
        return self._page is not None and self._window.stack.currentWidget() is self._page

    def attend(self, clients: ClientsPage) -> None:
        """Hand the window over when the page of a client asks for it."""
        for part in clients.view.parts.made():
            self._attend_part(part)
        clients.view.part_made.connect(self._attend_part)

    @Slot(object)
    def _attend_part(self, part: object) -> None:
        if isinstance(part, DetailsTab):
            part.alone.connect(self.hand_over)

    @Slot(object)
    def hand_over(self, client_id: UUID) -> None:
        """Ask for the questions; the window changes hands when they are known."""
        self._window.office.desk.ask(read_alone_sitting, client_id, self._known, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._window.office.messages.show_refusal(refusal)

    def _known(self, sitting: AloneSitting) -> None:
        self._sitting = sitting
        self._window.office.desk.read_drafts(self._begin)

    def _begin(self, drafts: Any) -> None:
        if self._sitting is None:
            return
        sitting, self._sitting = self._sitting, None
        key = self.page.draft_key(sitting.client_id)
        kept = next((changed(draft.body) for draft in drafts if draft.key == key), {})
        window = self._window
        close_dialogs()
        window.put_find_box_away()
        self._keep_quiet()
        for piece in (window.rail, window.status):
            piece.hide()
        window.stack.setCurrentWidget(self.page)
        self.page.start(sitting, kept)
        self.turned.emit(True)

    def _keep_quiet(self) -> None:
        """Let what the program has to say wait for the coach."""
        self._window.office.messages.detach()
        self._window.banners.hide()

    @Slot()
    def take_back(self) -> None:
        """Save, put the client’s own page in place, without lists, and cover it until the coach shows it."""
        if not self.is_on:
            return
        window = self._window
        self.page.forget()
        window.status.show()
        if window.beside.is_on:
            window.stack.setCurrentWidget(window.beside.page)
        else:
            window.stack.setCurrentWidget(window.clients)
            window.beside.enter()
        self.turned.emit(False)
        window.privacy.hide_page()

    @Slot(bool)
    def _privacy_turned(self, on: bool) -> None:  # noqa: FBT001  a signal's value
        """Stay quiet when the cover was taken off while the client has the window."""
        if not on and self.is_on:
            self._keep_quiet()
