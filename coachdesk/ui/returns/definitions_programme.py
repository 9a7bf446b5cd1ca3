"""A card about one programme, which is chosen in its head."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from coachdesk.casework.programmes import Period, ProgrammeRow
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.forms.fields import Date, Part, Together
from coachdesk.ui.office import Office
from coachdesk.ui.returns.definitions_periods import periods_offered
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, label, row


class ProgrammeCard(Card):
    """A heading with the programme beside it, a sentence, a form, and lines; ``ask`` fetches what they show."""

    def __init__(self, office: Office, title: str, words: str, name: str, add: Button) -> None:
        super().__init__()
        self._office = office
        self._programmes: dict[str, ProgrammeRow] = {}
        self._manages = False
        self.programme = CalmComboBox()
        self.programme.setAccessibleName(self.tr("{card}: programme").format(card=title))
        self.programme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.add_button = add
        self.form = SideForm(office, name, self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        head = row(label(title, "section", wrap=True), self.programme, add, spacing=Space.GAP)
        head.setStretch(0, 1)
        self.add(head)
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)
        self.programme.activated.connect(self._chosen)
        self.form.saved.connect(self._saved)

    def ask(self) -> None:
        """Ask for what the card shows of the programme that is chosen."""

    def know_role(self, *, manages: bool) -> None:
        """Offer what only managers may change to nobody else."""
        self._manages = manages
        self.add_button.setVisible(manages)
        if self._programmes:
            self.ask()

    def know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        """Offer the programmes; the one that was chosen stays."""
        current = self.programme.currentData()
        self._programmes = {one.key: one for one in rows}
        self.programme.clear()
        for one in rows:
            self.programme.addItem(one.title, one.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current), 0))
        self.add_button.setEnabled(bool(rows))
        if rows:
            self.ask()

    @property
    def key(self) -> str:
        """The programme that is chosen."""
        return str(self.programme.currentData())

    def last_ended(self) -> Period:
        """Return the newest period of the programme that has ended."""
        return periods_offered(self._programmes[self.key], self._office.desk.clock)[0]

    def days(self) -> Part:
        """Return what is asked about a period."""
        return Together(
            Date("from_on", self.tr("First day"), needed=True),
            Date("to_on", self.tr("Last day"), needed=True),
        )

    @Slot()
    def _chosen(self) -> None:
        self.form.close_form()
        self.ask()

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.ask()
