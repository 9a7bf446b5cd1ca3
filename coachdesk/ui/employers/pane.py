"""The pane on the left: every employer, narrowed by a chip and found by typing."""

import datetime as dt
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coachdesk.casework.employer_stays import LONG_STAY_WEEKS
from coachdesk.casework.employers import EmployerLine, who_kept_people
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due, plural
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space, Tone
from coachdesk.ui.widgets import ChipButton, Flow, IconButton, SearchField, label, row

ALL, ANCHOR, SCHEME, ENDING, DUE, KEPT = "all", "anchor", "scheme", "ending", "due", "kept"
_SOON_DAYS = 60
"""A scheme that runs out within this time stands under its own chip: what the usual warning is (facts, section 12.5)."""


class EmployersPane(QFrame):
    """Chips, a search field, and the employers; one click on a chip says who has kept people.

    Signals: ``chosen(UUID)``, ``opened(UUID)`` by Return, ``new_wanted()``, ``twice_wanted()`` for those that may
    stand here twice, ``guidance_wanted()`` for pages to leave behind.
    """

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()
    twice_wanted = Signal()
    guidance_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", True)
        self.setFixedWidth(look().px(Size.LIST_PANE))
        self._office = office
        self._lines: tuple[EmployerLine, ...] = ()
        self._key = ALL
        self._marked: UUID | None = None
        self.search = SearchField(self.tr("Search employers"))
        self.list = TwoLineList(self.tr("Employers"), people=False)
        self.new_button = IconButton(self.tr("New employer"), "plus")
        self.twice_button = IconButton(self.tr("Employers that may stand here twice"), "copy")
        self.guidance_button = IconButton(self.tr("Guidance to print and leave behind"), "printer")
        self.words = label("", "meta", wrap=True)
        self.chips: dict[str, ChipButton] = {}
        self._build()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.SMALL, Space.CARD, Space.SMALL, 0)
        box.setSpacing(Space.SMALL)
        ways = (self.guidance_button, self.twice_button, self.new_button)
        box.addLayout(row(label(self.tr("Employers"), "heading"), 1, *ways, spacing=0))
        box.addWidget(self.search)
        box.addWidget(self._chip_row())
        box.addWidget(self.words)
        box.addWidget(self.list, 1)
        self.search.wanted.connect(self._narrow)
        self.search.into_list.connect(self._into_list)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.new_button.clicked.connect(self.new_wanted)
        self.twice_button.clicked.connect(self.twice_wanted)
        self.guidance_button.clicked.connect(self.guidance_wanted)

    def _chip_row(self) -> QWidget:
        words = {
            ALL: self.tr("All"),
            KEPT: self.tr("Kept people"),
            DUE: self.tr("Follow-up due"),
            ANCHOR: self.tr("Anchor"),
            SCHEME: self.tr("With a scheme"),
            ENDING: self.tr("Scheme runs out"),
        }
        holder = QWidget()
        chips = Flow(spacing=Space.HAIR)
        for key, text in words.items():
            chip = ChipButton(text, parent=holder)
            chip.setProperty("filter", key)
            chip.setProperty("words", text)
            chip.clicked.connect(self._chip)
            self.chips[key] = chip
            chips.addWidget(chip)
        self.chips[KEPT].setToolTip(
            self.tr("Who has kept people? Still there, or stayed {weeks} weeks").format(weeks=LONG_STAY_WEEKS)
        )
        self.chips[ALL].setChecked(True)
        holder.setLayout(chips)
        return holder

    @Slot()
    def _chip(self) -> None:
        sender = self.sender()
        if isinstance(sender, ChipButton):
            self.show_filter(str(sender.property("filter")))

    def show_filter(self, key: str) -> None:
        """Show the employers of one chip."""
        self.chips[key].setChecked(True)
        self._key = key
        self._draw()

    def show_lines(self, lines: tuple[EmployerLine, ...]) -> None:
        """Show these employers, as far as the chip lets them."""
        self._lines = lines
        for key, chip in self.chips.items():
            chip.setText(f"{chip.property('words')} {len(self._of(key))}")
        self._draw()

    def _of(self, key: str) -> tuple[EmployerLine, ...]:
        today = self._office.desk.clock.today()
        if key == KEPT:
            return who_kept_people(self._lines)
        return tuple(one for one in self._lines if _belongs(one, key, today))

    def _draw(self) -> None:
        rows = self._of(self._key)
        self.list.show_items([self._item(one) for one in rows])
        self._mark()
        self._say()

    def _item(self, one: EmployerLine) -> ListItem:
        words, tone = self._right(one)
        detail = ", ".join(part for part in (one.town, one.sector) if part)
        more = f"{one.places} {' '.join(one.schemes)}"
        if one.do_not_approach:
            detail = self.tr("Do not approach")
        return ListItem(one.id, one.name, detail, words, tone, more)

    def _right(self, one: EmployerLine) -> tuple[str, Tone]:
        """Return what stands at the end of a line: figures where one asks who kept people, else what is due."""
        today = self._office.desk.clock.today()
        if one.do_not_approach and self._key == ALL:
            return self.tr("See the note"), Tone.WARNING
        if self._key == KEPT:
            stays = one.stays
            words = self.tr("kept {kept} of {people}, longest {weeks} weeks")
            return words.format(kept=stays.kept, people=stays.people, weeks=stays.longest), Tone.NEUTRAL
        if one.is_due(today):
            return due(one.follow_up_on, today), Tone.WARNING
        if one.stays.there_now:
            return self.tr("{count} there now").format(count=one.stays.there_now), Tone.NEUTRAL
        return "", Tone.NEUTRAL

    def _say(self) -> None:
        shown = len(self.list.items())
        words = plural(shown, self.tr("employer"), self.tr("employers"))
        if self._key == KEPT and shown:
            words = self.tr(
                "{words} where somebody of ours is still in work or stayed {weeks} weeks, most people first"
            ).format(words=words, weeks=LONG_STAY_WEEKS)
        elif not self._lines:
            words = self.tr("No employers yet. Each one a job is recorded with stands here by itself.")
        elif not shown:
            words = self.tr("No employer is on this list.")
        self.words.setText(words)

    @Slot(str)
    def _narrow(self, words: str) -> None:
        self.list.filter(words)
        self._say()

    def choose(self, employer_id: UUID | None) -> None:
        """Mark an employer without opening it again; one the chip leaves out brings all of them back."""
        self._marked = employer_id
        if employer_id is not None and employer_id not in {one.id for one in self._of(self._key)}:
            self.search.clear()
            self.show_filter(ALL)
        self._mark()

    def _mark(self) -> None:
        if self._marked is not None:
            self.list.blockSignals(True)
            self.list.choose(self._marked)
            self.list.blockSignals(False)

    @Slot(object)
    def _choose(self, identity: object) -> None:
        if isinstance(identity, UUID):
            self._marked = identity
            self.chosen.emit(identity)

    @Slot(object)
    def _open(self, identity: object) -> None:
        self._choose(identity)
        self.opened.emit(identity)

    @Slot()
    def _into_list(self) -> None:
        self.list.choose_first()
        self.list.setFocus()


def _belongs(one: EmployerLine, key: str, today: dt.date) -> bool:
    soon = today + dt.timedelta(days=_SOON_DAYS)
    belongs = {
        ALL: True,
        ANCHOR: one.is_anchor,
        SCHEME: bool(one.schemes),
        ENDING: one.runs_out_on is not None and one.runs_out_on <= soon,
        DUE: one.is_due(today),
    }
    return belongs[key]
