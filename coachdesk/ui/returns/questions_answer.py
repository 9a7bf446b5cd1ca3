"""The answer to a question inside the vault: true numbers, marked as such, each with the people behind it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.returns.questions import INSIDE, Answer, AnswerRow
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind
from coachdesk.ui.returns.side_by_side import SideBySide
from coachdesk.ui.spoken import day
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner, Card, label

_HEIGHT = 300


class _Label:
    """Reads one label of a line."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, line: AnswerRow) -> str:
        return line.labels[self._place]


def _number(line: AnswerRow) -> str:
    return f"{line.number:,}"


def _count(line: AnswerRow) -> int:
    return line.number


def _share(line: AnswerRow) -> str:
    return line.share


def _labels(line: AnswerRow) -> tuple[str, ...]:
    return line.labels


class AnswerView(QWidget):
    """A banner, the table, and who is behind the chosen line.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(
            self.tr("Inside the vault: not for release"),
            self.tr(
                "These are the true numbers. Small ones point at people, so they stay here: do not copy them into a report "
                "or an email. “Take it out” makes a protected table."
            ),
            Tone.WARNING,
            closable=False,
        )
        self.title = label("", "section", wrap=True)
        self.notes = label("", "meta", wrap=True)
        self.table: TableView[AnswerRow] | None = None
        self.place = QVBoxLayout()
        self.who = label(self.tr("Choose a line to see who is behind it"), "strong", wrap=True)
        self.people = PeopleBehind(office, self.tr("People behind the number"))
        self.people.setMinimumHeight(_HEIGHT)
        self.people.opened.connect(self.open_client)
        left, right, sides = Card(), Card(), SideBySide()
        for piece in (self.title, self.place, self.notes):
            left.add(piece)
        left.body.addStretch(1)
        right.add(self.who)
        right.add(self.people)
        sides.sides.addWidget(left, 3)
        sides.sides.addWidget(right, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.banner)
        box.addWidget(sides)

    def show_answer(self, answer: Answer) -> None:
        """Show an answer; nobody is named until a line is chosen."""
        self.people.forget()
        self.who.setText(self.tr("Choose a line to see who is behind it"))
        self.title.setText(answer.asked)
        known = self.tr("As known on {day}.").format(day=day(answer.as_at))
        self.notes.setText("\n".join((known, *answer.notes)))
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        right = Qt.AlignmentFlag.AlignRight
        labels = answer.header[:-2]
        columns = [
            *(Column(name, _Label(place), stretch=place == 0) for place, name in enumerate(labels)),
            Column(self.tr("Number"), _number, sort_key=_count, align=right),
            Column(self.tr("Share"), _share, sort_key=_count, align=right),
        ]
        rows: RowTable[AnswerRow] = RowTable(columns, identify=_labels)
        self.table = TableView(rows, f"{INSIDE}. {answer.asked}")
        self.table.setMinimumHeight(_HEIGHT)
        self.table.show_rows(answer.rows)
        self.table.chosen.connect(self._chosen)
        self.place.addWidget(self.table)

    @Slot(object)
    def _chosen(self, line: AnswerRow | None) -> None:
        if line is None:
            return
        self.who.setText(", ".join(line.labels))
        self.people.ask(line.client_ids)
