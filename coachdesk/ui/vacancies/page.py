"""Vacancies of the team as a table, each with whom it may suit; and the applications of the caseload by stage."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.application_board import ApplicationBoard
from coachdesk.casework.vacancies import (
    Vacancies,
    VacanciesQuestion,
    VacancyRow,
    list_vacancies,
    reopen_vacancy,
)
from coachdesk.terms import Kind
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.spoken import day, due_tone
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.tokens import Tone
from coachdesk.ui.vacancies.board_view import BoardView
from coachdesk.ui.vacancies.vacancy_card import VacancyCard
from coachdesk.ui.vacancies.vacancy_form import NEW, VacancyForm
from coachdesk.ui.widgets import (
    Card,
    ChipButton,
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

_LEAST_HEIGHT = 300


def _title(one: VacancyRow) -> str:
    return one.title


def _employer(one: VacancyRow) -> str:
    return one.employer


def _town(one: VacancyRow) -> str:
    return one.town


def _hours(one: VacancyRow) -> str:
    return one.hours_words


def _minutes(one: VacancyRow) -> int | None:
    return one.least_minutes


def _pay(one: VacancyRow) -> str:
    return one.pay_words


def _pence(one: VacancyRow) -> int | None:
    return one.least_pence


def _closing(one: VacancyRow) -> object:
    return one.closes_on


class VacanciesPage(Page):
    """The table with its filters, the vacancy that is chosen, and the applications beside it."""

    concerns = frozenset(
        {Kind.VACANCY, Kind.EMPLOYER, Kind.APPLICATION, Kind.JOB_WISH, Kind.CLIENT, Kind.JOB, Kind.ENROLMENT}
    )

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._only_open, self._soon, self._town = True, False, ""
        self._waiting = ("", "")
        self.new_button = primary_button(self.tr("&New vacancy"), "plus")
        self.jobs_chip = ChipButton(self.tr("Vacancies"))
        self.board_chip = ChipButton(self.tr("Applications by stage"))
        self.whose_button = quiet_button(self.tr("Show &everybody’s"), "users")
        self.whose_button.setCheckable(True)
        self.form = VacancyForm(office)
        self.open_chip, self.soon_chip, self.all_chip = ChipButton(""), ChipButton(""), ChipButton("")
        self.towns = CalmComboBox()
        self.towns.setAccessibleName(self.tr("Town"))
        self.towns.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        self.search = SearchField(self.tr("Search these vacancies"))
        self.table = TableView(self._rows(), self.tr("Vacancies"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.change_button = secondary_button(self.tr("&Change"), "pencil")
        self.close_button = secondary_button(self.tr("Close &it…"), "check")
        self.reopen_button = secondary_button(self.tr("&Open again"), "undo-2")
        self.nothing = EmptyState("", "", icon="clipboard-list")
        self.card = VacancyCard(office)
        self.board = BoardView(office)
        self._arrange()
        self._connect()
        self._show_part(board=False)

    def _rows(self) -> RowTable[VacancyRow]:
        return RowTable(
            [
                Column(self.tr("Job"), _title, stretch=True),
                Column(self.tr("Employer"), _employer, width=20),
                Column(self.tr("Where"), _town, width=12),
                Column(self.tr("Hours"), _hours, _minutes, width=19),
                Column(self.tr("Pay"), _pay, _pence, width=21),
                Column(self.tr("Closes"), self._closes, _closing, tone=self._tone, width=15),
            ]
        )

    def _arrange(self) -> None:
        self.area = area = ScrollPage(self)
        area.body.addLayout(row(label(self.tr("Vacancies"), "title"), 1, self.whose_button, self.new_button))
        parts = QWidget()
        parts.setLayout(Flow(self.jobs_chip, self.board_chip))
        area.body.addWidget(parts)
        area.body.addWidget(self.form)
        filters = QWidget()
        filters.setLayout(Flow(self.open_chip, self.soon_chip, self.all_chip))
        self.list_card = Card()
        self.list_card.add(filters)
        self.list_card.add(row(self.search, self.towns))
        self.list_card.add(self.nothing)
        self.list_card.add(self.table, 1)
        self.list_card.add(Flow(self.change_button, self.close_button, self.reopen_button))
        area.body.addWidget(self.list_card)
        area.body.addWidget(self.card)
        area.body.addWidget(self.board)
        area.body.addStretch(1)
        self.fill_with(area)

    def _connect(self) -> None:
        self.jobs_chip.setChecked(True)
        self.open_chip.setChecked(True)
        self.new_button.clicked.connect(self.new_vacancy)
        self.jobs_chip.clicked.connect(self._to_jobs)
        self.board_chip.clicked.connect(self._to_board)
        self.whose_button.toggled.connect(self._whose)
        self.open_chip.clicked.connect(self._show_open)
        self.soon_chip.clicked.connect(self._show_soon)
        self.all_chip.clicked.connect(self._show_all)
        self.towns.activated.connect(self._in_town)
        self.search.wanted.connect(self.table.filter)
        self.search.into_list.connect(self.table.setFocus)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._change)
        self.change_button.clicked.connect(self._change)
        self.close_button.clicked.connect(self._close_it)
        self.reopen_button.clicked.connect(self._reopen)
        self.form.saved.connect(self._done)
        self.form.put_away.connect(self._done)
        self.card.client_wanted.connect(self.open_client)
        self.board.client_wanted.connect(self.open_client)
        self.board.known.connect(self._board_known)

    def _closes(self, one: VacancyRow) -> str:
        if one.closed_on is not None:
            return self.tr("Closed {day}").format(day=day(one.closed_on))
        return day(one.closes_on)

    def _tone(self, one: VacancyRow) -> Tone | None:
        return None if one.closed_on is not None else due_tone(one.closes_on, self.office.desk.clock.today())

    @override
    def refresh(self) -> None:
        question = VacanciesQuestion(
            today=self.office.desk.clock.today(),
            only_open=self._only_open,
            closing_soon=self._soon,
            town=self._town,
        )
        self.office.desk.ask(list_vacancies, question, self._show)
        self.board.refresh()

    def _show(self, found: Vacancies) -> None:
        self.open_chip.setText(self.tr("Open {count}").format(count=found.open))
        self.soon_chip.setText(self.tr("Closing this week {count}").format(count=found.closing_soon))
        self.all_chip.setText(self.tr("All {count}").format(count=found.all))
        self._offer_towns(found.towns)
        self.table.show_rows(found.rows)
        if found.rows and self.table.current_row() is None:
            self.table.choose(found.rows[0].id)
        self.table.setVisible(bool(found.rows))
        self.search.setVisible(bool(found.all))
        self.nothing.setVisible(not found.rows)
        self._say_nothing(found)
        self._chosen(self.table.current_row() if found.rows else None)
        self._go_on_waiting(found.rows)

    def _say_nothing(self, found: Vacancies) -> None:
        if found.all:
            self.nothing.say(self.tr("None like this now"), self.tr("Look at all of them, or in every town."))
        else:
            words = self.tr(
                "Write down a job that could be had: an employer and what it is are enough. "
                "It is then compared with what each client wants."
            )
            self.nothing.say(self.tr("No vacancies yet"), words)

    def _offer_towns(self, towns: tuple[str, ...]) -> None:
        self.towns.clear()
        self.towns.addItems([self.tr("Every town"), *towns])
        self.towns.setCurrentIndex(towns.index(self._town) + 1 if self._town in towns else 0)
        self.towns.setVisible(bool(towns))

    @Slot(object)
    def _chosen(self, one: VacancyRow | None) -> None:
        today = self.office.desk.clock.today()
        is_open = one is not None and one.is_open(today)
        self.change_button.setVisible(one is not None)
        self.close_button.setVisible(one is not None and one.closed_on is None)
        self.reopen_button.setVisible(one is not None and not is_open)
        self.card.show_vacancy(one if self.board.isHidden() and self.form.isHidden() else None)

    def _show_part(self, *, board: bool) -> None:
        """Show the vacancies or the applications: one thing at a time."""
        self.board.setVisible(board)
        self.list_card.setVisible(not board and self.form.isHidden())
        self._chosen(self.table.current_row())

    @Slot()
    def _to_jobs(self) -> None:
        self._show_part(board=False)

    @Slot()
    def _to_board(self) -> None:
        self._show_part(board=True)

    @Slot(object)
    def _board_known(self, found: ApplicationBoard) -> None:
        self.board_chip.setText(self.tr("Applications by stage {count}").format(count=found.count))
        self.whose_button.setVisible(found.sees_everybody)

    @Slot(bool)
    def _whose(self, everybody: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        self.whose_button.setText(self.tr("Show only &mine") if everybody else self.tr("Show &everybody’s"))
        self.card.everybody = self.board.everybody = everybody
        self.refresh()

    @Slot()
    def _show_open(self) -> None:
        self._filter(only_open=True, soon=False)

    @Slot()
    def _show_soon(self) -> None:
        self._filter(only_open=True, soon=True)

    @Slot()
    def _show_all(self) -> None:
        self._filter(only_open=False, soon=False)

    def _filter(self, *, only_open: bool, soon: bool) -> None:
        self._only_open, self._soon = only_open, soon
        self.refresh()

    @Slot(int)
    def _in_town(self, place: int) -> None:
        self._town = self.towns.itemText(place) if place else ""
        self.refresh()

    @Slot()
    def new_vacancy(self) -> None:
        """Open the form for a job that could be had."""
        self.form.start()
        self._make_room()

    def go_on(self, draft: str) -> None:
        """Open the form to which a draft belongs, by the draft's key, as soon as its vacancy is known."""
        kind, _, about = draft.partition(":")[2].rpartition(":")
        if about == NEW:
            self.new_vacancy()
            return
        self._waiting = (kind, about)
        self._only_open, self._soon, self._town = False, False, ""
        self.all_chip.setChecked(True)
        self.refresh()

    def _go_on_waiting(self, rows: tuple[VacancyRow, ...]) -> None:
        kind, about = self._waiting
        one = next((one for one in rows if one.id.hex == about), None)
        if one is not None:
            self._waiting = ("", "")
            self.table.choose(one.id)
            self._ask_about(self.form.finish if kind else self.form.change, one)

    @Slot()
    def _change(self) -> None:
        self._ask_about(self.form.change, self.table.current_row())

    @Slot()
    def _close_it(self) -> None:
        self._ask_about(self.form.finish, self.table.current_row())

    def _ask_about(self, ask: Callable[[VacancyRow], None], one: VacancyRow | None) -> None:
        if one is not None:
            ask(one)
            self._make_room()

    def _make_room(self) -> None:
        """Leave the page to the form: one screen for each act."""
        self._show_part(board=not self.board.isHidden())
        self.area.verticalScrollBar().setValue(0)

    @Slot()
    def _reopen(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self.office.desk.do(reopen_vacancy, chosen.id, refused=self.refused)

    @Slot()
    def _done(self) -> None:
        """Show the vacancies again, and keep the keyboard on the page: the field it was in is gone."""
        self._show_part(board=not self.board.isHidden())
        self.new_button.setFocus()
