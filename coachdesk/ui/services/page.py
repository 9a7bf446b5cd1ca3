"""Services: the directory of whom clients can be referred on to, found by any word, kept true by whoever rings."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.services import (
    ServiceRow,
    Services,
    ServicesQuestion,
    bring_service_back,
    confirm_service,
    list_services,
    put_service_away,
)
from coachdesk.terms import Kind
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.services.rules_card import ReferralRulesCard
from coachdesk.ui.services.service_card import ServiceCard
from coachdesk.ui.services.service_form import NEW, ServiceForm
from coachdesk.ui.spoken import day
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import (
    Card,
    ChipButton,
    EmptyState,
    Flow,
    ScrollPage,
    SearchField,
    label,
    primary_button,
    row,
    secondary_button,
)

_LEAST_HEIGHT = 260


def _name(one: ServiceRow) -> str:
    return one.name


def _sort(one: ServiceRow) -> str:
    return one.sort_words


def _area(one: ServiceRow) -> str:
    return one.area


def _phone(one: ServiceRow) -> str:
    return one.phone


def _confirmed_on(one: ServiceRow) -> object:
    return one.confirmed_on


def _tone(one: ServiceRow) -> Tone | None:
    return Tone.WARNING if one.unconfirmed else None


class ServicesPage(Page):
    """The directory with its search, the service that is chosen, and the form."""

    concerns = frozenset({Kind.SERVICE, Kind.CODE})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._text, self._sort = "", ""
        self._sorts: tuple[tuple[str, str], ...] = ()
        self._waiting = ""
        self._wanted: UUID | None = None
        self.new_button = primary_button(self.tr("&New service"), "plus")
        self.form = ServiceForm(office)
        self.search = SearchField(self.tr("Search by name, sort, area or what it is for"))
        self.sorts = CalmComboBox()
        self.sorts.setAccessibleName(self.tr("Sort of service"))
        self.sorts.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        self.away_chip = ChipButton("", exclusive=False)
        self.table = TableView(self._rows(), self.tr("Services"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.nothing = EmptyState("", "", icon="heart-handshake")
        self.change_button = secondary_button(self.tr("&Change"), "pencil")
        self.confirm_button = secondary_button(self.tr("It is all &right today"), "check")
        self.away_button = secondary_button(self.tr("&Put it away"), "trash-2")
        self.back_button = secondary_button(self.tr("&Bring it back"), "undo-2")
        self.card = ServiceCard(office)
        self.rules = ReferralRulesCard(office)
        self._arrange()
        self._connect()

    def _rows(self) -> RowTable[ServiceRow]:
        return RowTable(
            [
                Column(self.tr("Service"), _name, stretch=True),
                Column(self.tr("Sort"), _sort, width=30),
                Column(self.tr("Area"), _area, width=16),
                Column(self.tr("Phone"), _phone, width=16),
                Column(self.tr("Confirmed"), self._confirmed, _confirmed_on, tone=_tone, width=26),
            ]
        )

    def _arrange(self) -> None:
        self.area = area = ScrollPage(self)
        area.body.addLayout(row(label(self.tr("Services"), "title"), 1, self.new_button))
        area.body.addWidget(self.form)
        self.list_card = Card()
        self.list_card.add(row(self.search, self.sorts, self.away_chip))
        self.list_card.add(self.nothing)
        self.list_card.add(self.table, 1)
        buttons = (self.change_button, self.confirm_button, self.away_button, self.back_button)
        self.list_card.add(Flow(*buttons))
        area.body.addWidget(self.list_card)
        area.body.addWidget(self.card)
        area.body.addWidget(self.rules)
        area.body.addStretch(1)
        self.fill_with(area)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_service)
        self.search.wanted.connect(self._look_for)
        self.search.into_list.connect(self.table.setFocus)
        self.sorts.activated.connect(self._of_sort)
        self.away_chip.toggled.connect(self._toggled)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._change)
        self.change_button.clicked.connect(self._change)
        self.confirm_button.clicked.connect(self._confirm)
        self.away_button.clicked.connect(self._put_away)
        self.back_button.clicked.connect(self._bring_back)
        self.form.saved.connect(self._done)
        self.form.put_away.connect(self._done)

    def _confirmed(self, one: ServiceRow) -> str:
        if one.is_put_away:
            return self.tr("Put away")
        if one.confirmed_on is None:
            return self.tr("Not yet")
        known = day(one.confirmed_on)
        return self.tr("Ask again: {day}").format(day=known) if one.unconfirmed else known

    @override
    def refresh(self) -> None:
        question = ServicesQuestion(
            today=self.office.desk.clock.today(),
            text=self._text,
            sort=self._sort,
            with_put_away=self.away_chip.isChecked(),
        )
        self.office.desk.ask(list_services, question, self._show)
        self.rules.refresh()

    def _show(self, found: Services) -> None:
        self._offer_sorts(found.sorts)
        self.away_chip.setText(self.tr("Put away too {count}").format(count=found.put_away))
        self.away_chip.setVisible(bool(found.put_away))
        any_at_all = bool(found.count or found.put_away)
        self.search.setVisible(any_at_all)
        self.table.show_rows(found.rows)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        if found.rows and self.table.current_row() is None:
            self.table.choose(found.rows[0].id)
        self.table.setVisible(bool(found.rows))
        self.nothing.setVisible(not found.rows)
        self._say_nothing(any_at_all=any_at_all)
        self._chosen(self.table.current_row() if found.rows else None)
        self._go_on_waiting(found.rows)

    def _say_nothing(self, *, any_at_all: bool) -> None:
        if any_at_all:
            self.nothing.say(self.tr("None like this"), self.tr("Try fewer words, or every sort."))
        else:
            words = self.tr(
                "Write down whom your clients can be referred on to: a name is enough to begin with. "
                "It is then offered on every client’s page."
            )
            self.nothing.say(self.tr("No services yet"), words)

    def _offer_sorts(self, sorts: tuple[tuple[str, str], ...]) -> None:
        self._sorts = sorts
        self.sorts.clear()
        self.sorts.addItems([self.tr("Every sort"), *(words for _, words in sorts)])
        keys = [key for key, _ in sorts]
        self.sorts.setCurrentIndex(keys.index(self._sort) + 1 if self._sort in keys else 0)
        self.sorts.setVisible(bool(sorts))

    @Slot(object)
    def _chosen(self, one: ServiceRow | None) -> None:
        here = one is not None and not one.is_put_away
        self.change_button.setVisible(here)
        self.confirm_button.setVisible(here)
        self.away_button.setVisible(here)
        self.back_button.setVisible(one is not None and one.is_put_away)
        self.card.show_service(one if self.form.isHidden() else None)

    @Slot(str)
    def _look_for(self, words: str) -> None:
        self._text = words
        self.refresh()

    @Slot(int)
    def _of_sort(self, place: int) -> None:
        self._sort = self._sorts[place - 1][0] if place else ""
        self.refresh()

    @Slot(bool)
    def _toggled(self, _on: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        self.refresh()

    @Slot()
    def new_service(self) -> None:
        """Open the form for a service that the directory has not."""
        self.form.start()
        self._make_room()

    def show_service(self, service_id: UUID) -> None:
        """Show a service of the directory; a form that is open stays, with what was typed in it."""
        self._wanted = service_id
        self._look_at_all()

    def go_on(self, draft: str) -> None:
        """Open the form to which a draft belongs, by the draft's key, as soon as its service is known."""
        about = draft.partition(":")[2]
        if about == NEW:
            self.new_service()
            return
        self._waiting = about
        self._look_at_all()

    def _look_at_all(self) -> None:
        """Look at the whole directory again, whatever it was searched for."""
        self._text, self._sort = "", ""
        self.search.clear()
        self.refresh()

    def _go_on_waiting(self, rows: tuple[ServiceRow, ...]) -> None:
        one = next((one for one in rows if one.id.hex == self._waiting), None)
        if one is not None:
            self._waiting = ""
            self.table.choose(one.id)
            self._ask_about(one)

    @Slot()
    def _change(self) -> None:
        one = self.table.current_row()
        if one is not None and not one.is_put_away:
            self._ask_about(one)

    def _ask_about(self, one: ServiceRow) -> None:
        self.form.change(one)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the page to the form: one screen for each act."""
        for piece in (self.list_card, self.card, self.rules):
            piece.hide()
        self.area.verticalScrollBar().setValue(0)

    @Slot()
    def _confirm(self) -> None:
        self._do(confirm_service)

    @Slot()
    def _put_away(self) -> None:
        self._do(put_service_away)

    @Slot()
    def _bring_back(self) -> None:
        self._do(bring_service_back)

    def _do(self, command: Callable[..., None]) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            wish: UUID = chosen.id
            self.office.desk.do(command, wish, refused=self.refused)

    @Slot()
    def _done(self) -> None:
        """Show the directory again, and keep the keyboard on the page: the field it was in is gone."""
        self.list_card.show()
        self.rules.show()
        self._chosen(self.table.current_row())
        self.new_button.setFocus()
