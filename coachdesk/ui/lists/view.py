"""Lists of clients over the whole width of the page: which list, whose, with which words, and what to do with it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coachdesk.casework.caseload_columns import ListRow, column_of
from coachdesk.casework.caseload_lists import ANYBODY, ClientList, ListQuestion, read_list
from coachdesk.casework.caseload_reading import MINE, SHIPPED, shipped_list
from coachdesk.casework.reassigning import ReassignClients, reassign_clients
from coachdesk.casework.saved_lists import SavedListRow, list_saved, remove_list
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.lists.menus import coaches_menu, columns_menu, only_menu
from coachdesk.ui.lists.narrowing import ListNarrowing
from coachdesk.ui.lists.printing import ListPrinting
from coachdesk.ui.lists.saving import ListSaving
from coachdesk.ui.lists.table import CaseloadTable, CaseloadTableView
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    ChipButton,
    Flow,
    IconButton,
    SearchField,
    column,
    label,
    quiet_button,
    row,
    secondary_button,
)

_PAUSE_MILLISECONDS = 40


class ListsView(QWidget):
    """Chips for the lists with their counts, the table, and a row of what can be done with it.

    Signals: ``chosen(ListQuestion, UUID)`` when somebody is to be opened from a list; ``closed()`` on the way back.
    """

    chosen = Signal(object, object)
    closed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("page", True)
        self._office = office
        self.question = ListQuestion(today=office.desk.clock.today())
        self.found: ClientList | None = None
        self.menu_shown: QMenu | None = None
        self._title = ""
        self._coaches: tuple[CoachRow, ...] = ()
        self._saved: tuple[SavedListRow, ...] = ()
        self._saved_id: UUID | None = None
        self._wants_keyboard = False
        self._table = CaseloadTable()
        self.table = CaseloadTableView(self._table, self.tr("Clients of the list"))
        self.search = SearchField(self.tr("Name, number, town, coach, hub, stage"))
        self.whose = QComboBox()
        self.whose.setAccessibleName(self.tr("Whose clients"))
        self.heading = label("", "title")
        self.meaning = label("", "secondary", wrap=True)
        self.count = label("", "strong")
        self.refusal = label("", wrap=True)
        self.chips: dict[str, ChipButton] = {}
        self.saving = ListSaving(office)
        self.narrowing = ListNarrowing(office.desk.clock)
        self.printing = ListPrinting(office)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._make_buttons()
        self._arrange()
        self._connect()

    def _make_buttons(self) -> None:
        self.back_button = IconButton(self.tr("Back to one client (Escape)"), "chevron-left")
        self.columns_button = secondary_button(self.tr("C&olumns"), "table")
        self.only_button = secondary_button(self.tr("On&ly…"), "filter")
        self.save_button = secondary_button(self.tr("&Keep this list…"), "save")
        self.remove_button = quiet_button(self.tr("Remove this list"), "trash-2")
        self.print_button = secondary_button(self.tr("&Print…"), "printer")
        self.give_button = secondary_button(self.tr("&Hand over…"), "send")
        self.none_button = quiet_button(self.tr("Take the ticks away"), "x")

    def _arrange(self) -> None:
        self._chips, self._narrow = QWidget(), QWidget()
        self._chip_row, self._narrow_row = Flow(spacing=Space.HAIR), Flow(spacing=Space.HAIR)
        self._chips.setLayout(self._chip_row)
        self._narrow.setLayout(self._narrow_row)
        tools = QWidget()
        buttons = (
            self.whose, self.columns_button, self.only_button, self.save_button, self.remove_button,
            self.print_button, self.give_button, self.none_button,
        )  # fmt: skip
        tools.setLayout(Flow(*buttons, spacing=Space.SMALL))
        inner = QWidget()
        inner.setProperty("scrolled", True)
        box = QVBoxLayout(inner)
        box.setContentsMargins(Space.PAGE, Space.CARD, Space.PAGE, Space.SMALL)
        box.setSpacing(Space.SMALL)
        area = QScrollArea()  # large text needs more height than a small window has
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.setLayout(column(area))
        box.addLayout(row(self.back_button, self.heading, self.count, 1, self.search))
        box.addLayout(column(self._chips, self.meaning, tools, self._narrow))
        box.addWidget(self.saving)
        box.addWidget(self.narrowing)
        box.addWidget(self.printing)
        box.addWidget(self.refusal)
        box.addWidget(self.table, 1)
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.refusal.hide()
        self.refusal.setProperty("tone", "danger")
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)

    def _connect(self) -> None:
        self.search.wanted.connect(self._typed)
        self.search.into_list.connect(self._into_table)
        self._pause.timeout.connect(self._words)
        self.table.opened.connect(self._open)
        self._table.order_wanted.connect(self._sorted)
        self._table.ticked.connect(self._show_ticks)
        self.whose.activated.connect(self._whose_chosen)
        self.back_button.clicked.connect(self.closed)
        self.columns_button.clicked.connect(self._choose_columns)
        self.only_button.clicked.connect(self._choose_only)
        self.save_button.clicked.connect(self._keep)
        self.remove_button.clicked.connect(self._remove)
        self.print_button.clicked.connect(self.print_list)
        self.give_button.clicked.connect(self._choose_coach)
        self.none_button.clicked.connect(self._untick)
        self.saving.saved.connect(self._kept)
        self.narrowing.narrowed.connect(self._narrow_to)

    def refresh(self) -> None:
        """Ask for the list, the saved lists and the team again."""
        today = self._office.desk.clock.today()
        self.question = replace(self.question, today=today)
        self._office.desk.ask(list_coaches, None, self._know_team)
        self._office.desk.ask(list_saved, today, self._know_saved)
        self._ask()

    def focus(self) -> None:
        """Give the keyboard to the table, or to the words where nobody is listed; once the list has been read."""
        if self.found is None or self.found.question != self.question:
            self._wants_keyboard = True
            return
        self._wants_keyboard = False
        if self._table.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        (self.table if self._table.rowCount() else self.search).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_question(self, question: ListQuestion) -> None:
        """Show another list."""
        self.question = question
        self._ask()

    def _ask(self) -> None:
        self._office.desk.ask(read_list, self.question, self._show, refused=self._refused)

    def _show(self, found: ClientList) -> None:
        if found.question != self.question:
            return  # something else was asked for meanwhile
        self.found = found
        self.refusal.hide()
        self.table.show_list(found.columns, found.rows, found.question.today)
        self.table.mark_order(found.question.order, descending=found.question.descending)
        self._show_chips(found)
        self._show_narrowing(found)
        self._show_head(found)
        self._show_ticks()
        if self._wants_keyboard:
            self.focus()

    def _show_head(self, found: ClientList) -> None:
        kept = next((one for one in self._saved if one.id == self._saved_id), None)
        shipped = shipped_list(found.question.list)
        self._title = kept.title if kept is not None else shipped.title
        self.heading.setText(self._title)
        self.meaning.setText(
            shipped.meaning if found.rows else f"{shipped.meaning} {self.tr('Nobody is on it.')}"
        )
        words = plural(len(found.rows), self.tr("client"), self.tr("clients"))
        self.count.setText(words)
        self.remove_button.setVisible(kept is not None)
        self.print_button.setEnabled(bool(found.rows))
        self.table.setAccessibleName(self.tr("{list}, {count}").format(list=self._title, count=words))
        announce(self.table, self.table.accessibleName())

    def _show_chips(self, found: ClientList) -> None:
        wanted = {one.key: f"{one.title} {found.counts[one.key]}" for one in SHIPPED}
        wanted |= {one.id.hex: one.title for one in self._saved}
        for key in [key for key in self.chips if key not in wanted]:
            self.chips.pop(key).deleteLater()
        for key, words in wanted.items():
            if key not in self.chips:
                self.chips[key] = self._new_chip(key)
            self.chips[key].setText(words.replace("&", "&&"))
        current = self._saved_id.hex if self._saved_id is not None else found.question.list
        self.chips[current if current in self.chips else found.question.list].setChecked(True)

    def _new_chip(self, key: str) -> ChipButton:
        chip = ChipButton("", parent=self._chips)
        chip.setProperty("list", key)
        chip.clicked.connect(self._chip)
        self._chip_row.addWidget(chip)
        chip.show()
        return chip

    def _show_narrowing(self, found: ClientList) -> None:
        clear(self._narrow_row)
        offered = {one.key: one for one in found.offered}
        for key, words in found.question.only:
            narrowed = offered.get(key) or column_of(key, {})
            said = self.tr("{column}: {words}").format(
                column=narrowed.title if key in offered else key, words=narrowed.narrowed_words(words)
            )
            button = quiet_button(said.replace("&", "&&"), "x")
            button.setAccessibleName(self.tr("No longer only {words}").format(words=said))
            button.setProperty("only", key)
            button.clicked.connect(self._widen)
            self._narrow_row.addWidget(button)
            button.show()
        self._narrow.setVisible(bool(found.question.only))

    @Slot()
    def _show_ticks(self) -> None:
        number = len(self._table.chosen)
        self.give_button.setVisible(number > 0)
        self.none_button.setVisible(number > 0)
        self.give_button.setText(self.tr("&Hand {number} over…").format(number=number))

    def _refused(self, refusal: Refusal) -> None:
        self.refusal.setText(refusal.message)
        self.refusal.show()
        announce(self.refusal, refusal.message)

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._pause.start()

    @Slot()
    def _words(self) -> None:
        self.show_question(replace(self.question, words=self.search.text().strip()))

    @Slot()
    def _into_table(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._words()
        self.focus()

    @Slot()
    def _chip(self) -> None:
        key = str(self.sender().property("list"))
        kept = next((one for one in self._saved if one.id.hex == key), None)
        self._saved_id = None if kept is None else kept.id
        question = replace(self.question, list=key, only=(), order="") if kept is None else kept.question
        self._set_words(question.words)
        self._show_whose(question.whose)
        self.show_question(question)

    def _set_words(self, words: str) -> None:
        self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(False)

    @Slot(str, bool)
    def _sorted(self, key: str, descending: bool) -> None:  # noqa: FBT001  a signal's value
        self.show_question(replace(self.question, order=key, descending=descending))

    def _know_team(self, coaches: tuple[CoachRow, ...]) -> None:
        self._coaches = coaches
        self.whose.clear()
        self.whose.addItem(self.tr("Everybody’s"), ANYBODY)
        self.whose.addItem(self.tr("Mine"), MINE)
        for one in coaches:
            self.whose.addItem(one.name, one.id.hex)
        self._show_whose(self.question.whose)

    def _show_whose(self, whose: str) -> None:
        self.whose.setCurrentIndex(max(self.whose.findData(whose), 0))

    @Slot()
    def _whose_chosen(self) -> None:
        self.show_question(replace(self.question, whose=str(self.whose.currentData())))

    def _know_saved(self, saved: tuple[SavedListRow, ...]) -> None:
        self._saved = saved
        if self._saved_id not in {one.id for one in saved}:
            self._saved_id = None
        if self.found is not None:
            self._show_chips(self.found)
            self._show_head(self.found)

    def _pop_up(self, menu: QMenu, button: QPushButton, chosen: Any) -> None:
        menu.triggered.connect(chosen)
        self.menu_shown = menu
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    @Slot()
    def _choose_columns(self) -> None:
        if self.found is not None:
            menu = columns_menu(self.question.columns, self.found.offered, self)
            self._pop_up(menu, self.columns_button, self._column_chosen)

    @Slot(QAction)
    def _column_chosen(self, action: QAction) -> None:
        if self.found is None:
            return
        wanted = {*self.question.columns} ^ {str(action.data())}
        columns = tuple(one.key for one in self.found.offered if one.key in wanted)
        self.show_question(replace(self.question, columns=columns))

    @Slot()
    def _choose_only(self) -> None:
        if self.found is not None:
            self._pop_up(only_menu(self.found, self), self.only_button, self._only_chosen)

    @Slot(QAction)
    def _only_chosen(self, action: QAction) -> None:
        key, words = action.data()
        if words is None and self.found is not None:
            self.narrowing.start(next(one for one in self.found.offered if one.key == key))
            return
        self._narrow_to(str(key), str(words))

    @Slot(str, str)
    def _narrow_to(self, key: str, words: str) -> None:
        self.only_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_question(replace(self.question, only=(*self.question.only, (key, words))))

    @Slot()
    def _widen(self) -> None:
        gone = str(self.sender().property("only"))
        only = tuple(one for one in self.question.only if one[0] != gone)
        self.show_question(replace(self.question, only=only))

    @Slot()
    def _choose_coach(self) -> None:
        self._pop_up(coaches_menu(self._coaches, self), self.give_button, self._hand_over)

    @Slot(QAction)
    def _hand_over(self, action: QAction) -> None:
        ticked = tuple(one.id for one in self._table.rows() if one.id in self._table.chosen)
        wish = ReassignClients(client_ids=ticked, coach_id=UUID(hex=str(action.data())))
        self._office.desk.do(reassign_clients, wish, then=self._handed, refused=self._refused)

    def _handed(self, _number: int) -> None:
        self._untick()

    @Slot()
    def _untick(self) -> None:
        self._table.tick(tuple(self._table.chosen), on=False)

    @Slot()
    def print_list(self) -> None:
        """Print what is listed, as it is listed."""
        if self.found is not None and self.found.rows:
            self.printing.print_list(self.question, self._title)

    @Slot()
    def _keep(self) -> None:
        kept = next((one for one in self._saved if one.id == self._saved_id), None)
        self.saving.start(self.question, kept)

    @Slot(object)
    def _kept(self, list_id: UUID) -> None:
        self._saved_id = list_id
        self.refresh()

    @Slot()
    def _remove(self) -> None:
        if self._saved_id is not None:
            self._office.desk.do(remove_list, self._saved_id, refused=self._refused)

    def _open(self, found: ListRow) -> None:
        self.chosen.emit(self.question, found.id)
