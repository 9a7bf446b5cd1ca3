"""Health at work: what is needed, what pays for it, and the way back after time off sick."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.absences import list_absences
from coachdesk.casework.access_to_work import list_access
from coachdesk.casework.adjustments import Adjustments, list_adjustments
from coachdesk.ui.clients.tab import Tab
from coachdesk.ui.health_at_work.absence_card import AbsenceCard
from coachdesk.ui.health_at_work.access_card import AccessCard
from coachdesk.ui.health_at_work.adjustments_card import AdjustmentsCard
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.widgets import label


class HealthTab(Tab):
    """Three cards below the job they are about."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.job = label("", "secondary", wrap=True)
        self.adjustments = AdjustmentsCard(office)
        self.access = AccessCard(office)
        self.absences = AbsenceCard(office)
        self.body.addWidget(self.job)
        for card in (self.adjustments, self.access, self.absences):
            card.history.connect(self.history)
            card.changed.connect(self._changed)
            self.body.addWidget(card)
        self.body.addStretch(1)

    @override
    def show_client(self, client_id: UUID) -> None:
        for card in (self.adjustments, self.access, self.absences):
            card.leave_client(client_id)
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is None:
            return
        self.office.desk.ask(list_adjustments, question, self._show_adjustments)
        self.office.desk.ask(list_access, question, self.access.show_found)
        self.office.desk.ask(list_absences, question, self.absences.show_found)

    def _show_adjustments(self, found: Adjustments) -> None:
        if found.client_id == self.client_id:
            self.job.setText(self._job_words(found))
            self.adjustments.show_found(found)

    def _job_words(self, found: Adjustments) -> str:
        if found.job is None:
            return self.tr("No job at the moment. What is needed can be written down before one begins.")
        today = self.office.desk.clock.today()
        words = self.tr("Now: {job}, since {day}")
        if found.job.started_on > today:
            words = self.tr("Next: {job}, from {day}")
        said = words.format(job=found.job.words, day=day(found.job.started_on))
        if not found.disclosed:
            return said
        told = self.tr("What {employer} may be told: {line}")
        return f"{said}\n{told.format(employer=found.job.employer, line=found.disclosed)}"

    @Slot()
    def _changed(self) -> None:
        self.refresh()

    @override
    def go_on(self, kind: str, about: str) -> None:
        for card in (self.adjustments, self.access, self.absences):
            if kind in card.acts():
                card.go_on(kind, about)
