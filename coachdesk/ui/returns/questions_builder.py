"""The builder of a question: which programme and period, what is counted, by what, and of whom."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.programmes import ProgrammeRow, list_programmes, periods_around
from coachdesk.errors import Refusal
from coachdesk.returns.questions import QuestionWish, Which
from coachdesk.returns.questions_ground import Choices, ChoicesQuestion, choices
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Date, Option, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office

USUAL = "starts"


class QuestionBuilder(QWidget):
    """Four choices in a form; what can be chosen follows the programme and the period.

    Signals: ``changed()`` when another question would be asked now.
    """

    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._choices: Choices | None = None
        self._ground: ChoicesQuestion | None = None
        self._heading: str | None = None
        self._waiting: QuestionWish | None = None
        self.form = Form(self._parts(), office.desk.clock)
        self.form.setAccessibleName(self.tr("The question"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.form)
        self.form.changed.connect(self._changed)

    def _parts(self) -> tuple[Choice | Together, ...]:
        nothing = self.tr("Nothing")
        return (
            Choice("programme", self.tr("&Which programme"), needed=True, nothing=self.tr("Choose")),
            Together(
                Date("from_on", self.tr("&From"), needed=True, lean="past"),
                Date("to_on", self.tr("U&p to"), needed=True, lean="past"),
            ),
            Together(
                Choice("measure", self.tr("W&hat is counted"), needed=True, nothing=self.tr("Choose")),
                Choice("by", self.tr("&By what"), nothing=nothing),
                Choice("and_by", self.tr("&And by what"), nothing=nothing),
            ),
            Together(
                Choice("only", self.tr("&Only some: of which heading"), nothing=self.tr("Everybody")),
                Choice("label", self.tr("On&ly these"), nothing=self.tr("Choose")),
            ),
        )

    def refresh(self) -> None:
        """Ask which programmes there are, and again what can be asked of the one chosen."""
        self._office.desk.ask(list_programmes, None, self._know_programmes)

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self.form.set_options("programme", [Option(one.key, one.title) for one in rows])
        if rows and self._ground is None:
            first = rows[0]
            period = periods_around(first, self._office.desk.clock.today())[0]
            self.form.set_values({"programme": first.key, "from_on": period.from_on, "to_on": period.to_on})
        self._ask_choices(again=True)

    def show_question(self, wish: QuestionWish) -> None:
        """Show a question that was asked before, ready to be asked again."""
        self._waiting = wish
        self.form.set_values({"programme": wish.programme_key, "from_on": wish.from_on, "to_on": wish.to_on})
        self._ask_choices(again=True)

    @Slot()
    def _changed(self) -> None:
        self._ask_choices()
        self._follow_heading()
        self.changed.emit()

    def _ask_choices(self, *, again: bool = False) -> None:
        """Ask what can be asked, where programme and period are understood and others than before."""
        try:
            values = self.form.input("programme").value(), *self._days()
        except Refusal:
            return
        programme, from_on, to_on = values
        if programme is None or from_on is None or to_on is None or to_on < from_on:
            return
        ground = ChoicesQuestion(programme_key=programme, from_on=from_on, to_on=to_on)
        if again or ground != self._ground:
            self._ground = ground
            self._office.desk.ask(choices, ground, self._know_choices, refused=self.form.set_refusal)

    def _days(self) -> tuple[Any, Any]:
        return self.form.input("from_on").value(), self.form.input("to_on").value()

    def _know_choices(self, found: Choices) -> None:
        self._choices = found
        measures = [Option(one.key, one.title) for one in found.measures]
        headings = [Option(one.key, one.title) for one in found.headings]
        self.form.set_options("measure", measures)
        for name in ("by", "and_by", "only"):
            self.form.set_options(name, headings)
        if self._waiting is not None:
            self._fill(self._waiting)
            self._waiting = None
        elif self.form.input("measure").value() is None:
            self.form.input("measure").set_value(USUAL)
        self._follow_heading()
        lay_out(self)

    def _fill(self, wish: QuestionWish) -> None:
        """Show what a kept question asks; what cannot be asked any more stays empty."""
        by = (*wish.by, None, None)
        which = wish.which[0] if wish.which else None
        told = {
            "measure": wish.measure,
            "by": by[0],
            "and_by": by[1],
            "only": which.heading if which else None,
        }
        for name, value in told.items():
            self.form.input(name).set_value(value)
        self._follow_heading()
        self.form.input("label").set_value(which.label if which else None)

    def _follow_heading(self) -> None:
        """Offer the labels of the heading that is chosen, and none while none is."""
        try:
            key = self.form.input("only").value()
        except Refusal:
            key = None
        self.form.set_shown("label", shown=key is not None)
        if key != self._heading and self._choices is not None:
            self._heading = key
            found = next((one.labels for one in self._choices.headings if one.key == key), ())
            self.form.set_options("label", [Option(label, label) for label in found])

    def wish(self) -> QuestionWish | None:
        """Return the question, or None after what is missing was said beside its field."""
        self.form.clear_refusal()
        try:
            values = self.form.values()
        except Refusal as refusal:
            self.form.set_refusal(refusal)
            return None
        if values["only"] is not None and values["label"] is None:
            sentence = self.tr("Choose who is meant.")
            self.form.set_refusal(Refusal(sentence, fields={"label": sentence}))
            return None
        which = (Which(heading=values["only"], label=values["label"]),) if values["only"] is not None else ()
        return QuestionWish(
            programme_key=values["programme"],
            measure=values["measure"],
            by=tuple(one for one in (values["by"], values["and_by"]) if one is not None),
            which=which,
            from_on=values["from_on"],
            to_on=values["to_on"],
        )
