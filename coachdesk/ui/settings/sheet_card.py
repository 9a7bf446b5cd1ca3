"""The draft sheet for Access to Work: each question reworded, left out or added, and what stands above them."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.access_to_work_questions import (
    SheetForm,
    SheetPart,
    SheetQuestion,
    WordQuestion,
    WordTells,
    leave_out_question,
    restore_question,
    word_question,
    word_tells,
    worded_sheet,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Text
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    IconButton,
    Pill,
    column,
    label,
    quiet_button,
    row,
)

_TELLS = "tells"
_ROWS = 5


class SheetWordingCard(Card):
    """A line a question below its section; managers change them. Folded away until somebody wants to see it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._questions: dict[str, SheetQuestion] = {}
        self._tells: tuple[str, ...] = ()
        self._about = ("", "")
        self.form = SideForm(office, "sheet_wording", self.tr("&Save"))
        self.form.saved.connect(self._done)
        self.open_button = quiet_button(self.tr("Show the questions"), "chevron-down")
        self.open_button.clicked.connect(self._fold)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.SMALL)
        self.inside = QWidget()
        self.inside.setLayout(self.lines)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.inside.hide()
        self.add(label(self.tr("Draft sheet for Access to Work"), "section"))
        words = self.tr(
            "The four sections are those of the official form. The questions are our own words: word them as you like. "
            "What clients have answered stays with them."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(row(self.open_button, 1))
        self.add(self.inside)

    def refresh(self) -> None:
        """Ask for the sheet."""
        self._office.desk.ask(worded_sheet, None, self._show)

    @Slot()
    def _fold(self) -> None:
        shown = self.inside.isHidden()
        self.inside.setVisible(shown)
        self.open_button.setText(self.tr("Hide the questions") if shown else self.tr("Show the questions"))
        lay_out(self)

    def _show(self, sheet: SheetForm) -> None:
        self._questions = {one.key: one for part in sheet.parts for one in part.questions}
        self._tells = sheet.tells
        clear(self.lines)
        self._head(self.tr("Above the questions"), self.tr("Reword what stands above"), _TELLS, "pencil")
        for words in sheet.tells:
            self.lines.addWidget(label(words, wrap=True))
        for part in sheet.parts:
            self._section(part)
        self.lines.addWidget(
            label(self.tr("Source: {source}").format(source=sheet.source), "meta", wrap=True)
        )
        lay_out(self)

    def _section(self, part: SheetPart) -> None:
        self.lines.addWidget(Divider())
        add = self.tr("Add a question to “{section}”").format(section=part.title)
        self._head(part.title, add, part.key, "plus")
        for one in part.questions:
            self.lines.addWidget(self._line(one))

    def _head(self, title: str, words: str, about: str, icon: str) -> None:
        button = Button(self.tr("Add") if icon == "plus" else self.tr("Reword"), icon, "quiet")
        button.setAccessibleName(words)
        button.setProperty("about", about)
        button.clicked.connect(self._start)
        line = row(label(title, "strong", wrap=True), button)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        self.lines.addWidget(holder)

    def _line(self, one: SheetQuestion) -> QWidget:
        words = column(label(one.words, wrap=True), spacing=Space.HAIR)
        if one.hint:
            words.addWidget(label(one.hint, "meta", wrap=True))
        line = row(words)
        line.setStretch(0, 1)
        state = self._state(one)
        if state:
            line.addWidget(Pill(state, Tone.INFO))
        acts = [(self.tr("Reword: {question}"), "pencil", self._reword)]
        if one.is_left_out or one.is_reworded:
            acts.append((self.tr("Restore: {question}"), "undo-2", self._restore))
        if not one.is_left_out:
            acts.append((self.tr("Leave out: {question}"), "x", self._leave_out))
        for said, icon, slot in acts:
            button = IconButton(said.format(question=one.words), icon)
            button.setProperty("question", one.key)
            button.clicked.connect(slot)
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _state(self, one: SheetQuestion) -> str:
        if one.is_left_out:
            return self.tr("Left out")
        if one.is_own:
            return self.tr("Our own")
        return self.tr("Reworded here") if one.is_reworded else ""

    @Slot()
    def _start(self) -> None:
        about = str(self.sender().property("about"))
        if about == _TELLS:
            part = Lines(
                "tells", self.tr("What must be kno&wn before"), self.tr("A line each; empty brings back ours."), rows=_ROWS
            )  # fmt: skip
            told = {"tells": "\n".join(self._tells)}
            self.form.open_form(
                self.tr("Above the questions"), (part,), told, _tells_wish, word_tells, about=about
            )
            bring_into_sight(self.form)
        else:
            self._ask("", about, self.tr("A question of our own"), {})

    @Slot()
    def _reword(self) -> None:
        one = self._questions[self._pressed()]
        self._ask(one.key, "", self.tr("Reword the question"), one)

    def _ask(self, key: str, section: str, heading: str, values: object) -> None:
        self._about = (key, section)
        parts = (
            Text("words", self.tr("&Question"), needed=True),
            Text("hint", self.tr("&Hint below it")),
        )
        self.form.open_form(heading, parts, values, self._wish, word_question, about=key or section)
        bring_into_sight(self.form)

    def _wish(self, values: dict[str, Any]) -> WordQuestion:
        key, section = self._about
        return WordQuestion(key=key, section=section, **values)

    @Slot()
    def _leave_out(self) -> None:
        self._office.desk.do(leave_out_question, self._pressed(), then=self._done, refused=self._refused)

    @Slot()
    def _restore(self) -> None:
        self._office.desk.do(restore_question, self._pressed(), then=self._done, refused=self._refused)

    def _pressed(self) -> str:
        return str(self.sender().property("question"))

    @Slot(object)
    def _done(self, _value: object) -> None:
        self.refresh()

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)


def _tells_wish(values: dict[str, Any]) -> WordTells:
    return WordTells(tells=values["tells"])
