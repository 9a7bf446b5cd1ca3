"""Every contact as a table: date, how, where, how long; above it the whole note of the one chosen, and the way to put it right."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.contact_corrections import (
    ContactAsWritten,
    CorrectContact,
    correct_contact,
    newest_contact,
    read_contact,
)
from coachdesk.casework.contacts import ContactRow, list_contacts
from coachdesk.errors import Refusal
from coachdesk.terms import Kind
from coachdesk.ui.clients.contact_parts import ContactParts
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Flow, Pill, SearchField, label, row, secondary_button

_LEAST_HEIGHT = 320
_MOST_HEIGHT = 520


def _on(contact: ContactRow) -> str:
    return day(contact.happened_on)


def _sorted_on(contact: ContactRow) -> dt.date:
    return contact.happened_on


def _where(contact: ContactRow) -> str:
    return contact.place


def _long(contact: ContactRow) -> str:
    return f"{contact.minutes} min" if contact.minutes is not None else ""


def _minutes(contact: ContactRow) -> int:
    return contact.minutes or 0


def _how(contact: ContactRow) -> str:
    return contact.channel


def _coach(contact: ContactRow) -> str:
    return contact.coach


class ContactsTab(Tab):
    """The whole note of the contact chosen, and the table; Return on a row puts it right."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        rows: RowTable[ContactRow] = RowTable(
            [
                Column(self.tr("Date"), _on, _sorted_on),
                Column(self.tr("How"), _how),
                Column(self.tr("Where"), _where),
                Column(self.tr("Length"), _long, _minutes),
                Column(self.tr("Coach"), _coach),
                Column(self.tr("Note"), self._note, stretch=True),
            ]
        )
        self._parts = ContactParts(office.codes, self)
        self.form = SideForm(office, "correction", self.tr("&Save"))
        self.table = TableView(rows, self.tr("Contacts"))
        self.table.setMinimumHeight(_LEAST_HEIGHT)
        self.table.setMaximumHeight(look().px(_MOST_HEIGHT))  # the longest tab gives all of them its height
        self.search = SearchField(self.tr("Search these contacts"))
        self.count = label("", "meta")
        self.chosen = QVBoxLayout()
        self.chosen.setSpacing(Space.SMALL)
        self.hint = label(self.tr("Choose a contact to read its whole note."), wrap=True)
        card = Card()
        card.add(row(self.search, self.count))
        card.add(self.hint)
        card.add(self.chosen)
        card.add(self.table)
        self.body.addWidget(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.search.wanted.connect(self.table.filter)
        self.search.into_list.connect(self._into_table)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._correct_row)
        self.form.saved.connect(self._saved)

    def _note(self, contact: ContactRow) -> str:
        if contact.did_not_attend:
            return self.tr("Could not make it. {note}").format(note=contact.note).rstrip()
        return contact.note

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self.form.close_form()
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(list_contacts, question, self._show)

    def _show(self, rows: tuple[ContactRow, ...]) -> None:
        self.table.show_rows(rows)
        self.count.setText(plural(len(rows), self.tr("contact"), self.tr("contacts")))
        self._chosen(self.table.current_row())

    @Slot()
    def _into_table(self) -> None:
        self.table.setFocus()
        if self.table.current_row() is None and self.table.table.rows():
            self.table.choose(self.table.table.rows()[0].id)

    @Slot(object)
    def _chosen(self, contact: ContactRow | None) -> None:
        """Show the whole of one contact, with its history and the way to put it right."""
        clear(self.chosen)
        self.hint.setVisible(contact is None)
        if contact is None:
            return
        called = self.tr("{how} on {day}").format(how=contact.channel, day=day(contact.happened_on))
        correct = secondary_button(self.tr("&Correct it"), "pencil")
        correct.setToolTip(self.tr("Return in the table; Ctrl+E for the contact written last"))
        correct.clicked.connect(self._correct_chosen)
        head = row(label(called, "strong", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(correct)
        head.addWidget(self.history_of(Kind.CONTACT, contact.id, called))
        self.chosen.addLayout(head)
        if marks := self._marks(contact):
            self.chosen.addLayout(Flow(*marks))
        self.chosen.addWidget(label(contact.note or self.tr("No note was written."), wrap=True))
        if contact.goals:
            about = " · ".join(f"“{words}”" for words in contact.goals)
            self.chosen.addWidget(
                label(self.tr("About: {goals}").format(goals=about), "secondary", wrap=True)
            )
        lay_out(self)

    def _marks(self, contact: ContactRow) -> tuple[Pill, ...]:
        """Return in words what kind of note it is, whether it is private, and whether the client came."""
        said = {"opinion": self.tr("My opinion"), "others": self.tr("About somebody else")}
        marks = [
            (contact.did_not_attend, self.tr("Could not make it"), Tone.WARNING),
            (contact.note_kind in said, said.get(contact.note_kind, ""), Tone.INFO),
            (contact.is_private, self.tr("Not in prints"), Tone.NEUTRAL),
        ]
        return tuple(Pill(words, tone) for holds, words, tone in marks if holds)

    @Slot()
    def _correct_chosen(self) -> None:
        self._correct_row(self.table.current_row())

    @Slot(object)
    def _correct_row(self, contact: ContactRow | None) -> None:
        if contact is not None:
            self._read(contact.id)

    def _read(self, contact_id: UUID) -> None:
        self.office.desk.ask(read_contact, contact_id, self._correct, refused=self._refused)

    def correct_newest(self) -> None:
        """Open the form for the contact that was written last."""
        if self.client_id is not None:
            self.office.desk.ask(newest_contact, self.client_id, self._correct, refused=self._refused)

    def _correct(self, contact: ContactAsWritten | None) -> None:
        if contact is None:
            self.office.messages.say_done(self.tr("There is no contact to correct yet."))
            return
        if contact.client_id != self.client_id:
            return

        def wish(values: dict[str, Any]) -> CorrectContact:
            return CorrectContact(contact_id=contact.id, values=_answers(values))

        values = {name: getattr(contact, name) for name in contact.__slots__}
        values["goals"] = tuple(one.hex for one in contact.goals)
        self.form.open_form(
            self.tr("Correct the contact of {day}").format(day=day(contact.happened_on)),
            self._parts.to_correct(contact.offered),
            values,
            wish,
            correct_contact,
            about=f"contact:{contact.id.hex}",
            client_id=contact.client_id,
        )

    @override
    def go_on(self, kind: str, about: str) -> None:
        if kind == "contact":
            self._read(UUID(hex=about))

    @Slot(object)
    def _saved(self, _nothing: object) -> None:
        self.refresh()
        self.table.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)


def _answers(values: dict[str, Any]) -> dict[str, Any]:
    """Return what was answered as a contact keeps it."""
    kept = dict(values)
    for name in ("channel", "place"):
        kept[name] = kept[name] or "not_asked"
    kept["note_kind"] = kept["note_kind"] or "fact"
    if "goals" in kept:
        kept["goals"] = tuple(UUID(hex=one) for one in kept["goals"])
    return kept
