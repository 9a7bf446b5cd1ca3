"""The words of a return: what a funder asks, and what is written for a period, with a count that runs along."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.returns.narratives import (
    NarrativeRow,
    NarrativesQuestion,
    RetirePrompt,
    SaveNarrative,
    SavePrompt,
    count_words,
    list_narratives,
    retire_prompt,
    save_narrative,
    save_prompt,
    word_count,
)
from coachdesk.returns.narratives_check import TextFinding
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Lines, Number, Text, Together
from coachdesk.ui.forms.inputs import LinesInput
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, EmptyState, Flow, Pill, label, row, secondary_button
from coachdesk.ui.widgets.labels import restyle
from coachdesk.ui.wizard import WorkingPage


class NarrativeCard(Card):
    """A line for each prompt; the forms for a prompt and for its text stand above them."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._question: NarrativesQuestion | None = None
        self._rows: dict[str, NarrativeRow] = {}
        self._prompt: UUID | None = None
        self._most: int | None = None
        self.add_button = secondary_button(self.tr("Add a &prompt"), "plus")
        self.prompt_form = SideForm(self._office, "narrative_prompt", self.tr("&Save the prompt"))
        self.text_form = SideForm(self._office, "narrative", self.tr("&Save the text"))
        self.count = label("", "label")
        self.count.setAccessibleName(self.tr("Words written"))
        self.text_form.add(self.count)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(self.tr("In words"), "section"), 1, self.add_button)
        said = self.tr("What the funder asks in words. It is printed in the report of the period.")
        self.add(head)
        self.add(label(said, "meta", wrap=True))
        self.add(self.prompt_form)
        self.add(self.text_form)
        self.body.addSpacing(Space.SMALL)
        self.add(self.lines)
        self.add_button.clicked.connect(self._new)
        self.text_form.saved.connect(self._saved)

    def show_period(self, question: NarrativesQuestion) -> None:
        """Ask for the prompts and texts of a programme and a period."""
        if self._question is None or question.period != self._question.period:
            self.text_form.close_form()
        self._question = question
        self._office.desk.ask(list_narratives, question, self._show)

    def _show(self, rows: tuple[NarrativeRow, ...]) -> None:
        self._rows = {one.prompt.id.hex: one for one in rows}
        clear(self.lines)
        if not rows:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nothing is asked in words yet"),
                    self.tr("Add the questions of the funder’s form; each can say how many words it takes."),
                    icon="pen-line",
                )
            )
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: NarrativeRow) -> QWidget:
        title = one.prompt.title
        tone = Tone.WARNING if one.is_too_long else Tone.OK if one.text else Tone.NEUTRAL
        words = one.count if one.text else self.tr("Nothing yet")
        if one.prompt.retired_on is not None:
            words, tone = self.tr("Asked no more"), Tone.NEUTRAL
        head = row(label(title, "strong", wrap=True), Pill(words, tone))
        head.setStretch(0, 1)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addLayout(head)
        if one.prompt.prompt:
            box.addWidget(label(one.prompt.prompt, "meta", wrap=True))
        if one.text:
            box.addWidget(label(one.text, wrap=True))
        for finding in one.findings:
            box.addWidget(label(_finding_words(finding), tone=Tone.WARNING, wrap=True))
        box.addLayout(self._buttons(one))
        return holder

    def _buttons(self, one: NarrativeRow) -> Flow:
        key, title = one.prompt.id.hex, one.prompt.title
        retired = one.prompt.retired_on is not None
        buttons = Flow(spacing=Space.SMALL)
        if not retired:
            self._add_writing(buttons, one)
        words = self.tr("Change the prompt")
        buttons.addWidget(about(secondary_button(words, "pencil"), key, self._change, f"{words}: {title}"))
        words = self.tr("Ask it again") if retired else self.tr("Ask it no more")
        icon = "undo-2" if retired else "x"
        buttons.addWidget(about(secondary_button(words, icon), key, self._retire, f"{words}: {title}"))
        return buttons

    def _add_writing(self, buttons: Flow, one: NarrativeRow) -> None:
        key, title = one.prompt.id.hex, one.prompt.title
        words = self.tr("Change the text") if one.text else self.tr("Write")
        write = secondary_button(words, "pen-line")
        buttons.addWidget(about(write, key, self._write, f"{words}: {title}"))
        if one.before and not one.text:
            words = self.tr("Start from last time")
            again = secondary_button(words, "copy")
            again.setToolTip(one.before_period)
            buttons.addWidget(about(again, key, self._from_before, f"{words}: {title}"))

    @Slot()
    def _new(self) -> None:
        self._prompt = None
        self._ask_prompt(self.tr("A new prompt"), {}, "new")

    @Slot()
    def _change(self) -> None:
        one = self._rows[asked_about(self.sender())].prompt
        self._prompt = one.id
        self._ask_prompt(self.tr("Change the prompt: {title}").format(title=one.title), one, one.id.hex)

    def _ask_prompt(self, heading: str, values: object, key: str) -> None:
        parts = (
            Text("title", self.tr("What it is &called"), needed=True),
            Lines("prompt", self.tr("What the funder &asks, word for word"), rows=3),
            Together(
                Number(
                    "most_words",
                    self.tr("At most this many &words"),
                    self.tr("Empty for no limit."),
                    lowest=1,
                ),
                Number(
                    "position", self.tr("Place in the &order"), self.tr("Empty to go to the end."), lowest=0
                ),
            ),
        )
        self.prompt_form.open_form(heading, parts, values, self._prompt_wish, save_prompt, about=key)
        bring_into_sight(self.prompt_form)

    def _prompt_wish(self, values: dict[str, Any]) -> SavePrompt:
        assert self._question is not None  # noqa: S101  the button stands under a programme that is shown
        return SavePrompt(programme_id=self._question.programme_id, id=self._prompt, **values)

    @Slot()
    def _retire(self) -> None:
        one = self._rows[asked_about(self.sender())].prompt
        self._office.desk.do(retire_prompt, RetirePrompt(id=one.id, again=one.retired_on is not None))

    @Slot()
    def _write(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._open(one, one.text)

    @Slot()
    def _from_before(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._open(one, one.before)

    def _open(self, one: NarrativeRow, text: str) -> None:
        assert self._question is not None  # noqa: S101  the line stands under a period that is shown
        self._prompt, self._most = one.prompt.id, one.prompt.most_words
        self.text_form.open_form(
            one.prompt.title,
            (Lines("text", one.prompt.prompt or self.tr("The text"), rows=9),),
            {"text": text},
            self._text_wish,
            save_narrative,
            about=f"{one.prompt.id.hex}:{self._question.period.key}",
        )
        assert self.text_form.form is not None  # noqa: S101  it was opened just now
        written = self.text_form.form.input("text")
        if isinstance(written, LinesInput):
            written.box.textChanged.connect(self._count)  # also when a draft comes back
        self._count()
        bring_into_sight(self.text_form)

    @Slot()
    def _count(self) -> None:
        if self.text_form.form is None:
            return
        words = word_count(str(self.text_form.form.raw()["text"]))
        too_long = self._most is not None and words > self._most
        self.count.setText(
            self.tr("{count}: too long").format(count=count_words(words, self._most))
            if too_long
            else count_words(words, self._most)
        )
        restyle(self.count, tone=Tone.WARNING.value if too_long else "")

    def _text_wish(self, values: dict[str, Any]) -> SaveNarrative:
        assert self._question is not None  # noqa: S101  the form opens under a period that is shown
        assert self._prompt is not None  # noqa: S101  and for a prompt that was chosen
        one = self._question
        return SaveNarrative(
            prompt_id=self._prompt,
            from_on=one.from_on,
            to_on=one.to_on,
            text=values["text"],
            withheld=one.withheld,
        )

    @Slot(object)
    def _saved(self, found: tuple[TextFinding, ...]) -> None:
        if found:
            words = self.tr("Saved. Please look at it again: {found}")
            said = " ".join(_finding_words(one) for one in found)
            self._office.messages.say(words.format(found=said), tone=Tone.WARNING)


def _finding_words(one: TextFinding) -> str:
    return f"“{one.words}”: {one.why}"
