"""Rates of pay: the legal minimum by age and the real Living Wage, each from a day on and with its source."""

from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.rates import (
    RATES,
    RateRow,
    SaveRate,
    TakeOutRate,
    list_rates,
    save_rate,
    take_out_rate,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, IconButton, Pill, column, label, row, secondary_button


class RatesCard(Card):
    """A block a rate, its newest row first; pay is judged by the rate of its day, and by none where none is here."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, RateRow] = {}
        self._rate_id: UUID | None = None
        self.form = SideForm(office, "rate", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = secondary_button(self.tr("A new rate from a da&y on"), "plus")
        self.add_button.clicked.connect(self._add)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(row(label(self.tr("Rates of pay"), "section"), 1, self.add_button))
        words = self.tr(
            "Pay is compared with the rate of its day and the client’s age. Where no rate for a day is here, nothing is "
            "said of that day: type the new rates when they are announced."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the rates."""
        self._office.desk.ask(list_rates, self._office.desk.clock.today(), self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
        self.add_button.setFocus()

    def _show(self, rows: tuple[RateRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        for place, (title, rates) in enumerate(groupby(rows, key=attrgetter("title"))):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addLayout(self._block(title, list(rates)))
        lay_out(self)

    def _block(self, title: str, rates: list[RateRow]) -> QVBoxLayout:
        block = column(label(title, "strong", wrap=True), spacing=Space.HAIR)
        if not any(one.is_in_force for one in rates):
            words = self.tr("No rate of today is here: pay is not judged by it.")
            block.addWidget(label(words, "label", tone=Tone.WARNING, wrap=True))
        for one in rates:
            block.addWidget(self._line(one))
        for source in dict.fromkeys(one.source_note for one in rates if one.source_note):
            block.addWidget(label(self.tr("Source: {source}").format(source=source), "meta", wrap=True))
        return block

    def _line(self, one: RateRow) -> QWidget:
        since = self.tr("{pay} from {first}").format(pay=one.pay, first=day(one.valid_from))
        words = self.tr("{since} to {last}").format(since=since, last=day(one.valid_to))
        line = row(label(words if one.valid_to is not None else since, wrap=True))
        line.setStretch(0, 1)
        if one.is_in_force:
            line.addWidget(Pill(self.tr("In force"), Tone.OK))
        for what, icon, slot in (
            (self.tr("Correct"), "pencil", self._correct),
            (self.tr("Take out"), "trash-2", self._take_out),
        ):
            button = IconButton(f"{what}: {one.title}, {since}", icon)
            button.setProperty("rate", one.id.hex)
            button.clicked.connect(slot)
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _add(self) -> None:
        self._open(None, self.tr("A new rate"), {})

    @Slot()
    def _correct(self) -> None:
        rate = self._rows.get(str(self.sender().property("rate")))
        if rate is not None:
            self._open(rate.id, self.tr("Correct a rate"), rate)

    def _open(self, rate_id: UUID | None, heading: str, values: object) -> None:
        self._rate_id = rate_id
        which = [Option(key, title) for key, title in RATES.items()]
        parts = (
            Together(
                Choice("name", self.tr("&Which rate"), needed=True, options=which),
                Text("pay", self.tr("&Pounds an hour"), needed=True, placeholder="£12.71"),
                Date("valid_from", self.tr("F&rom"), needed=True),
                Date("valid_to", self.tr("&Until, if known")),
            ),
            Text("source_note", self.tr("Wh&ere this comes from"), needed=True),
        )
        about = "new" if rate_id is None else rate_id.hex
        self.form.open_form(heading, parts, values, self._wish, save_rate, about=about)

    def _wish(self, values: dict[str, Any]) -> SaveRate:
        return SaveRate(rate_id=self._rate_id, **values)

    @Slot()
    def _take_out(self) -> None:
        wish = TakeOutRate(rate_id=UUID(hex=str(self.sender().property("rate"))))
        self._office.desk.do(take_out_rate, wish, then=self._saved, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
