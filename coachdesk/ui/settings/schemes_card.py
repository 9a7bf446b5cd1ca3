"""Schemes, charters and pledges of employers: their levels, how long one lasts, and where that comes from."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.schemes import (
    RetireScheme,
    SchemeRow,
    SetScheme,
    list_schemes,
    retire_scheme,
    set_scheme,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Number, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, Flow, Pill, column, label, row, secondary_button

_ROWS = 5


class SchemesCard(Card):
    """A line a scheme; one at a time is changed."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[UUID, SchemeRow] = {}
        self._chosen: UUID | None = None
        self.form = SideForm(office, "scheme", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = secondary_button(self.tr("&Add a scheme"), "plus")
        self.add_button.clicked.connect(self._add)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(self.tr("Schemes and pledges of employers"), "section", wrap=True), self.add_button)
        head.setStretch(0, 1)
        self.add(head)
        words = self.tr(
            "Where a source does not say how long a level lasts, nothing is proposed and nothing is said to run out."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the schemes."""
        self._office.desk.ask(list_schemes, None, self._show)

    def _show(self, rows: tuple[SchemeRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        clear(self.lines)
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: SchemeRow) -> QWidget:
        head = row(label(one.title, "strong", wrap=True))
        head.setStretch(0, 1)
        if one.retired_on is not None:
            head.addWidget(Pill(self.tr("Retired {day}").format(day=day(one.retired_on)), Tone.NEUTRAL))
        levels = "  ·  ".join(title for _, title in one.levels) or self.tr("No levels known")
        said = column(head, label(levels, "secondary", wrap=True), spacing=Space.HAIR)
        said.addWidget(label(self._lasts(one), "meta", wrap=True))
        said.addWidget(label(self.tr("Source: {source}").format(source=one.source), "meta", wrap=True))
        buttons = Flow(spacing=Space.SMALL)
        retire = self.tr("Retire") if one.retired_on is None else self.tr("Bring back")
        for words, icon, slot in (
            (self.tr("Change"), "pencil", self._change),
            (retire, "undo-2" if one.retired_on else "x", self._retire),
        ):
            button = Button(words, icon)
            button.setProperty("scheme", one.id.hex)
            button.setAccessibleName(f"{words}: {one.title}")
            button.clicked.connect(slot)
            buttons.addWidget(button)
        said.addLayout(buttons)
        said.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        holder.setLayout(said)
        return holder

    def _lasts(self, one: SchemeRow) -> str:
        held = plural(one.held_by, self.tr("employer here"), self.tr("employers here"))
        if one.valid_months is None:
            return self.tr("No length known  ·  {held}").format(held=held)
        words = self.tr("Lasts {months} months; named {days} days before it runs out  ·  {held}")
        return words.format(months=one.valid_months, days=one.warn_days, held=held)

    def _found(self) -> SchemeRow | None:
        return self._rows.get(UUID(hex=str(self.sender().property("scheme"))))

    @Slot()
    def _add(self) -> None:
        self._open(None)

    @Slot()
    def _change(self) -> None:
        self._open(self._found())

    def _open(self, one: SchemeRow | None) -> None:
        self._chosen = one.id if one is not None else None
        values: dict[str, Any] = {"warn_days": 60}
        if one is not None:
            levels = "\n".join(title for _, title in one.levels)
            values = {
                "title": one.title,
                "levels": levels,
                "valid_months": one.valid_months,
                "warn_days": one.warn_days,
                "source": one.source,
            }
        self.form.open_form(
            one.title if one is not None else self.tr("A scheme"),
            (
                Text("title", self.tr("&Name"), needed=True),
                Lines(
                    "levels", self.tr("&Levels"), self.tr("One on each line, the lowest first."), rows=_ROWS
                ),
                Together(
                    Number("valid_months", self.tr("A level lasts, in &months"), lowest=1, highest=240),
                    Number("warn_days", self.tr("&Days named before it runs out"), lowest=0, highest=730),
                ),
                Lines("source", self.tr("So&urce"), rows=2),
            ),
            values,
            self._wish,
            set_scheme,
            about=one.key if one is not None else "new",
        )

    def _wish(self, values: dict[str, Any]) -> SetScheme:
        return SetScheme(scheme_id=self._chosen, **values)

    @Slot()
    def _saved(self) -> None:
        self.refresh()
        self.add_button.setFocus()

    @Slot()
    def _retire(self) -> None:
        one = self._found()
        if one is not None:
            on = self._office.desk.clock.today() if one.retired_on is None else None
            wish = RetireScheme(scheme_id=one.id, on=on)
            self._office.desk.do(retire_scheme, wish, then=self._done, refused=self._refused)

    def _done(self, _nothing: object) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
