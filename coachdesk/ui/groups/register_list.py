"""Who is on the register: one key says whether somebody came, another takes somebody off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.groups import RegisteredPerson
from coachdesk.ui.announce import announce
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Tone

_LIST_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class OnRegister:
    """Somebody on the register: a client by id, or somebody new by name."""

    name: str
    client_id: UUID | None = None
    attended: bool = True

    @property
    def key(self) -> str:
        """The one name this person has on a register."""
        return self.client_id.hex if self.client_id is not None else f"new {self.name.casefold()}"

    def person(self) -> RegisteredPerson:
        """Return the person as the register is saved."""
        new = "" if self.client_id is not None else self.name
        return RegisteredPerson(client_id=self.client_id, new_name=new, attended=self.attended)


class RegisterList(TwoLineList):
    """The register as a list; Space says whether somebody came, Delete takes somebody off.

    Signals: ``edited()`` when the register was changed.
    """

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setMinimumHeight(look().px(_LIST_HEIGHT))
        self._people: dict[str, OnRegister] = {}

    def people(self) -> tuple[OnRegister, ...]:
        """Return who is on the register, in the order they were added."""
        return tuple(self._people.values())

    def show_people(self, people: Iterable[OnRegister]) -> None:
        """Show a register."""
        self._people = {one.key: one for one in people}
        self._draw()

    def add_person(self, person: OnRegister) -> bool:
        """Put somebody on the register, marked and in sight; return whether they were not on it yet."""
        fresh = person.key not in self._people
        if fresh:
            self._people[person.key] = person
            self._draw()
            self.edited.emit()
        self.choose(person.key)
        self.scrollTo(self.currentIndex())
        return fresh

    def toggle(self) -> None:
        """Say of the marked person the other thing: that they came, or that they could not."""
        key = self.current_id()
        if isinstance(key, str) and key in self._people:
            person = self._people[key]
            self._people[key] = replace(person, attended=not person.attended)
            self._draw()
            self.edited.emit()
            announce(self, f"{person.name}: {self._said(self._people[key])}")

    def take_off(self) -> None:
        """Take the marked person off the register; the next one is marked."""
        key = self.current_id()
        if not isinstance(key, str) or key not in self._people:
            return
        place = self.currentIndex().row()
        del self._people[key]
        self._draw()
        if self._people:
            self.setCurrentIndex(self.model().index(min(place, len(self._people) - 1), 0))
        self.edited.emit()

    def _said(self, person: OnRegister) -> str:
        return self.tr("Came") if person.attended else self.tr("Could not make it")

    def _draw(self) -> None:
        self.show_items(
            [
                ListItem(
                    one.key,
                    one.name,
                    self.tr("New") if one.client_id is None else "",
                    self._said(one),
                    Tone.OK if one.attended else Tone.WARNING,
                )
                for one in self._people.values()
            ]
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.take_off()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # Ctrl+Enter saves, as in every form
        else:
            super().keyPressEvent(event)
