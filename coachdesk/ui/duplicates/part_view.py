"""Two people after all: what goes back to whom, and what came since with whom it belongs to."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from coachdesk.casework.separating import (
    CameSince,
    Separation,
    UnmergeClients,
    preview_last_joining,
    unmerge_clients,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Ref
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Text
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, column, label, quiet_button, row
from coachdesk.ui.wizard import WorkingPage

FORM = "separate records"


class PartView(QWidget):
    """Taking apart two records that were joined.

    Signals: ``left()`` without doing it; ``parted(UUID)`` with the record put back.
    """

    left = Signal()
    parted = Signal(object)

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._found: Separation | None = None
        self.boxes: dict[Ref, QCheckBox] = {}
        self.back_button = quiet_button(self.tr("&Leave them joined"), "chevron-left")
        self.heading = label("", "section", wrap=True)
        self.why = label("", "secondary", wrap=True)
        self.following, self.since = QVBoxLayout(), QVBoxLayout()
        self.since_card = Card()
        self.form = SideForm(self._office, FORM, self.tr("&Separate the two"))
        self._arrange()
        self.back_button.clicked.connect(self._back)
        self.form.saved.connect(self.parted)
        self.form.put_away.connect(self.left)

    def _arrange(self) -> None:
        head = Card()
        for piece in (self.heading, self.why):
            head.add(piece)
        head.add(label(self.tr("What happens"), "label", wrap=True))
        self.following.setSpacing(Space.HAIR)
        head.add(self.following)
        self.since_card.add(label(self.tr("What was added since they were joined"), "section", wrap=True))
        self.since.setSpacing(Space.GAP)
        self.since_card.add(self.since)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(row(self.back_button, 1))
        for card in (head, self.since_card, self.form):
            box.addWidget(card)

    def start(self, client_id: UUID) -> None:
        """Ask what separating a client from whoever was joined last means, then show it."""
        self._office.desk.ask(preview_last_joining, client_id, self._show, refused=self._not_now)

    def _not_now(self, refusal: Refusal) -> None:
        self.left.emit()
        self._page.show_refusal(refusal)

    def _show(self, found: Separation) -> None:
        self._found = found
        words = self.tr("{keep} and {other} were joined. Are they two people?")
        other = f"{found.other_name} ({found.other_reference})" if found.other_reference else found.other_name
        self.heading.setText(words.format(keep=found.keep_name, other=other))
        self.why.setText(self.tr("They were joined because: {reason}").format(reason=found.reason))
        clear(self.following)
        for sentence in found.consequences:
            self.following.addWidget(label(sentence, wrap=True))
        clear(self.since)
        self.boxes = {}
        self.since_card.setVisible(bool(found.since))
        for place, one in enumerate(found.since):
            if place:
                self.since.addWidget(Divider())
            self.since.addWidget(self._line(one, found))
        self._ask_reason(found)
        lay_out(self)
        self._page.show_top()
        for box in list(self.boxes.values())[:1]:
            box.setFocus()

    def _line(self, one: CameSince, found: Separation) -> QWidget:
        holder = QWidget()
        words = column(label(one.title, "strong", wrap=True), label(one.words, wrap=True), spacing=2)
        if one.goes_with is None:
            box = QCheckBox(self.tr("It belongs to {name}").format(name=found.other_name))
            box.setAccessibleDescription(f"{one.title}: {one.words}")
            self.boxes[one.ref] = box
            words.addWidget(box)
        else:
            follows = self.tr("It goes with the record it hangs on.")
            words.addWidget(label(follows, "meta", wrap=True))
        holder.setLayout(words)
        return holder

    def _ask_reason(self, found: Separation) -> None:
        self.form.open_form(
            self.tr("Separate the two records"),
            (
                Text(
                    "reason",
                    self.tr("How do you &know that they are two people?"),
                    hint=self.tr("It stands in the history of both."),
                ),
            ),
            {},
            self._wish,
            unmerge_clients,
            about=found.other_id.hex,
            client_id=found.keep_id,
        )

    def _wish(self, values: dict[str, Any]) -> UnmergeClients:
        assert self._found is not None  # noqa: S101 - shown for two records
        theirs = frozenset(ref for ref, box in self.boxes.items() if box.isChecked())
        return UnmergeClients(merged_id=self._found.other_id, theirs=theirs, reason=values["reason"])

    @Slot()
    def _back(self) -> None:
        self.form.close_form()
