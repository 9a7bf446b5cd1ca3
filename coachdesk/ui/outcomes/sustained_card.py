"""Sustained work on a client's page: how the client stands by the rules of the programmes, and by others on wish."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from coachdesk.casework.sustained.answers import Sustained, SustainedQuestion, sustained_of
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.outcomes.answer_line import AnswerLine
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, label, row


class SustainedCard(Card):
    """A line a rule, one of them open at a time; asked again whenever the tab it stands in is."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._also: tuple[str, ...] = ()
        self._open = ""
        self._found: Sustained | None = None
        self.others = QComboBox()
        self.others.setAccessibleName(self.tr("Look at another funder’s rule"))
        self.others.activated.connect(self._look_at)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(self.tr("Sustained work"), "section", wrap=True), self.others)
        head.setStretch(0, 1)
        self.add(head)
        words = self.tr("By the rules of the client’s programmes. What nobody knows never counts as reached.")
        self.add(label(words, "meta", wrap=True))
        self.add(self.lines)
        self.hide()

    def show_client(self, client_id: UUID) -> None:
        """Ask how a client stands."""
        if client_id != self._client_id:
            self._client_id, self._also, self._open, self._found = client_id, (), "", None
            clear(self.lines)
            self.hide()
        self._ask()

    def _ask(self) -> None:
        if self._client_id is not None:
            today = self._office.desk.clock.today()
            question = SustainedQuestion(client_id=self._client_id, today=today, also=self._also)
            self._office.desk.ask(sustained_of, question, self._show)

    def _show(self, found: Sustained) -> None:
        if found != self._found:
            self._found = found
            self._draw()

    def _draw(self) -> None:
        found = self._found
        if found is None:
            return
        self.setVisible(found.has_job)
        self.others.clear()
        self.others.addItem(self.tr("Look at another funder’s rule"), "")
        for other in found.others:
            self.others.addItem(other.title, other.key)
        self.others.setVisible(bool(found.others))
        clear(self.lines)
        for place, answer in enumerate(found.answers):
            if place:
                self.lines.addWidget(Divider())
            line = AnswerLine(answer, is_open=answer.key == self._open)
            line.folded.connect(self._fold)
            self.lines.addWidget(line)
        lay_out(self)

    @Slot(str, bool)
    def _fold(self, key: str, is_open: bool) -> None:  # noqa: FBT001  the signal's own form
        self._open = key if is_open else ""
        self._draw()
        self._keep_focus(key)

    def _keep_focus(self, key: str) -> None:
        for line in self.answers():
            if line.answer.key == key:
                line.how_button.setFocus()

    def answers(self) -> list[AnswerLine]:
        """Return the lines in their order."""
        pieces = (self.lines.itemAt(place) for place in range(self.lines.count()))
        widgets = (one.widget() for one in pieces if one is not None)
        return [one for one in widgets if isinstance(one, AnswerLine)]

    @Slot(int)
    def _look_at(self, place: int) -> None:
        key = str(self.others.itemData(place) or "")
        if key:
            self._also, self._open = (*self._also, key), key
            self._ask()
