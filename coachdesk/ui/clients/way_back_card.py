"""Taking an action back: what would go too is listed first, then asked once."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.history import TakeBack, WayBack, take_back
from coachdesk.errors import Refusal
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, label, primary_button, row, secondary_button


class WayBackCard(Card):
    """Says what taking an action back entails; Enter does it, Escape leaves everything as it is.

    Signals: ``done()`` when it was taken back, ``left()`` when not.
    """

    done = Signal()
    left = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._way: WayBack | None = None
        self.heading = label("", "section", wrap=True)
        self.words = label("", wrap=True)
        self.refusal = label("", "refusal", wrap=True)
        self._later = QVBoxLayout()
        self.yes_button = primary_button(self.tr("Take it back"), "undo-2")
        self.no_button = secondary_button(self.tr("Leave it as it is"))
        for piece in (self.heading, self.words):
            self.add(piece)
        self.add(self._later)
        self.add(self.refusal)
        self.add(row(self.yes_button, self.no_button, 1))
        self.yes_button.clicked.connect(self.take)
        self.no_button.clicked.connect(self.leave)
        self.hide()

    def show_way(self, way: WayBack) -> None:
        """Show what would go, or why it cannot; the keyboard comes here."""
        self._way = way
        blocked = way.plan.blocked
        asked = way.plan.steps[-1].label
        self.heading.setText(self.tr("Take this back: {action}").format(action=asked))
        self.words.setText(blocked or self._entails(len(way.consequences)))
        self.refusal.hide()
        clear(self._later)
        for words in () if blocked else way.consequences:
            self._later.addWidget(label(f"·  {words}", wrap=True, tone=Tone.WARNING))
        self.yes_button.setVisible(not blocked)
        self.yes_button.setEnabled(True)
        self.show()
        lay_out(self)
        wanted = self.no_button if blocked else self.yes_button
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._into_sight()

    def _into_sight(self) -> None:
        """Scroll the page to the question, which may stand above or below what is in sight."""
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def _entails(self, count: int) -> str:
        if not count:
            return self.tr(
                "Everything will be as it was before it. Nothing was built on it, so nothing else goes. "
                "Taking it back can itself be taken back."
            )
        one = self.tr("{count} later action was built on it and goes too. It can all be taken back again:")
        many = self.tr("{count} later actions were built on it and go too. It can all be taken back again:")
        return plural(count, one, many)

    @Slot()
    def take(self) -> None:
        """Take it back."""
        if self._way is None or self._way.plan.blocked:
            return
        self.yes_button.setEnabled(False)
        self._office.desk.do(
            take_back, TakeBack(plan=self._way.plan), then=self._taken, refused=self._refused
        )

    def _taken(self, _nothing: None) -> None:
        self._close()
        self.done.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.yes_button.setEnabled(True)
        self.refusal.setText(refusal.message)
        self.refusal.show()
        lay_out(self)

    @Slot()
    def leave(self) -> None:
        """Leave everything as it is."""
        self._close()
        self.left.emit()

    def _close(self) -> None:
        self._way = None
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
