"""A message that stays on the page until it is closed or put right."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coachdesk.overriding import override
from coachdesk.ui import icons
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space, Tone
from coachdesk.ui.widgets.buttons import Button, IconButton
from coachdesk.ui.widgets.labels import label

_ICONS = {
    Tone.DANGER: "circle-alert",
    Tone.WARNING: "triangle-alert",
    Tone.OK: "circle-check",
}


class Banner(QFrame):
    """Icon, message, advice, at most one action and a close button.

    Signals: ``closed()`` after the person closed it; ``acted()`` when the action is pressed.
    """

    closed = Signal()
    acted = Signal()

    def __init__(
        self,
        message: str,
        advice: str = "",
        tone: Tone = Tone.DANGER,
        *,
        action: str = "",
        closable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setProperty("banner", tone.value)
        self.setAccessibleName(f"{message} {advice}".strip())
        self._icon = QLabel()
        self.message = label(message, "strong", tone=tone, wrap=True)
        self.advice = label(advice, wrap=True)
        if not advice:  # to show a part that has no parent yet would open a window of its own
            self.advice.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.message)
        words.addWidget(self.advice)
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.CARD, Space.SMALL, Space.SMALL, Space.SMALL)
        box.setSpacing(Space.GAP)
        box.addWidget(self._icon)
        box.addLayout(words, 1)
        if action:
            self.action = Button(action)
            self.action.clicked.connect(self.acted)
            box.addWidget(self.action)
        if closable:
            self.close_button = IconButton(self.tr("Close this message"), "x")
            self.close_button.clicked.connect(self._close)
            box.addWidget(self.close_button)
        self._draw_icon()

    def _draw_icon(self) -> None:
        ink = look().colours.tone(self._tone).ink
        size = look().px(Size.ICON)
        self._icon.setPixmap(icons.pixmap(_ICONS.get(self._tone, "info"), ink, size))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_icon"):
            self._draw_icon()
