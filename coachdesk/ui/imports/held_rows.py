"""Rows that wait for a decision: likely duplicates, whenever they came in."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.exchange.held import DecideHeld, Decision, HeldRow, decide_held, list_held
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, label, row


class HeldRows(Card):
    """Each with why it waits and the decisions there are; hidden while nothing waits."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._allowed = True
        self._count = 0
        self.held = QVBoxLayout()
        self.held.setSpacing(Space.SMALL)
        self.add(label(self.tr("Waiting for your decision"), "section"))
        self.add(self.held)
        self.hide()

    def allow(self, allowed: bool) -> None:  # noqa: FBT001  one meaning, said by the verb
        """Show what waits on the steps where there is time for it."""
        self._allowed = allowed
        self.setVisible(self._allowed and self._count > 0)

    def refresh(self) -> None:
        """Ask which rows wait for a decision."""
        self._office.desk.ask(list_held, None, self._show_held)

    def _show_held(self, rows: tuple[HeldRow, ...]) -> None:
        clear(self.held)
        self._count = len(rows)
        self.allow(self._allowed)
        for held in rows:
            self.held.addWidget(self._held(held))

    def _held(self, held: HeldRow) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        where = self.tr("{sheet}, row {row}").format(sheet=held.sheet, row=held.row)
        box.addLayout(row(label(held.summary, "strong", wrap=True), label(where, "meta"), spacing=Space.GAP))
        box.addWidget(label(held.why, "secondary", wrap=True))
        line = row(spacing=Space.SMALL)
        choices = [("new", self.tr("A new client")), ("refuse", self.tr("Leave it out"))]
        if held.likely_client_id is not None:
            merge = self.tr("The same as {name}").format(name=held.likely_client_name)
            choices.insert(0, ("merge", merge))
        for decision, words in choices:
            button = Button(words)
            button.setProperty("held", held.id.hex)
            button.setProperty("decision", decision)
            button.setAccessibleName(f"{held.summary}: {words}")
            button.clicked.connect(self._decide)
            line.addWidget(button)
        line.addStretch(1)
        box.addLayout(line)
        return holder

    @Slot()
    def _decide(self) -> None:
        button = self.sender()
        decisions: dict[str, Decision] = {"merge": "merge", "new": "new", "refuse": "refuse"}
        decision = decisions[str(button.property("decision"))]
        wish = DecideHeld(id=UUID(hex=str(button.property("held"))), decision=decision)
        self._office.desk.do(decide_held, wish, then=self._decided, refused=self._refused)

    def _decided(self, _client: object) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
