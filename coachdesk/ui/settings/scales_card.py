"""Questions of our own from 0 to 10: their words, their bands, and whether they are asked."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.scales import (
    RetireScale,
    ScaleRow,
    SetScale,
    list_scales,
    retire_scale,
    set_scale,
    typed_bands,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, Pill, column, label, row, secondary_button


class ScalesCard(Card):
    """A line a question; one that was answered keeps its words and gets new ones beside them."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, ScaleRow] = {}
        self._key = ""
        self.form = SideForm(office, "scale", self.tr("&Save"))
        self.add_button = secondary_button(self.tr("Add a &question from 0 to 10"), "plus")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(row(label(self.tr("Questions from 0 to 10"), "section"), 1, self.add_button))
        words = self.tr(
            "Asked beside the four wellbeing questions of the Office for National Statistics, whose words are fixed. "
            "Use words of your own, not those of a licensed questionnaire. What was answered keeps the words it was "
            "answered to; answers are never added up."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.form)
        self.add(self.lines)
        self.add_button.clicked.connect(self._add)

    def refresh(self) -> None:
        """Ask for the questions."""
        self._office.desk.ask(list_scales, None, self._show)

    def _show(self, rows: tuple[ScaleRow, ...]) -> None:
        self._rows = {scale.key: scale for scale in rows}
        clear(self.lines)
        for place, scale in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(scale))
        if not rows:
            self.lines.addWidget(label(self.tr("No question of your own yet."), "meta", wrap=True))
        lay_out(self)

    def _line(self, scale: ScaleRow) -> QWidget:
        change = Button(self.tr("Reword"), "pencil")
        retired = scale.retired_on is not None
        stop = Button(self.tr("Ask again") if retired else self.tr("Retire"))
        for button, slot in ((change, self._change), (stop, self._retire)):
            button.setProperty("scale", scale.key)
            button.setAccessibleName(f"{button.text()}: {scale.title}")
            button.clicked.connect(slot)
        head = row(label(scale.title, "strong", wrap=True), spacing=Space.GAP)
        head.setStretch(0, 1)
        if scale.retired_on is not None:
            since = self.tr("Not asked since {day}").format(day=day(scale.retired_on))
            head.addWidget(Pill(since, Tone.NEUTRAL))
        head.addWidget(change)
        head.addWidget(stop)
        lines = column(head, label(scale.question, "secondary", wrap=True), spacing=Space.HAIR)
        for words in self._told(scale):
            lines.addWidget(label(words, "meta", wrap=True))
        holder = QWidget()
        holder.setLayout(lines)
        return holder

    def _told(self, scale: ScaleRow) -> list[str]:
        best = self.tr("A higher answer is better.") if scale.higher_is_better else ""
        best = best or self.tr("A lower answer is better.")
        ends = self.tr("0 means {low}, 10 means {high}.").format(low=scale.low_words, high=scale.high_words)
        found = [f"{ends} {best}" if scale.low_words or scale.high_words else best]
        if scale.bands:
            bands = ", ".join(
                self.tr("{words} from {lowest}").format(words=w, lowest=n) for n, w in scale.bands
            )
            found.append(self.tr("Bands: {bands}").format(bands=bands))
        used = self.tr("answered already") if scale.is_used else self.tr("not answered yet")
        found.append(
            self.tr("Wording {version}, {used}. Source: {source}").format(
                version=scale.version, used=used, source=scale.source_note
            )
        )
        return found

    def _picked(self) -> ScaleRow | None:
        return self._rows.get(str(self.sender().property("scale")))

    @Slot()
    def _add(self) -> None:
        self._open("", self.tr("A new question"), {"higher_is_better": True}, "")

    @Slot()
    def _change(self) -> None:
        scale = self._picked()
        if scale is None:
            return
        hint = self.tr("Answers already given keep the words they were given to.") if scale.is_used else ""
        values = {
            "title": scale.title,
            "question": scale.question,
            "low_words": scale.low_words,
            "high_words": scale.high_words,
            "higher_is_better": scale.higher_is_better,
            "bands": typed_bands(scale.bands),
        }
        self._open(scale.key, self.tr("Reword “{title}”").format(title=scale.title), values, hint)

    def _open(self, key: str, heading: str, values: dict[str, Any], hint: str) -> None:
        self._key = key
        self.form.open_form(heading, self._parts(hint), values, self._wish, set_scale, about=key or "new")

    def _parts(self, hint: str) -> tuple[Part, ...]:
        ways = (
            Option(True, self.tr("A higher answer is better")),
            Option(False, self.tr("A lower answer is better")),
        )
        return (
            Text("title", self.tr("Short &name"), needed=True),
            Lines("question", self.tr("The question as it is &asked"), hint=hint, rows=2, needed=True),
            Together(
                Text("low_words", self.tr("What 0 means (&lowest)")),
                Text("high_words", self.tr("What 10 means (&highest)")),
            ),
            Choice("higher_is_better", self.tr("&Which way is better"), options=ways, needed=True),
            Lines(
                "bands",
                self.tr("&Bands, if they help"),
                hint=self.tr("One on each line, the lowest answer first: 0 Not yet"),
                rows=4,
            ),
        )

    def _wish(self, values: dict[str, Any]) -> SetScale:
        return SetScale(key=self._key, **values)

    @Slot()
    def _retire(self) -> None:
        scale = self._picked()
        if scale is not None:
            on = None if scale.retired_on is not None else self._office.desk.clock.today()
            self._office.desk.do(retire_scale, RetireScale(key=scale.key, on=on), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
