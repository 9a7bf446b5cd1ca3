"""Finding the other record of a person, by any part of a name."""

from uuid import UUID

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space
from coachdesk.ui.widgets import Card, SearchField, label, quiet_button, row

_PAUSE_MILLISECONDS = 40
_MOST = 5


class OtherPicker(Card):
    """Types, sees who matches with birth date and worker, and picks; Enter takes the one at the top.

    Signals: ``chosen(UUID)``; ``put_away()``.
    """

    chosen = Signal(object)
    put_away = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self._asked = ""
        self.field = SearchField(self.tr("Name, known-as, phone, postcode or reference"))
        self.words = label("", "meta", wrap=True)
        self.list = TwoLineList(self.tr("Records found"))
        self.away_button = quiet_button(self.tr("Put away"), "x")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        title = label(self.tr("Which other record is of the same person?"), "section", wrap=True)
        head = row(title, self.away_button)
        head.setStretch(0, 1)
        self.add(head)
        for piece in (self.field, self.words, self.list):
            self.add(piece)
        self.field.wanted.connect(self._typed)
        self.field.into_list.connect(self._into_list)
        self.list.opened.connect(self._pick)
        self._pause.timeout.connect(self._ask)
        self.away_button.clicked.connect(self._away)
        self.hide()

    def start(self, client_id: UUID) -> None:
        """Open empty, ready for the first letter; the client itself is not offered."""
        self._client_id = client_id
        self.field.clear()
        self._show(())
        self.show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()

    @Slot(str)
    def _typed(self, words: str) -> None:
        self._asked = words
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._office.desk.ask(find_anybody, FindAnybody(text=self._asked, limit=_MOST + 1), self._show)

    def _show(self, found: tuple[FoundRow, ...]) -> None:
        others = [one for one in found if one.id != self._client_id][:_MOST]
        self.list.show_items([ListItem(one.id, one.name, _told(one), one.why) for one in others])
        self.list.setFixedHeight(look().px(Size.LIST_ROW) * len(others) + Space.HAIR)
        self.list.setVisible(bool(others))
        if others:
            self.words.setText(self.tr("Enter takes the first; Down goes into the list."))
        elif self._asked:
            self.words.setText(self.tr("Nobody else matches."))
        else:
            self.words.setText(self.tr("Start typing."))

    @Slot()
    def _into_list(self) -> None:
        self.list.choose_first()
        self.list.setFocus()

    @Slot(object)
    def _pick(self, client_id: UUID) -> None:
        self.hide()
        self.chosen.emit(client_id)

    @Slot()
    def _away(self) -> None:
        self.hide()
        self.put_away.emit()


def _told(one: FoundRow) -> str:
    return "  ·  ".join(part for part in (one.reference, one.birth_words, one.coach) if part)
