"""Who is fading, on Today: how many, and the furthest past their rhythm."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.fading import Fading, FadingQuestion, FadingRow, read_fading
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import ago, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Pill, column, in_line, label, quiet_button, row

_WORST = 3


class FadingCard(Card):
    """Nothing where nobody fades; else the worst few, and the way to all of them.

    Signals: ``opened(UUID)`` to see a client, ``all_wanted()`` for the whole list.
    """

    opened = Signal(object)
    all_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.count = Pill("", Tone.DANGER)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.all_button = quiet_button(self.tr("See who is fadin&g"), "chevron-right")
        self.all_button.clicked.connect(self.all_wanted)
        self.add(row(label(self.tr("Fading"), "section"), 1, self.count))
        self.add(self.lines)
        self.add(in_line(self.all_button))
        self.hide()

    def ask(self, coach_id: UUID | None) -> None:
        """Ask about one coach's clients, or everybody's."""
        question = FadingQuestion(today=self._office.desk.clock.today(), coach_id=coach_id)
        self._office.desk.ask(read_fading, question, self._show)

    def _show(self, fading: Fading) -> None:
        clear(self.lines)
        rows = fading.fading
        self.count.say(plural(len(rows), self.tr("person"), self.tr("people")), Tone.DANGER)
        for one in rows[:_WORST]:
            self.lines.addLayout(self._line(one))
        self.setVisible(bool(rows))

    def _line(self, one: FadingRow) -> QVBoxLayout:
        name = Button(one.name, "", "quiet")
        past = plural(one.days_past, self.tr("{count} day past"), self.tr("{count} days past"))
        last = self.tr("last in touch {when}").format(when=ago(one.last_on, self._office.desk.clock.today()))
        words = self.tr("{past} the rhythm, {last}").format(past=past, last=last)
        name.setAccessibleName(self.tr("Open {name}’s page: {words}").format(name=one.name, words=words))
        name.setProperty("client", one.id.hex)
        name.clicked.connect(self._open)
        return column(in_line(name), label(words, "meta", wrap=True), spacing=0)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(UUID(hex=str(self.sender().property("client"))))
