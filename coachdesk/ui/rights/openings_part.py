"""Who opened whose record, by days; for managers."""

import datetime as dt
from collections.abc import Hashable

from PySide6.QtCore import Slot
from typing_extensions import override

from coachdesk.casework.seeing import OpeningRow, OpeningsQuestion, read_openings
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Check, Date, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.rights.part import ManagersPart
from coachdesk.ui.spoken import moment, plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import Card, EmptyState, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

_HEIGHT = 320
_MONTH = dt.timedelta(days=30)


def _identity(one: OpeningRow) -> Hashable:
    return one.at, one.who, one.client_id


def _at(one: OpeningRow) -> str:
    return moment(one.at)


def _instant(one: OpeningRow) -> dt.datetime:
    return one.at


def _who(one: OpeningRow) -> str:
    return one.who


def _whose(one: OpeningRow) -> str:
    return one.client


def _why(one: OpeningRow) -> str:
    return one.reason


class OpeningsPart(ManagersPart):
    """A table of openings; those of colleagues' clients carry the reason that was given."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        today = self.office.desk.clock.today()
        self.form = Form(
            (
                Together(
                    Date("from_on", self.tr("From"), needed=True, lean="past"),
                    Date("to_on", self.tr("To"), needed=True, lean="past"),
                ),
                Check("with_reason", self.tr("Only colleagues’ clients, opened with a reason")),
            ),
            self.office.desk.clock,
        )
        self.form.set_values({"from_on": today - _MONTH, "to_on": today, "with_reason": True})
        self.show_button = secondary_button(self.tr("Sh&ow"), "eye")
        self.count = label("", "meta", wrap=True)
        rows: RowTable[OpeningRow] = RowTable(
            [
                Column(self.tr("When"), _at, sort_key=_instant, width=22),
                Column(self.tr("Who"), _who, width=18),
                Column(self.tr("Whose record"), _whose, width=20),
                Column(self.tr("Why"), _why, stretch=True),
            ],
            identify=_identity,
        )
        self.table = TableView(rows, self.tr("Openings of records"))
        self.table.setMinimumHeight(_HEIGHT)
        self.nothing = EmptyState(
            self.tr("Nobody opened a record like that in these days"),
            self.tr("Choose other days, or see the openings of people’s own clients too."),
            icon="eye",
        )
        card = Card(self.tr("Who opened whose record"))
        for piece in (self.form, row(self.show_button, 1), self.count, self.table, self.nothing):
            card.add(piece)
        self.inside.addWidget(card)
        self.show_button.clicked.connect(self.refresh)
        self.table.opened.connect(self._open)

    @override
    @Slot()
    def refresh(self) -> None:
        question = self.form.read(OpeningsQuestion)
        if self.manages and question is not None:
            self.office.desk.ask(read_openings, question, self._show)

    def _show(self, rows: tuple[OpeningRow, ...]) -> None:
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.count.setText(
            plural(len(rows), self.tr("opening, the newest first"), self.tr("openings, the newest first"))
        )
        self.count.setVisible(bool(rows))
        lay_out(self)

    @Slot(object)
    def _open(self, one: OpeningRow) -> None:
        self.page.open_client.emit(one.client_id)
