"""What a programme planned, and the figures typed by hand."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.programmes import ProfileRow, SetProfileFigure, profile_figures, set_profile_figure
from coachdesk.returns.manual_figures import (
    ManualRow,
    SaveManualFigure,
    drop_manual_figure,
    list_manual_figures,
    save_manual_figure,
)
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Check, Choice, Lines, Number, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.returns.definitions_programme import ProgrammeCard
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import EmptyState, IconButton, column, label, row, secondary_button


class ProfileCard(ProgrammeCard):
    """Planned starts, job entries and sustained jobs by period, each with where it says so."""

    def __init__(self, office: Office) -> None:
        add = secondary_button(self.tr("Add a planned &figure"), "plus")
        super().__init__(
            office,
            self.tr("Planned figures"),
            self.tr(
                "What the agreement plans for a period is printed beside the figure of just that period."
            ),
            "profile-figure",
            add,
        )
        self._rows: dict[str, ProfileRow] = {}
        add.clicked.connect(self._add)

    def measures(self) -> dict[str, str]:
        """Return what can be planned, in words."""
        return {
            "starts": self.tr("Starts"),
            "job_entries": self.tr("First job starts"),
            "sustained_13": self.tr("In work at 13 weeks"),
            "sustained_26": self.tr("In work at 26 weeks"),
            "sustained_52": self.tr("In work at 52 weeks"),
        }

    @override
    def ask(self) -> None:
        self._office.desk.ask(profile_figures, self.key, self._show)

    def _show(self, rows: tuple[ProfileRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        for one in rows:
            self.lines.addWidget(self._line(one))
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing planned yet"),
                    self.tr("The agreement says what is planned."),
                    icon="target",
                )
            )
        lay_out(self)

    def _line(self, one: ProfileRow) -> QWidget:
        called = self.measures().get(one.measure, one.measure)
        words = self.tr("{measure}: {figure}").format(measure=called, figure=f"{one.figure:,}")
        when = _when(one.from_on, one.to_on)
        source = one.source_note or self.tr("no source typed")
        said = column(
            label(words, wrap=True), label(f"{when} · {source}", "meta", wrap=True), spacing=Space.HAIR
        )
        line = row(said)
        line.setStretch(0, 1)
        if self._manages:
            button = IconButton(self.tr("Change: {words}, {when}").format(words=words, when=when), "pencil")
            line.addWidget(about(button, one.id.hex, self._change, button.accessibleName()))
        return _held(line)

    @Slot()
    def _add(self) -> None:
        period = self.last_ended()
        values = {"measure": "starts", "from_on": period.from_on, "to_on": period.to_on}
        self._open(self.tr("A planned figure"), values, "new")

    @Slot()
    def _change(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._open(self.tr("Change a planned figure"), one, one.id.hex)

    def _open(self, heading: str, values: object, about_what: str) -> None:
        options = tuple(Option(*pair) for pair in self.measures().items())
        parts = (
            Together(
                Choice("measure", self.tr("What was planned"), options=options, needed=True),
                Number("figure", self.tr("Planned number"), lowest=0, needed=True),
            ),
            self.days(),
            Text("source_note", self.tr("Where it says so"), needed=True),
        )
        self.form.open_form(
            heading, parts, values, self._wish, set_profile_figure, about=f"{self.key}:{about_what}"
        )

    def _wish(self, values: dict[str, Any]) -> SetProfileFigure:
        return SetProfileFigure(key=self.key, **values)


class ManualCard(ProgrammeCard):
    """Figures nobody can count in the vault, each with its reason."""

    def __init__(self, office: Office) -> None:
        add = secondary_button(self.tr("Type a figure by &hand"), "plus")
        super().__init__(
            office,
            self.tr("Figures typed by hand"),
            self.tr(
                "For what has no record here. Readers see that it was typed and why; a figure that counts people is "
                "protected like every other."
            ),
            "manual-figure",
            add,
        )
        self._rows: dict[str, ManualRow] = {}
        self._figure: UUID | None = None
        add.clicked.connect(self._add)

    @override
    def ask(self) -> None:
        self._office.desk.ask(list_manual_figures, self.key, self._show)

    def _show(self, rows: tuple[ManualRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        for one in rows:
            self.lines.addWidget(self._line(one))
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("No figure typed by hand"),
                    self.tr("Everything in the return is counted from the records."),
                    icon="circle-check",
                )
            )
        lay_out(self)

    def _line(self, one: ManualRow) -> QWidget:
        words = self.tr("{title}: {figure} {unit}").format(
            title=one.title, figure=f"{one.figure:,}", unit=one.unit.lower()
        )
        more = self.tr("{when} · {reason}").format(when=_when(one.from_on, one.to_on), reason=one.reason)
        line = row(column(label(words, wrap=True), label(more, "meta", wrap=True), spacing=Space.HAIR))
        line.setStretch(0, 1)
        if self._manages:
            for said, icon, slot in (
                (self.tr("Change: {title}"), "pencil", self._change),
                (self.tr("Take out: {title}"), "x", self._drop),
            ):
                spoken = said.format(title=one.title)
                line.addWidget(about(IconButton(spoken, icon), one.id.hex, slot, spoken))
        return _held(line)

    @Slot()
    def _add(self) -> None:
        period = self.last_ended()
        values = {"counts_people": True, "from_on": period.from_on, "to_on": period.to_on}
        self._figure = None
        self._open(self.tr("A figure typed by hand"), values, "new")

    @Slot()
    def _change(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._figure = one.id
        self._open(self.tr("Change “{title}”").format(title=one.title), one, one.id.hex)

    @Slot()
    def _drop(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._office.desk.do(drop_manual_figure, one.id, then=self._dropped)

    def _dropped(self, _nothing: object) -> None:
        self.ask()

    def _open(self, heading: str, values: object, about_what: str) -> None:
        parts = (
            Together(
                Text("title", self.tr("What it is"), needed=True),
                Text("unit", self.tr("What is counted"), self.tr("People, sessions, pounds."), needed=True),
                Number("figure", self.tr("Figure"), lowest=0, needed=True),
            ),
            Check("counts_people", self.tr("It counts people, so that a small number is withheld")),
            self.days(),
            Lines("reason", self.tr("Why it cannot be counted here"), needed=True, rows=2),
            Text("source_note", self.tr("Where it comes from")),
        )
        self.form.open_form(
            heading, parts, values, self._wish, save_manual_figure, about=f"{self.key}:{about_what}"
        )

    def _wish(self, values: dict[str, Any]) -> SaveManualFigure:
        return SaveManualFigure(programme_key=self.key, figure_id=self._figure, **values)


def _when(first: Any, last: Any) -> str:
    return f"{day(first)} – {day(last)}"


def _held(line: Any) -> QWidget:
    holder = QWidget()
    holder.setLayout(line)
    return holder
