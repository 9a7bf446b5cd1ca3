"""The waiting time after wrong attempts, counted down before the person's eyes while the window stays awake."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtWidgets import QPushButton

from coachdesk.ui.unlock.fields import LabelledLine

_SECOND = 1000


class Countdown(QObject):
    """Says beside a field how long to wait, and lets its button be pressed again when the time is over.

    The vault itself keeps the time (vault/waiting.py); this only spares somebody from trying too early.
    """

    def __init__(self, field: LabelledLine, button: QPushButton) -> None:
        super().__init__(field)
        self._field, self._button = field, button
        self._left = 0
        self.timer = QTimer(self)
        self.timer.setInterval(_SECOND)
        self.timer.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        """Return whether there is still time to wait."""
        return self._left > 0

    def start(self, seconds: int) -> None:
        """Begin to count down."""
        self._left = seconds
        self._button.setEnabled(False)
        self.timer.start()
        self._say()

    def stop(self) -> None:
        """Count no more, as when another vault was chosen."""
        self._left = 0
        self.timer.stop()
        self._button.setEnabled(True)

    @Slot()
    def tick(self) -> None:
        """Count one second."""
        self._left -= 1
        if self._left <= 0:
            self.stop()
        self._say()

    def _say(self) -> None:
        translate = QCoreApplication.translate
        if self._left > 1:
            words = translate("Unlock", "Too many wrong attempts. Please wait {count} seconds.")
        elif self._left == 1:
            words = translate("Unlock", "Too many wrong attempts. Please wait one second.")
        else:
            words = translate("Unlock", "You can try again now.")
        self._field.refuse(words.format(count=self._left))
