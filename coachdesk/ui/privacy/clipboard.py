"""Text copied here does not stay on the clipboard; what other programs put there is never touched."""

import hashlib
import secrets
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QClipboard

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardGuard(QObject):
    """Remembers the fingerprint of what was copied here, never the text, and clears it if it is still there.

    Both the clipboard and, where the system has one, the selection for the middle button.
    """

    def __init__(
        self, clipboard: QClipboard, seconds: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard, self._seconds = clipboard, seconds
        self._salt = secrets.token_bytes(16)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.clear)
        clipboard.changed.connect(self.take_note)

    @Slot(QClipboard.Mode)
    def take_note(self, mode: QClipboard.Mode) -> None:
        """Start counting when this program put text there."""
        if mode not in _MODES or not self.is_ours(mode):
            return
        text = self._clipboard.text(mode)
        if text:
            self._ours[mode] = self._fingerprint(text)
            self.timer.start(self._seconds() * 1000)

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        """Return whether this program holds the clipboard, as the system says."""
        return self._clipboard.ownsSelection() if mode is _MODES[1] else self._clipboard.ownsClipboard()

    @Slot()
    def clear(self) -> None:
        """Clear what still holds our text; what somebody else copied since stays."""
        self.timer.stop()
        ours, self._ours = self._ours, {}
        for mode, fingerprint in ours.items():
            if self._fingerprint(self._clipboard.text(mode)) == fingerprint:
                self._clipboard.clear(mode)

    def _fingerprint(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt).digest()
