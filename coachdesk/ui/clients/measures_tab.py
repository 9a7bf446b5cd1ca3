"""Measures: what the client answered from 0 to 10, question by question, and the form with the client opposite."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.measures import Change, GivenAnswer, MeasureRow, MeasuresRow, read_measures
from coachdesk.casework.readings import SaveMeasures, save_measures
from coachdesk.terms import Kind
from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Heading, Together
from coachdesk.ui.forms.rating import Rating, RatingInput
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, EmptyState, Pill, column, label, primary_button, row

_HIGHEST = 10
_SHOWN = 6  # answers in a chart: the first and the latest ones
_ROOMY_EMS = 46
_ASK = "ask"


class MeasuresTab(Tab):
    """Each question by itself: first answer beside the latest, and never a total."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._row: MeasuresRow | None = None
        self._wanted = False
        self.form = SideForm(office, "measures", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.ask_button = primary_button(self.tr("As&k the questions"), "pen-line")
        self.ask_button.clicked.connect(self._open)
        self.pairs = label("", "secondary", wrap=True)
        head = Card()
        line = row(label(self.tr("Measures"), "section"), 1, self.ask_button)
        head.add(line)
        head.add(self.pairs)
        self.questions = QVBoxLayout()
        self.questions.setSpacing(Space.GAP)
        for piece in (head, self.form):
            self.body.addWidget(piece)
        self.body.addLayout(self.questions)
        self.body.addStretch(1)

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self._row = None
            if not self.form.isHidden():
                self.form.close_form()
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(read_measures, question, self._show)

    @override
    def go_on(self, kind: str, about: str) -> None:
        if kind == _ASK and self.client_id is not None and about == self.client_id.hex:
            self._open()

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()
        self.ask_button.setFocus()

    def _show(self, measures: MeasuresRow) -> None:
        self._row = measures
        self.pairs.setText(self._paired(measures))
        clear(self.questions)
        answered = [one for one in measures.questions if one.answers]
        for one in answered:
            self.questions.addWidget(self._question(one))
        if not answered:
            card = Card()
            words = self.tr("Ask at the start, at a review and at the end. Any question may be skipped.")
            card.add(EmptyState(self.tr("Nothing asked yet"), words, icon="trending-up"))
            self.questions.addWidget(card)
        lay_out(self)
        if self._wanted:
            self._open()

    def _paired(self, measures: MeasuresRow) -> str:
        parts = [self.tr("Each question stands by itself; they are never added up.")]
        if measures.matched or measures.unmatched:
            matched = plural(
                measures.matched,
                self.tr("{count} has two answers to compare"),
                self.tr("{count} have two answers to compare"),
            )
            unmatched = plural(
                measures.unmatched,
                self.tr("{count} has no second answer yet"),
                self.tr("{count} have no second answer yet"),
            )
            words = self.tr("Of the questions answered, {matched} and {unmatched}.")
            parts.append(words.format(matched=matched, unmatched=unmatched))
        return " ".join(parts)

    def _question(self, one: MeasureRow) -> QWidget:
        card = QuestionCard(one)
        latest = one.answers[-1]
        called = self.tr("{question}, {day}").format(question=one.asked.title, day=day(latest.on))
        card.head.addWidget(self.history_of(Kind.READING, latest.reading_id, called))
        return card

    @Slot()
    def _open(self) -> None:
        if self._row is None or self.client_id is None:
            self._wanted = True
            return
        self._wanted = False
        codes = self.office.codes
        hint = self.tr(
            "There are no right or wrong answers, and any question may be skipped. Keys: 0 to 9, T for ten, P prefer "
            "not to say, K don’t know, A does not apply, S skip, Up to go back."
        )
        asked = tuple(
            Rating(one.name, one.question, low_words=one.low_words, high_words=one.high_words)
            for one in self._row.asked_now
        )
        self.form.open_form(
            self.tr("Ask the questions"),
            (
                Together(
                    Date("taken_on", self.tr("Answered &on"), needed=True, lean="past"),
                    Choice("point", self.tr("At &which point"), options=codes.options("reading_point")),
                    Choice("setting", self.tr("&How"), options=codes.options("setting")),
                ),
                Heading(self.tr("On a scale from 0 to 10"), hint),
                *asked,
            ),
            {
                "taken_on": self.office.desk.clock.today(),
                "point": self._row.point,
                "setting": "in_person",
            },
            self._wish,
            save_measures,
            about=f"{_ASK}:{self.client_id.hex}",
            client_id=self.client_id,
        )
        self._join()

    def _join(self) -> None:
        """Let each question hand the keyboard to the next, and the last to Save."""
        inputs = list(self._ratings())
        for one in inputs:
            one.moved_on.connect(self._on)
            one.moved_back.connect(self._back)
        if inputs:
            inputs[0].focus()
            bring_into_sight(self.form)

    def _ratings(self) -> Iterator[RatingInput]:
        if self.form.form is not None:
            for name in self.form.form.names():
                found = self.form.form.input(name)
                if isinstance(found, RatingInput):
                    yield found

    @Slot()
    def _on(self) -> None:
        self._step(1)

    @Slot()
    def _back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        inputs = list(self._ratings())
        sender = self.sender()
        place = next(at for at, one in enumerate(inputs) if one is sender) + by
        if place >= len(inputs):
            self.form.save_button.setFocus()
            bring_into_sight(self.form.save_button)
        elif place >= 0:
            inputs[place].focus()
            bring_into_sight(inputs[place].holder)

    def _wish(self, values: dict[str, Any]) -> SaveMeasures:
        if self.client_id is None:
            raise LookupError("no client is shown")
        answers = {name: value for name, value in values.items() if "." in name and value is not None}
        return SaveMeasures(
            client_id=self.client_id,
            taken_on=values["taken_on"],
            answers=answers,
            point=values["point"] or "not_asked",
            setting=values["setting"] or "not_asked",
        )


class QuestionCard(Card):
    """One question: its words, how the answer moved, and every answer as a bar from 0 to 10."""

    def __init__(self, one: MeasureRow, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head = row(label(one.asked.title, "section", wrap=True))
        self.head.setStretch(0, 1)
        if not one.is_current:
            self.head.addWidget(Pill(self.tr("Earlier wording, not asked now"), Tone.NEUTRAL))
        if one.change is not None:
            self.head.addWidget(Pill(self._way(one.change), _TONES[one.change.way]))
        self.add(self.head)
        words = column(label(one.asked.question, "secondary", wrap=True), spacing=Space.SMALL)
        for line in self._said(one):
            words.addWidget(label(line, wrap=True))
        words.addWidget(label(self.tr("Source: {source}").format(source=one.asked.source), "meta", wrap=True))
        words.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(Space.CARD)
        self._both.addLayout(words, 1)
        numbers = [answer for answer in one.answers if answer.value is not None]
        if numbers:
            self._both.addWidget(Bars(self._chart(one.asked.title, numbers)), 1)
        self.add(self._both)

    def _way(self, change: Change) -> str:
        ways = {
            "better": self.tr("Better"),
            "worse": self.tr("Less good"),
            "same": self.tr("The same"),
        }
        return ways[change.way]

    def _said(self, one: MeasureRow) -> Iterator[str]:
        if one.change is not None:
            yield self.tr("From {first} to {latest}").format(
                first=_told(one.change.first), latest=_told(one.change.latest)
            )
            if not one.change.counts:
                yield self.tr("Less than four weeks apart: a return does not compare them yet.")
        elif any(answer.value is not None for answer in one.answers):
            yield self.tr("No second answer to compare with yet.")
        for answer in one.answers:
            if answer.value is None:
                yield self.tr("No number on {day}: {words}").format(day=day(answer.on), words=answer.words)

    def _chart(self, title: str, numbers: list[GivenAnswer]) -> BarChart:
        shown = numbers if len(numbers) <= _SHOWN else [numbers[0], *numbers[1 - _SHOWN :]]
        bars = tuple(
            Bar(
                " · ".join(part for part in (answer.point, _date(answer)) if part),
                answer.value or 0,
                " · ".join(part for part in (str(answer.value), answer.words) if part),
            )
            for answer in shown
        )
        return BarChart(self.tr("{question}, from 0 to 10").format(question=title), bars, most=_HIGHEST)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chart under the words where there is no room beside them."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY_EMS * self.fontMetrics().height() * 3 // 4
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._both.direction() is not wanted:
            self._both.setDirection(wanted)


_TONES = {"better": Tone.OK, "worse": Tone.WARNING, "same": Tone.INFO}


def _date(answer: GivenAnswer) -> str:
    return day(answer.on).partition(" ")[2]  # without its weekday: what is far back has no use for it


def _told(answer: GivenAnswer) -> str:
    band = f" ({answer.words})" if answer.words else ""
    return f"{answer.value}{band}, {_date(answer)}"
