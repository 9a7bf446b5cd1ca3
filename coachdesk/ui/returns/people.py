"""The people behind a number: the list that belongs to the question asked last, and to no earlier one."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.returns.explaining import people_behind, reasons_behind
from coachdesk.returns.wishes import PeopleQuestion, PersonRow, ReasonsQuestion
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList


class PeopleBehind(TwoLineList):
    """Clients counted in a figure or named by a line.

    Signals: ``arrived()`` when the people asked for last are shown.
    """

    arrived = Signal()

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._office = office
        self._newest: _Question | None = None

    def ask(self, client_ids: Iterable[UUID]) -> None:
        """Show these clients as soon as they are read; nobody is shown meanwhile."""
        self.forget()
        self._newest = _Question(self)
        wish = PeopleQuestion(client_ids=tuple(client_ids))
        self._office.desk.ask(people_behind, wish, self._newest.answered)

    def ask_why(self, reasons: Iterable[tuple[UUID, str]]) -> None:
        """Show these clients, each with what is said of them, as soon as they are read."""
        self.forget()
        self._newest = _Question(self)
        wish = ReasonsQuestion(reasons=tuple(reasons))
        self._office.desk.ask(reasons_behind, wish, self._newest.answered)

    def forget(self) -> None:
        """Show nobody, and let an answer under way come to nothing."""
        self._newest = None
        self.show_items(())

    def take(self, question: "_Question", rows: tuple[PersonRow, ...]) -> None:
        """Show the answer to a question, unless another was asked since."""
        if question is not self._newest:
            return
        self.show_items(
            [
                ListItem(person.id or person.name, person.name, person.reason or person.reference)
                for person in rows
            ]
        )
        self.arrived.emit()

    def current_item(self) -> ListItem | None:
        """Return the line that is chosen, or None."""
        chosen = self.current_id()
        return next((item for item in self.items() if item.id == chosen), None)

    @override
    def _activated(self, index: QModelIndex) -> None:
        """Open a client; a line that only counts leads nowhere."""
        if isinstance(self.current_id(), UUID):
            super()._activated(index)

    def shown(self) -> tuple[UUID, ...]:
        """Return the clients that are listed now."""
        return tuple(item.id for item in self.items() if isinstance(item.id, UUID))


class _Question(QObject):
    """One question under way, so that its answer can be told from that of the next."""

    def __init__(self, people: PeopleBehind) -> None:
        super().__init__(people)
        self._people = people

    def answered(self, rows: tuple[PersonRow, ...]) -> None:
        """Hand the rows over; the question has done its work."""
        self._people.take(self, rows)
        self.deleteLater()
