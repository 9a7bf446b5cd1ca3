"""The pane on the left: the caseload, filtered and found by typing."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coachdesk.casework.caseload_columns import ListRow
from coachdesk.casework.caseload_lists import ClientList, ListQuestion, read_list
from coachdesk.casework.caseload_reading import PUT_AWAY
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due_tone
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space
from coachdesk.ui.widgets import ChipButton, Flow, IconButton, SearchField, label, row

_WORKING = ("open", "due", "in_work", "quiet", "closed", PUT_AWAY)


class CaseloadPane(QFrame):
    """Chips for working lists, a search field, and the people.

    The list in view may also be one from the table or the board: then it stands here in the same order.

    Signals: ``chosen(UUID)`` when somebody is to be shown, ``new_client()``, ``bring_in()`` for an import,
    ``lists_wanted()`` and ``board_wanted()`` for the caseload over the whole width; ``rights_known()`` when it is
    known whether clients are closed to whoever is here.
    """

    chosen = Signal(object)
    new_client = Signal()
    bring_in = Signal()
    lists_wanted = Signal()
    board_wanted = Signal()
    rights_known = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setFixedWidth(look().px(Size.LIST_PANE))
        self._office = office
        self._question = ListQuestion(today=office.desk.clock.today(), columns=())
        self._marked: UUID | None = None
        self.is_closed = False
        self.search = SearchField(self.tr("Search the list"))
        self.list = TwoLineList(self.tr("Clients"))
        self.new_button = IconButton(self.tr("New client (Ctrl+N)"), "user-plus")
        self.import_button = IconButton(self.tr("Bring in a caseload"), "upload")
        self.lists_button = IconButton(self.tr("Lists over the whole width (Ctrl+T)"), "table")
        self.board_button = IconButton(self.tr("Board by stage (Ctrl+B)"), "clipboard-list")
        self.empty = label("", "meta", wrap=True)
        self.chips: dict[str, ChipButton] = {}
        self._build()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.SMALL, Space.CARD, Space.SMALL, 0)
        box.setSpacing(Space.SMALL)
        views = (self.lists_button, self.board_button, self.import_button, self.new_button)
        box.addLayout(row(label(self.tr("Clients"), "heading"), 1, *views, spacing=0))
        box.addWidget(self.search)
        box.addLayout(self._chip_row())
        box.addWidget(self.empty)
        box.addWidget(self.list, 1)
        self.search.wanted.connect(self.list.filter)
        self.search.into_list.connect(self._into_list)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._choose)
        self.new_button.clicked.connect(self.new_client)
        self.import_button.clicked.connect(self.bring_in)
        self.lists_button.clicked.connect(self.lists_wanted)
        self.board_button.clicked.connect(self.board_wanted)

    def _chip_row(self) -> QVBoxLayout:
        words = {
            "open": self.tr("Open"),
            "due": self.tr("Due"),
            "in_work": self.tr("In work"),
            "quiet": self.tr("Gone quiet"),
            "closed": self.tr("Closed"),
            PUT_AWAY: self.tr("Put away"),
        }
        holder = QWidget()
        chips = Flow(spacing=Space.HAIR)
        for key in _WORKING:
            chip = ChipButton(words[key], parent=holder)
            chip.setProperty("working", key)
            chip.setProperty("words", words[key])
            chip.clicked.connect(self._chip)
            self.chips[key] = chip
            chips.addWidget(chip)
        self.followed = ChipButton("", parent=holder)
        self.followed.hide()
        chips.addWidget(self.followed)
        holder.setLayout(chips)
        self.chips["open"].setChecked(True)
        whole = QVBoxLayout()
        whole.addWidget(holder)
        return whole

    def refresh(self) -> None:
        """Ask for the list, its counts and whether clients are closed to whoever is here, in one question."""
        self._question = replace(self._question, today=self._office.desk.clock.today())
        self._office.desk.ask(read_list, self._question, self._show_list)

    def _know_rights(self, *, is_closed: bool) -> None:
        """Offer a trustee, to whom every client is closed, nothing that would be refused."""
        self.is_closed = is_closed
        for button in (self.new_button, self.import_button, self.lists_button, self.board_button):
            button.setVisible(not is_closed)
        self.empty.setText(self._nobody())
        self.rights_known.emit()

    def follow(self, question: ListQuestion, title: str) -> None:
        """Show the people of a list from elsewhere in the order they have there, to be gone through one by one."""
        self.followed.setText(title.replace("&", "&&"))
        self.followed.setAccessibleName(self.tr("The list you came from: {list}").format(list=title))
        self.followed.show()
        self.followed.setChecked(True)
        self.search.clear()
        self._question = replace(question, columns=())
        self.refresh()

    @property
    def question(self) -> ListQuestion:
        """What the people in the list were asked for by."""
        return self._question

    def choose(self, client_id: UUID) -> None:
        """Mark somebody in the list without asking for them again."""
        self._marked = client_id
        self._mark()

    def _mark(self) -> None:
        if self._marked is not None:
            self.list.blockSignals(True)
            self.list.choose(self._marked)
            self.list.blockSignals(False)

    @Slot()
    def next_client(self) -> None:
        """Go to the next person in the list."""
        self._step(1)

    @Slot()
    def previous_client(self) -> None:
        """Go to the person before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        model = self.list.model()
        wanted = self.list.currentIndex().row() + by
        if 0 <= wanted < model.rowCount():
            self.list.setCurrentIndex(model.index(wanted, 0))

    def _show_list(self, found: ClientList) -> None:
        self._know_rights(is_closed=found.keeps_keys)
        if found.question != self._question:
            return  # another list was asked for meanwhile
        self._show(found.rows)
        self._count(found.counts)

    def _show(self, rows: tuple[ListRow, ...]) -> None:
        today = self._office.desk.clock.today()
        items = [
            ListItem(
                client.id,
                client.name,
                self._below(client),
                client.due_words,
                due_tone(client.due_on, today),
                client.facts.folded or "",
            )
            for client in rows
        ]
        self.list.show_items(items)
        self._mark()
        self.empty.setVisible(not rows)
        self.empty.setText(self._nobody())

    def _below(self, client: ListRow) -> str:
        """Return what stands below a name: for whom one covers comes first, so that it is not cut off."""
        colleague = client.covered_for
        if not colleague:
            return client.stage
        return self.tr("For {colleague} · {stage}").format(colleague=colleague, stage=client.stage)

    def _nobody(self) -> str:
        if self.is_closed:
            return self.tr("Clients’ records stay closed to you.")
        words = {
            "open": self.tr("No open clients. Add one with Ctrl+N, or bring in a caseload."),
            "due": self.tr("Nobody has anything due."),
            "in_work": self.tr("Nobody is in work at the moment."),
            "quiet": self.tr("Nobody has gone quiet."),
            "closed": self.tr("Nobody’s support has ended yet."),
            PUT_AWAY: self.tr("Nobody has been put away."),
        }
        return words.get(self._question.list, self.tr("Nobody is on this list."))

    def _count(self, counts: Mapping[str, int]) -> None:
        for key, chip in self.chips.items():
            chip.setText(f"{chip.property('words')} {counts.get(key, 0)}")

    @Slot()
    def _chip(self) -> None:
        sender = self.sender()
        if isinstance(sender, ChipButton):
            self.followed.hide()
            key = str(sender.property("working"))
            self._question = ListQuestion(today=self._question.today, list=key, columns=())
            self.refresh()

    @Slot(object)
    def _choose(self, identity: object) -> None:
        if isinstance(identity, UUID):
            self._marked = identity
            self.chosen.emit(identity)

    @Slot()
    def _into_list(self) -> None:
        self.list.choose_first()
        self.list.setFocus()
