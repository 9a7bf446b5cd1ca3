"""Services in the box that finds anybody: their names are read when somebody types, and again after a change."""

from PySide6.QtCore import QObject, Slot

from coachdesk.casework.services import ServiceRow, Services, ServicesQuestion, list_services
from coachdesk.terms import Changes, Kind
from coachdesk.ui.office import Office


class ServiceNames(QObject):
    """The services of the directory, as they were last read; those put away are not offered."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._is_stale = True
        self.rows: tuple[ServiceRow, ...] = ()
        office.desk.changed.connect(self._changed)

    @Slot()
    def read(self) -> None:
        """Read the directory, unless nothing has changed since."""
        if self._is_stale:
            self._is_stale = False
            question = ServicesQuestion(today=self._office.desk.clock.today())
            self._office.desk.ask(list_services, question, self._know)

    def _know(self, found: Services) -> None:
        self.rows = found.rows

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.touch(Kind.SERVICE):
            self._is_stale = True
