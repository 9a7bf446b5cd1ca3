"""One rule on a client's page: the verdict in words, and folded below it how it came about."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.sustained.answers import Answer
from coachdesk.casework.sustained.decision import Verdict
from coachdesk.casework.sustained.telling import SHADE_WORDS, Piece, Shade, span_words
from coachdesk.ui.outcomes.strip import Calendar, CalendarStrip, Swatch
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Flow, RoundIcon, column, label, quiet_button, row

LOOKS = {
    Verdict.REACHED: ("check", Tone.OK),
    Verdict.NOT_YET: ("clock", Tone.INFO),
    Verdict.UNKNOWN: ("circle-help", Tone.WARNING),
    Verdict.CANNOT: ("x", Tone.NEUTRAL),
    Verdict.BLANK: ("info", Tone.NEUTRAL),
}


class AnswerLine(QWidget):
    """A rule and how the client stands by it.

    Signals: ``folded(str, bool)`` with the rule's key, when somebody opens it or puts it together.
    """

    folded = Signal(str, bool)

    def __init__(self, answer: Answer, *, is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = answer
        icon, tone = LOOKS[answer.decision.verdict]
        self.verdict = label(answer.told.sentence, "label", tone=tone, wrap=True)
        said = column(label(answer.title, "strong", wrap=True), self.verdict, spacing=Space.HAIR)
        self.how_button = Button("", kind="quiet")
        self.how_button.clicked.connect(self._turn)
        head = row(RoundIcon(icon, tone, 28), spacing=Space.GAP)
        head.addLayout(said, 1)
        head.addWidget(self.how_button)
        self.how: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(head)
        self._is_open = False
        self._name()
        if is_open:
            self._open()

    def _name(self) -> None:
        words = self.tr("Close") if self._is_open else self.tr("Show how")
        self.how_button.setText(words)
        self.how_button.set_icon_name("chevron-up" if self._is_open else "chevron-down")
        self.how_button.setAccessibleName(f"{words}: {self.answer.title}")

    @Slot()
    def _turn(self) -> None:
        self.folded.emit(self.answer.key, not self._is_open)

    def _open(self) -> None:
        self._is_open = True
        self._name()
        self.how = QWidget()
        body = column(spacing=Space.SMALL)
        told = self.answer.told
        if told.pieces:
            calendar = Calendar(self.answer.title, told.pieces, in_words(told.pieces))
            body.addWidget(CalendarStrip(calendar))
            body.addLayout(_legend(told.pieces))
        for step in told.steps:
            body.addWidget(label(step, wrap=True))
        for words, lines in (
            (self.tr("What would break it"), told.breaks),
            (self.tr("What would settle it"), told.settles),
            (self.tr("Evidence held"), self.answer.evidence.held),
            (self.tr("Evidence missing"), tuple(filter(None, (self.answer.evidence.missing,)))),
        ):
            self._part(body, words, lines)
        self._days(body)
        source = self.tr("Source: {source}").format(source=self.answer.source)
        body.addWidget(label(source, "meta", wrap=True))
        self.how.setLayout(body)
        self._box.addWidget(self.how)

    def _part(self, body: QVBoxLayout, words: str, lines: Sequence[str]) -> None:
        if lines:
            body.addWidget(label(words, "label"))
            for line in lines:
                body.addWidget(label(f"•  {line}", wrap=True))

    def _days(self, body: QVBoxLayout) -> None:
        """Put the strip in words below, for whoever reads numbers rather than bars."""
        runs = runs_of(self.answer.told.pieces)
        if not runs:
            return
        self.days = label("\n".join(runs), "meta", wrap=True)
        self.days.hide()
        self.days_button = quiet_button(self.tr("The same in figures"), "list")
        self.days_button.setAccessibleName(
            self.tr("The same in figures: {rule}").format(rule=self.answer.title)
        )
        self.days_button.setCheckable(True)
        self.days_button.toggled.connect(self.days.setVisible)
        body.addLayout(row(self.days_button, 1))
        body.addWidget(self.days)


def runs_of(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Return the strip in lines: pieces that say the same one after the other are one line."""
    lines = []
    for (what, amount, _), run in groupby(pieces, key=_same):
        stretch = list(run)
        days = span_words(stretch[0].from_on, stretch[-1].to_on)
        each = f", {len(stretch)} weeks" if len(stretch) > 1 else ""
        lines.append(f"{days}{each}: {amount}. {what}")
    return tuple(lines)


def _same(piece: Piece) -> tuple[str, str, Shade]:
    return piece.what, piece.amount, piece.shade


def in_words(pieces: Sequence[Piece]) -> str:
    """Return the strip in a sentence: kinds of days one after the other."""
    parts = []
    for shade, run in groupby(pieces, key=_shade):
        stretch = list(run)
        parts.append(f"{span_words(stretch[0].from_on, stretch[-1].to_on)} {SHADE_WORDS[shade]}")
    return "; ".join(parts)


def _shade(piece: Piece) -> Shade:
    return piece.shade


def _legend(pieces: Sequence[Piece]) -> Flow:
    legend = Flow(spacing=Space.GAP)
    for shade in dict.fromkeys(piece.shade for piece in pieces):
        holder = QWidget()
        holder.setLayout(row(Swatch(shade), label(SHADE_WORDS[shade], "meta")))
        legend.addWidget(holder)
    return legend
