"""The privacy screen comes by itself: on a second screen, half way to locking, and behind a minimised window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from coachdesk.ui.privacy.choices import PrivacyChoices
from coachdesk.ui.privacy.screen import PrivacyScreen


class CoverByItself(QObject):
    """Hides the page on the occasions the person chose; it is shown again by a person only."""

    def __init__(self, window: QWidget, screen: PrivacyScreen, choices: Callable[[], PrivacyChoices]) -> None:
        super().__init__(window)
        self._window, self._screen, self._choices = window, screen, choices
        self._follows = False
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self.another_screen)

    @Slot()
    def half_idle(self) -> None:
        """Hide the page when half of the idle time has passed."""
        if self._choices().at_half_idle:
            self._screen.hide_page()

    @Slot(QScreen)
    def another_screen(self, _screen: QScreen) -> None:
        """Hide the page when a screen was plugged in, perhaps one that others look at."""
        if self._choices().on_second_screen:
            self._screen.hide_page()

    @Slot(QScreen)
    def moved_to(self, screen: QScreen | None) -> None:
        """Hide the page when the window went to another screen than the computer's own."""
        if screen is not None and screen != QGuiApplication.primaryScreen():
            self.another_screen(screen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowStateChange:
            if self._window.isMinimized() and self._choices().after_minimised:
                self._screen.hide_page()
        elif event.type() is QEvent.Type.Show and not self._follows:
            self._follow()
        return False

    def _follow(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            self._follows = True
            handle.screenChanged.connect(self.moved_to)
            self.moved_to(handle.screen())
