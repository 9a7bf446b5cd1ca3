"""Where the main window stands: as it was left, and on a small screen all over it, so that nothing lies outside."""

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QWidget

PLACE = "window/place"
FRAME = 48
"""Pixels a title bar and edges take beside the window itself, on the systems our users have."""


def show_in_place(window: QWidget, settings: QSettings, room: QSize) -> None:
    """Show a window where it was when it was last closed; else in its own size, or all over a screen with too little room."""
    kept = settings.value(PLACE)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        window.show()
        return
    if room.width() < window.width() + FRAME or room.height() < window.height() + FRAME:
        window.showMaximized()
    else:
        window.show()


def keep_place(window: QWidget, settings: QSettings) -> None:
    """Remember where a window stands, and whether it is all over the screen."""
    settings.setValue(PLACE, window.saveGeometry())
