"""Clients: the caseload on the left, one client, a new client or nobody on the right; or lists, or the board."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework import caseload_reading, search_slips
from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.casework.enquiries import EnquiryRow
from coachdesk.casework.today import DueItem
from coachdesk.errors import Refusal
from coachdesk.terms import Changes
from coachdesk.ui.board.view import BoardView
from coachdesk.ui.clients.caseload_pane import CaseloadPane
from coachdesk.ui.clients.client_view import ClientView
from coachdesk.ui.clients.new_client import NewClientForm
from coachdesk.ui.clients.opening import Opening, Wanted
from coachdesk.ui.lists.view import ListsView
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.widgets import EmptyState, quiet_button, row
from coachdesk.vault.caseload_rights import TRUSTEE_KEEPS_KEYS

_ROOMY_EMS = 60


class ClientsPage(Page):
    """The caseload and whoever was chosen from it.

    Signals: ``shown(UUID | None)`` when a record that was asked for has been opened, or stays closed.
    """

    shown = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._newest: Opening | None = None
        self.pane = CaseloadPane(office)
        self.view = ClientView(office)
        self.new = NewClientForm(office)
        self.duplicates_button = quiet_button(self.tr("Likely &duplicates"), "copy")
        self.duplicates_button.clicked.connect(self._duplicates)
        self.nobody = EmptyState("", "", self.duplicates_button, icon="users")
        self._know_rights()
        self.right = QStackedWidget()
        self.list_button = quiet_button(self.tr("Back to the &list"), "chevron-left")
        self.list_button.hide()
        self.beside_list = QWidget()
        self.ways = QStackedWidget()
        self._lists: ListsView | None = None
        self._board: BoardView | None = None
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        """Put together from the outside: what is full and moves is styled again, with all that is in it."""
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.ways)
        self.ways.addWidget(self.beside_list)
        box = QHBoxLayout(self.beside_list)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.pane)
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.setSpacing(0)
        box.addLayout(holder, 1)
        holder.addLayout(row(self.list_button, 1))
        holder.addWidget(self.right, 1)
        for part in (self.nobody, self.view, self.new):
            self.right.addWidget(part)

    def _connect(self) -> None:
        self.list_button.clicked.connect(self.show_list)
        self.right.currentChanged.connect(self._fit)
        self.pane.chosen.connect(self.show_client)
        self.pane.new_client.connect(self.new_client)
        self.pane.rights_known.connect(self._know_rights)
        self.pane.bring_in.connect(self._bring_in)
        self.pane.lists_wanted.connect(self.show_lists)
        self.pane.board_wanted.connect(self.show_board)
        self.new.registered.connect(self._registered)
        self.new.put_away.connect(self._back)
        self.view.gone.connect(self._gone)
        self.office.desk.locked.connect(self._forget)
        self._shortcut("Ctrl+Down", self._next)
        self._shortcut("Ctrl+Up", self._previous)

    @Slot()
    def _know_rights(self) -> None:
        """Say what there is to choose; to a trustee, that clients are closed to her, in the form’s place too."""
        is_closed = self.pane.is_closed
        self.duplicates_button.setVisible(not is_closed)
        if not is_closed:
            title = self.tr("Choose somebody")
            words = self.tr("Pick a client from the list, or press Ctrl+K and type any part of a name.")
        else:
            title = self.tr("You keep the keys")
            words = self.tr("You are here as a trustee. Clients’ records stay closed to you.")
            if self.right.currentWidget() is self.new:
                self._back()
        self.nobody.say(title, words)

    def _fit(self) -> None:
        """Give one client the whole width where the text is large or the window small."""
        em = self.fontMetrics().height() * 3 // 4
        narrow = self.width() < _ROOMY_EMS * em
        self.list_button.setVisible(narrow and self.right.currentWidget() is not self.nobody)
        self.pane.setVisible(not narrow or self.right.currentWidget() is self.nobody)

    @property
    def lists(self) -> ListsView:
        """The caseload as a table; made when it is first wanted."""
        if self._lists is None:
            self._lists = ListsView(self.office)
            self._join(self._lists)
        return self._lists

    @property
    def board(self) -> BoardView:
        """The caseload as a board; made when it is first wanted."""
        if self._board is None:
            self._board = BoardView(self.office)
            self._join(self._board)
        return self._board

    def _join(self, view: ListsView | BoardView) -> None:
        self.ways.addWidget(view)
        view.chosen.connect(self._chosen_in_list)
        view.closed.connect(self._back_to_one)

    @Slot()
    def show_lists(self) -> None:
        """Show the caseload as a table over the whole width."""
        self._over_all(self.lists)

    @Slot()
    def show_board(self) -> None:
        """Show the caseload by stage over the whole width."""
        self._over_all(self.board)

    def _over_all(self, view: ListsView | BoardView) -> None:
        self.ways.setCurrentWidget(view)
        view.refresh()
        view.focus()

    @Slot(object, object)
    def _chosen_in_list(self, question: ListQuestion, client_id: UUID) -> None:
        """Open somebody from a list; that list is then the one on the left, in the same order."""
        title = self.lists.heading.text() if self.sender() is self._lists else self.tr("Board")
        self.pane.follow(question, title)
        self.show_client(client_id)

    @Slot()
    def _back_to_one(self) -> None:
        self.ways.setCurrentWidget(self.beside_list)
        self.pane.list.setFocus()

    @Slot()
    def _forget(self) -> None:
        """Keep nobody's name in memory once the vault is locked."""
        caseload_reading.forget()
        search_slips.forget()

    @Slot()
    def _next(self) -> None:
        if self.ways.currentWidget() is self.beside_list:
            self.pane.next_client()

    @Slot()
    def _previous(self) -> None:
        if self.ways.currentWidget() is self.beside_list:
            self.pane.previous_client()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the whole width on Escape."""
        if event.key() == Qt.Key.Key_Escape and self.ways.currentWidget() is not self.beside_list:
            self._back_to_one()
            return
        super().keyPressEvent(event)

    @Slot()
    def show_list(self) -> None:
        """Bring the caseload back into sight."""
        self.ways.setCurrentWidget(self.beside_list)
        self.right.setCurrentWidget(self.nobody)
        self.pane.list.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _shortcut(self, keys: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)

    @property
    def client_id(self) -> UUID | None:
        """Who is shown, if anybody."""
        is_shown = self.ways.currentWidget() is self.beside_list and self.right.currentWidget() is self.view
        return self.view.client_id if is_shown else None

    @override
    def wants(self, changes: Changes) -> bool:
        return True

    @override
    def refresh(self) -> None:
        self.pane.refresh()
        if self.client_id is not None:
            self.view.refresh()
        over_all: Any = self.ways.currentWidget()
        if over_all is not self.beside_list:
            over_all.refresh()

    @override
    @Slot(object)
    def show_client(self, client_id: UUID) -> None:
        """Open a client's record, which is written down, and show it; refused, everything stays as it is."""
        self.open(Wanted(client_id=client_id))

    def open(self, wanted: Wanted) -> None:
        """Open a record and do there what is wanted; the record on the page is open already."""
        self._newest = Opening(self.office, wanted, self._opened, self._stayed, self)
        if wanted.client_id == self.view.client_id:
            self._opened(self._newest)
        else:
            self._newest.start()

    def _opened(self, opening: Opening) -> None:
        if opening is not self._newest:
            return  # somebody else was chosen meanwhile
        wanted = opening.wanted
        self.go.emit("clients")
        self.ways.setCurrentWidget(self.beside_list)
        self.right.setCurrentWidget(self.view)
        self.pane.choose(wanted.client_id)
        self.view.show_client(wanted.client_id)
        if wanted.contact:
            self.view.record_contact(wanted.due)
        if wanted.draft:
            self.view.go_on(wanted.draft)
        self.shown.emit(wanted.client_id)

    def _stayed(self, opening: Opening) -> None:
        if opening is self._newest:
            if self.client_id is not None:
                self.pane.choose(self.client_id)
            self.shown.emit(None)

    def record_contact_with(self, client_id: UUID, due: DueItem | None) -> None:
        """Show a client with the contact form open."""
        self.open(Wanted(client_id=client_id, contact=True, due=due))

    @Slot()
    def new_client(self, typed: str = "", enquiry: EnquiryRow | None = None) -> None:
        """Show the form for a new client; what was typed becomes the name, or an enquiry the client.

        A trustee, who may register nobody, is told so instead.
        """
        if self.pane.is_closed:
            self.office.messages.show_refusal(Refusal(TRUSTEE_KEEPS_KEYS))
            return
        self.ways.setCurrentWidget(self.beside_list)
        self.right.setCurrentWidget(self.new)
        self.new.start(typed, enquiry)

    @Slot(object)
    def _registered(self, client_id: UUID) -> None:
        self.pane.refresh()
        self.show_client(client_id)

    @Slot()
    def _gone(self) -> None:
        """Show nobody: whoever was on the page was put away for good, or is not there any more."""
        self.view.forget()
        self.show_list()
        self.pane.refresh()

    @Slot()
    def _back(self) -> None:
        self.right.setCurrentWidget(self.view if self.view.client_id is not None else self.nobody)

    @Slot()
    def _duplicates(self) -> None:
        self.go.emit("duplicates")

    @Slot()
    def _bring_in(self) -> None:
        self.go.emit("import")
