"""One column of the board: cards that move by keyboard, or by being taken with the mouse to another column."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.board import BoardColumn
from coachdesk.ui.spoken import due_tone
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Pill, label, row

_CONTROL = Qt.KeyboardModifier.ControlModifier
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WIDTH = 270


class StageList(TwoLineList):
    """The cards of one stage.

    Signals: ``card_wanted(int)`` to move the current card a column on; ``neighbour_wanted(int)`` to go there with the
    keyboard; ``carried(QPoint)`` while a card is carried, and ``put_down(QPoint)`` when it is let go, in the screen's
    own measure.
    """

    card_wanted = Signal(int)
    neighbour_wanted = Signal(int)
    carried = Signal(QPoint)
    put_down = Signal(QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._grip: QPoint | None = None
        self._carries = False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & _CONTROL:
            self.card_wanted.emit(step)
        else:
            self.neighbour_wanted.emit(step)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first card: here nobody is opened by that."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.choose_first()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_card = self.indexAt(event.position().toPoint()).isValid()
        self._grip = event.position().toPoint() if on_card else None

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._grip).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._carries:
            self._carries = True
            picture = self.viewport().grab(self.visualRect(self.currentIndex()))
            self.viewport().setCursor(QCursor(picture, self._grip.x(), picture.height() // 2))
        if self._carries:
            self.carried.emit(event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._grip = None
        if self._carries:
            self._carries = False
            self.viewport().unsetCursor()
            self.put_down.emit(event.globalPosition().toPoint())


class StageColumn(Card):
    """A stage with its title, how many are in it, and the cards."""

    def __init__(self, column: BoardColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.key, self.words = column.key, column.title
        self.head = label(column.title, "section", wrap=True)
        self.number = Pill("")
        self.list = StageList(column.title)
        self.empty = label(self.tr("Nobody is here."), "meta", wrap=True)
        self.setFixedWidth(look().px(_WIDTH))
        self.body.setContentsMargins(Space.SMALL, Space.GAP, Space.SMALL, Space.SMALL)
        self.hint = Pill(self.tr("Let go to move here"), Tone.BRAND)
        self.hint.hide()
        head = row(spacing=Space.SMALL)
        head.addWidget(self.head, 1)
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        self.add(head)
        self.add(self.hint)
        self.add(self.empty)
        whole = QVBoxLayout()
        whole.addWidget(self.list)
        self.add(whole, 1)

    def show_column(self, column: BoardColumn) -> None:
        """Replace the cards."""
        self.list.show_items(
            [
                ListItem(
                    one.id,
                    one.marked_name,
                    one.words("coach") if one.stage == column.title else one.stage,
                    one.due_words,
                    due_tone(one.due_on, one.known.today),
                )
                for one in column.rows
            ]
        )
        self.number.setText(str(len(column.rows)))
        self.empty.setVisible(not column.rows)
        named = self.tr("{stage}, {count}").format(stage=column.title, count=len(column.rows))
        self.list.setAccessibleName(named)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.setFixedWidth(look().px(_WIDTH))

    def light_up(self, *, on: bool) -> None:
        """Show that a card would land here."""
        self.hint.setVisible(on)
