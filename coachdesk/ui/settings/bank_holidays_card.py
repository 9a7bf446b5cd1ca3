"""Bank holidays: the days on which nothing falls due, each with its source, added and corrected by hand."""

import datetime as dt
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.bank_days import (
    BankHolidayRow,
    SaveBankHoliday,
    TakeOutBankHoliday,
    list_bank_holidays,
    save_bank_holiday,
    take_out_bank_holiday,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Date, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, IconButton, column, label, quiet_button, row, secondary_button

_YEARS_SHOWN = 2


class BankHolidaysCard(Card):
    """A block a year: this one and the next, later ones when they are asked for."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, BankHolidayRow] = {}
        self._holiday_id: UUID | None = None
        self._shows_all = False
        self.form = SideForm(office, "bank-holiday", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = secondary_button(self.tr("A new bank &holiday"), "plus")
        self.add_button.clicked.connect(self._add)
        self.later_button = quiet_button(self.tr("Show later years"), "chevron-down")
        self.later_button.clicked.connect(self._show_later)
        self.known_until = label("", "label", tone=Tone.WARNING, wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        words = self.tr(
            "An answer that is due, a review or a check-in that falls on one of these days or on a weekend moves to the "
            "next working day. Days that are announced later are added here."
        )
        self.add(row(label(self.tr("Bank holidays in England"), "section"), 1, self.add_button))
        self.add(label(words, "meta", wrap=True))
        self.add(self.known_until)
        self.add(self.form)
        self.add(self.lines)
        self.add(row(self.later_button, 1))

    def refresh(self) -> None:
        """Ask for the bank holidays of this year and those to come."""
        first = self._office.desk.clock.today().replace(month=1, day=1)
        self._office.desk.ask(list_bank_holidays, first, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
        self.add_button.setFocus()

    @Slot()
    def _show_later(self) -> None:
        self._shows_all = True
        self.refresh()

    def _show(self, rows: tuple[BankHolidayRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        today = self._office.desk.clock.today()
        shown = [one for one in rows if self._shows_all or one.falls_on.year < today.year + _YEARS_SHOWN]
        for year, days in groupby(shown, key=_year):
            self.lines.addLayout(self._block(year, list(days)))
        self.later_button.setVisible(len(shown) < len(rows))
        self._say_until(rows, today)
        lay_out(self)

    def _say_until(self, rows: tuple[BankHolidayRow, ...], today: dt.date) -> None:
        """Say when the list ends, once dates that are worked out today may lie behind it."""
        last = rows[-1].falls_on if rows else None
        words = self.tr(
            "No bank holiday is known any more: a date may fall on one. Add those that were announced."
        )
        if last is not None:
            words = self.tr("Bank holidays are known until {day}: add those that were announced since.")
            words = words.format(day=day(last))
        self.known_until.setText(words)
        self.known_until.setVisible(last is None or last.year <= today.year)

    def _block(self, year: int, days: list[BankHolidayRow]) -> QVBoxLayout:
        block = column(label(str(year), "strong"), spacing=Space.HAIR)
        for one in days:
            block.addWidget(self._line(one))
        for source in dict.fromkeys(one.source_note for one in days if one.source_note):
            block.addWidget(label(self.tr("Source: {source}").format(source=source), "meta", wrap=True))
        return block

    def _line(self, one: BankHolidayRow) -> QWidget:
        words = self.tr("{day}: {title}").format(day=day(one.falls_on), title=one.title)
        line = row(label(words, wrap=True))
        line.setStretch(0, 1)
        for what, icon, slot in (
            (self.tr("Correct"), "pencil", self._correct),
            (self.tr("Take out"), "trash-2", self._take_out),
        ):
            button = IconButton(f"{what}: {words}", icon)
            button.setProperty("holiday", one.id.hex)
            button.clicked.connect(slot)
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _add(self) -> None:
        self._open(None, self.tr("A new bank holiday"), {})

    @Slot()
    def _correct(self) -> None:
        holiday = self._rows.get(str(self.sender().property("holiday")))
        if holiday is not None:
            self._open(holiday.id, self.tr("Correct a bank holiday"), holiday)

    def _open(self, holiday_id: UUID | None, heading: str, values: object) -> None:
        self._holiday_id = holiday_id
        parts = (
            Together(
                Date("falls_on", self.tr("On w&hich day"), needed=True),
                Text("title", self.tr("&Called"), needed=True),
            ),
            Text("source_note", self.tr("Wh&ere this comes from"), needed=True),
        )
        about = "new" if holiday_id is None else holiday_id.hex
        self.form.open_form(heading, parts, values, self._wish, save_bank_holiday, about=about)

    def _wish(self, values: dict[str, Any]) -> SaveBankHoliday:
        return SaveBankHoliday(holiday_id=self._holiday_id, **values)

    @Slot()
    def _take_out(self) -> None:
        wish = TakeOutBankHoliday(holiday_id=UUID(hex=str(self.sender().property("holiday"))))
        self._office.desk.do(take_out_bank_holiday, wish, then=self._saved, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)


def _year(one: BankHolidayRow) -> int:
    return one.falls_on.year
