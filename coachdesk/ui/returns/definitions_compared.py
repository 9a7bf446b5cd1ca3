"""A wording before it is adopted: tried on its examples, and set against the one in force."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from coachdesk.casework.programmes import Period, ProgrammeRow
from coachdesk.casework.sustained.examples import Tried
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.returns.comparing import BothFigures, Compared, CompareWish, compared
from coachdesk.returns.definitions import SaveWording, TouchedReturn
from coachdesk.returns.wishes import PersonRow
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.returns.choice_box import choice_box
from coachdesk.ui.returns.definitions_periods import periods_offered
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Divider, Flow, ProgressStrip, RoundIcon, column, label, row, secondary_button

_SIGN = 20


def tried_line(tried: Tried, holds: str, holds_not: str) -> QLayout:
    """Return one example with a sign and words for what became of it."""
    words = (holds if tried.holds else holds_not).format(
        title=tried.title, expected=tried.expected, found=tried.found
    )
    icon, tone = ("check", Tone.OK) if tried.holds else ("triangle-alert", Tone.WARNING)
    line = row(RoundIcon(icon, tone, _SIGN), spacing=Space.SMALL)
    line.addWidget(label(words, wrap=True), 1)
    return line


class BeforeAdopting(QWidget):
    """What is looked at before a wording is adopted.

    Signals: ``examples_wanted()``; ``comparison_wanted()``.
    """

    examples_wanted = Signal()
    comparison_wanted = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._programmes: tuple[ProgrammeRow, ...] = ()
        self._periods: tuple[Period, ...] = ()
        self.programme = choice_box(self.tr("Programme to compare on"))
        self.period = choice_box(self.tr("Period to compare on"))
        self.try_button = secondary_button(self.tr("Try the e&xamples"), "refresh-cw")
        self.compare_button = secondary_button(self.tr("&Compare with the wording in force"), "chart-column")
        self.progress = ProgressStrip()
        self._work: LongWork | None = None
        self._then: Callable[[], None] | None = None
        self._else: Callable[[Refusal], None] | None = None
        self.results = QVBoxLayout()
        self.results.setSpacing(Space.SMALL)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(label(self.tr("Before you adopt it"), "section"))
        words = self.tr(
            "Look at the figures by both wordings first. Nothing is changed by looking; a return that was issued stays as "
            "it was issued."
        )
        box.addWidget(label(words, "meta", wrap=True))
        box.addLayout(
            Flow(self.programme, self.period, self.compare_button, self.try_button, spacing=Space.GAP)
        )
        box.addWidget(self.progress)
        box.addLayout(self.results)
        self.programme.activated.connect(self._offer_periods)
        self.try_button.clicked.connect(self.examples_wanted)
        self.compare_button.clicked.connect(self.comparison_wanted)
        self.progress.cancelled.connect(self._cancel)

    def know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        """Offer the programmes to compare on; the one that was chosen stays."""
        current = self.programme.currentData()
        self._programmes = rows
        self.programme.clear()
        for one in rows:
            self.programme.addItem(one.title, one.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current), 0))
        self._offer_periods()

    @Slot()
    def _offer_periods(self) -> None:
        kept = self.period.currentText()
        key = self.programme.currentData()
        chosen = next((one for one in self._programmes if one.key == key), None)
        self._periods = periods_offered(chosen, self._office.desk.clock) if chosen else ()
        self.period.clear()
        self.period.addItems([one.title for one in self._periods])
        self.period.setCurrentIndex(max(self.period.findText(kept), 0))
        self.compare_button.setEnabled(bool(self._periods))

    def comparison(self, wording: SaveWording) -> CompareWish:
        """Return what is to be compared; known as far as today."""
        period = self._periods[self.period.currentIndex()]
        return CompareWish(
            wording=wording,
            programme_key=str(self.programme.currentData()),
            from_on=period.from_on,
            to_on=period.to_on,
            as_at=self._office.desk.clock.today(),
        )

    def compare(
        self, wording: SaveWording, then: Callable[[], None], refused: Callable[[Refusal], None]
    ) -> None:
        """Count by both wordings and show what came of it; ``then`` follows when both figures are in sight."""
        self.forget()
        self._then, self._else = then, refused
        self.compare_button.setEnabled(False)
        self.progress.start(self.tr("Counting by both wordings…"))
        self._work = self._office.desk.long(
            compared,
            self.comparison(wording),
            then=self._compared,
            refused=self._refused,
            progress=self._hear,
            stopped=self._end,
        )

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    @Slot()
    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _end(self) -> None:
        self.progress.finish()
        self.compare_button.setEnabled(True)

    def _compared(self, found: Compared) -> None:
        self._end()
        self.show_compared(found)
        if self._then is not None:
            self._then()

    def _refused(self, refusal: Refusal) -> None:
        self._end()
        if self._else is not None:
            self._else(refusal)

    def forget(self) -> None:
        """Take the results away."""
        clear(self.results)
        lay_out(self)

    def show_tried(self, tried: tuple[Tried, ...]) -> None:
        """Show what became of each example."""
        clear(self.results)
        for one in tried:
            self.results.addLayout(
                tried_line(
                    one,
                    self.tr("Holds: {title} – {found}."),
                    self.tr("Does not hold: {title} – expected {expected}, found {found}."),
                )
            )
        lay_out(self)

    def show_compared(self, found: Compared) -> None:
        """Show both figures, the difference, and who comes in and who goes out."""
        clear(self.results)
        words = self.tr("{period}, by both wordings").format(period=found.period)
        self.results.addWidget(label(words, "strong", wrap=True))
        for both in found.figures:
            self.results.addWidget(Divider())
            self.results.addLayout(self._both(both))
        for words in touched_words(found.touched):
            self.results.addWidget(label(words, tone=Tone.WARNING, wrap=True))
        lay_out(self)

    def _both(self, both: BothFigures) -> QLayout:
        lines = column(label(both.title, "strong", wrap=True), spacing=Space.HAIR)
        words = self.tr("Wording in force: {figure}").format(figure=both.present)
        lines.addWidget(label(words, wrap=True))
        lines.addWidget(label(self.tr("New wording: {figure}").format(figure=both.proposed), wrap=True))
        lines.addWidget(label(self._difference(both), "secondary", wrap=True))
        for said, people in (
            (self.tr("Come in: {names}"), both.coming_in),
            (self.tr("Go out: {names}"), both.going_out),
            (self.tr("Now looked at as well: {names}"), both.looked_at),
            (self.tr("No longer looked at: {names}"), both.left_out),
        ):
            if people:
                lines.addWidget(label(said.format(names=_names(people)), wrap=True))
        return lines

    def _difference(self, both: BothFigures) -> str:
        if both.is_same:
            return self.tr("The same figure and the same people.")
        if both.difference == 0:
            return self.tr("Difference: none in the number.")
        return self.tr("Difference: {number}").format(number=f"{both.difference:+,}".replace("-", "−"))


def _names(people: Iterable[PersonRow]) -> str:
    return ", ".join(f"{one.name} ({one.reference})" if one.reference else one.name for one in people)


def touched_words(touched: tuple[TouchedReturn, ...]) -> list[str]:
    """Return which issued returns would have been counted otherwise; nothing where there are none."""
    if not touched:
        return []
    head = plural(
        len(touched),
        _tr("{count} issued return would have been counted by this wording; it stays as it was issued:"),
        _tr("{count} issued returns would have been counted by this wording; they stay as they were issued:"),
    )
    return [head, *(one.words for one in touched)]


def _tr(words: str) -> str:
    return QCoreApplication.translate("BeforeAdopting", words)
