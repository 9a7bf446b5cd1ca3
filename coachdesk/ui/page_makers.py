"""Which pages the window has and how each is made; the window itself makes one when it is first wanted."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from coachdesk.ui.clients.page import ClientsPage
from coachdesk.ui.drafts.page import DraftsPage
from coachdesk.ui.duplicates.page import DuplicatesPage
from coachdesk.ui.employers.page import EmployersPage
from coachdesk.ui.enquiries.page import EnquiriesPage
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.imports.page import ImportPage
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.ui.rights.page import RightsPage
from coachdesk.ui.services.page import ServicesPage
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.team.page import TeamPage
from coachdesk.ui.today.page import TodayPage
from coachdesk.ui.vacancies.page import VacanciesPage
from coachdesk.ui.week.page import WeekPage

ON_THE_RAIL = (
    "today",
    "enquiries",
    "clients",
    "vacancies",
    "employers",
    "groups",
    "team",
    "returns",
    "settings",
)
"""Places with a button of their own, from above; the others are reached from a page."""


def page_makers(office: Office, parent: QWidget) -> dict[str, Callable[[], Page]]:
    """Return how each place is made, by its key.

    Each is made where it belongs: Qt looks at the style of every piece again when a whole page moves to another parent.
    """
    return {
        "today": lambda: TodayPage(office, parent),
        "enquiries": lambda: EnquiriesPage(office, parent),
        "clients": lambda: ClientsPage(office, parent),
        "vacancies": lambda: VacanciesPage(office, parent),
        "employers": lambda: EmployersPage(office, parent),
        "groups": lambda: GroupsPage(office, parent),
        "services": lambda: ServicesPage(office, parent),
        "week": lambda: WeekPage(office, parent),
        "team": lambda: TeamPage(office, parent),
        "returns": lambda: ReturnsPage(office, parent),
        "settings": lambda: SettingsPage(office, parent),
        "import": lambda: ImportPage(office, parent),
        "duplicates": lambda: DuplicatesPage(office, parent),
        "drafts": lambda: DraftsPage(office, parent),
        "rights": lambda: RightsPage(office, parent),
    }
