"""A job: what it is, what calls for a look, and the parts that fold open below it."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.work import JobRow
from coachdesk.terms import Kind, Ref, Unstated
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, Button, Card, ChipButton, Fact, FactGrid, Flow, Pill, label, row
from coachdesk.ui.work.evidence_panel import EvidencePanel
from coachdesk.ui.work.good_work_panel import GoodWorkPanel
from coachdesk.ui.work.panel import JobPanel
from coachdesk.ui.work.terms_panel import TermsPanel
from coachdesk.ui.work.weeks_panel import WeeksPanel

TERMS, GOOD_WORK, EVIDENCE, WEEKS = "terms", "good_work", "evidence", "weeks"


class JobCard(Card):
    """One job.

    Signals: ``wanted(str, JobRow, object)`` when a form is wanted, with its kind and what it needs to know;
    ``opened(UUID, str)`` when a part is folded open or (with an empty name) away; ``history(Ref, str)``.
    """

    wanted = Signal(str, object, object)
    opened = Signal(object, str)
    history = Signal(object, str)

    def __init__(self, office: Office, job: JobRow, open_part: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office, self.job = office, job
        self.panel: JobPanel | None = None
        self.named = self.tr("{title} at {employer}").format(
            title=job.title or self.tr("Job"), employer=job.employer
        )
        self._head()
        if job.do_not_approach:
            words = self.tr("Do not approach this employer: {why}").format(why=job.do_not_approach)
            self.add(Banner(words, "", Tone.WARNING, closable=False))
        if job.below_minimum:
            self.add(Banner(job.below_minimum, "", Tone.WARNING, closable=False))
        self.add(FactGrid(self._facts()))
        for words in self._lines():
            self.add(label(words, "meta", wrap=True))
        self.chips = self._chips()
        self.place = QVBoxLayout()
        self.add(self.place)
        self.show_part(open_part)

    def _head(self) -> None:
        job = self.job
        head = row(label(self.named, "section", wrap=True))
        head.setStretch(0, 1)
        if not job.is_main:
            head.addWidget(Pill(self.tr("Beside the main job"), Tone.NEUTRAL))
        has_ended = job.weeks_words.startswith("Ended")
        head.addWidget(Pill(job.weeks_words, Tone.NEUTRAL if has_ended else Tone.OK))
        buttons = Flow(spacing=Space.SMALL)
        correct = Button(self.tr("Correct"), "pencil")
        correct.setAccessibleName(self.tr("Correct the details of {job}").format(job=self.named))
        correct.clicked.connect(self._correct)
        self.add(head)
        if job.ended_on is None:
            end = Button(self.tr("It has ended"))
            end.setAccessibleName(self.tr("{job} has ended").format(job=self.named))
            end.clicked.connect(self._end)
            buttons.addWidget(end)
        buttons.addWidget(correct)
        past = HistoryButton(Ref(Kind.JOB, job.id), self.named)
        past.wanted.connect(self.history)
        buttons.addWidget(past)
        self.add(buttons)

    def _facts(self) -> tuple[Fact, ...]:
        job, codes = self.job, self._office.codes
        unknown = self.tr("Not known")
        kinds = [
            codes.title(name, key)
            for name, key in (
                ("employment_type", job.employment_type),
                ("contract_kind", job.contract),
            )
            if key not in set(Unstated)
        ]
        return (
            Fact(self.tr("Started"), day(job.started_on)),
            Fact(self.tr("Hours"), job.hours_words or unknown),
            Fact(self.tr("Pay"), job.pay_words or unknown),
            Fact(self.tr("Contract"), ", ".join(kinds) or unknown),
            Fact(self.tr("First 4 paid hours"), day(job.four_hours_on) or unknown),
        )

    def _lines(self) -> list[str]:
        job, codes = self.job, self._office.codes
        told = [
            (self.tr("Where: {words}"), job.site),
            (self.tr("Kind of work: {words}"), " ".join(part for part in (job.occupation, job.soc) if part)),
            (self.tr("Open to anybody: {words}"), _said(codes.title("yes_no", job.is_competitive), job)),
        ]
        lines = [" · ".join(words.format(words=value) for words, value in told if value)]
        if job.ended_on is not None and job.end_reason not in set(Unstated):
            why = codes.title("end_reason", job.end_reason)
            lines.append(self.tr("Why it ended: {words}").format(words=why))
        lines += [job.end_note, job.note]
        if job.adjustments:
            lines.append(self.tr("Adjustments: {all}").format(all="; ".join(job.adjustments)))
        if job.check_ins:
            held = plural(len(job.check_ins), self.tr("check-in"), self.tr("check-ins"))
            last = day(job.check_ins[0].done_on)
            lines.append(self.tr("{held}, the last on {day}").format(held=held, day=last))
        return [line for line in lines if line]

    def _chips(self) -> dict[str, ChipButton]:
        told = (
            (TERMS, self.tr("Hours and pay")),
            (GOOD_WORK, self.tr("Good work")),
            (EVIDENCE, self.tr("Evidence")),
            (WEEKS, self.tr("Weeks of work")),
        )
        made = {}
        line = Flow(spacing=Space.SMALL)
        for key, words in told:
            chip = ChipButton(words, exclusive=False)
            chip.setAccessibleName(f"{words}: {self.named}")
            chip.setProperty("part", key)
            chip.clicked.connect(self._chip)
            line.addWidget(chip)
            made[key] = chip
        self.add(line)
        return made

    @Slot()
    def _chip(self) -> None:
        part = str(self.sender().property("part"))
        chosen = part if self.chips[part].isChecked() else ""
        self.show_part(chosen)
        self.opened.emit(self.job.id, chosen)

    def show_part(self, part: str) -> None:
        """Fold one part open and the others away; an empty name folds all away."""
        clear(self.place)
        self.panel = None
        for key, chip in self.chips.items():
            chip.setChecked(key == part)
        if part:
            self.panel = self._panel(part)
            self.panel.wanted.connect(self._wanted)
            self.panel.history.connect(self.history)
            self.place.addWidget(self.panel)
        lay_out(self)

    def _panel(self, part: str) -> JobPanel:
        if part == TERMS:
            return TermsPanel(self._office, self.job)
        makers: dict[str, Callable[[Office, UUID], JobPanel]] = {
            GOOD_WORK: GoodWorkPanel,
            EVIDENCE: EvidencePanel,
            WEEKS: WeeksPanel,
        }
        return makers[part](self._office, self.job.id)

    @Slot(str, object)
    def _wanted(self, kind: str, known: object) -> None:
        self.wanted.emit(kind, self.job, known)

    @Slot()
    def _correct(self) -> None:
        self.wanted.emit("correct", self.job, None)

    @Slot()
    def _end(self) -> None:
        self.wanted.emit("end", self.job, None)


def _said(words: str, job: JobRow) -> str:
    return "" if job.is_competitive in set(Unstated) else words
