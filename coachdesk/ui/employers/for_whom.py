"""For which clients a talk was: found by typing; one key says whether somebody was spoken of by name."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.employer_contacts import TalkFor, TalkRow
from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space, Tone
from coachdesk.ui.widgets import SearchField, label

_PAUSE_MILLISECONDS = 40
_MOST = 4


class _Chosen(TwoLineList):
    """Those chosen; Space says by name or without it, Delete takes somebody off. Signals: ``toggled()``, ``taken_off()``."""

    toggled = Signal()
    taken_off = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggled.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.taken_off.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # Ctrl+Enter saves, as in every form
        else:
            super().keyPressEvent(event)


class ForWhom(QWidget):
    """A field that finds people, and those it was for.

    Signals: ``edited()`` when somebody was added, taken off or named; ``save_wanted()`` by Ctrl+Enter.
    """

    edited = Signal()
    save_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._people: dict[UUID, TalkRow] = {}
        self._found: dict[object, FoundRow] = {}
        self._asked = self._answered = ""
        self._enter_waits = False
        title = label(self.tr("F&or whom"), "label")
        self.field = SearchField(self.tr("Type a few letters of a client’s name"))
        title.setBuddy(self.field)
        self.field.installEventFilter(self)
        self.found = TwoLineList(self.tr("People found"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows move in it while one types
        self.chosen = _Chosen(self.tr("For whom it was"))
        self.words = label("", "meta", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        for piece in (title, self.field, self.found, self.chosen, self.words):
            box.addWidget(piece)
        self.field.wanted.connect(self._typed)
        self._pause.timeout.connect(self._ask)
        self.found.opened.connect(self._picked)
        self.chosen.toggled.connect(self.toggle)
        self.chosen.taken_off.connect(self.take_off)
        self.show_people(())

    def talks(self) -> tuple[TalkFor, ...]:
        """Return for whom it was."""
        return tuple(
            TalkFor(client_id=one.client_id, named=one.named, note=one.note) for one in self._people.values()
        )

    def is_anybody_named(self) -> bool:
        """Return whether somebody was spoken of by name."""
        return any(one.named for one in self._people.values())

    def show_people(self, people: Sequence[TalkRow]) -> None:
        """Show for whom it was."""
        self._people = {one.client_id: one for one in people}
        self.field.clear()
        self._show(())
        self._draw()

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        self._pause.stop()
        self._asked, self._answered = self.field.text().strip(), ""
        if self._asked:
            question = FindAnybody(text=self._asked, limit=_MOST)
            self._office.desk.ask(find_anybody, question, partial(self._answer, self._asked))
        else:
            self._show(())

    def _answer(self, asked: str, found: Sequence[FoundRow]) -> None:
        """Show who was found; an answer to other letters than were asked about last comes too late."""
        if asked == self._asked:
            self._answered = asked
            self._show(found)

    def _show(self, found: Sequence[FoundRow]) -> None:
        rows = [one for one in found if one.is_own] if self.field.text().strip() else []
        self._found = {one.id: one for one in rows}
        self.found.show_items([ListItem(one.id, one.name, one.birth_words) for one in rows])
        self._fit(self.found, len(rows))
        if rows:
            self.found.setCurrentIndex(self.found.model().index(0, 0))
        self._say()
        if self._enter_waits and self._answered == self.field.text().strip():
            self._enter_waits = False
            self._picked(self.found.current_id())

    def _fit(self, shown: TwoLineList, count: int) -> None:
        shown.setVisible(bool(count))
        shown.setFixedHeight(look().px(Size.LIST_ROW) * min(count, _MOST) + 2)
        lay_out(self)

    def _say(self) -> None:
        if self.field.text().strip():
            found = self.tr("Enter takes the marked person; the arrows mark another.")
            self.words.setText(found if self._found else self.tr("None of your clients matches."))
        elif self._people:
            self.words.setText(
                self.tr(
                    "In the list, Space says whether somebody was spoken of by name; Delete takes them off."
                )
            )
        else:
            self.words.setText(
                self.tr("Nobody in particular, or type a name. Without being named, nothing is asked.")
            )

    @Slot(object)
    def _picked(self, identity: object) -> None:
        row = self._found.get(identity)
        if row is None:
            return
        self.field.clear()
        self._show(())
        if row.id not in self._people:
            self._people[row.id] = TalkRow(client_id=row.id, name=row.name, named=False, note="")
        self._draw()
        self.chosen.choose(row.id)
        self.edited.emit()
        announce(self.field, self.tr("{name}, without being named").format(name=row.name))

    @Slot()
    def toggle(self) -> None:
        """Say of the marked person the other thing: by name, or without it."""
        one = self._people.get(self._marked())
        if one is not None:
            named = not one.named
            self._people[one.client_id] = TalkRow(
                client_id=one.client_id, name=one.name, named=named, note=one.note
            )
            self._draw()
            self.edited.emit()
            announce(self.chosen, f"{one.name}: {self._said(named=named)}")

    @Slot()
    def take_off(self) -> None:
        """Take the marked person off."""
        if self._people.pop(self._marked(), None) is not None:
            self._draw()
            if not self._people:  # the list that had the keyboard is gone
                self.field.setFocus()
            self.edited.emit()

    def _marked(self) -> UUID:
        identity = self.chosen.current_id()
        return identity if isinstance(identity, UUID) else UUID(int=0)

    def _said(self, *, named: bool) -> str:
        return self.tr("Spoken of by name") if named else self.tr("Not named")

    def _draw(self) -> None:
        self.chosen.show_items(
            [
                ListItem(
                    one.client_id,
                    one.name,
                    "",
                    self._said(named=one.named),
                    Tone.WARNING if one.named else Tone.NEUTRAL,
                )
                for one in self._people.values()
            ]
        )
        self._fit(self.chosen, len(self._people))
        self._say()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.found.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.save_wanted.emit()
                else:
                    self._enter()
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Take who is marked; Enter that comes before the answer waits for it."""
        if not self._pause.isActive() and self._answered == self.field.text().strip():
            self._picked(self.found.current_id())
        else:
            self._enter_waits = True
            self._ask()
