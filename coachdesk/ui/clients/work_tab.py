"""Work: each job with its terms, its adjustments and how good it is in the client's own view."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.work import EndJob, JobRow, RecordJob, end_job, list_jobs, record_job
from coachdesk.terms import Kind
from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    EmptyState,
    Fact,
    FactGrid,
    Pill,
    label,
    primary_button,
    row,
    secondary_button,
)


class WorkTab(Tab):
    """Jobs, newest first."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.form = SideForm(office, "job", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = secondary_button(self.tr("Record a &job"), "briefcase")
        self.add_button.clicked.connect(self._record)
        self.jobs = QVBoxLayout()
        self.body.addLayout(row(1, self.add_button))
        self.body.addWidget(self.form)
        self.body.addLayout(self.jobs)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(list_jobs, question, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    def _show(self, jobs: tuple[JobRow, ...]) -> None:
        clear(self.jobs)
        self.add_button.setVisible(bool(jobs))
        if not jobs:
            button = primary_button(self.tr("Record a &job"), "briefcase")
            button.clicked.connect(self._record)
            card = Card()
            card.add(
                EmptyState(
                    self.tr("No jobs yet"),
                    self.tr(
                        "When work starts, record it here; check-ins then appear on Today by themselves."
                    ),
                    button,
                    icon="briefcase",
                )
            )
            self.jobs.addWidget(card)
        for job in jobs:
            self.jobs.addWidget(self._job(job))
        lay_out(self)

    def _job(self, job: JobRow) -> QWidget:
        card = Card()
        named = self.tr("{title} at {employer}").format(
            title=job.title or self.tr("Job"), employer=job.employer
        )
        head = row(label(named, "section", wrap=True))
        head.setStretch(0, 1)
        if job.ended_on is None:
            head.addWidget(Pill(job.weeks_words, Tone.OK))
            end_button = Button(self.tr("It has ended"))
            end_button.setProperty("job", job.id.hex)
            end_button.setAccessibleName(self.tr("{job} has ended").format(job=named))
            end_button.clicked.connect(self._end)
            head.addWidget(end_button)
        else:
            head.addWidget(Pill(self.tr("Ended {day}").format(day=day(job.ended_on)), Tone.NEUTRAL))
        head.addWidget(self.history_of(Kind.JOB, job.id, named))
        card.add(head)
        if job.below_minimum:
            card.add(Banner(job.below_minimum, "", Tone.WARNING, closable=False))
        unknown = self.tr("Not known")
        card.add(
            FactGrid(
                (
                    Fact(self.tr("Started"), day(job.started_on)),
                    Fact(self.tr("Hours"), job.hours_words or unknown),
                    Fact(self.tr("Pay"), job.pay_words or unknown),
                    Fact(self.tr("Contract"), self.office.codes.title("contract_kind", job.contract)),
                    Fact(self.tr("First 4 paid hours"), day(job.four_hours_on) or unknown),
                )
            )
        )
        if job.adjustments:
            card.add(label(self.tr("Adjustments: {all}").format(all="; ".join(job.adjustments)), wrap=True))
        if job.good_work:
            bars = tuple(Bar(name, round(share * 100), f"{share:.0%}") for name, share in job.good_work)
            card.add(label(self.tr("Good work, in the client’s own view"), "label"))
            card.add(Bars(BarChart(self.tr("Good work by dimension"), bars)))
        if job.check_ins:
            last = job.check_ins[0]
            held = plural(len(job.check_ins), self.tr("check-in"), self.tr("check-ins"))
            words = self.tr("{held}, the last on {day}")
            card.add(label(words.format(held=held, day=day(last.done_on)), "meta"))
        return card

    @override
    def go_on(self, kind: str, about: str) -> None:
        if kind == "start":
            self._record()
        elif kind == "end":
            self._end_job(UUID(hex=about))

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot()
    def _record(self) -> None:
        codes = self.office.codes
        self.form.open_form(
            self.tr("A job has started"),
            (
                Together(
                    Text("employer_name", self.tr("&Employer"), needed=True),
                    Text("title", self.tr("Job &title")),
                    Date("started_on", self.tr("Started &on"), needed=True),
                ),
                Together(
                    Text("usual_hours", self.tr("&Hours a week")),
                    Text("hourly_pay", self.tr("&Pay an hour"), placeholder="£12.71"),
                    Date("four_hours_on", self.tr("First 4 paid hours &done on"), lean="past"),
                ),
                Together(
                    Choice("contract", self.tr("&Contract"), options=codes.options("contract_kind")),
                    Choice(
                        "employment_type", self.tr("Employed &as"), options=codes.options("employment_type")
                    ),
                ),
            ),
            {"started_on": self.office.desk.clock.today()},
            self._job_wish,
            record_job,
            about=f"start:{self._whose().hex}",
            client_id=self.client_id,
        )

    def _job_wish(self, values: dict[str, Any]) -> RecordJob:
        return RecordJob(
            client_id=self._whose(),
            employer_name=values["employer_name"],
            title=values["title"],
            started_on=values["started_on"],
            usual_hours=values["usual_hours"],
            hourly_pay=values["hourly_pay"],
            contract=values["contract"] or "not_asked",
            employment_type=values["employment_type"] or "not_asked",
            four_hours_on=values["four_hours_on"],
        )

    @Slot()
    def _end(self) -> None:
        self._end_job(UUID(hex=str(self.sender().property("job"))))

    def _end_job(self, job_id: UUID) -> None:
        self._ending = job_id
        self.form.open_form(
            self.tr("The job has ended"),
            (
                Together(
                    Date("ended_on", self.tr("Last &day"), needed=True, lean="past"),
                    Choice("end_reason", self.tr("&Why"), options=self.office.codes.options("end_reason")),
                ),
            ),
            {"ended_on": self.office.desk.clock.today()},
            self._end_wish,
            end_job,
            about=f"end:{self._ending.hex}",
            client_id=self.client_id,
        )

    def _end_wish(self, values: dict[str, Any]) -> EndJob:
        return EndJob(
            job_id=self._ending, ended_on=values["ended_on"], end_reason=values["end_reason"] or "not_asked"
        )
