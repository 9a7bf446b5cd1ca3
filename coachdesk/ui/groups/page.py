"""Groups: the sessions held so far, and the register of a new one."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.groups import (
    GroupSessionRow,
    Register,
    list_group_sessions,
    new_register,
    put_group_session_away,
    read_register,
)
from coachdesk.terms import Kind
from coachdesk.ui.groups.register_form import RegisterForm
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import (
    Card,
    EmptyState,
    Flow,
    ScrollPage,
    SearchField,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)

_LEAST_HEIGHT = 360


def _on(one: GroupSessionRow) -> str:
    return day(one.happened_on)


def _sorted_on(one: GroupSessionRow) -> object:
    return one.happened_on


def _title(one: GroupSessionRow) -> str:
    return one.title


def _place(one: GroupSessionRow) -> str:
    return one.place


def _long(one: GroupSessionRow) -> str:
    return f"{one.minutes} min" if one.minutes is not None else ""


def _minutes(one: GroupSessionRow) -> int:
    return one.minutes or 0


def _came(one: GroupSessionRow) -> int:
    return one.came


def _coach(one: GroupSessionRow) -> str:
    return one.coach


class GroupsPage(Page):
    """The register form when asked for, and all sessions as a table; Return opens one to be corrected."""

    concerns = frozenset({Kind.GROUP_SESSION, Kind.GROUP_PLACE, Kind.CLIENT, Kind.COACH})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.new_button = primary_button(self.tr("&Register a session"), "plus")
        self.week_button = secondary_button(self.tr("My &week"), "calendar-clock")
        self.form = RegisterForm(office)
        rows: RowTable[GroupSessionRow] = RowTable(
            [
                Column(self.tr("Date"), _on, _sorted_on, width=18),
                Column(self.tr("About"), _title, stretch=True),
                Column(self.tr("Where"), _place, width=14),
                Column(self.tr("Length"), _long, _minutes, width=10),
                Column(self.tr("Came"), self._how_many, _came, width=10),
                Column(self.tr("Coach"), _coach),
            ]
        )
        self.table = TableView(rows, self.tr("Group sessions"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.search = SearchField(self.tr("Search these sessions"))
        self.count = label("", "meta")
        self.open_button = secondary_button(self.tr("&Open the register"), "pencil")
        self.away_button = quiet_button(self.tr("&Put the session away"), "trash-2")
        self.nothing = EmptyState(
            self.tr("No group sessions yet"),
            self.tr("A workshop, a job club, a walk: register who came, and each has it in their record."),
            icon="users",
        )
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.list_card = Card()
        self.list_card.add(row(self.search, self.count))
        self.list_card.add(self.table, 1)
        self.list_card.add(Flow(self.open_button, self.away_button))
        self.empty_card = Card()
        self.empty_card.add(self.nothing)
        self.empty_card.hide()
        self.list_card.hide()
        area = ScrollPage(self)
        area.body.addLayout(row(label(self.tr("Groups"), "title"), 1, self.week_button, self.new_button))
        area.body.addWidget(self.form)
        area.body.addWidget(self.empty_card)
        area.body.addWidget(self.list_card, 1)
        area.body.addStretch(1)
        self.scroll_area = area
        self.fill_with(area)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.register_session)
        self.week_button.clicked.connect(self._to_week)
        self.search.wanted.connect(self.table.filter)
        self.search.into_list.connect(self.table.setFocus)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.open_button.clicked.connect(self._open_chosen)
        self.away_button.clicked.connect(self._put_away)
        self.form.saved.connect(self._done)
        self.form.closed.connect(self._done)

    def _how_many(self, one: GroupSessionRow) -> str:
        if one.came == one.registered:
            return f"{one.came}"
        return self.tr("{came} of {all}").format(came=one.came, all=one.registered)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_group_sessions, None, self._show)

    def _show(self, rows: tuple[GroupSessionRow, ...]) -> None:
        self.table.show_rows(rows)
        self.count.setText(plural(len(rows), self.tr("session"), self.tr("sessions")))
        self.list_card.setVisible(bool(rows) and self.form.isHidden())  # one screen per act
        self.empty_card.setVisible(not rows and self.form.isHidden())
        self._chosen(self.table.current_row())

    @Slot(object)
    def _chosen(self, one: GroupSessionRow | None) -> None:
        self.open_button.setEnabled(one is not None)
        self.away_button.setEnabled(one is not None)

    @Slot()
    def register_session(self) -> None:
        """Open the register of a new session, filled in as the last one was."""
        self.office.desk.ask(new_register, None, self._start)

    @Slot(object)
    def _open(self, one: GroupSessionRow) -> None:
        self.open_session(one.id)

    def open_session(self, session_id: UUID) -> None:
        """Open the register of a session to be corrected."""
        self.office.desk.ask(read_register, session_id, self._start, refused=self.refused)

    def go_on(self, draft: str) -> None:
        """Open the register to which a draft belongs, by the draft's key."""
        about = draft.partition(":")[2]
        if about:
            self.open_session(UUID(hex=about))
        else:
            self.register_session()

    @Slot()
    def _open_chosen(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self._open(chosen)

    def _start(self, register: Register) -> None:
        self.empty_card.hide()
        self.list_card.hide()
        self.form.start(register)
        self.scroll_area.verticalScrollBar().setValue(0)

    @Slot()
    def _put_away(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self.office.desk.do(put_group_session_away, chosen.id, refused=self.refused)

    @Slot()
    def _done(self) -> None:
        self.new_button.setFocus()
        self.refresh()

    @Slot()
    def _to_week(self) -> None:
        self.go.emit("week")
