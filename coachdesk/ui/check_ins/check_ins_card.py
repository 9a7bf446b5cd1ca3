"""Check-ins on the Work tab: the next one of each job, what was said at those before, and how it went over time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.casework.check_in_moves import PutCheckInBack, put_check_in_back
from coachdesk.casework.check_in_story import CheckInStory, JobCheckIns, NextCheckIn, Trend, read_check_ins
from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.papers.check_ins import CHECK_INS_FILE, PrintCheckIns, write_check_ins
from coachdesk.terms import Kind, Ref
from coachdesk.ui.check_ins.held_list import areas_table, chart_of, held_line
from coachdesk.ui.check_ins.move_form import FORM, LEAVE_OUT, MOVE, MoveForm
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.health_at_work.printing import HealthPrinting, Printed
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due_tone, plural, short_day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, Flow, Pill, label, quiet_button, row, secondary_button

_FEW = 3  # check-ins told at first; the rest on request
_CHARTS_ABREAST = 2


class CheckInsCard(Card):
    """Nothing where no job runs and no check-in was held.

    Signals: ``record(DueItem)`` to hold the next one, ``history(Ref, str)`` for the history of one.
    """

    KINDS = (MOVE, LEAVE_OUT)
    """The first words of the drafts that belong here."""
    record = Signal(object)
    history = Signal(object, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._story: CheckInStory | None = None
        self._whole: set[UUID] = set()
        self._waiting = ("", "")
        self.form = SideForm(office, FORM, self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self._mover = MoveForm(office, self.form)
        self.jobs = QVBoxLayout()
        self.jobs.setSpacing(Space.CARD)
        self.print_button = secondary_button(self.tr("Print the charts…"), "printer")
        self.print_button.clicked.connect(self._print)
        self.printing = HealthPrinting(office)
        head = row(label(self.tr("Check-ins in work"), "section"), self.print_button)
        head.setStretch(0, 1)
        self.add(head)
        self.add(self.form)
        self.add(self.printing)
        self.add(self.jobs)
        self.hide()

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's check-ins."""
        if client_id != self._client_id:
            self.form.close_form()
            self.printing.leave_client()
            self._client_id, self._story = client_id, None
            self._whole.clear()
            clear(self.jobs)
            self.hide()
        question = ClientQuestion(client_id=client_id, today=self._office.desk.clock.today())
        self._office.desk.ask(read_check_ins, question, self._show)

    @Slot()
    def _print(self) -> None:
        if self._client_id is not None:
            question = ClientQuestion(client_id=self._client_id, today=self._office.desk.clock.today())
            wish = partial(PrintCheckIns, question)
            self.printing.print_paper(Printed(file_name=CHECK_INS_FILE, write=write_check_ins, wish=wish))

    def go_on(self, kind: str, about: str) -> None:
        """Open the form again to which a draft belongs, as soon as the check-ins are known."""
        self._waiting = (kind, about)
        if self._story is not None:
            self._open_waiting(self._story)

    def _open_waiting(self, story: CheckInStory) -> None:
        (kind, about), self._waiting = self._waiting, ("", "")
        job = next((one for one in story.jobs if one.job_id.hex == about), None)
        if job is not None and job.next is not None and kind in {MOVE, LEAVE_OUT}:
            self._mover.open(kind, job, job.next, story.client_id)
            bring_into_sight(self.form)

    def _show(self, story: CheckInStory) -> None:
        if story.client_id != self._client_id:
            return  # somebody else is on the page by now
        self._story = story
        clear(self.jobs)
        for job in story.jobs:
            for piece in self._job(job, story):
                self.jobs.addWidget(piece)
        if story.wellbeing:
            self.jobs.addWidget(_side_by_side(story.wellbeing))
        charts = story.wellbeing or any(job.trends or job.areas for job in story.jobs)
        self.print_button.setVisible(bool(charts))
        self.setVisible(bool(story.jobs))
        lay_out(self)
        self._open_waiting(story)

    def _job(self, job: JobCheckIns, story: CheckInStory) -> Iterator[QWidget]:
        yield label(job.called, "strong", wrap=True)
        if job.next is not None:
            yield self._next(job, job.next)
        elif job.is_running:
            yield label(self.tr("No check-in is due in this job."), "secondary", wrap=True)
        for one in job.left_out:
            yield self._stood_aside(job, one.words, one.due_on.isoformat(), one.move_id)
        if job.trends:
            yield _side_by_side(job.trends)
        if job.areas:
            yield areas_table(story.areas, job.areas)
        shown = job.held if job.job_id in self._whole else job.held[:_FEW]
        for held in shown:
            line, past = held_line(held)
            past.wanted.connect(self.history)
            yield line
        if len(shown) < len(job.held):
            words = plural(
                len(job.held) - len(shown), self.tr("Show {count} more"), self.tr("Show {count} more")
            )
            yield self._button(words, "more", job, "chevron-right")

    def _next(self, job: JobCheckIns, coming: NextCheckIn) -> QWidget:
        today = self._office.desk.clock.today()
        line = Flow(spacing=Space.SMALL)
        line.addWidget(Pill(coming.due.words, due_tone(coming.due.on, today)))
        line.addWidget(label(self.tr("Next: {words}").format(words=coming.words), "label"))
        for words, act, icon in (
            (self.tr("Record it"), "record", "pen-line"),
            (self.tr("Move it"), MOVE, "calendar"),
            (self.tr("Leave it out"), LEAVE_OUT, "x"),
        ):
            line.addWidget(self._button(words, act, job, icon))
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addLayout(line)
        if coming.moved_words:
            box.addLayout(self._put_back(job, coming.moved_words, coming.rhythm_on.isoformat()))
        if coming.proposed_on is not None:
            words = self.tr("{why}: the next working day is {day}. Move it there, or leave it as it is.")
            said = words.format(why=coming.why, day=short_day(coming.proposed_on, today))
            box.addWidget(label(said, "meta", wrap=True))
        holder = QWidget()
        holder.setLayout(box)
        return holder

    def _stood_aside(self, job: JobCheckIns, words: str, day: str, move_id: UUID) -> QWidget:
        line = self._put_back(job, words, day)
        past = HistoryButton(Ref(Kind.CHECK_IN_MOVE, move_id), words)
        past.wanted.connect(self.history)
        line.addWidget(past)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _put_back(self, job: JobCheckIns, words: str, day: str) -> Flow:
        line = Flow(spacing=Space.SMALL)
        line.addWidget(label(words, "meta"))
        button = self._button(self.tr("Put it back"), "put_back", job, "undo-2")
        button.setProperty("day", day)
        button.setAccessibleName(self.tr("Put it back: {what}").format(what=words))
        line.addWidget(button)
        return line

    def _button(self, words: str, act: str, job: JobCheckIns, icon: str) -> Button:
        button = quiet_button(words, icon)
        button.setAccessibleName(self.tr("{words}: check-in at {job}").format(words=words, job=job.called))
        button.setProperty("act", act)
        button.setProperty("job", job.job_id.hex)
        button.clicked.connect(self._pressed)
        return button

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        act, job_id = str(button.property("act")), UUID(hex=str(button.property("job")))
        story = self._story
        if story is None:
            return
        job = next(one for one in story.jobs if one.job_id == job_id)
        if act == "record" and job.next is not None:
            self.record.emit(job.next.due)
        elif act == "more":
            self._whole.add(job_id)
            self._show(story)
        elif act == "put_back":
            wish = PutCheckInBack(job_id=job_id, due_on=dt.date.fromisoformat(str(button.property("day"))))
            self._office.desk.do(put_check_in_back, wish, then=self._saved, refused=self._refused)
        else:
            self.go_on(act, job_id.hex)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        if self._client_id is not None:
            self.show_client(self._client_id)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)


def _side_by_side(trends: Iterable[Trend]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(Space.GAP)
    for place, trend in enumerate(trends):
        grid.addWidget(chart_of(trend), place // _CHARTS_ABREAST, place % _CHARTS_ABREAST)
    for place in range(_CHARTS_ABREAST):
        grid.setColumnStretch(place, 1)
    holder = QWidget()
    holder.setLayout(grid)
    return holder
