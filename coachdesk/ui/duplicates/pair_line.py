"""One pair of clients who may be one person: who they are, and why they look alike."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.duplicate_pairs import Pair, PairPerson
from coachdesk.casework.likeness import Decision
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Flow, Pill, column, label, quiet_button, row, secondary_button


class PairLine(QWidget):
    """Both people, the reasons, and what can be done.

    Signals, each with the Pair: ``compare(object)``; ``apart(object)`` when they are two people.
    """

    compare = Signal(object)
    apart = Signal(object)

    def __init__(self, pair: Pair, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair = pair
        sure = pair.decision is Decision.SAME
        state = Pill(
            self.tr("Almost surely one person") if sure else self.tr("May be one person"),
            Tone.WARNING if sure else Tone.INFO,
        )
        both = self.tr("{one} and {other}").format(one=pair.one.name, other=pair.other.name)
        self.compare_button = secondary_button(self.tr("Compare"), "users")
        self.apart_button = quiet_button(self.tr("Not the same person"), "x")
        self.compare_button.setAccessibleName(self.tr("Compare {both}").format(both=both))
        self.apart_button.setAccessibleName(self.tr("Not the same person: {both}").format(both=both))
        self.compare_button.clicked.connect(self._compare)
        self.apart_button.clicked.connect(self._apart)
        people = row(self._person(pair.one), self._person(pair.other), spacing=Space.CARD)
        people.setStretch(0, 1)
        people.setStretch(1, 1)
        why = self.tr("Why: {reasons}").format(reasons=", ".join(pair.reasons))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addLayout(row(state, 1))
        box.addLayout(people)
        box.addWidget(label(why, "secondary", wrap=True))
        box.addLayout(Flow(self.compare_button, self.apart_button))

    def _person(self, one: PairPerson) -> QWidget:
        coach = self.tr("with {coach}").format(coach=one.coach) if one.coach else self.tr("with nobody yet")
        told = "  ·  ".join(part for part in (one.reference, one.birth_words, coach) if part)
        holder = QWidget()
        holder.setLayout(
            column(label(one.name, "strong", wrap=True), label(told, "meta", wrap=True), spacing=2)
        )
        return holder

    @Slot()
    def _compare(self) -> None:
        self.compare.emit(self.pair)

    @Slot()
    def _apart(self) -> None:
        self.apart.emit(self.pair)
