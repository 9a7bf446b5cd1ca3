"""Saving the own calendar as a file: how clients are called is asked once, then where the file shall lie."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.appointments import DAYS_AHEAD, Naming, choose_naming, read_naming
from coachdesk.errors import Refusal
from coachdesk.exchange.calendar_file import FILE_NAME, SaveCalendar, SavedCalendar, save_calendar
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Choice, Option
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import column, label, restyle


class CalendarSaving(QWidget):
    """Asks how clients are called while nobody has chosen, then where the file goes, and says where it lies.

    Signals: ``done()`` when the keyboard may go back to where the wish came from.
    """

    done = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._is_working = False
        self.form = SideForm(office, "calendar file", self.tr("&Go on"))
        self.explained = label(what_it_holds(self), "secondary", wrap=True)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(column(self.form, self.explained, self.found))
        for piece in (self.explained, self.found):
            piece.hide()
        self.form.saved.connect(self._chosen)
        self.form.put_away.connect(self._put_away)
        self.hide()

    def begin(self) -> None:
        """Ask what has to be asked; nothing happens while a file is being written."""
        if not self._is_working:
            self.found.hide()
            self._office.desk.ask(read_naming, None, self._know)

    def _know(self, naming: Naming | None) -> None:
        if naming is not None:
            self._ask_where()
            return
        options = tuple(Option(one.value, words) for one, words in naming_words(self))
        choice = Choice("by", self.tr("What shall stand for a clie&nt?"), options=options, needed=True)
        self.show()
        self.explained.show()
        self.form.open_form(self.tr("My calendar as a file"), (choice,), {}, self._wish, choose_naming)

    def _wish(self, values: dict[str, Any]) -> Naming:
        return Naming(values["by"])

    @Slot(object)
    def _chosen(self, _naming: object) -> None:
        self.explained.hide()
        self._ask_where()

    @Slot()
    def _put_away(self) -> None:
        self.hide()
        self.done.emit()

    def _ask_where(self) -> None:
        target = self._office.dialogs.save_as(
            FILE_NAME,
            (self.tr("Calendar file (*.ics)"),),
            title=self.tr("Where shall the calendar lie? There the vault protects it no more"),
        )
        if target is None:
            self._put_away()
            return
        self._is_working = True
        self._office.desk.long(
            save_calendar,
            SaveCalendar(target=target),
            then=self._lies_there,
            refused=self._refused,
            writes=True,
        )

    def _lies_there(self, saved: SavedCalendar) -> None:
        entries = plural(saved.entries, self.tr("entry"), self.tr("entries"))
        words = self.tr("{entries} saved: {file}").format(entries=entries, file=saved.target)
        self._say(f"{words}\n{what_it_holds(self)}", Tone.OK)

    def _refused(self, refusal: Refusal) -> None:
        self._say(refusal.message, Tone.DANGER)

    def _say(self, words: str, tone: Tone) -> None:
        self._is_working = False
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        self.show()
        announce(self.found, words)
        self.done.emit()


def naming_words(speaker: QWidget) -> tuple[tuple[Naming, str], ...]:
    """Return the two ways to call a client in a calendar, in words."""
    return (
        (Naming.INITIALS, speaker.tr("Initials, as in “Check-in: SH”")),
        (Naming.REFERENCE, speaker.tr("The reference, as in “Check-in: C-0012”")),
    )


def what_it_holds(speaker: QWidget) -> str:
    """Return what such a file holds, and that it is outside the vault."""
    return speaker.tr(
        "The file holds your own clients’ check-ins, contacts, reviews and interviews of the next {days} days, with "
        "initials or a reference: no names, notes, employers or places. Outside the vault it is not encrypted. Take "
        "it in again and moved days move; what was called off since, take out of your calendar yourself."
    ).format(days=DAYS_AHEAD)
