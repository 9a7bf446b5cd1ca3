"""What the box that finds anybody offers beside people: read when somebody types, and again after a change."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Slot

from coachdesk.terms import Changes, Kind
from coachdesk.ui.office import Office

NameT = TypeVar("NameT")


class NamesToFind(QObject, Generic[NameT]):
    """The records of one kind by name, as they were last read for today."""

    def __init__(
        self,
        office: Office,
        kind: Kind,
        query: Callable[[Any, dt.date], tuple[NameT, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._kind, self._query = office, kind, query
        self._is_stale = True
        self.rows: tuple[NameT, ...] = ()
        office.desk.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Read the names, unless nothing has changed since."""
        if self._is_stale:
            self._is_stale = False
            self._office.desk.ask(self._query, self._office.desk.clock.today(), self._know)

    def _know(self, rows: tuple[NameT, ...]) -> None:
        self.rows = rows

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touch(self._kind):
            self._is_stale = True
