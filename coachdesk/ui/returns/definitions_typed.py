"""What a programme planned, and the figures typed by hand."""

from typing import Any, Generic, TypeVar
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
from coachdesk.ui.forms.fields import Check, Choice, Lines, Number, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.planned_measures import measure_options, measure_words
from coachdesk.ui.returns.definitions_programme import ProgrammeCard
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, EmptyState, IconButton, column, label, row, secondary_button

RowT = TypeVar("RowT", ProfileRow, ManualRow)


class FiguresCard(ProgrammeCard, Generic[RowT]):
    """Figures of a programme, one line each; a new one is first asked for the period that ended last."""

    def __init__(self, office: Office, title: str, words: str, name: str, add: Button) -> None:
        super().__init__(office, title, words, name, add)
        self._rows: dict[str, RowT] = {}
        add.clicked.connect(self._add)

    def line(self, one: RowT) -> QWidget:
        """Return a figure as a line."""
        raise NotImplementedError

    def nothing(self) -> EmptyState:
        """Return what is said where there is no figure."""
        raise NotImplementedError

    def start(self, period: dict[str, Any]) -> None:
        """Open the form for a new figure of a period."""
        raise NotImplementedError

    def show_rows(self, rows: tuple[RowT, ...]) -> None:
        """Show the figures, or that there are none."""
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        for one in rows:
            self.lines.addWidget(self.line(one))
        if not rows:
            self.lines.addWidget(self.nothing())
        lay_out(self)

    def told(self, one: RowT, words: str, more: str, *acts: tuple[str, str, object]) -> QWidget:
        """Return a line in two rows of words; each act, its words, icon and slot, is a button for who manages."""
        said = row(column(label(words, wrap=True), label(more, "meta", wrap=True), spacing=Space.HAIR))
        said.setStretch(0, 1)
        for spoken, icon, slot in acts if self._manages else ():
            said.addWidget(about(IconButton(spoken, icon), one.id.hex, slot, spoken))
        line = QWidget()
        line.setLayout(said)
        return line

    def asked(self) -> RowT:
        """Return the figure whose button was pressed."""
        return self._rows[asked_about(self.sender())]

    @Slot()
    def _add(self) -> None:
        period = self.last_ended()
        self.start({"from_on": period.from_on, "to_on": period.to_on})


class ProfileCard(FiguresCard[ProfileRow]):
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

    @override
    def ask(self) -> None:
        self._office.desk.ask(profile_figures, self.key, self.show_rows)

    @override
    def nothing(self) -> EmptyState:
        return EmptyState(
            self.tr("Nothing planned yet"), self.tr("The agreement says what is planned."), icon="target"
        )

    @override
    def line(self, one: ProfileRow) -> QWidget:
        called = measure_words().get(one.measure, one.measure)
        words = self.tr("{measure}: {figure}").format(measure=called, figure=f"{one.figure:,}")
        when = _when(one)
        source = one.source_note or self.tr("no source typed")
        change = self.tr("Change: {words}, {when}").format(words=words, when=when)
        return self.told(one, words, f"{when} · {source}", (change, "pencil", self._change))

    @override
    def start(self, period: dict[str, Any]) -> None:
        self._open(self.tr("A planned figure"), {"measure": "starts", **period}, "new")

    @Slot()
    def _change(self) -> None:
        one = self.asked()
        self._open(self.tr("Change a planned figure"), one, one.id.hex)

    def _open(self, heading: str, values: object, about_what: str) -> None:
        parts = (
            Together(
                Choice("measure", self.tr("What was planned"), options=measure_options(), needed=True),
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


class ManualCard(FiguresCard[ManualRow]):
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
        self._figure: UUID | None = None

    @override
    def ask(self) -> None:
        self._office.desk.ask(list_manual_figures, self.key, self.show_rows)

    @override
    def nothing(self) -> EmptyState:
        return EmptyState(
            self.tr("No figure typed by hand"),
            self.tr("Everything in the return is counted from the records."),
            icon="circle-check",
        )

    @override
    def line(self, one: ManualRow) -> QWidget:
        words = self.tr("{title}: {figure} {unit}").format(
            title=one.title, figure=f"{one.figure:,}", unit=one.unit.lower()
        )
        more = self.tr("{when} · {reason}").format(when=_when(one), reason=one.reason)
        change = self.tr("Change: {title}").format(title=one.title)
        take_out = self.tr("Take out: {title}").format(title=one.title)
        return self.told(one, words, more, (change, "pencil", self._change), (take_out, "x", self._drop))

    @override
    def start(self, period: dict[str, Any]) -> None:
        self._figure = None
        self._open(self.tr("A figure typed by hand"), {"counts_people": True, **period}, "new")

    @Slot()
    def _change(self) -> None:
        one = self.asked()
        self._figure = one.id
        self._open(self.tr("Change “{title}”").format(title=one.title), one, one.id.hex)

    @Slot()
    def _drop(self) -> None:
        self._office.desk.do(drop_manual_figure, self.asked().id, then=self._dropped)

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


def _when(one: ProfileRow | ManualRow) -> str:
    return f"{day(one.from_on)} – {day(one.to_on)}"
