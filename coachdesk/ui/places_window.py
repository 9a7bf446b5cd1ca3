"""A window that goes from place to place: whose page, which form, and back to where somebody was before a lock."""

from typing import NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from coachdesk.casework.enquiries import EnquiryRow
from coachdesk.casework.today import DueItem
from coachdesk.desk.counter import DraftRow
from coachdesk.ui.clients.new_client import FORM as NEW_CLIENT
from coachdesk.ui.clients.opening import Wanted
from coachdesk.ui.clients.page import ClientsPage
from coachdesk.ui.drafts.page import DraftsPage
from coachdesk.ui.drafts.where import place_of
from coachdesk.ui.duplicates.page import DuplicatesPage
from coachdesk.ui.employers.page import EmployersPage
from coachdesk.ui.employers.part import FORM as EMPLOYER
from coachdesk.ui.enquiries.enquiry_form import FORM as ENQUIRY
from coachdesk.ui.enquiries.page import EnquiriesPage
from coachdesk.ui.equality.mode import EqualityAlone
from coachdesk.ui.find_anybody import FindBox
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.groups.register_form import FORM as REGISTER
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.places import Places
from coachdesk.ui.privacy.beside import BesideMode
from coachdesk.ui.rail import Rail
from coachdesk.ui.rights.page import RightsPage
from coachdesk.ui.services.page import ServicesPage
from coachdesk.ui.services.service_form import FORM as SERVICE
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.today.page import TodayPage
from coachdesk.ui.vacancies.page import VacanciesPage
from coachdesk.ui.vacancies.vacancy_form import FORM as VACANCY

PageT = TypeVar("PageT", bound=Page)


class Place(NamedTuple):
    """Where somebody was, for coming back after a lock: a place of the rail and whose page, by id only."""

    key: str
    client_id: UUID | None


class PlacesWindow(QMainWindow):
    """What every way through the window comes down to; the main window makes the parts named here.

    Signals: ``find_box_made(FindBox)`` when the box that finds anybody was wanted for the first time.
    """

    find_box_made = Signal(object)

    office: Office
    pages: Places
    stack: QStackedWidget
    rail: Rail
    beside: BesideMode
    alone: EqualityAlone

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records_next = False
        self._beside_next = False
        self._find_box: FindBox | None = None

    @property
    def find_box(self) -> FindBox:
        """The box that finds anybody, made when it is first wanted: whoever unlocks does not wait for it."""
        if self._find_box is None:
            made = self._find_box = FindBox(self.office, self)
            made.chosen.connect(self._found)
            made.create_wanted.connect(self.new_client)
            self.find_box_made.emit(made)
        return self._find_box

    def put_find_box_away(self) -> None:
        """Close the box that finds anybody, if it was ever wanted."""
        if self._find_box is not None:
            self._find_box.hide()

    @property
    def today(self) -> TodayPage:
        """The page of what is due."""
        return _of(TodayPage, self.pages["today"])

    @property
    def clients(self) -> ClientsPage:
        """The page of the caseload."""
        return _of(ClientsPage, self.pages["clients"])

    @property
    def settings(self) -> SettingsPage:
        """The page of settings."""
        return _of(SettingsPage, self.pages["settings"])

    def place(self) -> Place:
        """Return where the person is; a page that was not reached by the rail counts as its neighbour."""
        shown = self.stack.currentWidget()
        if self.beside.is_on:
            return Place("beside", self.clients.view.client_id)
        key = next(
            (key for key in (*self.rail.buttons, "rights") if shown is self.pages.made(key)), "clients"
        )
        return Place(key, self.clients.client_id if key == "clients" else None)

    def return_to(self, place: Place) -> None:
        """Go back to where somebody was before the lock."""
        self.go("clients" if place.client_id is not None else place.key)
        if place.client_id is not None:
            self._beside_next = place.key == "beside"
            self.clients.open(Wanted(client_id=place.client_id, quietly=True))

    @Slot(object)
    def _client_shown(self, client_id: UUID | None) -> None:
        """Go beside the client again who was shown so before the lock."""
        beside, self._beside_next = self._beside_next, False
        if beside and client_id is not None:
            self.beside.enter()

    @Slot(str)
    def go(self, key: str) -> None:
        """Show a place of the rail; beside a client, or while one answers alone, there is no other place.

        "settings:vault" is a part of the settings (ui/settings/page.py).
        """
        if self.beside.is_on or self.alone.is_on:
            return
        key, _, part = key.partition(":")
        self.rail.choose(
            {
                "import": "clients",
                "duplicates": "clients",
                "rights": "settings",
                "week": "groups",
                "services": "clients",
            }.get(key, key)
        )
        self.stack.setCurrentWidget(self.pages[key])
        if part:
            self.settings.show_part(part)

    @Slot()
    def go_drafts(self) -> None:
        """Show what had been typed and was not saved."""
        self.go("drafts")
        _of(DraftsPage, self.pages["drafts"]).show_all()

    @Slot(object)
    def go_on_writing(self, draft: DraftRow) -> None:
        """Open the form of a draft again, which then offers what was typed."""
        if draft.client_id is not None:
            self.clients.open(Wanted(client_id=draft.client_id, draft=draft.key))
        elif draft.form == NEW_CLIENT:
            self.new_client()
        elif draft.form == REGISTER:
            self.go("groups")
            _of(GroupsPage, self.pages["groups"]).go_on(draft.key)
        elif draft.form == EMPLOYER:
            self.go("employers")
            _of(EmployersPage, self.pages["employers"]).go_on(draft.key)
        elif draft.form == ENQUIRY:
            self.go("enquiries")
            _of(EnquiriesPage, self.pages["enquiries"]).go_on(draft.key)
        elif draft.form == VACANCY:
            self.go("vacancies")
            _of(VacanciesPage, self.pages["vacancies"]).go_on(draft.key)
        elif draft.form == SERVICE:
            self.go("services")
            _of(ServicesPage, self.pages["services"]).go_on(draft.key)
        else:
            self._lead_to(draft.form)

    def _lead_to(self, form: str) -> None:
        """Show the page a form is on, where only a choice on that page can open it again."""
        place = place_of(form)
        if place:
            self.go(place)
        self.office.messages.say_done(self.tr("Open the same form again: what you typed is offered there."))

    @Slot()
    def go_find(self) -> None:
        """Open the box that finds anybody."""
        self._records_next = False
        self.find_box.start()

    @Slot(object)
    def _found(self, client_id: UUID) -> None:
        if self._records_next:
            self.record_contact(client_id, None)
        else:
            self.open_client(client_id)

    @Slot(object)
    def open_client(self, client_id: UUID) -> None:
        """Show a client's page, once the record has been opened."""
        self.clients.show_client(client_id)

    @Slot(object)
    def open_employer(self, employer_id: UUID) -> None:
        """Show an employer, or the one it was joined with."""
        self.go("employers")
        if not (self.beside.is_on or self.alone.is_on):
            _of(EmployersPage, self.pages["employers"]).show_employer(employer_id)

    @Slot(object)
    def open_service(self, service_id: UUID) -> None:
        """Show a service of the directory."""
        self.go("services")
        if not (self.beside.is_on or self.alone.is_on):
            _of(ServicesPage, self.pages["services"]).show_service(service_id)

    @Slot(object)
    def open_rights_for(self, client_id: UUID) -> None:
        """Show the form for a data request of a client."""
        self.go("rights")
        _of(RightsPage, self.pages["rights"]).open_for(client_id)

    @Slot(object)
    def join_client(self, client_id: UUID) -> None:
        """Ask which other record is of the same person."""
        _of(DuplicatesPage, self.pages["duplicates"]).join_with(client_id)
        self.go("duplicates")

    @Slot(object)
    def separate_client(self, client_id: UUID) -> None:
        """Show what it means that two joined records are two people after all."""
        _of(DuplicatesPage, self.pages["duplicates"]).separate(client_id)
        self.go("duplicates")

    @Slot(str)
    def set_threshold(self, programme: str) -> None:
        """Show the settings with the form for a programme's threshold open."""
        self.go("settings")
        self.settings.show_programme(programme)

    @Slot(object, object)
    def record_contact(self, client_id: UUID, due: DueItem | None) -> None:
        """Show a client's page with the contact form open, answering a due item if one is given."""
        self.clients.record_contact_with(client_id, due)

    @Slot(str)
    def new_client(self, typed: str = "") -> None:
        """Show the form for a new client, with what was typed carried over."""
        self.go("clients")
        self.clients.new_client(typed)

    @Slot(object)
    def new_client_of(self, enquiry: EnquiryRow) -> None:
        """Show the form for a new client with all that their enquiry says."""
        self.go("clients")
        self.clients.new_client(enquiry=enquiry)

    @Slot()
    def new_enquiry(self) -> None:
        """Show the enquiries with the form for a new one open."""
        if not self.beside.is_on:
            self.go("enquiries")
            _of(EnquiriesPage, self.pages["enquiries"]).new_enquiry()

    @Slot()
    def contact_shortcut(self) -> None:
        """Open the contact form of the client on the page, or of whoever is found first."""
        page = self.stack.currentWidget()
        if self.beside.is_on:
            self.clients.view.record_contact(None)
        elif isinstance(page, ClientsPage) and page.client_id is not None:
            page.record_contact_with(page.client_id, None)
        else:
            self._records_next = True
            self.find_box.start(only_people=True)

    @Slot()
    def new_client_shortcut(self) -> None:
        """Show the form for a new client, empty."""
        self.new_client("")


def _of(kind: type[PageT], page: Page) -> PageT:
    assert isinstance(page, kind)  # noqa: S101 - the places above say so
    return page
