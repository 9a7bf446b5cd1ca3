"""Work: each job with its hours and pay, evidence, weeks and how good it is in the client's own view."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.good_work import GoodWorkPage, read_good_work
from coachdesk.casework.job_evidence import JobEvidenceRow, JobQuestion, list_job_evidence
from coachdesk.casework.work import JobRow, list_jobs
from coachdesk.casework.work_weeks import WeeksQuestion, WeeksRow, list_work_weeks
from coachdesk.ui.check_ins.check_ins_card import CheckInsCard
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.outcomes.sustained_card import SustainedCard
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, primary_button, row, secondary_button
from coachdesk.ui.work.job_card import GOOD_WORK, TERMS, JobCard
from coachdesk.ui.work.job_form import JobForm

_TERMS_LINE, _EVIDENCE_LINE = "terms_", "evidence_"


class WorkTab(Tab):
    """Jobs: those that go on first, the main one before the others.

    Signals: ``job_asked()`` when the form of a job that has started opens; ``job_recorded(UUID)`` after one was
    recorded, for what waits for its id.
    """

    job_asked = Signal()
    job_recorded = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._rows: tuple[JobRow, ...] | None = None
        self._open: dict[UUID, str] = {}
        self._waiting = ("", "")
        self._form_for: UUID | None = None
        self._evidence = ""
        self.form = JobForm(office)
        self.form.saved.connect(self._saved)
        self.form.recorded.connect(self.job_recorded)
        self.add_button = secondary_button(self.tr("Record a &job"), "briefcase")
        self.add_button.setToolTip(self.tr("Ctrl+J"))
        self.add_button.clicked.connect(self.record)
        self.jobs = QVBoxLayout()
        self.jobs.setSpacing(Space.GAP)
        self.body.addLayout(row(1, self.add_button))
        self.body.addWidget(self.form)
        self.check_ins = CheckInsCard(office)
        self.check_ins.history.connect(self.history)
        self.body.addWidget(self.check_ins)
        self.body.addLayout(self.jobs)
        self.sustained = SustainedCard(office)
        self.body.addWidget(self.sustained)
        self.body.addStretch(1)

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self._rows, self._open, self._form_for = None, {}, None
            if not self.form.isHidden():
                self.form.close_form()
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(list_jobs, question, self._show)
            self.sustained.show_client(question.client_id)
            self.check_ins.show_client(question.client_id)

    def cards(self) -> list[JobCard]:
        """Return the cards of the jobs in their order."""
        pieces = (self.jobs.itemAt(place) for place in range(self.jobs.count()))
        return [one.widget() for one in pieces if one is not None and isinstance(one.widget(), JobCard)]  # type: ignore[misc]  # just asked

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
        self.add_button.setFocus()

    def _show(self, jobs: tuple[JobRow, ...]) -> None:
        if jobs == self._rows:
            for card in self.cards():
                if card.panel is not None:
                    card.panel.refresh()
        else:
            self._rows = jobs
            self._draw(jobs)
        kind, about = self._waiting
        if kind:
            self._waiting = ("", "")
            self._go_on(kind, about)

    def _draw(self, jobs: tuple[JobRow, ...]) -> None:
        clear(self.jobs)
        self.add_button.setVisible(bool(jobs))
        if not jobs:
            self.jobs.addWidget(self._nothing())
        for place, job in enumerate(jobs):
            card = JobCard(self.office, job, self._open.get(job.id, TERMS if not place else ""))
            card.wanted.connect(self._wanted)
            card.opened.connect(self._folded)
            card.history.connect(self.history)
            self.jobs.addWidget(card)
        lay_out(self)

    def _nothing(self) -> Card:
        button = primary_button(self.tr("Record a &job"), "briefcase")
        button.clicked.connect(self.record)
        card = Card()
        words = self.tr("When work starts, record it here; check-ins then appear on Today by themselves.")
        card.add(EmptyState(self.tr("No jobs yet"), words, button, icon="briefcase"))
        return card

    @Slot(object, str)
    def _folded(self, job_id: UUID, part: str) -> None:
        self._open[job_id] = part

    @Slot()
    def record(self) -> None:
        """Open the form of a job that has started."""
        self.start_job({})

    def start_job(self, values: Mapping[str, Any]) -> None:
        """Open the form of a job that has started with what is known of it, by the names of ``RecordJob``.

        ``job_recorded`` says its id once it is saved. Nothing happens while nobody is shown.
        """
        if self.client_id is not None:
            self.job_asked.emit()
            self.form.start(self.client_id, values)

    def check_good_work(self, job_id: UUID) -> None:
        """Open the good-work check of a job, with its part folded open."""
        self._open[job_id] = GOOD_WORK
        for card in self.cards():
            if card.job.id == job_id:
                card.show_part(GOOD_WORK)
        self._ask_for("check", job_id)

    @override
    def go_on(self, kind: str, about: str) -> None:
        if kind in self.check_ins.KINDS:
            self.check_ins.go_on(kind, about)
        elif self._rows is None:
            self._waiting = (kind, about)
        else:
            self._go_on(kind, about)

    def _go_on(self, kind: str, about: str) -> None:
        if kind == "start":
            self.record()
            return
        job = next((one for one in self._rows or () if one.id.hex == about), None)
        if job is None:
            return
        if kind.startswith(_TERMS_LINE):
            line = next((one for one in job.terms if _TERMS_LINE + one.id.hex == kind), None)
            if line is not None:
                self._wanted("terms", job, line)
        elif kind in {"correct", "end", "terms"}:
            self._wanted(kind, job, None)
        else:
            self._evidence = kind.removeprefix(_EVIDENCE_LINE)
            self._ask_for(kind.partition("_")[0], job.id)

    def _ask_for(self, kind: str, job_id: UUID) -> None:
        """Ask for what a form needs to know, and open it when that is here."""
        today = self.office.desk.clock.today()
        question = JobQuestion(job_id=job_id, today=today)
        self._form_for = job_id
        if kind == "check":
            self.office.desk.ask(read_good_work, question, self._open_check)
        elif kind == "evidence":
            self.office.desk.ask(list_job_evidence, question, self._open_evidence)
        elif kind == "fill":
            weeks = WeeksQuestion(job_id=job_id, today=today)
            self.office.desk.ask(list_work_weeks, weeks, self._open_fill)

    def _open_check(self, known: GoodWorkPage) -> None:
        if self._form_for is not None:
            self.form.check(self._form_for, self._whose(), known)

    def _open_evidence(self, known: JobEvidenceRow) -> None:
        if self._form_for is not None:
            held = (one for each in known.outcomes for one in each.held)
            wanted = next((one for one in held if one.id is not None and one.id.hex == self._evidence), None)
            self.form.evidence(self._form_for, self._whose(), known, "", wanted)

    def _open_fill(self, known: WeeksRow) -> None:
        if self._form_for is not None:
            self.form.fill(self._form_for, self._whose(), known)

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot(str, object, object)
    def _wanted(self, kind: str, job: JobRow, known: Any) -> None:
        client_id = self._whose()
        if kind == "correct":
            self.form.correct(job, client_id)
        elif kind == "end":
            self.form.end(job.id, client_id)
        elif kind == "terms":
            self.form.terms(job, client_id, known)
        elif kind == "evidence":
            self.form.evidence(job.id, client_id, *known)
        elif kind == "fill":
            self.form.fill(job.id, client_id, known)
        else:
            self.form.check(job.id, client_id, known)
