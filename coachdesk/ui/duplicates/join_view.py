"""Joining two records of one person: side by side, line by line, with all that follows said before."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.merging import (
    MergeClients,
    MergePreview,
    PreviewMerge,
    merge_clients,
    preview_merge,
)
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.duplicates.compare_line import CompareLine
from coachdesk.ui.forms.fields import Lines
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, Divider, Flow, label, quiet_button, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

FORM = "join records"


class JoinView(QWidget):
    """Two records side by side.

    Signals: ``left()`` back to the list; ``joined(UUID)`` with the record that stays.
    """

    left = Signal()
    joined = Signal(object)

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._two: tuple[UUID, UUID] | None = None
        self._reason = ""
        self.lines: dict[str, CompareLine] = {}
        self.back_button = quiet_button(self.tr("&All likely duplicates"), "chevron-left")
        self.swap_button = secondary_button(self.tr("Let the other one stay"), "arrow-up-down")
        self.heading = label("", "section", wrap=True)
        self.reasons = label("", "secondary", wrap=True)
        self.differing, self.alike, self.following = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.form = SideForm(self._office, FORM, self.tr("&Join the two"))
        self._arrange()
        self.back_button.clicked.connect(self._back)
        self.swap_button.clicked.connect(self._swap)
        self.form.saved.connect(self._done)
        self.form.put_away.connect(self.left)

    def _arrange(self) -> None:
        head, compared, after = Card(), Card(), Card()
        for piece in (self.heading, self.reasons):
            head.add(piece)
        head.add(Flow(self.swap_button))
        compared.add(label(self.tr("Where they differ, choose what is true"), "section", wrap=True))
        compared.add(
            label(
                self.tr(
                    "The arrow keys choose, Tab goes on. What is more careful or more complete is chosen already."
                ),
                "meta",
                wrap=True,
            )
        )
        for layout, spacing in (
            (self.differing, Space.GAP),
            (self.alike, Space.HAIR),
            (self.following, Space.HAIR),
        ):
            layout.setSpacing(spacing)
        compared.add(self.differing)
        compared.add(self.alike)
        after.add(label(self.tr("What joining them means"), "section", wrap=True))
        after.add(self.following)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(row(self.back_button, 1))
        for card in (head, compared, after):
            box.addWidget(card)
        box.addWidget(self.form)

    def start(self, keep_id: UUID, other_id: UUID) -> None:
        """Ask how two records compare, then show them; the first is the one that stays."""
        if self.form.form is not None:
            self._put_form_away()
        self._two = (keep_id, other_id)
        question = PreviewMerge(keep_id=keep_id, other_id=other_id)
        self._office.desk.ask(preview_merge, question, self._show, refused=self._not_now)

    def _not_now(self, refusal: Refusal) -> None:
        self.left.emit()
        self._page.show_refusal(refusal)

    def _show(self, preview: MergePreview) -> None:
        words = self.tr("{keep} stays. {other} is joined with it.")
        self.heading.setText(words.format(keep=preview.keep_name, other=preview.other_name))
        why = self.tr("Why they look like one person: {reasons}").format(reasons=", ".join(preview.reasons))
        nothing = self.tr("Nothing in the two records says that they are one person. Look twice.")
        self.reasons.setText(why if preview.reasons else nothing)
        self._show_lines(preview)
        self._show_following(preview)
        self._ask_reason()
        lay_out(self)
        self._page.show_top()
        self._focus_first()
        self._reason = ""

    def _show_lines(self, preview: MergePreview) -> None:
        clear(self.differing)
        clear(self.alike)
        self.lines = {}
        for line in preview.lines:
            if not line.differs:
                continue
            if self.lines:
                self.differing.addWidget(Divider())
            shown = CompareLine(line, preview.keep_reference, preview.other_reference)
            self.lines[line.key] = shown
            self.differing.addWidget(shown)
        if not self.lines:
            self.differing.addWidget(label(self.tr("Both say the same."), wrap=True))
        same = [f"{line.label}: {line.keep_words}" for line in preview.lines if not line.differs]
        if same:
            self.alike.addWidget(Divider())
            self.alike.addWidget(label(self.tr("The same in both"), "label", wrap=True))
            self.alike.addWidget(label("  ·  ".join(same), "meta", wrap=True))

    def _show_following(self, preview: MergePreview) -> None:
        clear(self.following)
        counts = [
            self.tr("{title}: {mine} and {theirs}").format(title=title, mine=mine, theirs=theirs)
            for title, mine, theirs in preview.counts
        ]
        if counts:
            words = self.tr("What each record holds, first {keep}, then {other}")
            named = words.format(keep=preview.keep_reference, other=preview.other_reference)
            self.following.addWidget(label(named, "label", wrap=True))
            self.following.addWidget(label("  ·  ".join(counts), wrap=True))
        self.following.addWidget(label(self.tr("What happens"), "label", wrap=True))
        undone = self.tr("They can be separated again at any time, from the client’s menu.")
        for sentence in (*preview.consequences, undone):
            self.following.addWidget(label(sentence, wrap=True))

    def _ask_reason(self) -> None:
        assert self._two is not None  # noqa: S101 - shown for two records
        keep_id, other_id = self._two
        self.form.open_form(
            self.tr("Join the two records"),
            (
                Lines(
                    "reason",
                    self.tr("How do you &know that they are one person?"),
                    hint=self.tr("It stands in the history of both."),
                    rows=2,
                    needed=True,
                ),
            ),
            {"reason": self._reason},
            self._wish,
            merge_clients,
            about=f"{keep_id.hex}:{other_id.hex}",
            client_id=keep_id,
        )

    def _focus_first(self) -> None:
        for shown in self.lines.values():
            shown.radios[shown.side].setFocus()
            return

    def _wish(self, values: dict[str, Any]) -> MergeClients:
        assert self._two is not None  # noqa: S101 - as above
        keep_id, other_id = self._two
        choices = {key: str(shown.side) for key, shown in self.lines.items() if len(shown.line.sides) > 1}
        return MergeClients(keep_id=keep_id, other_id=other_id, reason=values["reason"], choices=choices)

    def _put_form_away(self) -> None:
        """Make room for another pair; a reason that was begun is kept as a draft."""
        self.form.blockSignals(True)
        self.form.close_form()
        self.form.blockSignals(False)

    @Slot()
    def _back(self) -> None:
        self.form.close_form()

    @Slot()
    def _swap(self) -> None:
        assert self._two is not None  # noqa: S101 - as above
        keep_id, other_id = self._two
        assert self.form.form is not None  # noqa: S101 - as above
        self._reason = str(self.form.form.raw()["reason"])
        self._put_form_away()
        self._office.desk.drop_draft(f"{FORM}:{keep_id.hex}:{other_id.hex}")
        self.start(other_id, keep_id)

    @Slot(object)
    def _done(self, keep_id: UUID) -> None:
        self.joined.emit(keep_id)
