"""Says at unlock what had not been saved, and keeps a way to it in the window; silent when there is nothing."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.desk.counter import DraftRow
from coachdesk.ui.drafts.told import is_something
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment, plural
from coachdesk.ui.widgets import IconButton


class DraftReminder(QObject):
    """Reads the drafts once the window is there, and again when asked; its button stands in the bottom line.

    Signals: ``wanted()`` when somebody wishes to look at the drafts.
    """

    wanted = Signal()

    def __init__(self, office: Office, line: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._told = False
        self.button = IconButton("", "file-text")
        self.button.hide()
        place = line.layout()
        assert place is not None  # noqa: S101  the bottom line has one
        place.addWidget(self.button)
        self.button.clicked.connect(self.wanted)

    @Slot()
    def look(self) -> None:
        """Read the drafts again."""
        self._office.desk.read_drafts(self._read)

    def _read(self, drafts: tuple[DraftRow, ...]) -> None:
        waiting = [one for one in drafts if is_something(one.body)]
        self.show_count(len(waiting))
        if waiting and not self._told:
            words = plural(
                len(waiting),
                self.tr("{count} form had not been saved; what you typed is here."),
                self.tr("{count} forms had not been saved; what you typed is here."),
            )
            newest = self.tr("The newest is from {moment}.").format(moment=moment(waiting[0].saved_at))
            self._office.messages.say(words, newest, action=self.tr("Look at it"), then=self.wanted.emit)
        self._told = True

    @Slot(int)
    def show_count(self, count: int) -> None:
        """Show the way to the drafts while there are any."""
        one, many = self.tr("{count} form is not saved yet"), self.tr("{count} forms are not saved yet")
        words = plural(count, one, many)
        self.button.setAccessibleName(words)
        self.button.setToolTip(words)
        self.button.setVisible(count > 0)
