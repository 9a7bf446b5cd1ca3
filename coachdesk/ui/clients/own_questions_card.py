"""Questions of our own in a client's details: the answers, and the form in which each has a value or a reason for none."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.custom_answers import (
    AnsweredQuestion,
    SaveCustomAnswers,
    read_custom_answers,
    save_custom_answers,
)
from coachdesk.casework.custom_fields import Sort
from coachdesk.errors import Refusal
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Choice, Choices, Date, Field, Lines, Number, Option, Part, Together
from coachdesk.ui.forms.row import FieldRow
from coachdesk.ui.office import Office
from coachdesk.ui.widgets import Card, Fact, FactGrid, label, row, secondary_button

_LISTED = frozenset({Sort.CHOICE, Sort.YES_NO})
_PLACES = 4
_NO_ANSWERS = tuple(Option(str(key), words) for key, words in UNSTATED_WORDS.items())
_REASONS = tuple(option for option in _NO_ANSWERS if option.value != Unstated.NOT_ASKED)


class OwnQuestionsCard(Card):
    """What the charity asks beside what ships; not there where nothing is asked."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._questions: tuple[AnsweredQuestion, ...] = ()
        self._waiting = False
        self.form = SideForm(office, "details", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.change_button = secondary_button(self.tr("Change"), "pencil")
        self.change_button.setAccessibleName(self.tr("Change: Questions of our own"))
        self.change_button.clicked.connect(self.edit)
        self.facts = FactGrid()
        self.add(row(label(self.tr("Questions of our own"), "section"), 1, self.change_button))
        self.add(self.facts)
        self.add(self.form)
        self.hide()

    def show_client(self, client_id: UUID) -> None:
        """Ask for a client's answers."""
        if client_id != self._client_id:
            self.form.close_form()
            self._waiting = False
            self.hide()
        self._client_id = client_id
        self._office.desk.ask(read_custom_answers, client_id, partial(self._show, client_id))

    def _show(self, client_id: UUID, questions: tuple[AnsweredQuestion, ...]) -> None:
        if client_id != self._client_id:
            return
        self._questions = questions
        self.facts.show_facts(
            tuple(Fact(one.field.title, one.words or UNSTATED_WORDS[Unstated.NOT_ASKED]) for one in questions)
        )
        self.change_button.setEnabled(bool(self._asked()))
        self.setVisible(bool(questions))
        lay_out(self)
        if self._waiting:
            self.edit()

    def _asked(self) -> tuple[AnsweredQuestion, ...]:
        return tuple(one for one in self._questions if one.is_asked)

    def go_on(self) -> None:
        """Open the form as soon as the questions are known."""
        self._waiting = True
        if self._questions:
            self.edit()

    @Slot()
    def edit(self) -> None:
        """Open the form with the answers that stand."""
        self._waiting = False
        asked = self._asked()
        if not asked or self._client_id is None:
            return
        self.form.open_form(
            self.tr("Questions of our own"),
            tuple(self._part(one) for one in asked),
            _values(asked),
            self._wish,
            save_custom_answers,
            about=f"own:{self._client_id.hex}",
            client_id=self._client_id,
        )
        self._name_inputs(asked)

    def _name_inputs(self, asked: Sequence[AnsweredQuestion]) -> None:
        """Give every control its question as its name: there may be an ampersand in it, and each has two controls."""
        form = self.form.form
        if form is None:
            return
        for one in asked:
            form.input(one.field.key).name(one.field.title)
            if one.field.sort not in _LISTED:
                words = self.tr("If there is no answer, why: {question}")
                form.input(_why(one)).name(words.format(question=one.field.title))
                _to_the_top(form.row(_why(one)))

    def _part(self, one: AnsweredQuestion) -> Part:
        field = self._field(one)
        if one.field.sort in _LISTED:
            return field
        return Together(field, Choice(_why(one), self.tr("If there is no answer, why"), options=_REASONS))

    def _field(self, one: AnsweredQuestion) -> Field:
        """Return the question with the control of its sort."""
        asked = one.field
        told = (asked.key, asked.title.replace("&", "&&"), self._hint(one))
        if asked.sort is Sort.TEXT:
            return Lines(*told, rows=2)
        if asked.sort is Sort.DATE:
            return Date(*told)
        if asked.sort is Sort.NUMBER:
            return Number(*told, places=_PLACES)
        if asked.sort is Sort.CHOICES:
            plain = (Option(option.value, option.words.replace("&", "&&")) for option in _options(one))
            return Choices(*told, options=tuple(plain))
        return Choice(*told, options=(*_options(one), *_NO_ANSWERS))

    def _hint(self, one: AnsweredQuestion) -> str:
        programme = one.field.programme
        asked_on = self.tr("Asked on {programme}.").format(programme=programme) if programme else ""
        return " ".join(words for words in (one.field.help, asked_on) if words)

    def _wish(self, values: dict[str, Any]) -> SaveCustomAnswers:
        """Return the answers that differ; raises Refusal where a question has both an answer and a reason for none."""
        if self._client_id is None:
            raise LookupError("no client is shown")
        both = {
            one.field.key: self.tr("Give the answer, or why there is none, not both.")
            for one in self._asked()
            if values.get(_why(one)) and values[one.field.key] not in (None, "", ())
        }
        if both:
            raise Refusal(self.tr("Please look at the fields marked below."), fields=both)
        told = {one: values[one.field.key] or values.get(_why(one)) or None for one in self._asked()}
        told |= {one: 0 for one in told if values[one.field.key] == 0}  # a nought is an answer
        return SaveCustomAnswers(
            client_id=self._client_id,
            answers={one.field.id: value for one, value in told.items() if value != _stands(one)},
        )

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.change_button.setFocus()
        if self._client_id is not None:
            self.show_client(self._client_id)


def _to_the_top(row: FieldRow) -> None:
    """Keep a field beside a taller one in line with its label, not spread over the height."""
    box = row.layout()
    if isinstance(box, QVBoxLayout):
        box.addStretch(1)


def _why(one: AnsweredQuestion) -> str:
    return f"{one.field.key}:why"


def _options(one: AnsweredQuestion) -> tuple[Option, ...]:
    """Return the answers offered, with a retired one where it stands."""
    given = one.told if isinstance(one.told, tuple) else (one.told,)
    retired = (choice for choice in one.field.choices if choice.retired and choice.key in given)
    return tuple(Option(choice.key, choice.title) for choice in (*one.field.offered, *retired))


def _stands(one: AnsweredQuestion) -> Any:
    """Return the answer or the non-answer that stands, None for neither."""
    if one.told not in (None, ()):
        return one.told
    return one.unstated if one.unstated != Unstated.NOT_ASKED else None


def _values(asked: Sequence[AnsweredQuestion]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in asked:
        stands = _stands(one)
        is_reason = one.told in (None, ())
        if one.field.sort in _LISTED:
            found[one.field.key] = stands
        elif is_reason:
            found[_why(one)] = stands
        else:
            found[one.field.key] = stands
    return found
