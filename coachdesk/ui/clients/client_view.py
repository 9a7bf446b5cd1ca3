"""One client: who it is, what is next, and tabs for the timeline, plan, contacts, work, details and history."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTabBar, QVBoxLayout, QWidget

from coachdesk.casework.client_head import ClientHead, read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.putting_away import (
    ArchiveClient,
    BringBackClient,
    archive_client,
    bring_back_client,
)
from coachdesk.casework.today import DueItem
from coachdesk.errors import Refusal
from coachdesk.terms import Ref
from coachdesk.ui.check_ins.check_ins_card import CheckInsCard
from coachdesk.ui.clients.client_header import ClientHeader
from coachdesk.ui.clients.client_parts import Parts
from coachdesk.ui.clients.client_tabs import MAKERS, TAB_OF_FORM, TABS, tab_words
from coachdesk.ui.clients.contact_form import ContactForm
from coachdesk.ui.clients.contacts_tab import ContactsTab
from coachdesk.ui.clients.history_tab import HistoryTab
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.clients.plan_keys import PlanKeys
from coachdesk.ui.clients.tab import Tab, lay_out
from coachdesk.ui.clients.tab_stack import TabStack
from coachdesk.ui.erase_card import EraseCard
from coachdesk.ui.job_search.became_job import BecameJob
from coachdesk.ui.office import Office
from coachdesk.ui.services.answering import answers_onward
from coachdesk.ui.widgets import (
    ScrollPage,
)
from coachdesk.ui.work.job_keys import JobKeys


class ClientView(QWidget):
    """The client's page: header, contact form when asked for, and the tabs.

    Signals: ``gone()`` when whoever was shown has been erased; ``part_made(Tab)`` when a tab was first wanted;
    ``data_request(UUID)`` when they ask about their data.
    """

    gone = Signal()
    part_made = Signal(object)
    data_request = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.client_id: UUID | None = None
        self._head: ClientHead | None = None
        self._waiting: tuple[bool, DueItem | None] = (False, None)
        self.header = ClientHeader()
        self.contact_form = ContactForm(office)
        self.contact_form.hide()
        self.erasing = EraseCard(office)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Parts of the record"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = TabStack()
        self._shows_openings = False
        self.parts = Parts(MAKERS, office, self._made)
        for key in TABS:
            self.tabs.addTab(tab_words(key))
            self.stack.add(QWidget())
        self._arrange()

    def _arrange(self) -> None:
        self.scroll_area = ScrollPage(self)
        self.scroll_area.body.addWidget(self.header)
        self.scroll_area.body.addWidget(self.contact_form)
        self.scroll_area.body.addWidget(self.erasing)
        self.scroll_area.body.addWidget(self.tabs)
        self.scroll_area.body.addWidget(self.stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.scroll_area)
        self.tabs.currentChanged.connect(self._tab)
        self.header.contact_button.clicked.connect(self._contact_clicked)
        self.contact_form.saved.connect(self.refresh)
        self.contact_form.saved.connect(self._form_gone)
        self.contact_form.closed.connect(self._form_gone)
        menu = self.header.menu_button
        menu.history.connect(self._history)
        menu.stood.connect(self._stood)
        menu.data_request.connect(self._data_request)
        menu.put_away.connect(self._put_away)
        menu.bring_back.connect(self._bring_back)
        menu.erase.connect(self._erase)
        self.header.away.acted.connect(self._bring_back)
        self.erasing.erased.connect(self.gone)
        self.erasing.left.connect(self._form_gone)
        self._set_keys()

    def _made(self, place: int, part: Tab) -> None:
        """Put a part that was wanted in its place."""
        self.stack.exchange(place, part)
        part.history.connect(self.show_history)
        for card in part.findChildren(CheckInsCard):
            card.record.connect(self.record_contact)
        if isinstance(part, HistoryTab):
            part.show_openings(shown=self._shows_openings)
        self.part_made.emit(part)

    def _set_keys(self) -> None:
        shortcut = QShortcut(QKeySequence("Ctrl+H"), self)
        shortcut.activated.connect(self._history)
        PlanKeys(self)
        self.job_keys = JobKeys(self)
        self.job_search = BecameJob(self, self._office)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.correct_newest)
        letter = QShortcut(QKeySequence("Ctrl+Shift+L"), self)
        letter.activated.connect(self.write_letter)

    @Slot()
    def write_letter(self) -> None:
        """Bring up the choice of letters."""
        self.show_tab("papers")
        papers = self.parts[TABS.index("papers")]
        assert isinstance(papers, PapersTab)  # noqa: S101  the tuple of parts says so
        papers.choose_letter()

    def show_client(self, client_id: UUID) -> None:
        """Show a client; the same one again is read again."""
        if client_id != self.client_id:
            if self.contact_form.isVisible():
                self.contact_form.put_away()
            self.erasing.close_card()
            self.client_id = client_id
            self._head = None
            self._waiting = (False, None)
        self.refresh()

    def forget(self) -> None:
        """Show nobody any more."""
        self.client_id, self._head = None, None

    @Slot()
    def refresh(self) -> None:
        """Ask for the header and the tab in sight."""
        if self.client_id is None:
            return
        self._office.desk.ask(read_client, self._question(self.client_id), self._show)
        self._tab(self.tabs.currentIndex())

    def _question(self, client_id: UUID) -> ClientQuestion:
        return ClientQuestion(client_id=client_id, today=self._office.desk.clock.today())

    def record_contact(self, due: DueItem | None) -> None:
        """Open the contact form as soon as the client's name is known, or the form that answers what is due."""
        if self.job_keys.answers(due) or self.job_search.answers(due) or answers_onward(self, due):
            return
        if self._head is None or self.client_id is None:
            self._waiting = (True, due)
            return
        self._waiting = (False, None)
        self.contact_form.start(self.client_id, self._head.name, due)
        self.scroll_area.verticalScrollBar().setValue(0)

    def show_tab(self, name: str) -> None:
        """Bring a tab into view by its key, one of TABS."""
        self.tabs.setCurrentIndex(TABS.index(name))

    @property
    def history_tab(self) -> HistoryTab:
        """The tab of what was done."""
        found = self.parts[TABS.index("history")]
        assert isinstance(found, HistoryTab)  # noqa: S101  the tuple of parts above says so
        return found

    @Slot(object, str)
    def show_history(self, ref: Ref | None, called: str = "") -> None:
        """Show the history of the client, or of one record."""
        self.show_tab("history")
        self.history_tab.show_history(ref, called)

    def go_on(self, draft: str) -> None:
        """Open the form to which a draft belongs, by the draft's key: form, kind and what it is about."""
        form, _, rest = draft.partition(":")
        if form == "contact":
            self.contact_form.expect(draft)
            self.record_contact(None)
        elif form in TAB_OF_FORM:
            self.show_tab(TAB_OF_FORM[form])
            kind, _, about = rest.partition(":")
            self.parts[self.tabs.currentIndex()].go_on(kind, about)

    @Slot()
    def correct_newest(self) -> None:
        """Open the form that corrects the contact written last."""
        self.show_tab("contacts")
        contacts = self.parts[TABS.index("contacts")]
        assert isinstance(contacts, ContactsTab)  # noqa: S101  the tuple of parts says so
        contacts.correct_newest()

    @Slot()
    def _history(self) -> None:
        self.show_history(None)

    @Slot()
    def _stood(self) -> None:
        self.show_tab("history")
        self.history_tab.show_stood()

    @Slot()
    def _put_away(self) -> None:
        if self.client_id is not None:
            wish = ArchiveClient(client_id=self.client_id)
            self._office.desk.do(archive_client, wish, refused=self._refused)

    @Slot()
    def _bring_back(self) -> None:
        if self.client_id is not None:
            wish = BringBackClient(client_id=self.client_id)
            self._office.desk.do(bring_back_client, wish, refused=self._refused)

    @Slot()
    def _data_request(self) -> None:
        self.data_request.emit(self.client_id)

    @Slot()
    def _erase(self) -> None:
        if self._head is not None:
            self.erasing.start(self._head.id)
            self.scroll_area.verticalScrollBar().setValue(0)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)

    def _show(self, head: ClientHead) -> None:
        if head.id != self.client_id:
            return
        self._head = head
        self._shows_openings = head.reader_is_manager
        for part in self.parts.made():
            if isinstance(part, HistoryTab):
                part.show_openings(shown=self._shows_openings)
        self.header.show_head(head, self._office.desk.clock.today())
        lay_out(self.header)
        wanted, due = self._waiting
        if wanted:
            self.record_contact(due)

    @Slot(int)
    def _tab(self, index: int) -> None:
        part = self.parts[index]
        self.stack.show_page(index)
        if self.client_id is not None:
            part.show_client(self.client_id)

    @Slot()
    def _form_gone(self) -> None:
        """Keep the keyboard on the page: the field it was in is gone."""
        if QApplication.focusWidget() is None:
            self.header.contact_button.setFocus()

    @Slot()
    def _contact_clicked(self) -> None:
        self.record_contact(None)
