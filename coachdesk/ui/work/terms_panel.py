"""The story of a job's hours and pay: each line with what it was from a day on, and what follows from it."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.job_terms import TakeOutTerms, take_out_terms
from coachdesk.casework.pay_facts import BELOW, GOOD, LOOK, UNKNOWN, PayFact
from coachdesk.casework.work import JobRow, TermsRow
from coachdesk.terms import Kind
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Divider,
    Fact,
    FactGrid,
    Flow,
    Pill,
    RoundIcon,
    column,
    label,
    row,
    secondary_button,
)
from coachdesk.ui.work.panel import JobPanel

_LOOKS = {
    GOOD: ("check", Tone.OK),
    LOOK: ("info", Tone.INFO),
    UNKNOWN: ("circle-help", Tone.NEUTRAL),
    BELOW: ("triangle-alert", Tone.WARNING),
}


class TermsPanel(JobPanel):
    """Hours and pay from day to day, the newest first."""

    def __init__(self, office: Office, job: JobRow, parent: QWidget | None = None) -> None:
        super().__init__(office, job.id, parent)
        self._job = job
        self._lines = {one.id.hex: one for one in job.terms}
        self.add_button = secondary_button(self.tr("Other hours or pay from a day on"), "plus")
        self.add_button.clicked.connect(self._add)
        for fact in job.facts:
            self.body.addWidget(fact_line(fact))
        self.body.addLayout(row(self.add_button, 1))
        for place, one in enumerate(job.terms):
            if place:
                self.body.addWidget(Divider())
            self.body.addWidget(self._line(one))

    def _line(self, one: TermsRow) -> QWidget:
        since = self.tr("From {day}").format(day=day(one.as_on))
        head = row(label(since, "strong", wrap=True))
        head.setStretch(0, 1)
        if one.is_in_force:
            head.addWidget(Pill(self.tr("Now"), Tone.OK))
        unknown = self.tr("Not known")
        wants = self.office.codes.title("yes_no", one.wants_more_hours)
        facts = FactGrid(
            (
                Fact(self.tr("Hours a week"), one.usual_hours or unknown),
                Fact(self.tr("Guaranteed"), one.guaranteed_hours or unknown),
                Fact(self.tr("Pay an hour"), one.hourly_pay or unknown),
                Fact(self.tr("Wants more hours"), wants),
            )
        )
        buttons = Flow(spacing=Space.SMALL)
        for words, icon, slot in (
            (self.tr("Correct"), "pencil", self._correct),
            (self.tr("Take out"), "trash-2", self._take_out),
        ):
            button = Button(words, icon)
            button.setAccessibleName(self.tr("{what}: hours and pay {since}").format(what=words, since=since))
            button.setProperty("terms", one.id.hex)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        called = self.tr("Hours and pay {since}").format(since=since)
        buttons.addWidget(self.history_of(Kind.JOB_TERMS, one.id, called))
        holder = QWidget()
        was_below = () if one.is_in_force else [fact for fact in one.facts if fact.stands == BELOW]
        holder.setLayout(column(head, facts, *map(fact_line, was_below), buttons))
        return holder

    @Slot()
    def _add(self) -> None:
        self.wanted.emit("terms", None)

    @Slot()
    def _correct(self) -> None:
        self.wanted.emit("terms", self._lines[str(self.sender().property("terms"))])

    @Slot()
    def _take_out(self) -> None:
        wish = TakeOutTerms(terms_id=UUID(hex=str(self.sender().property("terms"))))
        self.office.desk.do(take_out_terms, wish, refused=self.refused)


def fact_line(fact: PayFact) -> QWidget:
    """Return a fact with its icon, and the source of its rate below."""
    icon, tone = _LOOKS[fact.stands]
    words = column(label(fact.words, wrap=True), spacing=Space.HAIR)
    if fact.source:
        words.addWidget(label(fact.source, "meta", wrap=True))
    line = row(spacing=Space.GAP)
    line.addLayout(column(RoundIcon(icon, tone, 24), 1))
    line.addLayout(words, 1)
    holder = QWidget()
    holder.setLayout(line)
    return holder
