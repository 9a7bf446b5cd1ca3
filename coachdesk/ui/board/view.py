"""The board: a column for each stage, cards for everybody whose support goes on, one undo for each move."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from coachdesk.casework.board import Board, MoveCard, enrolment_of, move_card, read_board
from coachdesk.casework.caseload_lists import ANYBODY, ListQuestion
from coachdesk.casework.caseload_reading import MINE
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.board.stage_list import StageColumn, StageList
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import IconButton, SearchField, label, row, secondary_button

_PAUSE_MILLISECONDS = 40


class BoardView(QWidget):
    """Stages side by side.

    Signals: ``chosen(ListQuestion, UUID)`` when somebody is to be opened; ``closed()`` on the way back.
    """

    chosen = Signal(object, object)
    closed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._office = office
        self.question = ListQuestion(today=office.desk.clock.today(), columns=())
        self.columns: list[StageColumn] = []
        self.menu_shown: QMenu | None = None
        self._enrolments: dict[object, UUID] = {}
        self._moved: object = None
        self._is_read = self._wants_keyboard = False
        self.back_button = IconButton(self.tr("Back to one client (Escape)"), "chevron-left")
        self.count = label("", "strong")
        self.search = SearchField(self.tr("Name, number, town, coach, hub"))
        self.whose = QComboBox()
        self.whose.setAccessibleName(self.tr("Whose clients"))
        self.move_button = secondary_button(self.tr("&Move to…"), "send")
        self.hint = label(
            self.tr(
                "Ctrl+Left and Ctrl+Right move the card, Left and Right go to the next stage, Enter opens."
            ),
            "meta",
            wrap=True,
        )
        self.refusal = label("", wrap=True)
        self.refusal.setProperty("tone", "danger")
        self.refusal.hide()
        self._side_by_side = QHBoxLayout()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._arrange()
        self.search.wanted.connect(self._typed)
        self.search.into_list.connect(self.focus)
        self._pause.timeout.connect(self._words)
        self.whose.activated.connect(self._whose_chosen)
        self.back_button.clicked.connect(self.closed)
        self.move_button.clicked.connect(self._choose_stage)

    def _arrange(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(Space.GAP)
        self._side_by_side.addStretch(1)
        inner.setLayout(self._side_by_side)
        area.setWidget(inner)
        self.area = area
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.PAGE, Space.CARD, Space.PAGE, Space.SMALL)
        box.setSpacing(Space.SMALL)
        title = label(self.tr("Board by stage"), "title")
        box.addLayout(row(self.back_button, title, self.count, 1))
        box.addLayout(row(self.search, self.whose, self.move_button, 1))
        box.addWidget(self.hint)
        box.addWidget(self.refusal)
        box.addWidget(area, 1)
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)

    def refresh(self) -> None:
        """Ask for the board and the team again."""
        self.question = replace(self.question, today=self._office.desk.clock.today())
        self._office.desk.ask(list_coaches, None, self._know_team)
        self._ask()

    def _ask(self) -> None:
        self._office.desk.ask(read_board, self.question, self._show, refused=self._refused)

    def _show(self, board: Board) -> None:
        if board.question != self.question:
            return  # something else was asked for meanwhile
        self._is_read = True
        self.refusal.hide()
        if [one.key for one in self.columns] != [one.key for one in board.columns]:
            self._make_columns(board)
        self._enrolments = {card.id: enrolment_of(card) for column in board.columns for card in column.rows}
        for place, column in zip(self.columns, board.columns, strict=True):
            place.show_column(column)
        number = len(self._enrolments)
        self.count.setText(plural(number, self.tr("client"), self.tr("clients")))
        self._follow()
        if self._wants_keyboard:
            self.focus()

    def _make_columns(self, board: Board) -> None:
        for gone in self.columns:
            gone.hide()
            gone.deleteLater()
        self.columns = []
        for column in board.columns:
            made = StageColumn(column)
            made.list.opened.connect(self._open)
            made.list.card_wanted.connect(self._move_on)
            made.list.neighbour_wanted.connect(self._go_on)
            made.list.carried.connect(self._carry)
            made.list.put_down.connect(self._put_down)
            self._side_by_side.insertWidget(len(self.columns), made)
            self.columns.append(made)

    def _follow(self) -> None:
        """Stay with the card that was moved."""
        if self._moved is None:
            return
        for column in self.columns:
            if column.list.choose(self._moved):
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.area.ensureWidgetVisible(column)
                announce(column.list, column.list.accessibleName())
        self._moved = None

    @Slot()
    def focus(self) -> None:
        """Give the keyboard to the first column with anybody in it, or to the words; once the board has been read."""
        self._wants_keyboard = not self._is_read
        if self._wants_keyboard:
            return
        for column in self.columns:
            if column.list.items():
                column.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place_of(self, cards: object) -> int:
        return next(place for place, column in enumerate(self.columns) if column.list is cards)

    def _current(self) -> StageColumn | None:
        """Return the column whose card is meant: where the keyboard is, or was last."""
        held = [column for column in self.columns if column.list.hasFocus()]
        chosen = held or [column for column in self.columns if column.list.current_id() is not None]
        return chosen[0] if chosen else None

    @Slot(int)
    def _go_on(self, step: int) -> None:
        wanted = self._place_of(self.sender()) + step
        if 0 <= wanted < len(self.columns):
            self.columns[wanted].list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.columns[wanted])

    @Slot(int)
    def _move_on(self, step: int) -> None:
        cards = self.sender()
        wanted = self._place_of(cards) + step
        if isinstance(cards, StageList) and 0 <= wanted < len(self.columns):
            self._move(cards.current_id(), self.columns[wanted].key)

    def _under(self, at: QPoint) -> StageColumn | None:
        return next((one for one in self.columns if one.rect().contains(one.mapFromGlobal(at))), None)

    @Slot(QPoint)
    def _carry(self, at: QPoint) -> None:
        target = self._under(at)
        for column in self.columns:
            column.light_up(on=column is target and column.list is not self.sender())

    @Slot(QPoint)
    def _put_down(self, at: QPoint) -> None:
        cards, target = self.sender(), self._under(at)
        for column in self.columns:
            column.light_up(on=False)
        if isinstance(cards, StageList) and target is not None and target.list is not cards:
            self._move(cards.current_id(), target.key)

    def _move(self, client_id: object, stage: str) -> None:
        enrolment = self._enrolments.get(client_id)
        if enrolment is not None:
            self._moved = client_id
            wish = MoveCard(enrolment_id=enrolment, stage=stage)
            self._office.desk.do(move_card, wish, refused=self._refused)

    @Slot()
    def _choose_stage(self) -> None:
        column = self._current()
        if column is None or column.list.current_id() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Move the card to"))
        for other in self.columns:
            if other is not column:
                action = menu.addAction(other.words.replace("&", "&&"))
                action.setData((column.list.current_id(), other.key))
        menu.triggered.connect(self._stage_chosen)
        self.menu_shown = menu
        menu.popup(self.move_button.mapToGlobal(QPoint(0, self.move_button.height())))

    @Slot(QAction)
    def _stage_chosen(self, action: QAction) -> None:
        client_id, stage = action.data()
        self._move(client_id, str(stage))

    def _refused(self, refusal: Refusal) -> None:
        self._moved = None
        self.refusal.setText(refusal.message)
        self.refusal.show()
        announce(self.refusal, refusal.message)

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._pause.start()

    @Slot()
    def _words(self) -> None:
        self.question = replace(self.question, words=self.search.text().strip())
        self._ask()

    def _know_team(self, coaches: tuple[CoachRow, ...]) -> None:
        self.whose.clear()
        self.whose.addItem(self.tr("Everybody’s"), ANYBODY)
        self.whose.addItem(self.tr("Mine"), MINE)
        for one in coaches:
            self.whose.addItem(one.name, one.id.hex)
        self.whose.setCurrentIndex(max(self.whose.findData(self.question.whose), 0))

    @Slot()
    def _whose_chosen(self) -> None:
        self.question = replace(self.question, whose=str(self.whose.currentData()))
        self._ask()

    @Slot(object)
    def _open(self, client_id: object) -> None:
        self.chosen.emit(self.question, client_id)
