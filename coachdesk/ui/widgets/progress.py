"""Slow work in words, with a way to stop it; and steps done out of steps planned."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.ui.announce import announce
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.labels import label


class ProgressStrip(QFrame):
    """One line about slow work: what is being done, how far it is, and Cancel.

    Signals: ``cancelled()`` when the person asks to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None, *, can_cancel: bool = True) -> None:
        super().__init__(parent)
        self.words = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = Button(self.tr("Cancel"))
        if not can_cancel:  # to show a part that has no parent yet would open a window of its own
            self.cancel.hide()
        self.cancel.clicked.connect(self._cancel)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addWidget(self.words, 2)
        box.addWidget(self.bar, 3)
        box.addWidget(self.cancel)
        self.hide()

    def start(self, words: str) -> None:
        """Show the strip for work whose length is not known yet."""
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()
        announce(self, words)

    def step(self, done: int, of: int, words: str = "") -> None:
        """Show how far the work is."""
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def finish(self) -> None:
        """Hide the strip; what came of the work is said elsewhere."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText(self.tr("Stopping…"))
        self.cancelled.emit()


class StepBar(QWidget):
    """Steps done out of steps planned, as short bars; the words beside it say the same number."""

    def __init__(self, done: int = 0, of: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._done, self._of = done, of
        self.show_steps(done, of)

    def show_steps(self, done: int, of: int) -> None:
        """Show another count."""
        self._done, self._of = done, of
        self.setAccessibleName(self.tr("{done} of {of} steps done").format(done=done, of=of))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, look().px(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._of <= 0:
            return
        colours = look().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = Space.HAIR
        width = (self.width() - gap * (self._of - 1)) / self._of
        for position in range(self._of):
            painter.setBrush(QColor(colours.primary if position < self._done else colours.track))
            painter.drawRoundedRect(QRectF(position * (width + gap), 0, width, self.height()), 4, 4)
        painter.end()
