"""The record of processing: what is done with whose data and why, edited by the charity and printed for the trustees."""

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.processing import ActivityRow, SaveActivity, list_activities, save_activity
from coachdesk.papers.trustees import save_processing_record
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Flow, Pill, column, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage


class ProcessingPart(Part):
    """A card a line of the record; what is blank says so."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rows: dict[str, ActivityRow] = {}
        self._chosen: UUID | None = None
        self.add_button = secondary_button(self.tr("&Add a line"), "plus")
        self.print_button = secondary_button(self.tr("Save it to &print…"), "printer")
        self.blanks = Pill("", Tone.WARNING)
        self.form = SideForm(self.office, "processing", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = Card()
        head.add(label(self.tr("What we do with people’s data, and why"), "section", wrap=True))
        head.add(
            label(
                self.tr(
                    "The record the law asks for (UK GDPR, Article 30). What ships describes what CoachDesk does; lawful "
                    "bases and who receives what are yours to decide."
                ),
                "meta",
                wrap=True,
            )
        )
        head.add(Flow(self.print_button, self.add_button, self.blanks))
        self.body.addWidget(head)
        self.body.addWidget(self.form)
        self.body.addLayout(self.lines)
        self.add_button.clicked.connect(self._new)
        self.print_button.clicked.connect(self._print)

    @property
    def fields(self) -> dict[str, str]:
        """The questions of a line, by name."""
        return {
            "purpose": self.tr("What for"),
            "people": self.tr("Whose data"),
            "data_kinds": self.tr("Which data"),
            "lawful_basis": self.tr("Lawful basis (Article 6)"),
            "special_condition": self.tr("Condition for special data (Article 9)"),
            "recipients": self.tr("Who receives it"),
            "retention": self.tr("How long it is kept"),
            "safeguards": self.tr("How it is kept safe"),
        }

    @override
    def know_role(self, *, manages: bool) -> None:
        super().know_role(manages=manages)
        self.add_button.setVisible(manages)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_activities, None, self._show)

    def _show(self, rows: tuple[ActivityRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        blanks = sum(len(one.blanks()) for one in rows)
        self.blanks.setVisible(bool(blanks))
        self.blanks.setText(plural(blanks, self.tr("answer to decide"), self.tr("answers to decide")))
        clear(self.lines)
        for one in rows:
            self.lines.addWidget(self._card(one))
        lay_out(self)

    def _card(self, one: ActivityRow) -> QWidget:
        card = Card()
        head = row(label(one.title, "section", wrap=True))
        head.setStretch(0, 1)
        if self.manages:
            words = self.tr("Change: {title}").format(title=one.title)
            change = secondary_button(self.tr("Change"), "pencil")
            head.addWidget(about(change, one.id.hex, self._change, words))
        card.add(head)
        for name, words in self.fields.items():
            said = getattr(one, name)
            tone = None if said else Tone.WARNING
            value = label(said or self.tr("Not decided yet"), tone=tone, wrap=True)
            card.add(column(label(words, "meta", wrap=True), value, spacing=0))
        return card

    @Slot()
    def _new(self) -> None:
        self._chosen = None
        self._open(self.tr("A new line"), {}, "new")

    @Slot()
    def _change(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._chosen = one.id
        self._open(one.title, one, one.id.hex)
        self.page.show_top()

    def _open(self, heading: str, values: object, key: str) -> None:
        questions = (Lines(name, words, rows=2) for name, words in self.fields.items())
        parts = (Text("title", self.tr("What is done"), needed=True), *questions)
        self.form.open_form(heading, parts, values, self._wish, save_activity, about=key)

    def _wish(self, values: dict[str, Any]) -> SaveActivity:
        told = {name: values[name] for name in self.fields}
        return SaveActivity(id=self._chosen, title=values["title"], values=told)

    @Slot()
    def _print(self) -> None:
        name = self.tr("Record of processing {day}.pdf").format(day=self.office.desk.clock.today())
        target = self.office.dialogs.save_as(name, (self.tr("PDF (*.pdf)"),))
        if target is not None:
            words = self.tr("Setting the record of processing…")
            self.page.start(save_processing_record, target, words, self._saved)

    def _saved(self, target: Path) -> None:
        self.office.messages.say_done(
            self.tr("The record of processing is saved: {file}").format(file=target)
        )
