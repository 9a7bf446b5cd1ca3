"""Ways between looking for work and the other places: to the form of a job and back, and from a line of Today.

The job that is recorded for an accepted application is tied to it.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from coachdesk.casework.applications import LinkJob, link_job
from coachdesk.casework.today import DueItem
from coachdesk.errors import Refusal
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.job_search.job_search_tab import JobSearchTab
from coachdesk.ui.office import Office

if TYPE_CHECKING:
    from coachdesk.ui.clients.client_view import ClientView


_FORMS = {"interview": "interview", "application": "application", "disclosure": "review"}
"""The kind of a line of Today to the form that answers it."""


class BecameJob(QObject):
    """Takes the values of an accepted application to the Work tab; forgets it when the form is put away.

    ``answers`` opens what a line of Today calls for.
    """

    def __init__(self, view: "ClientView", office: Office) -> None:
        super().__init__(view)
        self._view = view
        self._desk = office.desk
        self._messages = office.messages
        self._application: UUID | None = None
        view.part_made.connect(self._made)

    @Slot(object)
    def _made(self, part: object) -> None:
        if isinstance(part, JobSearchTab):
            part.job_wanted.connect(self._start)
        if isinstance(part, WorkTab):
            part.job_recorded.connect(self._recorded)
            part.form.put_away.connect(self._forget)
            part.job_asked.connect(self._forget)  # before the one that is wanted is remembered

    def answers(self, due: DueItem | None) -> bool:
        """Open the interview, application or decision a line of Today calls for; return whether it is one of them."""
        form = _FORMS.get(due.ref.kind) if due is not None else None
        if due is None or form is None:
            return False
        self._view.show_tab("search")
        self._view.parts[TABS.index("search")].go_on(form, due.ref.record_id.hex)
        return True

    @Slot(dict)
    def _start(self, values: dict[str, Any]) -> None:
        known = dict(values)
        application = known.pop("application_id")
        self._view.show_tab("work")
        work = self._view.parts[TABS.index("work")]
        assert isinstance(work, WorkTab)  # noqa: S101  the list of tabs says so
        work.start_job(known)
        self._application = application

    @Slot(object)
    def _recorded(self, job_id: UUID) -> None:
        application, self._application = self._application, None
        if application is not None:
            wish = LinkJob(application_id=application, job_id=job_id)
            self._desk.do(link_job, wish, refused=self._refused)

    @Slot()
    def _forget(self) -> None:
        self._application = None

    def _refused(self, refusal: Refusal) -> None:
        self._messages.show_refusal(refusal)
