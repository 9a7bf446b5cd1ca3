"""Choosing people one after the other: a few letters, Enter, the next."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import SearchField, label

_PAUSE_MILLISECONDS = 40
_MOST = 6
_LIST_HEIGHT = 250
NEW = "new"


class PeoplePicker(QWidget):
    """A field and who matches; Enter takes the one that is marked, and the field is free for the next.

    Enter that comes before the answer waits for it: nobody is put on a register whose name was not looked for.

    Signals: ``picked(FoundRow)``; ``new_wanted(str)`` for somebody who is not found; ``save_wanted()`` by Ctrl+Enter.
    """

    picked = Signal(object)
    new_wanted = Signal(str)
    save_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answered = ""
        self._asked = ""
        self._enter_waits = False
        self._rows: dict[object, FoundRow] = {}
        self.field = SearchField(self.tr("Type a few letters of each name"))
        self.field.installEventFilter(self)
        self.words = label("", "meta", wrap=True)
        self.list = TwoLineList(self.tr("People found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows move in it while one types
        self.list.setMinimumHeight(look().px(_LIST_HEIGHT))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        box.addWidget(self.field)
        box.addWidget(self.words)
        box.addWidget(self.list, 1)
        self.field.wanted.connect(self._typed)
        self._pause.timeout.connect(self._ask)
        self.list.opened.connect(self._picked)
        self.start()

    @Slot()
    def start(self) -> None:
        """Be free for the next name."""
        self._enter_waits = False
        self._asked = ""
        self.field.clear()
        self._show(())

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._pause.stop()
        self._asked = self.field.text().strip()
        if self._asked:
            question = FindAnybody(text=self._asked, limit=_MOST)
            self._office.desk.ask(find_anybody, question, partial(self._answer, self._asked))
        else:
            self._show(())

    def _answer(self, asked: str, found: Sequence[FoundRow]) -> None:
        """Show who was found; an answer to other letters than were asked about last comes too late."""
        if asked == self._asked:
            self._show(found)

    def _show(self, found: Sequence[FoundRow]) -> None:
        self._answered = self._asked if self.field.text().strip() else ""
        self._rows = {one.id: one for one in found}
        items = [ListItem(one.id, one.name, self._told(one), one.why) for one in found]
        if self._answered:
            items.append(ListItem(NEW, self._answered, self.tr("Somebody new, by this name")))
        self.list.show_items(items)
        self.list.clearSelection()
        if items:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.words.setText(self._said(len(found)))
        if self._enter_waits and self._answered == self.field.text().strip():
            self._enter_waits = False
            self._picked(self.list.current_id())

    def _said(self, found: int) -> str:
        if not self._answered:
            return self.tr("Enter puts the marked person on the register; the arrows mark another.")
        if not found:
            return self.tr("Nobody matches. Enter adds somebody new by this name.")
        return self.tr("Enter puts the marked person on the register. Shift+Enter adds somebody new.")

    def _told(self, row: FoundRow) -> str:
        if not row.is_own:
            return self.tr("With {coach}").format(coach=row.coach)
        return ", ".join(part for part in (row.birth_words, row.reference) if part)

    @Slot(object)
    def _picked(self, identity: object) -> None:
        words = self._answered
        if identity == NEW and words:
            self.start()
            self.new_wanted.emit(words)
        elif identity in self._rows:
            row = self._rows[identity]
            self.start()
            self.picked.emit(row)

    def _enter(self, *, new: bool) -> None:
        typed = self.field.text().strip()
        if not typed:
            return
        if new:
            self._answered = typed
            self._picked(NEW)
        elif self._answered == typed and not self._pause.isActive():
            self._picked(self.list.current_id())
        else:
            self._enter_waits = True
            self._ask()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.save_wanted.emit()
                else:
                    self._enter(new=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)
