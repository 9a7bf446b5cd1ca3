"""Beside me: one client's page and nobody else, for sitting at the screen together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.terms import Changes
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.page import ClientsPage
from coachdesk.ui.coach_only import BESIDE
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label, quiet_button, row

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow


class BesidePage(Page):
    """A strip that says what this is, and the client's page, lent by the page of clients.

    Signals: ``leave_wanted()`` from the button on the strip.
    """

    leave_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setProperty(BESIDE, True)
        self._lender: ClientsPage | None = None
        self.words = label(self.tr("Beside me: only this client is shown. F8 leaves."), "meta", wrap=True)
        self.leave_button = quiet_button(self.tr("Lea&ve…"), "log-out")
        self.leave_button.clicked.connect(self.leave_wanted)
        strip = QFrame()
        strip.setProperty("status", True)
        line = row(self.words, self.leave_button)
        line.setStretch(0, 1)
        line.setContentsMargins(Space.CARD, Space.HAIR, Space.CARD, Space.HAIR)
        strip.setLayout(line)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(strip)

    @property
    def is_lent(self) -> bool:
        """Whether a client's page is here."""
        return self._lender is not None

    def borrow(self, lender: ClientsPage) -> None:
        """Take the client's page as it stands, with whatever is being typed in it."""
        self._lender = lender
        lender.right.removeWidget(lender.view)
        self._box.addWidget(lender.view, 1)
        lender.view.show()

    def give_back(self) -> None:
        """Put the client's page back where it belongs."""
        lender, self._lender = self._lender, None
        if lender is not None:
            self._box.removeWidget(lender.view)
            lender.right.addWidget(lender.view)
            lender.right.setCurrentWidget(lender.view)

    @override
    def wants(self, changes: Changes) -> bool:
        return True

    @override
    def refresh(self) -> None:
        if self._lender is not None:
            self._lender.view.refresh()


class BesideMode(QObject):
    """Goes into beside-me and out of it: no rail, no lists, no search, no undo of what was done for others.

    Signals: ``turned(bool)`` when it goes on or off.
    """

    turned = Signal(bool)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._page: BesidePage | None = None

    @property
    def page(self) -> BesidePage:
        """The page beside a client, made when it is first wanted."""
        if self._page is None:
            self._page = BesidePage(self._window.office, self._window.stack)
            self._page.leave_wanted.connect(self.ask_to_leave)
            self._window.stack.addWidget(self._page)
        return self._page

    @property
    def is_on(self) -> bool:
        """Whether one client only is shown."""
        return self._page is not None and self._page.is_lent

    @Slot()
    def toggle(self) -> None:
        """Show the client on the page and nobody else, or everybody again."""
        if self.is_on:
            self.leave()
        else:
            self.enter()

    @Slot()
    def enter(self) -> None:
        """Show one client only; says how if no client is on the page."""
        window = self._window
        clients = window.stack.currentWidget()
        if not isinstance(clients, ClientsPage) or clients.client_id is None:
            words = self.tr("Open a client first: beside me shows the client whose page is open.")
            window.office.messages.say_done(words)
            return
        window.put_find_box_away()
        window.banners.hide_toast()
        window.banners.hide()
        window.rail.hide()
        self.page.borrow(clients)
        window.stack.setCurrentWidget(self.page)
        self._turn(on=True)
        announce(window, self.page.words.text())

    @Slot()
    def ask_to_leave(self) -> None:
        """Leave by the button: asked once more, for the next thing in sight is a list of names."""
        question = self.tr("Show the lists with other people’s names again?")
        if self._window.office.dialogs.confirm(question, yes=self.tr("Show them")):
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Show everything again, the same client still on the page."""
        window = self._window
        self.page.give_back()
        window.stack.setCurrentWidget(window.clients)
        window.rail.show()
        window.banners.hide_toast()
        window.banners.setVisible(bool(window.banners.banners()))
        self._turn(on=False)
        announce(window, self.tr("Everything is shown again"))

    def _turn(self, *, on: bool) -> None:
        self.turned.emit(on)
