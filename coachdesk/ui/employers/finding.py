"""Employers in the box that finds anybody: their names are read when somebody types, and again after a change."""

from PySide6.QtCore import QObject, Slot

from coachdesk.casework.employers import EmployerName, employer_names
from coachdesk.terms import Changes, Kind
from coachdesk.ui.office import Office


class EmployerNames(QObject):
    """The names of all employers, as they were last read."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._is_stale = True
        self.names: tuple[EmployerName, ...] = ()
        office.desk.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Read the names, unless nothing has changed since."""
        if self._is_stale:
            self._is_stale = False
            self._office.desk.ask(employer_names, None, self._know)

    def _know(self, names: tuple[EmployerName, ...]) -> None:
        self.names = names

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touch(Kind.EMPLOYER):
            self._is_stale = True
