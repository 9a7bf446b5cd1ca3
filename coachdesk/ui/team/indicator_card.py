"""One indicator: its figure with what it was worked out from, the people behind each part, and how it is counted."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.service_quality.ground import Indicator, Part
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, ChipButton, Fact, FactGrid, Flow, label, quiet_button, row

_PEOPLE_HEIGHT = 160
_PLACE = "place"


class IndicatorCard(Card):
    """What stands behind the chosen line of the table."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._indicator: Indicator | None = None
        self._chips: list[ChipButton] = []
        self.name = label("", "section", wrap=True)
        self.facts = FactGrid()
        self.missing = label("", "strong", wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.HAIR)
        self.chips = QVBoxLayout()
        self.people = PeopleBehind(office, self.tr("People behind the part"))
        self.people.setMinimumHeight(_PEOPLE_HEIGHT)
        self.fold = quiet_button(self.tr("How this is co&unted"), "info")
        self.fold.setCheckable(True)
        self.definition = label("", "secondary", wrap=True)
        self.source = label("", "meta", wrap=True)
        for said in (self.name, self.facts, self.missing):
            self.add(said)
        self.body.addLayout(self.lines)
        self.body.addLayout(self.chips)
        self.add(self.people)
        self.body.addLayout(row(self.fold, 1))
        for words in (self.definition, self.source):
            self.add(words)
        self.fold.toggled.connect(self._fold)
        self._fold(False)
        self.hide()

    def show_indicator(self, one: Indicator) -> None:
        """Show an indicator; its people are asked for when a part is chosen."""
        self._indicator = one
        self.name.setText(one.title)
        facts = [] if one.missing else [Fact(self.tr("Figure"), one.value)]
        facts += [Fact(self.tr("Worked out from"), one.basis)] if one.basis else []
        facts += [Fact(self.tr("Band"), band_words(self, one))] if one.band is not None else []
        facts += [Fact(self.tr("Our target"), one.target)] if one.target else []
        self.facts.show_facts(facts)
        self.facts.setVisible(bool(facts))
        self.missing.setText(one.missing)
        self.missing.setVisible(bool(one.missing))
        self.definition.setText(one.definition)
        self.source.setText(self.tr("Source: {source}").format(source=one.source))
        clear(self.lines)
        for note in one.notes:
            self.lines.addWidget(label(note, "secondary", wrap=True))
        if one.coaches:
            self.lines.addWidget(label(self.tr("By coach, for a manager to see"), "meta", wrap=True))
        for coach, words in one.coaches:
            self.lines.addWidget(label(f"{coach}: {words}", wrap=True))
        self._show_parts(one.parts)
        self.people.forget()
        self.people.hide()
        self.show()
        lay_out(self)

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        clear(self.chips)
        self._chips = []
        for place, one in enumerate(parts):
            chip = ChipButton(f"{one.title} ({one.count:,})", exclusive=False)
            chip.setEnabled(bool(one.clients))
            chip.setProperty(_PLACE, place)
            chip.clicked.connect(self._ask)
            self._chips.append(chip)
        if parts:
            holder = QWidget()
            holder.setLayout(Flow(*self._chips))
            self.chips.addWidget(holder)

    @Slot()
    def _ask(self) -> None:
        """Show the people of a part, or nobody when its chip is pressed again."""
        sender = self.sender()
        assert isinstance(sender, ChipButton)  # noqa: S101  only chips lead here
        assert self._indicator is not None  # noqa: S101  chips are made of its parts
        for chip in self._chips:
            chip.setChecked(chip is sender and chip.isChecked())
        self.people.setVisible(sender.isChecked())
        if sender.isChecked():
            self.people.ask(self._indicator.parts[int(sender.property(_PLACE))].clients)
        else:
            self.people.forget()

    @Slot(bool)
    def _fold(self, opened: bool) -> None:  # noqa: FBT001  a signal's argument
        for piece in (self.definition, self.source):
            piece.setVisible(opened)


def band_words(speaker: QWidget, one: Indicator) -> str:
    """Return the verified band of an indicator in words; empty where there is none."""
    if one.band is None:
        return ""
    return speaker.tr("{number} of 5: {words}").format(number=one.band.number, words=one.band.words)
