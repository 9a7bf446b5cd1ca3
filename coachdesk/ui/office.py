"""What every page is given: the desk, the dialogs, the messages, the lists and the look."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from coachdesk.desk.counter import Desk
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import Dialogs
from coachdesk.ui.messages import Messages
from coachdesk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Office:
    """Handed to each page by the main window; nobody reaches for a global."""

    desk: Desk
    dialogs: Dialogs
    messages: Messages
    theme: Theme
    settings: QSettings
    codes: CodeBook
