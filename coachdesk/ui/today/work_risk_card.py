"""At risk in work, on Today: how many, and the most pressing few, each with its reason."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.work_risk import WorkRisk, WorkRiskQuestion, WorkRiskRow, read_work_risk
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Pill, column, in_line, label, quiet_button, row

_FIRST = 3


class WorkRiskCard(Card):
    """Nothing where no job needs it; else the first few, and the way to all of them.

    Signals: ``opened(UUID)`` to see a client, ``all_wanted()`` for the whole list.
    """

    opened = Signal(object)
    all_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.count = Pill("", Tone.WARNING)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.all_button = quiet_button(self.tr("See all at ris&k"), "chevron-right")
        self.all_button.clicked.connect(self.all_wanted)
        self.add(row(label(self.tr("At risk in work"), "section", wrap=True), 1, self.count))
        self.add(label(self.tr("Offer help first."), "meta"))
        self.add(self.lines)
        self.add(in_line(self.all_button))
        self.hide()

    def ask(self, coach_id: UUID | None) -> None:
        """Ask about one coach's clients, or everybody's."""
        question = WorkRiskQuestion(today=self._office.desk.clock.today(), coach_id=coach_id)
        self._office.desk.ask(read_work_risk, question, self._show)

    def _show(self, found: WorkRisk) -> None:
        clear(self.lines)
        self.count.say(plural(len(found.rows), self.tr("job"), self.tr("jobs")), Tone.WARNING)
        for one in found.rows[:_FIRST]:
            self.lines.addLayout(self._line(one))
        self.setVisible(bool(found.rows))

    def _line(self, one: WorkRiskRow) -> QVBoxLayout:
        name = Button(one.name, "", "quiet")
        words = one.reasons[0].words
        name.setAccessibleName(self.tr("Open {name}’s page: {words}").format(name=one.name, words=words))
        name.setProperty("client", one.client_id.hex)
        name.clicked.connect(self._open)
        return column(in_line(name), label(words, "meta", wrap=True), spacing=0)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(UUID(hex=str(self.sender().property("client"))))
