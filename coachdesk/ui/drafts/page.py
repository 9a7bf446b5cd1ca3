"""What had been typed and was not saved: each form, from when, beside what was saved; nothing is decided for anybody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.listed import names_of
from coachdesk.desk.counter import DraftRow
from coachdesk.terms import Changes
from coachdesk.ui.drafts.told import about, is_something, told
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.spoken import moment
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Fact,
    FactGrid,
    ScrollPage,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)


class DraftCard(Card):
    """One form that was not saved.

    Signals: ``go_on(DraftRow)``, ``away(DraftRow)``, ``forgotten(DraftRow)``.
    """

    go_on = Signal(object)
    away = Signal(object)
    forgotten = Signal(object)

    def __init__(self, draft: DraftRow, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.draft = draft
        headed = about(draft.body) or draft.form.capitalize()
        self.called = headed if not name or name in headed else f"{headed}, {name}"
        self.go_on_button = primary_button(self.tr("Go on writing"), "pen-line")
        self.away_button = secondary_button(self.tr("Put away"))
        self.forget_button = quiet_button(self.tr("Forget it…"), "trash-2")
        self.add(label(self.called, "section", wrap=True))
        self.add(label(self.tr("Typed on {moment}").format(moment=moment(draft.saved_at)), "meta", wrap=True))
        for one in told(draft.body):
            self.add(label(one.label, "label", wrap=True))
            saved = Fact(self.tr("Saved before"), one.saved or self.tr("Nothing"))
            typed = Fact(self.tr("You had typed"), one.typed or self.tr("Nothing"))
            self.add(FactGrid((saved, typed)))
        self.add(row(self.go_on_button, self.away_button, 1, self.forget_button))
        for button, slot in (
            (self.go_on_button, self._go_on),
            (self.away_button, self._away),
            (self.forget_button, self._forget),
        ):
            self._name(button)
            button.clicked.connect(slot)

    def _name(self, button: Button) -> None:
        button.setAccessibleName(f"{button.text()}: {self.called}")

    @Slot()
    def _go_on(self) -> None:
        self.go_on.emit(self.draft)

    @Slot()
    def _away(self) -> None:
        self.away.emit(self.draft)

    @Slot()
    def _forget(self) -> None:
        self.forgotten.emit(self.draft)


class DraftsPage(Page):
    """All drafts of whoever unlocked, the newest first.

    Signals: ``go_on(DraftRow)`` when somebody goes on writing; ``kept(int)`` with how many are kept, when known.
    """

    go_on = Signal(object)
    kept = Signal(int)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._drafts: tuple[DraftRow, ...] = ()
        self._away: set[tuple[str, Any]] = set()
        self.scroll_area = ScrollPage(self)
        self.scroll_area.body.addWidget(label(self.tr("What you had not saved yet"), "title", wrap=True))
        self.scroll_area.body.addWidget(
            label(
                self.tr(
                    "Everything you type is kept in the vault within a second. Go on with it, or put it away: it then "
                    "stays kept and is offered again whenever you open the same form."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        self.scroll_area.body.addLayout(self.cards)
        self.scroll_area.body.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.scroll_area)

    @override
    def wants(self, changes: Changes) -> bool:
        return True

    def show_all(self) -> None:
        """Show every draft again, those put away too."""
        self._away.clear()
        self.refresh()

    @override
    def refresh(self) -> None:
        self.office.desk.read_drafts(self._read)

    def _read(self, drafts: tuple[DraftRow, ...]) -> None:
        self._drafts = tuple(one for one in drafts if is_something(one.body))
        wanted = tuple(one.client_id for one in self._drafts if one.client_id is not None)
        self.office.desk.ask(names_of, wanted, self._show)

    def _show(self, names: Mapping[UUID, str]) -> None:
        while self.cards.count():
            piece = self.cards.takeAt(0)
            widget = piece.widget() if piece is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [one for one in self._drafts if (one.key, one.saved_at) not in self._away]
        for draft in shown:
            name = names.get(draft.client_id, "") if draft.client_id is not None else ""
            card = DraftCard(draft, name)
            card.go_on.connect(self.go_on)
            card.away.connect(self._put_away)
            card.forgotten.connect(self._forget)
            self.cards.addWidget(card)
        if not shown:
            self.cards.addWidget(
                EmptyState(
                    self.tr("Nothing is waiting"),
                    self.tr("Whatever you begin to type and do not save is found here."),
                    icon="file-text",
                )
            )
        self.kept.emit(len(self._drafts))

    @Slot(object)
    def _put_away(self, draft: DraftRow) -> None:
        self._away.add((draft.key, draft.saved_at))
        self.refresh()

    @Slot(object)
    def _forget(self, draft: DraftRow) -> None:
        agreed = self.office.dialogs.confirm(
            self.tr("Forget what you had typed?"),
            yes=self.tr("Forget it"),
            explain=self.tr("It was never saved, so it cannot be brought back."),
            danger=True,
        )
        if agreed:
            self.office.desk.drop_draft(draft.key)
            self.refresh()
