"""The one bridge to the person: banners that stay, short confirmations, and nothing said too early is lost."""

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.errors import Refusal, Trouble
from coachdesk.ui.announce import announce
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.banner import Banner

TOAST_MILLISECONDS = 8000  # long enough to read it and reach Undo; the Edit menu keeps Undo afterwards


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say; ``brief`` ones go by themselves, all others stay until closed.

    What is ``about`` something goes when that has come right.
    """

    words: str
    advice: str = ""
    tone: Tone = Tone.INFO
    brief: bool = False
    action: str = ""
    then: Callable[[], object] | None = None
    about: str = ""


class Messages(QObject):
    """Takes what has to be said from anywhere in the window's thread.

    Signals: ``said(object)`` with each Message as it is shown; ``settled(str)`` with what has come right. What is said
    before a host exists, or between two hosts (the window is locked), is kept and shown by the next one.
    """

    said = Signal(object)
    settled = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Message] = []
        self._host: MessageStack | None = None

    def attach(self, host: "MessageStack") -> None:
        """Show messages here from now on, the waiting ones first; a stack attaches itself."""
        self.detach()
        self._host = host
        host.destroyed.connect(self._host_gone)
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            self._say(message)

    def detach(self) -> None:
        """Keep what is said until the next host; a brief confirmation that is up goes."""
        if self._host is not None:
            self._host.destroyed.disconnect(self._host_gone)
            self._host.hide_toast()
        self._host = None

    def _host_gone(self) -> None:
        self._host = None

    def waiting(self) -> tuple[Message, ...]:
        """Return what nobody has been shown yet."""
        return tuple(self._waiting)

    def say_done(self, words: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Confirm briefly that something happened: "Saved", with "Undo" as its action."""
        self._say(Message(words, tone=Tone.OK, brief=True, action=action, then=then))

    def say(
        self,
        words: str,
        advice: str = "",
        *,
        tone: Tone = Tone.INFO,
        action: str = "",
        then: Callable[[], object] | None = None,
        about: str = "",
    ) -> None:
        """Say something that stays until it is closed, or until what it is about has come right."""
        self._say(Message(words, advice, tone, action=action, then=then, about=about))

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what the computer could not do and what to do next; it stays until it is closed or was done after all."""
        self._say(Message(trouble.message, trouble.advice, Tone.DANGER, about=trouble.about))

    def settle(self, about: str) -> None:
        """Take back everything that was said about something, also what nobody has read yet: it has come right."""
        if not about:
            return
        self._waiting = [message for message in self._waiting if message.about != about]
        self.settled.emit(about)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say a refusal that has no field on the page to stand beside; it stays until it is closed."""
        self._say(Message(refusal.message, " ".join(refusal.fields.values()), Tone.WARNING))

    def _say(self, message: Message) -> None:
        if self._host is None:
            self._waiting.append(message)
            return
        self._host.show_message(message)
        self.said.emit(message)


class MessageStack(QWidget):
    """Where a window shows messages: banners stacked at its place in the layout, a toast over the bottom."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.SMALL)
        self._banners: list[tuple[Message, Banner]] = []
        self._toast: Toast | None = None
        self.hide()
        messages.settled.connect(self._settled)
        messages.attach(self)

    def show_message(self, message: Message) -> None:
        """Show one message and speak it; the same trouble twice shows once."""
        if message.brief:
            self.hide_toast()
            self._toast = Toast(message, self.window())
        elif all(message != shown for shown, _banner in self._banners):
            self._add_banner(message)
        announce(self, f"{message.words} {message.advice}".strip(), urgent=message.tone is Tone.DANGER)

    def _add_banner(self, message: Message) -> None:
        banner = Banner(message.words, message.advice, message.tone, action=message.action)
        banner.closed.connect(self._tidy)
        if message.then is not None:
            banner.acted.connect(message.then)
        self._banners.append((message, banner))
        self._box.addWidget(banner)
        banner.show()  # else it counts as hidden, and so as closed, until the window has its turn
        self._box.setContentsMargins(Space.PAGE, Space.GAP, Space.PAGE, 0)
        self.show()

    @Slot(str)
    def _settled(self, about: str) -> None:
        for message, banner in self._banners:
            if message.about == about:
                banner.hide()
        self._tidy()

    def _tidy(self) -> None:
        for pair in [pair for pair in self._banners if pair[1].isHidden()]:
            self._banners.remove(pair)
            self._box.removeWidget(pair[1])
            pair[1].deleteLater()
        if not self._banners:
            self._box.setContentsMargins(0, 0, 0, 0)
            self.hide()

    def banners(self) -> tuple[Banner, ...]:
        """Return the banners that are up."""
        return tuple(banner for _message, banner in self._banners)

    def toast(self) -> "Toast | None":
        """Return the brief confirmation that is up, or None."""
        toast = self._toast
        return toast if toast is not None and shiboken6.isValid(toast) and not toast.isHidden() else None

    def hide_toast(self) -> None:
        """Take a brief confirmation away."""
        if self._toast is not None and shiboken6.isValid(
            self._toast
        ):  # one whose time was up is gone by itself
            self._toast.close_early()
        self._toast = None


class Toast(QFrame):
    """A brief confirmation over the bottom of a window; it waits while the mouse or keyboard is in it."""

    def __init__(self, message: Message, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("toast", True)
        self.setAccessibleName(message.words)
        self.words = QLabel(message.words)
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.CARD, Space.SMALL, Space.SMALL, Space.SMALL)
        box.setSpacing(Space.CARD)
        box.addWidget(self.words)
        self.action: QPushButton | None = None
        if message.action:
            self.action = QPushButton(message.action)
            self.action.setAccessibleDescription(message.words)
            if message.then is not None:
                self.action.clicked.connect(message.then)
            self.action.clicked.connect(self.close_early)
            box.addWidget(self.action)
        else:
            box.setContentsMargins(Space.CARD, Space.SMALL, Space.CARD, Space.SMALL)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MILLISECONDS)
        self._timer.timeout.connect(self._time_is_up)
        self._timer.start()
        window.installEventFilter(self)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _time_is_up(self) -> None:
        if self.underMouse() or (self.action is not None and self.action.hasFocus()):
            self._timer.start()
        else:
            self.close_early()

    def close_early(self) -> None:
        """Go now."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def _place(self) -> None:
        window = self._window
        at_bottom = window.height() - self.height() - 2 * Space.WIDE - Space.SMALL
        self.move((window.width() - self.width()) // 2, at_bottom)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False
