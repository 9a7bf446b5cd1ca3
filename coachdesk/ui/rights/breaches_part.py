"""When something went wrong with people's data: written down, what came of it, and the next step."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.breaches import BreachRow, SaveBreach, list_breaches, save_breach
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Number, Text, Together
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Card,
    Divider,
    EmptyState,
    Pill,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage


class BreachesPart(Part):
    """A line a breach, the open ones first."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._rows: dict[str, BreachRow] = {}
        self._chosen: BreachRow | None = None
        self.add_button = primary_button(self.tr("&Write down what happened"), "plus")
        self.form = SideForm(self.office, "breach", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        card = Card()
        head = row(label(self.tr("When something went wrong with people’s data"), "section", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(self.add_button)
        card.add(head)
        card.add(
            label(
                self.tr(
                    "A lost stick, a letter to the wrong house, a list left on a table. Name nobody here."
                ),
                "meta",
                wrap=True,
            )
        )
        card.add(self.form)
        card.add(self.lines)
        self.body.addWidget(card)
        self.add_button.clicked.connect(self._new)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_breaches, None, self._show)

    def _show(self, rows: tuple[BreachRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing went wrong, as far as is written down"),
                    self.tr(
                        "If something does, write it down here on the same day, also when it seems small."
                    ),
                    icon="circle-check",
                )
            )
        lay_out(self)

    def _line(self, one: BreachRow) -> QWidget:
        closed = one.closed_on is not None
        facts = [self.tr("Found on {day}").format(day=day(one.found_on))]
        if one.people_affected is not None:
            facts.append(plural(one.people_affected, self.tr("person touched"), self.tr("people touched")))
        facts.append(self.tr("Risk: {risk}").format(risk=self.office.codes.title("breach_risk", one.risk)))
        line = row(
            column(
                label(one.what_happened, "strong", wrap=True),
                label(" · ".join(facts), "meta", wrap=True),
                label(one.next_words, wrap=True),
                spacing=2,
            ),
            Pill(self.tr("Closed") if closed else self.tr("Open"), Tone.OK if closed else Tone.WARNING),
            about(
                secondary_button(self.tr("What came of it"), "pencil"),
                one.id.hex,
                self._change,
                self.tr("What came of it: {what}").format(what=one.what_happened),
            ),
            spacing=Space.GAP,
        )
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _new(self) -> None:
        self._chosen = None
        values = {"found_on": self.office.desk.clock.today(), "risk": "not_known"}
        self._open(self.tr("Write down what happened"), values, "new")

    @Slot()
    def _change(self) -> None:
        self._chosen = one = self._rows[asked_about(self.sender())]
        self._open(self.tr("What happened, and what came of it"), one, one.id.hex)
        self.page.show_top()

    def _open(self, heading: str, values: object, key: str) -> None:
        parts = (
            Lines("what_happened", self.tr("What happened"), rows=3),
            Together(
                Date("found_on", self.tr("Found on"), needed=True, lean="past"),
                Date("happened_on", self.tr("Happened on"), lean="past"),
                Number("people_affected", self.tr("How many people"), lowest=0),
            ),
            Text("data_touched", self.tr("Which data")),
            Choice("risk", self.tr("Risk to people"), options=self.office.codes.options("breach_risk")),
            Lines("decision_note", self.tr("What was decided, and why"), rows=3),
            Together(
                Date("authority_told_on", self.tr("Regulator told on"), lean="past"),
                Date("people_told_on", self.tr("People told on"), lean="past"),
                Date("closed_on", self.tr("Closed on"), lean="past"),
            ),
        )
        self.form.open_form(heading, parts, values, self._wish, save_breach, about=key)

    def _wish(self, values: dict[str, Any]) -> SaveBreach:
        chosen = self._chosen.id if self._chosen is not None else None
        return SaveBreach(id=chosen, **{**values, "risk": values["risk"] or "not_known"})
