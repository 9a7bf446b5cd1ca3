"""What the cards of looking for work have in common: a head with its button, a form, and lines that are drawn anew."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    Flow,
    RoundIcon,
    column,
    label,
    quiet_button,
    row,
    secondary_button,
)

FORM = "search"
"""The first word of the key of every draft here."""
NOT_ASKED = "not_asked"


class SearchForm(SideForm):
    """A form that is scrolled to when it opens: the cards of this tab stand far below each other.

    Signals: ``offered()`` after a draft may have been filled in.
    """

    offered = Signal()

    @override
    def _offer(self, drafts: Any) -> None:
        super()._offer(drafts)
        self.offered.emit()

    @override
    def open_form(self, *asked: Any, **about: Any) -> None:
        super().open_form(*asked, **about)
        bring_into_sight(self)


class SearchCard(Card):
    """One card of the tab; a subclass says what it asks for and draws the lines.

    Signals: ``history(Ref, str)`` when the history of a record is wanted; ``changed()`` after something was saved;
    ``known(bool)`` once the lines are drawn: whether there is anything.
    """

    history = Signal(object, str)
    changed = Signal()
    known = Signal(bool)
    form_name = FORM

    def __init__(
        self,
        office: Office,
        title: str,
        hint: str,
        button: tuple[str, str] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.office = office
        self.client_id: UUID | None = None
        self.rows: dict[str, Any] = {}
        self._waiting = ("", "")
        self.form = SearchForm(office, self.form_name, self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self._put_away)
        self.add_button = secondary_button(*(button or ("", "")))
        if button is None:
            self.add_button.hide()  # shown before it has a place, it would be a window of its own
        self.add_button.clicked.connect(self.start)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        head = row(label(title, "section", wrap=True), self.add_button)
        head.setStretch(0, 1)
        self.add(head)
        self.hint: QLabel = label(hint, "meta", wrap=True)
        self.add(self.hint)
        self.add(self.form)
        self.add(self.lines)

    def show_client(self, client_id: UUID) -> None:
        """Ask for what this card shows of a client."""
        if client_id != self.client_id:
            self.form.close_form()
            self.client_id, self.rows = client_id, {}
            clear(self.lines)
        today = self.office.desk.clock.today()
        self.ask(ClientQuestion(client_id=client_id, today=today))

    def ask(self, question: ClientQuestion) -> None:
        """Ask the desk for the lines; each card asks its own."""

    @Slot()
    def start(self) -> None:
        """Open the form for something new, on the cards that have one."""

    def whose(self) -> UUID:
        """Return whose card this is; raises LookupError while nobody is shown."""
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    def openers(self) -> dict[str, Callable[[Any], None]]:
        """Return how the form of each kind opens: with the row it is about."""
        return {}

    def go_on(self, kind: str, about: str) -> bool:
        """Open the form of a draft again, as soon as its record is known; return whether it is one of this card."""
        opener = self.openers().get(kind)
        if opener is None:
            return False
        if about in self.rows:
            opener(self.rows[about])
        else:
            self._waiting = (kind, about)
        return True

    def draw(self, pieces: list[QWidget], rows: dict[str, Any]) -> None:
        """Put lines in the place of those there were; the keyboard stays with the same button of the same record."""
        had = self._focused()
        clear(self.lines)
        self.rows = rows
        for place, piece in enumerate(pieces):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(piece)
        lay_out(self)
        self._focus_again(had)
        self.known.emit(bool(rows))
        (kind, about), self._waiting = self._waiting, ("", "")
        if about in rows:
            self.go_on(kind, about)

    def _focused(self) -> tuple[str, str] | None:
        held = QApplication.focusWidget()
        if held is None or not self.isAncestorOf(held) or held.property("about") is None:
            return None
        return str(held.property("about")), str(held.property("act"))

    def _focus_again(self, had: tuple[str, str] | None) -> None:
        if had is None:
            return
        about, act = had
        same = [one for one in self.findChildren(QPushButton) if one.property("about") == about]
        alive = [one for one in same if one.isVisible() and one.isEnabled()]
        alive.sort(key=lambda one: one.property("act") != act)
        others = [one for one in self.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
        for one in (*alive, *others)[:1]:
            one.setFocus()

    def act(self, key: str, words: str, icon: str, about: UUID, called: str) -> Button:
        """Return a button that does something with one record: ``acted`` hears of it."""
        button = secondary_button(words, icon)
        button.setAccessibleName(f"{words.rstrip('…')}: {called}")
        button.setProperty("about", about.hex)
        button.setProperty("act", key)
        button.clicked.connect(self._acted)
        return button

    @Slot()
    def _acted(self) -> None:
        sender = self.sender()
        found = self.rows.get(str(sender.property("about")))
        if found is not None:
            self.acted(str(sender.property("act")), found)

    def acted(self, key: str, found: Any) -> None:
        """Do what a button asks for; unless a subclass knows better, open the form of that name."""
        self.openers()[key](found)

    def past(self, kind: Kind, record_id: UUID, called: str) -> HistoryButton:
        """Return a button that asks for the history of a record shown here."""
        button = HistoryButton(Ref(kind, record_id), called)
        button.wanted.connect(self.history)
        return button

    def do(self, command: Any, wish: Any) -> None:
        """Do something at once, without a form."""
        self.office.desk.do(command, wish, then=self._done, refused=self._refused)

    def _done(self, _value: object) -> None:
        self.changed.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.add_button.setFocus()
        self.changed.emit()

    @Slot()
    def _put_away(self) -> None:
        if self.isVisible():
            self.add_button.setFocus()


def quiet_line(words: str, icon: str, tone: Tone = Tone.NEUTRAL) -> QWidget:
    """Return a line with a small icon before its words."""
    holder = QWidget()
    box = row(spacing=Space.SMALL)
    box.setContentsMargins(0, 0, 0, 0)
    box.addLayout(column(RoundIcon(icon, tone, 22), 1))
    box.addWidget(label(words, tone=None if tone is Tone.NEUTRAL else tone, wrap=True), 1)
    holder.setLayout(box)
    return holder


def with_buttons(said: QVBoxLayout, buttons: Sequence[QWidget]) -> QWidget:
    """Return what is said with its buttons below, a little apart; they go to a new line where the room asks."""
    said.setContentsMargins(0, 0, 0, 0)
    if buttons:
        said.addSpacing(Space.HAIR)
        said.addLayout(Flow(*buttons))
    holder = QWidget()
    holder.setLayout(said)
    return holder


def fold_button(key: str, words: str, slot: object, *, is_open: bool) -> QWidget:
    """Return a line that folds or unfolds what follows."""
    button = quiet_button(words, "chevron-up" if is_open else "chevron-down")
    button.setProperty("about", key)
    button.setProperty("act", "fold")
    button.clicked.connect(slot)
    holder = QWidget()
    line = row(button, 1)
    line.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(line)
    return holder
