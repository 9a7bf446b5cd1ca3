"""Choosing a client by any part of the name, inside a page."""

from uuid import UUID

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, SearchField, label, quiet_button, row, secondary_button

_PAUSE_MILLISECONDS = 40
_MOST = 6


class ClientPicker(Card):
    """Types, sees who matches, and picks; Enter takes the one at the top.

    Signals: ``chosen(UUID)``; ``put_away()``.
    """

    chosen = Signal(object)
    put_away = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None, *, heading: str = "") -> None:
        super().__init__(parent=parent)
        self._office = office
        self._asked = ""
        self.field = SearchField(self.tr("Name, known-as, phone, postcode or reference"))
        self.words = label("", "meta", wrap=True)
        self.found = QVBoxLayout()
        self.found.setSpacing(Space.HAIR)
        self.away_button = quiet_button(self.tr("Put away"), "x")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._top: UUID | None = None
        self.add(row(label(heading or self.tr("Who asks?"), "section"), 1, self.away_button))
        self.add(self.field)
        self.add(self.words)
        self.add(self.found)
        self.field.wanted.connect(self._typed)
        self.field.into_list.connect(self._enter)
        self._pause.timeout.connect(self._ask)
        self.away_button.clicked.connect(self._away)
        self.hide()

    def start(self) -> None:
        """Open empty, ready for the first letter."""
        self.field.clear()
        self._show(())
        self.show()
        lay_out(self)
        self.field.setFocus()

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._asked = words
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._office.desk.ask(find_anybody, FindAnybody(text=self._asked, limit=_MOST), self._show)

    def _show(self, found: tuple[FoundRow, ...]) -> None:
        clear(self.found)
        self._top = found[0].id if found else None
        for one in found:
            words = ", ".join(part for part in (one.name, one.birth_words, one.reference) if part)
            self.found.addWidget(about(secondary_button(words, "user"), one.id.hex, self._picked))
        if found:
            self.words.setText(self.tr("Enter takes the first."))
        elif self._asked:
            self.words.setText(self.tr("Nobody matches. Is the client in the caseload?"))
        else:
            self.words.setText(self.tr("Start typing."))
        lay_out(self)

    @Slot()
    def _picked(self) -> None:
        self._pick(UUID(hex=asked_about(self.sender())))

    @Slot()
    def _enter(self) -> None:
        if self._top is not None:
            self._pick(self._top)

    def _pick(self, client_id: UUID) -> None:
        self.hide()
        self.chosen.emit(client_id)

    @Slot()
    def _away(self) -> None:
        self.hide()
        self.put_away.emit()
