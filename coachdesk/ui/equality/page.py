"""A calm page for one client and nothing else: one question at a time, every one of which may be skipped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.equality_alone import AloneQuestion, AloneSitting, AnswerAlone, answer_alone
from coachdesk.desk.counter import Typed
from coachdesk.errors import Refusal
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.drafts.told import ABOUT, BEFORE, WORDS
from coachdesk.ui.equality.choice_row import ChoiceRow, LargeLabel, heading_above
from coachdesk.ui.office import Office
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, ScrollPage, StepBar, label, primary_button, row, secondary_button

FORM = "details"
_COLUMN = 760
_WELCOME, _THANKS = -1, -2


class AlonePage(QWidget):
    """A welcome, the questions one by one, and thanks; the answers are saved at the end, kept meanwhile.

    Signals: ``given_back()`` when the coach has pressed F8.
    """

    given_back = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._sitting: AloneSitting | None = None
        self._place = _WELCOME
        self.answers: dict[str, str] = {}
        self._saved: dict[str, str] = {}
        self.marks: dict[str, ChoiceRow] = {}
        self._group = QButtonGroup(self)
        self.progress = label("", "secondary", wrap=True)
        self.bar = StepBar(0, 1)
        self.title = label("", "title", wrap=True)
        self._said = QVBoxLayout()
        self._said.setSpacing(Space.SMALL)
        self.back_button = secondary_button(self.tr("&Back"), "arrow-left")
        self.skip_button = secondary_button(self.tr("&Skip this question"))
        self.next_button = primary_button(self.tr("&Next"), "arrow-right")
        self._arrange()

    def _arrange(self) -> None:
        self.setProperty("page", True)
        self.scroll_area = ScrollPage(self)
        column = QVBoxLayout()
        column.setSpacing(Space.CARD)
        for piece in (self.progress, self.bar, self.title):
            column.addWidget(piece)
        column.addLayout(self._said)
        column.addStretch(1)
        self._columns = (QWidget(), QWidget())
        upper, lower = self._columns
        upper.setLayout(column)
        self.scroll_area.body.addLayout(row(upper))
        line = row(self.back_button, 1, self.skip_button, self.next_button)
        line.setContentsMargins(0, 0, 0, 0)
        lower.setLayout(line)
        strip = row(lower)
        strip.setContentsMargins(Space.PAGE, Space.GAP, Space.PAGE, Space.PAGE)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.scroll_area, 1)
        box.addLayout(strip)
        self._fit()
        self.back_button.clicked.connect(self.back)
        self.skip_button.clicked.connect(self.skip)
        self.next_button.clicked.connect(self.go_on)
        self._group.idClicked.connect(self._chosen)

    def _fit(self) -> None:
        """Keep lines short enough to read, whatever the size of the text."""
        for column in self._columns:
            column.setMaximumWidth(look().px(_COLUMN))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._fit()

    def start(self, sitting: AloneSitting, kept: Mapping[str, Any]) -> None:
        """Begin with the welcome; ``kept`` are the answers of a sitting that was broken off."""
        known = {one.name: {choice.key for choice in one.choices} for one in sitting.questions}
        self._sitting = sitting
        self.answers = {name: str(key) for name, key in kept.items() if key in known.get(name, ())}
        self._saved = {}
        self._show(_WELCOME)

    def draft_key(self, client_id: UUID) -> str:
        """Return the name under which answers are kept until they are saved."""
        return f"{FORM}:alone:{client_id.hex}"

    def _asked(self) -> tuple[AloneQuestion, ...]:
        """Return the questions that are asked, given the answers so far."""
        if self._sitting is None:
            return ()
        return tuple(
            one
            for one in self._sitting.questions
            if all(self.answers.get(name) == key for name, key in one.only_after.items())
        )

    def _show(self, place: int) -> None:
        self._place = place
        clear(self._said)
        for mark in self._group.buttons():
            self._group.removeButton(mark)
        self.marks = {}
        is_question = place >= 0
        for piece in (self.progress, self.bar, self.skip_button):
            piece.setVisible(is_question)
        self.back_button.setVisible(place != _WELCOME)
        self.next_button.setVisible(place != _THANKS)
        self.next_button.setText(self.tr("&Next") if is_question else self.tr("&Start"))
        if is_question:
            self._show_question(self._asked()[place], place)
        elif place == _WELCOME:
            self._show_welcome()
        else:
            self._show_thanks()
        lay_out(self)
        self.scroll_area.verticalScrollBar().setValue(0)
        announce(self, self.title.text())

    def _show_welcome(self) -> None:
        if self._sitting is None:
            return
        self.title.setText(self.tr("Hello {name}").format(name=self._sitting.called))
        asked = self.tr("{organisation} would like to ask you a few questions about yourself.")
        for words in (
            asked.format(organisation=self._sitting.organisation),
            self.tr("You decide. You may skip any question, or say that you prefer not to answer it."),
            self.tr("The support you get does not depend on your answers."),
            self.tr("Nobody else’s name or record is on this screen, and you can stop whenever you like."),
        ):
            self._said.addWidget(LargeLabel(words))
        self.next_button.setEnabled(True)
        self.next_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_thanks(self) -> None:
        self.title.setText(self.tr("Thank you"))
        self._said.addWidget(LargeLabel(self.tr("That is all. What you chose has been saved.")))
        self._said.addWidget(LargeLabel(self.tr("Please hand the computer back to your coach."), 600))
        self.back_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_question(self, question: AloneQuestion, place: int) -> None:
        count = len(self._asked())
        words = self.tr("Question {number} of {count}").format(number=place + 1, count=count)
        self.progress.setText(words)
        self.bar.show_steps(place + 1, count)
        self.title.setText(question.question)
        if question.help:
            self._said.addWidget(LargeLabel(question.help))
        group = ""
        for number, choice in enumerate(question.choices):
            if choice.group and choice.group != group:
                self._said.addWidget(heading_above(choice.group))
            group = choice.group
            line = ChoiceRow(choice.words, question.question)
            line.mark.setChecked(self.answers.get(question.name) == choice.key)
            self._group.addButton(line.mark, number)
            self.marks[choice.key] = line
            self._said.addWidget(line)
        chosen = self._group.checkedButton()
        self.next_button.setEnabled(chosen is not None)
        first = chosen or self._group.buttons()[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _chosen(self, number: int) -> None:
        question = self._asked()[self._place]
        self.answers[question.name] = question.choices[number].key
        self.next_button.setEnabled(True)
        self._keep()

    def _keep(self) -> None:
        if self._sitting is not None:
            client_id = self._sitting.client_id
            self._office.desk.keep_draft(self.draft_key(client_id), FORM, self._body(), client_id)

    def _body(self) -> dict[str, Any]:
        told = [
            [one.question, "", choice.words]
            for one in self._asked()
            for choice in one.choices
            if self.answers.get(one.name) == choice.key
        ]
        about = self.tr("Equality questions, answered alone")
        return {**self._given(), ABOUT: about, BEFORE: {}, WORDS: told}

    def _given(self) -> dict[str, str]:
        """Return the answers to what was asked; an answer whose question fell away is not given."""
        asked = {one.name for one in self._asked()}
        return {name: key for name, key in self.answers.items() if name in asked}

    @Slot()
    def go_on(self) -> None:
        """Go to the next question, or save and give thanks after the last one."""
        following = self._place + 1
        if following < len(self._asked()):
            self._show(following)
        else:
            self.save()
            self._show(_THANKS)

    @Slot()
    def skip(self) -> None:
        """Take an answer that was chosen back, and go on."""
        self.answers.pop(self._asked()[self._place].name, None)
        self._keep()
        self.go_on()

    @Slot()
    def back(self) -> None:
        """Go to the question before."""
        self._show(len(self._asked()) - 1 if self._place == _THANKS else self._place - 1)

    def save(self) -> None:
        """Hand in what was chosen, once; what was skipped is left as it was."""
        given = self._given()
        if self._sitting is None:
            return
        key = self.draft_key(self._sitting.client_id)
        if not given or given == self._saved:
            self._office.desk.drop_draft(key)
            return
        self._saved = given
        wish = AnswerAlone(client_id=self._sitting.client_id, answers=given)
        typed = Typed(key=key, form=FORM, body=self._body(), client_id=self._sitting.client_id)
        self._office.desk.do(answer_alone, wish, refused=self._refused, typed=typed)

    def _refused(self, refusal: Refusal) -> None:
        self._saved = {}
        self._office.messages.show_refusal(refusal)

    def forget(self) -> None:
        """Save what was chosen and show nobody any more."""
        self.save()
        self._sitting, self.answers, self._saved = None, {}, {}
        clear(self._said)
        self.title.clear()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.given_back.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Press the button with the keyboard; from an answer, go on."""
        focus = self.focusWidget()
        if isinstance(focus, Button):
            focus.click()
        elif self.next_button.isEnabled():
            self.next_button.click()
