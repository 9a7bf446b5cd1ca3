"""Which pages the window has and how each is made; the window itself makes one when it is first wanted."""

from collections.abc import Callable

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


def page_makers(office: Office) -> dict[str, Callable[[], Page]]:
    """Return how each place is made, by its key."""
    return {
        "today": lambda: TodayPage(office),
        "enquiries": lambda: EnquiriesPage(office),
        "clients": lambda: ClientsPage(office),
        "vacancies": lambda: VacanciesPage(office),
        "employers": lambda: EmployersPage(office),
        "groups": lambda: GroupsPage(office),
        "services": lambda: ServicesPage(office),
        "week": lambda: WeekPage(office),
        "team": lambda: TeamPage(office),
        "returns": lambda: ReturnsPage(office),
        "settings": lambda: SettingsPage(office),
        "import": lambda: ImportPage(office),
        "duplicates": lambda: DuplicatesPage(office),
        "drafts": lambda: DraftsPage(office),
        "rights": lambda: RightsPage(office),
    }
