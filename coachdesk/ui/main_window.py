"""The main window: arranges the rail, the pages, the banners and the status line, and nothing else."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.employers import employer_names
from coachdesk.casework.services import service_names
from coachdesk.casework.vault_facts import VaultFacts
from coachdesk.terms import Changes, Kind
from coachdesk.ui import palette
from coachdesk.ui.actions import Shortcuts
from coachdesk.ui.clients.page import ClientsPage
from coachdesk.ui.drafts.page import DraftsPage
from coachdesk.ui.drafts.reminder import DraftReminder
from coachdesk.ui.enquiries.page import EnquiriesPage
from coachdesk.ui.equality.mode import EqualityAlone
from coachdesk.ui.find_anybody import FindBox
from coachdesk.ui.focus_ring import FocusRing
from coachdesk.ui.forms.form import Form
from coachdesk.ui.messages import MessageStack
from coachdesk.ui.names_to_find import NamesToFind
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.page_makers import ON_THE_RAIL, page_makers
from coachdesk.ui.places import Places, Preparation
from coachdesk.ui.places_window import PlacesWindow
from coachdesk.ui.privacy.beside import BesideMode
from coachdesk.ui.privacy.blank import blank, close_dialogs
from coachdesk.ui.privacy.by_itself import CoverByItself
from coachdesk.ui.privacy.choices import PrivacyChoices, kept_privacy
from coachdesk.ui.privacy.clipboard import ClipboardGuard
from coachdesk.ui.privacy.screen import PrivacyScreen
from coachdesk.ui.rail import Rail
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.status_line import StatusLine
from coachdesk.ui.today.page import TodayPage
from coachdesk.ui.undo import UndoAction
from coachdesk.ui.window_place import keep_place


class MainWindow(PlacesWindow):
    """The window over one open vault; a new one is made at every unlock.

    Signals: ``lock_wanted()`` by key, menu or idle time.
    """

    lock_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.setWindowTitle(f"{office.desk.vault_name} – CoachDesk")
        office.desk.locking.connect(
            self._hand_in_drafts
        )  # before any page: a form that is out of sight hands in too
        self._arrange()
        self.pages = Places(page_makers(office, self.stack), self._furnish)
        self.preparation = Preparation(self.pages, self)
        self.drafts = DraftReminder(office, self.status, self)
        self.undo = UndoAction(office, self)
        self.beside = BesideMode(self)
        self.alone = EqualityAlone(self)
        self.cover_by_itself = CoverByItself(self, self.privacy, self._privacy_choices)
        self.clipboard_guard = ClipboardGuard(QApplication.clipboard(), self._copied_stays, self)
        self._connect()
        self.shortcuts = Shortcuts(self)
        self.employer_names = NamesToFind(office, Kind.EMPLOYER, employer_names, self)
        self.service_names = NamesToFind(office, Kind.SERVICE, service_names, self)
        self.ring = FocusRing(self)
        self.go("today")

    @Slot(object)
    def _offer(self, box: FindBox) -> None:
        """Let the box that finds anybody find employers, services, actions, places and help too."""
        box.box.textEdited.connect(self.employer_names.read)
        box.box.textEdited.connect(self.service_names.read)
        box.offer(
            employers=partial(palette.employers, self),
            services=partial(palette.services, self),
            actions=partial(palette.actions, self),
            pages=partial(palette.pages, self),
            help=partial(palette.topics, self),
        )

    def _furnish(self, page: Page) -> None:
        """Give a new page its place and connect it."""
        self.stack.addWidget(page)
        page.open_client.connect(self.open_client)
        page.record_contact.connect(self.record_contact)
        page.go.connect(self.go)
        page.open_employer.connect(self.open_employer)
        if isinstance(page, TodayPage):
            page.find_button.clicked.connect(self.go_find)
            page.new_button.clicked.connect(self.new_client_shortcut)
            page.contact_button.clicked.connect(self.contact_shortcut)
            page.arrived.connect(self.preparation.start)
        elif isinstance(page, SettingsPage):
            page.backed_up.connect(self.status.refresh)
            page.lock_wanted.connect(self.lock_wanted)
        elif isinstance(page, DraftsPage):
            page.go_on.connect(self.go_on_writing)
            page.kept.connect(self.drafts.show_count)
        elif isinstance(page, ClientsPage):
            page.shown.connect(self._client_shown)
            page.view.data_request.connect(self.open_rights_for)
            self.alone.attend(page)
            page.view.header.menu_button.join.connect(self.join_client)
            page.view.header.menu_button.separate.connect(self.separate_client)
        elif isinstance(page, EnquiriesPage):
            page.becomes_client.connect(self.new_client_of)
        elif isinstance(page, ReturnsPage):
            page.threshold_wanted.connect(self.set_threshold)

    def _arrange(self) -> None:
        """Put the parts together from the outside: Qt looks at the style of all that is in a piece again when it moves."""
        whole, content = QWidget(self), QWidget()
        self.setCentralWidget(whole)
        self.banners = MessageStack(self.office.messages, content)
        self.privacy = PrivacyScreen(content, self.office.messages, self.banners, whole)
        self.rail = Rail(ON_THE_RAIL, content)
        self.stack = QStackedWidget(content)
        self.status = StatusLine(self.office, whole)
        upper = QHBoxLayout(content)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        upper.addLayout(right, 1)
        right.addWidget(self.banners)
        right.addWidget(self.stack, 1)
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.privacy, 1)
        box.addWidget(self.status)
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)

    def _connect(self) -> None:
        self.find_box_made.connect(self._offer)
        self.status.facts_known.connect(self._named)
        self.rail.chosen.connect(self.go)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.office.desk.troubled.connect(self.office.messages.show_trouble)
        self.office.desk.changed.connect(self._changed)
        self.office.desk.locked.connect(self._go_blank)
        self.privacy.lock_wanted.connect(self.lock_wanted)
        self.privacy.turned.connect(self._privacy_turned)
        self.beside.turned.connect(self._privacy_turned)
        self.alone.turned.connect(self._privacy_turned)
        self.drafts.wanted.connect(self.go_drafts)
        self.stack.currentChanged.connect(self.drafts.look)
        self.office.desk.changed.connect(self.drafts.look)
        self.status.cover_button.clicked.connect(self.privacy.toggle)
        self.status.beside_button.clicked.connect(self.beside.toggle)

    def _privacy_choices(self) -> PrivacyChoices:
        return kept_privacy(self.office.settings)

    def _copied_stays(self) -> int:
        return self._privacy_choices().clipboard_seconds

    @Slot(bool)
    def _privacy_turned(self, _on: bool) -> None:  # noqa: FBT001  a signal's value
        """Say what is on, and let only those keys work that lead nowhere else."""
        self.status.show_state(covered=self.privacy.is_on, beside=self.beside.is_on)
        is_covered = self.privacy.is_on or self.alone.is_on  # a client who answers alone has two keys too
        self.shortcuts.allow(covered=is_covered, beside=self.beside.is_on)

    @Slot(object)
    def _named(self, facts: VaultFacts) -> None:
        if facts.is_practice:
            self.setWindowTitle(self.tr("Practice world – CoachDesk"))

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.label:
            self.office.messages.say_done(changes.label, self.tr("Undo"), self.undo.trigger)

    @Slot()
    def _hand_in_drafts(self) -> None:
        """Every form hands in what waits to be kept, also one that a cover or another page hides."""
        for form in self.findChildren(Form):
            form.flush_draft()

    @Slot()
    def _go_blank(self) -> None:
        """Leave nothing to be read: the vault is closed, this window is about to go."""
        self.preparation.stop()
        self.clipboard_guard.clear()
        self.office.messages.detach()
        close_dialogs()
        blank(self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        keep_place(self, self.office.settings)
        self.preparation.stop()
        self.office.desk.lock()
        super().closeEvent(event)
        event.setAccepted(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
