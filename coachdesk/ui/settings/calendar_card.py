"""How clients are called in a calendar that is saved as a file."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.appointments import Naming, choose_naming, read_naming
from coachdesk.errors import Refusal
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.week.calendar_saving import naming_words, what_it_holds
from coachdesk.ui.widgets import Card, column, label, row


class CalendarCard(Card):
    """One choice, which holds at once; nobody has chosen before it is first asked."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._office = office
        self._ways = naming_words(self)
        self.choice = CalmComboBox()
        self.choice.setAccessibleName(self.tr("What stands for a client in a calendar file"))
        self.choice.addItem(self.tr("Ask when a calendar is first saved"))
        self.choice.addItems([words for _, words in self._ways])
        self.choice.activated.connect(self._choose)
        name = label(self.choice.accessibleName(), "label")
        name.setBuddy(self.choice)
        holder = QWidget()
        holder.setLayout(column(name, self.choice))
        self.add(label(self.tr("Calendar file"), "section"))
        self.add(label(what_it_holds(self), "meta", wrap=True))
        self.add(row(holder, 1))

    def refresh(self) -> None:
        """Ask what was chosen."""
        self._office.desk.ask(read_naming, None, self._show)

    def _show(self, naming: Naming | None) -> None:
        ways = [None, *(way for way, _ in self._ways)]
        self.choice.setCurrentIndex(ways.index(naming))

    @Slot(int)
    def _choose(self, place: int) -> None:
        """Keep a way; that nobody has chosen cannot be chosen again."""
        if place == 0:
            self.refresh()
        else:
            wish = self._ways[place - 1][0]
            self._office.desk.do(choose_naming, wish, then=self._show, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
        self.refresh()
