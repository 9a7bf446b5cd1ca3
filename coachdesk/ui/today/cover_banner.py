"""Who covers for whom today, as far as it concerns whoever sits here."""

from PySide6.QtWidgets import QWidget

from coachdesk.casework.cover import CoverRow, my_covers
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner


class CoverBanner(Banner):
    """A line while a cover lasts, and nothing on any other day."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("", "", Tone.INFO, closable=False, parent=parent)
        self._office = office
        self.hide()

    def ask(self) -> None:
        """Ask who covers for whom today."""
        self._office.desk.ask(my_covers, self._office.desk.clock.today(), self._show)

    def _show(self, covers: tuple[CoverRow, ...]) -> None:
        words = " ".join(self._words(one) for one in covers)
        self.message.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(covers))

    def _words(self, one: CoverRow) -> str:
        today = self._office.desk.clock.today()
        until = short_day(one.to_on, today)
        if one.covered_by_id == self._office.desk.coach_id:
            words = self.tr("You look after the clients of {away} until {day}.")
            return words.format(away=one.away, day=until)
        return self.tr("{covering} looks after your clients until {day}.").format(
            covering=one.covered_by, day=until
        )
