"""A part of a job that folds open below it: its hours and pay, evidence, weeks, or how good it is."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.job_evidence import JobQuestion
from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space


class JobPanel(QWidget):
    """One part of one job.

    Signals: ``history(Ref, str)`` when the history of a record is wanted; ``wanted(str, object)`` when a form is, with
    its kind and what it needs to know.
    """

    history = Signal(object, str)
    wanted = Signal(str, object)

    def __init__(self, office: Office, job_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office, self.job_id = office, job_id
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.GAP)

    def refresh(self) -> None:
        """Ask for what is shown here."""

    def question(self) -> JobQuestion:
        """Return the job that is asked about."""
        return JobQuestion(job_id=self.job_id, today=self.office.desk.clock.today())

    def history_of(self, kind: Kind, record_id: UUID, called: str) -> HistoryButton:
        """Return a button that asks for the history of a record shown here."""
        button = HistoryButton(Ref(kind, record_id), called)
        button.wanted.connect(self.history)
        return button

    @Slot(object)
    def refused(self, refusal: Refusal) -> None:
        """Say why something was not done."""
        self.office.messages.show_refusal(refusal)
