"""What was done with a record: the newest action first, each with its fields before and after, and the way back."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.history import (
    HistoryChange,
    HistoryQuestion,
    HistoryRow,
    WayBack,
    read_history,
    read_way_back,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Ref
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.clients.way_back_card import WayBackCard
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, label, quiet_button, row, secondary_button

PAGE = 50
FEW = 12
"""Changes told at once; an import or a joining of two records may have made hundreds, which take a while to draw."""
_LIST_HEIGHT = 300


class ActionsPane(QWidget):
    """A list of actions, the one that is chosen in full, and "Take this back…"; Enter on a line asks for the same."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._record: Ref | None = None
        self._rows: dict[UUID, HistoryRow] = {}
        self._drawn: HistoryRow | None = None
        self._asked: tuple[UUID | None, Ref | None] = (None, None)
        self._limit = PAGE
        self._starts = False
        self.only = label("", "strong", wrap=True)
        self.everything_button = quiet_button(self.tr("Show everything"), "x")
        self.list = TwoLineList(self.tr("What was done, newest first"), people=False)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.more_button = quiet_button(self.tr("Show earlier actions"), "chevron-down")
        self.nothing = EmptyState(
            self.tr("Nothing has been done with this yet"),
            self.tr("Every change is written down here, with who made it and why, and can be taken back."),
            icon="history",
        )
        self.nothing.hide()  # until the answer says so
        self.way_back = WayBackCard(office)
        self.take_button = secondary_button(self.tr("Take this back…"), "undo-2")
        self.detail = Card()
        self.detail.hide()
        self._told = QVBoxLayout()
        self._told.setSpacing(Space.HAIR)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(Space.HAIR)
        self._told_changes = 0
        self.rest_button = quiet_button("", "chevron-down")
        self.rest_button.hide()
        self._arrange()

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.GAP)
        self.only_row = QWidget()
        only = row(self.only, self.everything_button)
        only.setStretch(0, 1)
        only.setContentsMargins(0, 0, 0, 0)
        self.only_row.setLayout(only)
        self.only_row.hide()
        card = Card()
        for piece in (self.only_row, self.list, self.nothing):
            card.add(piece)
        card.add(row(self.more_button, 1))
        self.detail.add(self._told)
        self.detail.add(self._changes)
        self.detail.add(row(self.rest_button, 1))
        self.detail.add(row(self.take_button, 1))
        for part in (self.way_back, card, self.detail):
            whole.addWidget(part)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.rest_button.clicked.connect(self._tell_some)
        self.take_button.clicked.connect(self._take)
        self.more_button.clicked.connect(self._more)
        self.everything_button.clicked.connect(self.show_everything)
        self.way_back.done.connect(self._back_to_list)
        self.way_back.left.connect(self._back_to_list)

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's history; another client's filter and place do not stay."""
        if client_id != self._client_id:
            self._client_id, self._record, self._limit = client_id, None, PAGE
            self.way_back.hide()
            self.only_row.hide()
            self.nothing.hide()
            self._rows = {}
            self.list.show_items(())
            self._chosen(None)
        self.refresh()

    def show_record(self, ref: Ref | None, called: str = "") -> None:
        """Show one record's history only, or everything again."""
        self._record, self._limit = ref, PAGE
        self.only.setText(self.tr("Only the history of: {record}").format(record=called))
        self.only_row.setVisible(ref is not None)
        self.way_back.hide()
        self.refresh()

    @Slot()
    def show_everything(self) -> None:
        """Show the history of all the client's records."""
        self.show_record(None)
        self.list.setFocus()

    def start(self) -> None:
        """Take the keyboard to the newest action as soon as it is shown."""
        self._starts = True
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._client_id is None:
            return
        wanted = HistoryQuestion(client_id=self._client_id, record=self._record, limit=self._limit)
        self._asked = (self._client_id, self._record)
        self._office.desk.ask(read_history, wanted, self._show, refused=self._refused)

    @Slot()
    def _more(self) -> None:
        self._limit += PAGE
        self.refresh()

    def _show(self, rows: tuple[HistoryRow, ...]) -> None:
        if self._asked != (self._client_id, self._record):
            return
        self._rows = {one.unit: one for one in rows}
        self.list.show_items([ListItem(one.unit, _called(one), self._said(one)) for one in rows])
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.more_button.setVisible(len(rows) >= self._limit)
        if self.list.current_id() is None:
            self.list.choose(_to_begin_with(rows))
        self._chosen(self.list.current_id())
        if self._starts and rows:
            self._starts = False
            self.list.setFocus()
        lay_out(self)

    def _said(self, one: HistoryRow) -> str:
        parts = (one.who, moment(one.at), self._why(one))
        return "  ·  ".join(part for part in parts if part)

    def _why(self, one: HistoryRow) -> str:
        return self.tr("Why: {reason}").format(reason=one.reason) if one.reason else ""

    def _chosen(self, unit: object) -> None:
        found = self._rows.get(unit) if isinstance(unit, UUID) else None
        if found == self._drawn:
            return  # read again, and nothing has become of it
        self._drawn = found
        self.detail.setVisible(found is not None)
        clear(self._told)
        clear(self._changes)
        if found is None:
            return
        self._told.addWidget(label(_called(found), "section", wrap=True))
        who = self.tr("{who}, {moment}").format(who=found.who, moment=moment(found.at))
        self._told.addWidget(label(who, "meta", wrap=True))
        if found.reason:
            self._told.addWidget(label(self._why(found), wrap=True))
        if not found.can_be_taken_back:
            words = self.tr("Nothing was changed here, so there is nothing to take back.")
            self._told.addWidget(label(words, "meta", wrap=True))
        self.take_button.setVisible(found.can_be_taken_back)
        self._told_changes = 0
        self._tell_some()

    @Slot()
    def _tell_some(self) -> None:
        """Tell the next changes; after the last of them the keyboard goes back to the list."""
        if self._drawn is None:
            return
        changes, told = self._drawn.changes, self._told_changes
        for change in changes[told : told + FEW]:
            self._tell(change)
        self._told_changes = min(told + FEW, len(changes))
        rest = len(changes) - self._told_changes
        if not rest and self.rest_button.hasFocus():
            self.list.setFocus()
        self.rest_button.setText(self.tr("Show more changes ({count} left)").format(count=rest))
        self.rest_button.setVisible(rest > 0)
        lay_out(self.detail)

    def _tell(self, change: HistoryChange) -> None:
        self._changes.addWidget(label(f"{change.title}: {change.what}", "strong", wrap=True))
        if change.fields:
            said = "\n".join(self._field(*field) for field in change.fields)
            self._changes.addWidget(label(said, "secondary", wrap=True))

    def _field(self, name: str, before: str, after: str) -> str:
        if before and after:
            words = self.tr("{field}: {before} → {after}")
        elif after:
            words = self.tr("{field}: {after}")
        else:
            words = self.tr("{field}: {before} → nothing")
        return words.format(field=name, before=before, after=after)

    def _opened(self, unit: object) -> None:
        self._chosen(unit)
        self._take()

    @Slot()
    def _take(self) -> None:
        found = self._rows.get(self.list.current_id())  # type: ignore[call-overload]  # None is in no dict
        if found is not None and found.can_be_taken_back:
            self._office.desk.ask(read_way_back, found.unit, self._show_way, refused=self._refused)

    def _show_way(self, way: WayBack) -> None:
        self.way_back.show_way(way)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)

    @Slot()
    def _back_to_list(self) -> None:
        self.list.setFocus()
        lay_out(self)


def _to_begin_with(rows: tuple[HistoryRow, ...]) -> UUID | None:
    """Return the newest action that can be taken back, for that is what people come for; else the newest."""
    changes = (one.unit for one in rows if one.can_be_taken_back)
    return next(changes, rows[0].unit if rows else None)


def _called(one: HistoryRow) -> str:
    return one.label or ", ".join(one.events)
