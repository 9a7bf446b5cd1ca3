"""What will spoil the return, in order of consequence; each line opens the people it is about."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.quality import QualityLine
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, EmptyState, RoundIcon, label, row

_HEIGHT = 260


class QualityView(QWidget):
    """Sentences with a button each.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, QualityLine] = {}
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        card = Card()
        card.add(self.lines)
        self.about = label("", "section", wrap=True)
        self.people = PeopleBehind(office, self.tr("People to look at"))
        self.people.setMinimumHeight(_HEIGHT)
        self.people.opened.connect(self.open_client)
        self.people.arrived.connect(self._go_there)
        self.who = Card()
        self.who.add(self.about)
        self.who.add(self.people)
        self.who.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addWidget(card)
        box.addWidget(self.who)
        box.addStretch(1)

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show what will spoil a return."""
        clear(self.lines)
        self.who.hide()
        self.people.forget()
        self._lines = {line.id: line for line in prepared.quality}
        for line in prepared.quality:
            self.lines.addLayout(self._line(line))
        if not prepared.quality:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing to put right"),
                    self.tr("Every answer the return needs is there."),
                    icon="circle-check",
                )
            )

    def _line(self, line: QualityLine) -> QVBoxLayout:
        button = Button(self.tr("Show who"), "users")
        button.setAccessibleName(self.tr("Show who: {sentence}").format(sentence=line.sentence))
        button.setProperty("line", line.id)
        button.clicked.connect(self._show_who)
        words = label(line.sentence, wrap=True)
        inner = row(RoundIcon("triangle-alert", Tone.WARNING, 32), words, button, spacing=Space.GAP)
        inner.setStretch(1, 1)
        whole = QVBoxLayout()
        whole.addLayout(inner)
        return whole

    @Slot()
    def _show_who(self) -> None:
        line = self._lines[str(self.sender().property("line"))]
        self.about.setText(line.sentence)
        self.who.show()
        self.people.ask(line.client_ids)

    @Slot()
    def _go_there(self) -> None:
        self.people.choose_first()
        self.people.setFocus()

    def shown(self) -> tuple[UUID, ...]:
        """Return the clients that are listed now."""
        return self.people.shown()
