"""A client's records as they stood on a day, all of them, in words."""

import datetime as dt
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.history import StoodQuestion, StoodRecord, read_as_it_stood
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Date
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, Fact, FactGrid, column, label, row, secondary_button

_YESTERDAY = dt.timedelta(days=1)


class StoodPane(QWidget):
    """A date, and everything that was recorded by the end of that day; changes nothing."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._asked: StoodQuestion | None = None
        self.form = Form((Date("on", self.tr("As it stood at the end of"), lean="past"),), office.desk.clock)
        self.form.setAccessibleName(self.tr("As it stood on"))
        self.form.set_values({"on": office.desk.clock.today() - _YESTERDAY})
        self.show_button = secondary_button(self.tr("Show that day"), "clock")
        self.said = label("", "meta", wrap=True)
        self.records = QVBoxLayout()
        self.records.setSpacing(Space.GAP)
        asking = row(self.form, column(1, self.show_button, spacing=0), 1, spacing=Space.SMALL)
        card = Card()
        card.add(asking)
        card.add(self.said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.GAP)
        whole.addWidget(card)
        whole.addLayout(self.records)
        self.show_button.clicked.connect(self.refresh)

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's records on the day that is chosen."""
        self._client_id = client_id
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask again; a date that is not understood is said beside its field."""
        if self._client_id is None:
            return
        self.form.clear_refusal()
        try:
            on = self.form.values()["on"]
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return
        if on is not None:
            self._asked = StoodQuestion(client_id=self._client_id, on=on)
            self._office.desk.ask(read_as_it_stood, self._asked, self._show, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.form.set_refusal(refusal)

    def _show(self, records: tuple[StoodRecord, ...]) -> None:
        if self._asked is None or self._asked.client_id != self._client_id:
            return
        clear(self.records)
        words = self.tr("Everything recorded by the end of {day}. Nothing is changed by looking.")
        self.said.setText(words.format(day=day(self._asked.on)))
        for record in records:
            card = Card()
            card.add(label(record.title, "section", wrap=True))
            card.add(FactGrid([Fact(line.label, line.words) for line in record.lines]))
            self.records.addWidget(card)
        if not records:
            self.records.addWidget(
                EmptyState(
                    self.tr("Nothing was recorded yet"),
                    self.tr("Choose a later day: the record begins after this one."),
                    icon="history",
                )
            )
        lay_out(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.refresh()
        else:
            super().keyPressEvent(event)
