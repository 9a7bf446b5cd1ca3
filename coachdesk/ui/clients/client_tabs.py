"""The parts of a client's record in the order of their tabs, and in which of them a form lives."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.clients.contacts_tab import ContactsTab
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.enrolment_tab import EnrolmentTab
from coachdesk.ui.clients.history_tab import HistoryTab
from coachdesk.ui.clients.measures_tab import MeasuresTab
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.clients.plan_tab import PlanTab
from coachdesk.ui.clients.profile_tab import ProfileTab
from coachdesk.ui.clients.tab import Tab
from coachdesk.ui.clients.timeline_tab import TimelineTab
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.health_at_work.tab import HealthTab
from coachdesk.ui.job_search.job_search_tab import JobSearchTab
from coachdesk.ui.office import Office

MAKERS: dict[str, Callable[[Office], Tab]] = {
    "timeline": TimelineTab,
    "plan": PlanTab,
    "profile": ProfileTab,
    "measures": MeasuresTab,
    "contacts": ContactsTab,
    "search": JobSearchTab,
    "work": WorkTab,
    "health": HealthTab,
    "details": DetailsTab,
    "programmes": EnrolmentTab,
    "papers": PapersTab,
    "history": HistoryTab,
}
TABS = tuple(MAKERS)
TAB_OF_FORM = {
    "plan": "plan",
    "job": "work",
    "check-in": "work",
    "search": "search",
    "health": "health",
    "details": "details",
    "programmes": "programmes",
    "quick note": "timeline",
    "action": "plan",
    "letter": "papers",
    "correction": "contacts",
    "document": "papers",
    "profile": "profile",
    "measures": "measures",
}
"""The first word of a draft's key to the tab whose form it belongs to."""


def tab_words(key: str) -> str:
    """Return what a tab is called."""
    words = {
        "timeline": QCoreApplication.translate("ClientView", "Timeline"),
        "plan": QCoreApplication.translate("ClientView", "Plan"),
        "profile": QCoreApplication.translate("ClientView", "Profile"),
        "measures": QCoreApplication.translate("ClientView", "Measures"),
        "contacts": QCoreApplication.translate("ClientView", "Contacts"),
        "search": QCoreApplication.translate("ClientView", "Job search"),
        "work": QCoreApplication.translate("ClientView", "Work"),
        "health": QCoreApplication.translate("ClientView", "Health at work"),
        "details": QCoreApplication.translate("ClientView", "Details"),
        "programmes": QCoreApplication.translate("ClientView", "Programmes"),
        "papers": QCoreApplication.translate("ClientView", "Papers"),
        "history": QCoreApplication.translate("ClientView", "History"),
    }
    return words[key]
