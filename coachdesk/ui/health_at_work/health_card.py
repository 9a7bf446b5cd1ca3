"""What the three cards of health at work have in common: one form, lines drawn anew, buttons that say what about."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Option, Part
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, IconButton, label

NOT_ASKED = "not_asked"
Acts = Mapping[str, Callable[[str], None]]
"""What can be done, by key; each is told about what, as the hexadecimal digits of an id."""


class HealthCard(Card):
    """One part of health at work.

    Signals: ``history(Ref, str)`` when the history of a record is wanted; ``changed()`` after something was saved.
    """

    history = Signal(object, str)
    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.office = office
        self.client_id: UUID | None = None
        self._is_known = False
        self._waiting = ("", "")
        self.form = SideForm(office, "health", self.tr("&Save"))
        self.form.saved.connect(self.saved)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)

    def acts(self) -> Acts:
        """Return what can be done here."""
        raise NotImplementedError

    def leave_client(self, client_id: UUID) -> None:
        """Put away what belongs to another client."""
        if client_id != self.client_id:
            self.form.close_form()
            self.client_id, self._is_known = client_id, False
            clear(self.lines)

    def shown(self) -> None:
        """Lay out what was drawn anew, and go on with what waited for it."""
        lay_out(self)
        self._is_known = True
        (kind, about), self._waiting = self._waiting, ("", "")
        self._act(kind, about)

    def go_on(self, kind: str, about: str) -> None:
        """Open the form again to which a draft belongs, as soon as the records are known."""
        if self._is_known:
            self._act(kind, about)
        else:
            self._waiting = (kind, about)

    def act_button(self, words: str, kind: str, about: UUID, called: str, icon: str = "") -> Button:
        """Return a button that does something about a record; it is named with what the record is called."""
        button = Button(words, icon)
        if called:
            button.setAccessibleName(f"{words.replace('&', '')}: {called}")
        button.setProperty("act", kind)
        button.setProperty("about", about.hex)
        button.clicked.connect(self._pressed)
        return button

    def icon_button(self, words: str, kind: str, about: UUID, called: str, icon: str) -> Button:
        """Return a button like the others that shows its icon only, for lines of which there are many."""
        button = IconButton(f"{words}: {called}", icon)
        button.setProperty("act", kind)
        button.setProperty("about", about.hex)
        button.clicked.connect(self._pressed)
        return button

    def past_button(self, kind: Kind, record_id: UUID, called: str) -> HistoryButton:
        """Return a button that asks for the history of a record."""
        past = HistoryButton(Ref(kind, record_id), called)
        past.wanted.connect(self.history)
        return past

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        self._act(str(button.property("act")), str(button.property("about")))

    def _act(self, kind: str, about: str) -> None:
        act = self.acts().get(kind)
        if act is not None:
            act(about)

    def open_form(
        self,
        key: str,
        heading: str,
        parts: tuple[Part, ...],
        values: object,
        wish: Callable[[dict[str, Any]], Any],
        command: Callable[[Any, Any], Any],
    ) -> None:
        """Open the form; ``key`` is the act and what it is about, by which its draft is found again."""
        self.form.open_form(heading, parts, values, wish, command, about=key, client_id=self.client_id)

    def do(self, command: Callable[[Any, Any], Any], wish: Any) -> None:
        """Carry out a wish that asks nothing more."""
        self.office.desk.do(command, wish, then=self.saved, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)

    @Slot(object)
    def saved(self, _value: object) -> None:
        """Say that something changed."""
        self.changed.emit()

    @Slot()
    def plan_made(self) -> None:
        """Say that a paper was made, which may have changed what may be told."""
        self.changed.emit()

    def options(self, list_name: str, *, unstated: bool = False) -> tuple[Option, ...]:
        """Return the answers of a list that can be chosen."""
        return self.office.codes.options(list_name, unstated=unstated)


def job_options(jobs: tuple[Any, ...]) -> tuple[Option, ...]:
    """Return a client's jobs as answers."""
    return tuple(Option(job.id, job.words) for job in jobs)


def call_label(words: str) -> QWidget:
    """Return a sentence that says what something waits for."""
    return label(words, "label", tone=Tone.WARNING, wrap=True)
