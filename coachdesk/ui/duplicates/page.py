"""The page of likely duplicates: who may stand in the vault twice, joining the two, and taking them apart again."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.duplicate_pairs import (
    FindPairs,
    KeepApart,
    Pair,
    ask_again,
    keep_apart,
    look_for_pairs,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.duplicates.join_view import JoinView
from coachdesk.ui.duplicates.other_picker import OtherPicker
from coachdesk.ui.duplicates.pair_line import PairLine
from coachdesk.ui.duplicates.part_view import PartView
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, EmptyState, ScrollPage, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

MOST_SHOWN = 50


class DuplicatesPage(WorkingPage):
    """Pairs, two records side by side, or two that were joined."""

    concerns = frozenset({Kind.CLIENT})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._pairs: tuple[Pair, ...] = ()
        self._apart: KeepApart | None = None
        self._client_id: UUID | None = None
        self.again_button = secondary_button(self.tr("Look &again"), "refresh-cw")
        self.count = label(self.tr("Who may stand here twice"), "section", wrap=True)
        self.told = label(
            self.tr("Only people you may see are compared. Nothing is joined by itself."), "meta", wrap=True
        )
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.list_card = Card()
        self.picker = OtherPicker(office)
        self.join = JoinView(self)
        self.part = PartView(self)
        self._arrange()
        self.again_button.clicked.connect(self.look)
        self.picker.chosen.connect(self._picked)
        self.picker.put_away.connect(self.show_list)
        self.join.left.connect(self.show_list)
        self.join.joined.connect(self._settled)
        self.part.left.connect(self.show_list)
        self.part.parted.connect(self._settled)

    def _arrange(self) -> None:
        head = row(self.count, self.again_button)
        head.setStretch(0, 1)
        self.list_card.add(head)
        self.list_card.add(self.told)
        self.list_card.add(self.lines)
        area = ScrollPage(self)
        area.body.addWidget(label(self.tr("Likely duplicates"), "title"))
        for piece in (self.refusal, self.progress, self.picker, self.list_card, self.join, self.part):
            area.body.addWidget(piece)
        area.body.addStretch(1)
        self.join.hide()
        self.part.hide()
        self.fill_with(area)

    @override
    def pieces(self) -> Iterable[QWidget]:
        return (self.list_card,)

    @override
    def refresh(self) -> None:
        """Look again; while two records are on the page nothing is looked for."""
        if not self.list_card.isHidden():
            self.look()

    @override
    def stopped_words(self) -> str:
        return self.tr("Stopped. “Look again” begins anew.")

    @Slot()
    def look(self) -> None:
        """Look through everybody for pairs, beside all other work."""
        question = FindPairs(today=self.office.desk.clock.today(), limit=MOST_SHOWN)
        self.start(look_for_pairs, question, self.tr("Looking through the clients…"), self._show)

    def _show(self, pairs: tuple[Pair, ...]) -> None:
        self._pairs = pairs
        count = len(pairs)
        if count == MOST_SHOWN:
            words = self.tr("The {count} surest pairs; more come once these are settled")
            self.count.setText(words.format(count=count))
        else:
            self.count.setText(plural(count, self.tr("likely pair"), self.tr("likely pairs")))
        clear(self.lines)
        for place, pair in enumerate(pairs):
            if place:
                self.lines.addWidget(Divider())
            line = PairLine(pair)
            line.compare.connect(self._compare)
            line.apart.connect(self._keep_apart)
            self.lines.addWidget(line)
        if not count:
            self.lines.addWidget(
                EmptyState(
                    self.tr("Nobody seems to stand here twice"),
                    self.tr(
                        "If you know better: open one of the two, and choose “Join with another record…”."
                    ),
                    icon="circle-check",
                )
            )
        lay_out(self)

    @Slot()
    def show_list(self) -> None:
        """Go back to the pairs."""
        self._bring(self.list_card)
        self.again_button.setFocus()
        if not self._pairs:
            self.count.setText(self.tr("Who may stand here twice"))

    def _bring(self, wanted: QWidget) -> None:
        """Bring one part of the page into sight."""
        self.refusal.hide()
        for part in (self.list_card, self.picker, self.join, self.part):
            part.setVisible(part is wanted)
        lay_out(self)
        self.show_top()

    @Slot(object)
    def _compare(self, pair: Pair) -> None:
        self.compare(pair.one.id, pair.other.id)

    def compare(self, keep_id: UUID, other_id: UUID) -> None:
        """Show two records side by side; the first is the one that stays."""
        self._bring(self.join)
        self.join.start(keep_id, other_id)

    def join_with(self, client_id: UUID) -> None:
        """Ask with whom a client is to be joined."""
        self._client_id = client_id
        self._bring(self.picker)
        self.picker.start(client_id)

    @Slot(object)
    def _picked(self, other_id: UUID) -> None:
        assert self._client_id is not None  # noqa: S101 - the picker opens for a client
        self.compare(self._client_id, other_id)

    def separate(self, client_id: UUID) -> None:
        """Show what separating a client from whoever was joined last would mean."""
        self._bring(self.part)
        self.part.start(client_id)

    @Slot(object)
    def _keep_apart(self, pair: Pair) -> None:
        self._apart = KeepApart(one_id=pair.one.id, other_id=pair.other.id)
        self.office.desk.do(keep_apart, self._apart, then=self._kept_apart, refused=self.show_refusal)

    def _kept_apart(self, _nothing: None) -> None:
        self.office.messages.say_done(
            self.tr("Noted: two people. They are not shown here again."), self.tr("Undo"), self._ask_again
        )
        self.look()

    @Slot()
    def _ask_again(self) -> None:
        if self._apart is not None:
            self.office.desk.do(ask_again, self._apart, then=self._asked_again, refused=self.show_refusal)

    def _asked_again(self, _nothing: None) -> None:
        self.look()

    @Slot(object)
    def _settled(self, client_id: UUID) -> None:
        """Show the client whose record came of it; the pairs are looked for anew when somebody comes back."""
        self._bring(self.list_card)
        self._is_stale = True
        self.open_client.emit(client_id)
