"""All applications of a caseload, a column for each stage with its count; a line leads to its client."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.application_board import (
    ENDED_WEEKS,
    ApplicationBoard,
    BoardColumn,
    BoardLine,
    BoardQuestion,
    read_board,
)
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due, due_tone, plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, Card, EmptyState, Pill, column, label, row

_COLUMN_CHARACTERS = 24


class BoardView(QWidget):
    """The pipeline of whoever looks.

    Signals: ``client_wanted(UUID)`` when a line was chosen; ``known(object)`` with the ApplicationBoard shown.
    """

    client_wanted = Signal(object)
    known = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.everybody = False
        self._count = 0
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(Space.GAP)
        self.foot = label("", "meta", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._columns)
        box.addWidget(self.foot)

    def refresh(self) -> None:
        """Ask for the applications."""
        question = BoardQuestion(today=self._office.desk.clock.today(), everybody=self.everybody)
        self._office.desk.ask(read_board, question, self._show)

    def _show(self, found: ApplicationBoard) -> None:
        clear(self._columns)
        self._count = len(found.columns) if found.count else 1
        if found.count:
            for one in found.columns:
                self._columns.addWidget(self._column(one), 1)
        else:
            self._columns.addWidget(self._nobody())
        ended = plural(
            found.ended,
            self.tr("{count} came to no job in the last {weeks} weeks; why stands with the client.").replace(
                "{weeks}", str(ENDED_WEEKS)
            ),
            self.tr("{count} came to no job in the last {weeks} weeks; why stands with each client.").replace(
                "{weeks}", str(ENDED_WEEKS)
            ),
        )
        self.foot.setText(ended)
        self.foot.setVisible(bool(found.ended))
        self._turn()
        lay_out(self)
        self.known.emit(found)

    def _nobody(self) -> Card:
        card = Card()
        card.add(
            EmptyState(
                self.tr("No applications are under way"),
                self.tr("A vacancy becomes a lead in the tab “Job search” of a client."),
                icon="send",
            )
        )
        return card

    def _column(self, one: BoardColumn) -> Card:
        card = Card(one.stage.title, count=len(one.lines))
        for line in one.lines:
            card.add(self._line(line))
        card.body.addStretch(1)
        return card

    def _line(self, line: BoardLine) -> QWidget:
        one = line.application
        button = Button(line.client, kind="quiet")
        button.setAccessibleName(self.tr("{client}: {job}").format(client=line.client, job=one.called))
        button.setProperty("client", line.client_id.hex)
        button.clicked.connect(self._open)
        said = column(row(button, 1), label(one.called, wrap=True), spacing=2)
        said.setContentsMargins(0, 0, 0, 0)
        today = self._office.desk.clock.today()
        if one.next_on is not None:
            said.addWidget(Pill(due(one.next_on, today), due_tone(one.next_on, today)))
        if one.next_step:
            said.addWidget(label(one.next_step, "meta", wrap=True))
        holder = QWidget()
        holder.setLayout(said)
        return holder

    @Slot()
    def _open(self) -> None:
        self.client_wanted.emit(UUID(hex=str(self.sender().property("client"))))

    def _turn(self) -> None:
        """Put the columns side by side, or below each other where the room or the text asks."""
        needed = self._count * _COLUMN_CHARACTERS * self.fontMetrics().averageCharWidth()
        roomy = self.width() >= needed
        direction = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() is not direction:
            self._columns.setDirection(direction)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
