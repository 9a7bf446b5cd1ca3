"""Every contact as a table: date, how, where, how long, and the note of the one chosen."""

import datetime as dt

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.contacts import ContactRow, list_contacts
from coachdesk.ui.clients.tab import Tab
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import Card, SearchField, label, row

_LEAST_HEIGHT = 320


def _on(contact: ContactRow) -> str:
    return day(contact.happened_on)


def _sorted_on(contact: ContactRow) -> dt.date:
    return contact.happened_on


def _how(contact: ContactRow) -> str:
    return contact.channel


def _where(contact: ContactRow) -> str:
    return contact.place


def _long(contact: ContactRow) -> str:
    return f"{contact.minutes} min" if contact.minutes is not None else ""


def _minutes(contact: ContactRow) -> int:
    return contact.minutes or 0


def _note(contact: ContactRow) -> str:
    return contact.note


def _coach(contact: ContactRow) -> str:
    return contact.coach


class ContactsTab(Tab):
    """The table and, below it, the whole note."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        rows: RowTable[ContactRow] = RowTable(
            [
                Column(self.tr("Date"), _on, _sorted_on),
                Column(self.tr("How"), _how),
                Column(self.tr("Where"), _where),
                Column(self.tr("Length"), _long, _minutes),
                Column(self.tr("Coach"), _coach),
                Column(self.tr("Note"), _note, stretch=True),
            ]
        )
        self.table = TableView(rows, self.tr("Contacts"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.search = SearchField(self.tr("Search these contacts"))
        self.count = label("", "meta")
        self.note = label(self.tr("Choose a contact to read its whole note."), wrap=True)
        card = Card()
        card.add(row(self.search, self.count))
        card.add(self.table, 1)
        card.add(self.note)
        self.body.addWidget(card, 1)
        self.search.wanted.connect(self.table.filter)
        self.table.chosen.connect(self._chosen)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(list_contacts, question, self._show)

    def _show(self, rows: tuple[ContactRow, ...]) -> None:
        self.table.show_rows(rows)
        self.count.setText(plural(len(rows), self.tr("contact"), self.tr("contacts")))

    def _chosen(self, contact: ContactRow | None) -> None:
        if contact is not None:
            self.note.setText(contact.note or self.tr("No note was written."))
