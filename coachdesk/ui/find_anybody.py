"""Ctrl+K: one box that finds anybody."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label

_PAUSE_MILLISECONDS = 40


class FindBox(QDialog):
    """Types, sees who matches and why, and opens with Enter.

    Signals: ``chosen(UUID)`` when somebody was picked, ``create_wanted(str)`` when nobody matched and Enter was pressed.
    """

    chosen = Signal(object)
    create_wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find anybody"))
        self.setModal(False)
        self._office = office
        self._asked = ""
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Name, known-as, phone, postcode or reference"))
        self.box.setAccessibleName(self.tr("Find anybody"))
        self.list = TwoLineList(self.tr("People found"))
        self.words = label(self.tr("Start typing. Enter opens the person at the top."), "meta", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        self.list.opened.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        now = look()
        self.resize(now.px(620), now.px(440))

    def start(self) -> None:
        """Open empty, ready for the first letter."""
        self.box.clear()
        self.list.show_items(())
        self.show()
        self.raise_()
        self.activateWindow()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self._asked = self.box.text().strip()
        if self._asked:
            self._office.desk.ask(find_anybody, FindAnybody(text=self._asked), self._show)
        else:
            self._show(())

    def _show(self, found: tuple[FoundRow, ...]) -> None:
        items = [
            ListItem(
                row.id,
                row.name,
                self._told(row),
                row.why,
            )
            for row in found
        ]
        self.list.show_items(items)
        self.list.choose_first()
        if self._asked and not found:
            words = self.tr("Nobody matches. Enter adds a new client with what you typed.")
        elif found:
            words = plural(len(found), self.tr("person found"), self.tr("people found"))
        else:
            words = self.tr("Start typing. Enter opens the person at the top.")
        self.words.setText(words)

    def _told(self, row: FoundRow) -> str:
        """Return what tells people of one name apart; of a colleague's client only with whom they are."""
        if not row.is_own:
            return self.tr("With {coach}").format(coach=row.coach)
        return f"{row.birth_words} · {row.coach}" if row.coach else row.birth_words

    def _put_away(self) -> None:
        """Close, and give the keyboard back to the window; not every desktop does so by itself."""
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()

    def _pick(self, identity: object) -> None:
        self._put_away()
        self.chosen.emit(identity)

    def _enter(self) -> None:
        current = self.list.current_id()
        if current is not None:
            self._pick(current)
        elif self._asked and self._asked == self.box.text().strip():
            self._put_away()
            self.create_wanted.emit(self._asked)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
        return super().eventFilter(watched, event)
