"""The privacy screen: one key hides every name and note, the same key brings back the place and the cursor.

Over a question, a menu or a list the key is heard at the system's windows, where every key comes in. A filter on the whole
program would be handed every event of every piece of it, of those just being made or taken apart, too: it takes a fifth
of the time a page needs, and what Python met half made it knows as a mere widget from then on.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from coachdesk.ui.announce import announce
from coachdesk.ui.messages import Messages, MessageStack
from coachdesk.ui.privacy.blank import close_popups, open_dialogs
from coachdesk.ui.privacy.cover import Cover, Patch
from coachdesk.ui.privacy.lookout import Lookout

F9 = QKeyCombination(Qt.Key.Key_F9)
CTRL_L = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
_BEFORE_ANOTHER_WINDOW = {QEvent.Type.ChildAdded, QEvent.Type.WindowBlocked}


class PrivacyScreen(QStackedWidget):
    """Holds the whole page, or a cover in its place.

    The page is taken out of sight, not painted over: what is not shown has no tooltip, takes no key and is not read out.
    Messages wait until the page is back, for they may name somebody.

    Signals: ``turned(bool)`` when it goes on or off; ``lock_wanted()`` from the cover or over an open question.
    """

    turned = Signal(bool)
    lock_wanted = Signal()

    def __init__(
        self, page: QWidget, messages: Messages, banners: MessageStack, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._page, self._messages, self._banners = page, messages, banners
        self._keyboard: QWidget | None = None
        self._hidden: list[QDialog] = []
        self._patches: list[Patch] = []
        self._cover: Cover | None = None
        self.addWidget(page)
        self._lookout = Lookout(self)
        self._lookout.moved.connect(self._listen)

    @property
    def cover(self) -> Cover:
        """The cover, made when it is first wanted: whoever unlocks does not wait for it."""
        if self._cover is None:
            self._cover = Cover(self)
            self.addWidget(self._cover)
            self._cover.show_wanted.connect(self.show_again)
            self._cover.lock_wanted.connect(self.lock_wanted)
        return self._cover

    @property
    def is_on(self) -> bool:
        """Whether the page is hidden."""
        return self._cover is not None and self.currentWidget() is self._cover

    @Slot()
    def toggle(self) -> None:
        """Hide the page, or show it again."""
        if self.is_on:
            self.show_again()
        else:
            self.hide_page()

    @Slot()
    def hide_page(self) -> None:
        """Hide every name and note; a second time changes nothing."""
        if self.is_on:
            return
        close_popups()
        focus = QApplication.focusWidget()
        self._keyboard = focus if focus is not None and self._page.isAncestorOf(focus) else None
        self._messages.detach()
        self.cover.picture_of(self._page)
        self.setCurrentWidget(self.cover)
        self.cover.setFocus()
        self.window().installEventFilter(self)
        self._cover_dialogs()
        announce(self.cover, self.cover.accessibleName(), urgent=True)
        self.turned.emit(True)

    @Slot()
    def show_again(self) -> None:
        """Bring the page back, with the keyboard where it was."""
        if not self.is_on:
            return
        self.setCurrentWidget(self._page)
        self.cover.forget()
        keyboard, self._keyboard = self._keyboard, None
        if keyboard is not None and isValid(keyboard):
            keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().removeEventFilter(self)
        self._uncover_dialogs()
        self._messages.attach(self._banners)
        announce(self, self.tr("The page is shown again"))
        self.turned.emit(False)

    @Slot()
    def _cover_dialogs(self) -> None:
        """Windows of their own: what can wait is hidden, a question that holds the program up is painted over."""
        for dialog in open_dialogs() if self.is_on else ():
            if dialog.isModal():
                if all(patch.parent() is not dialog for patch in self._patches):
                    self._patches.append(Patch(dialog))
            else:
                dialog.hide()
                self._hidden.append(dialog)

    def _uncover_dialogs(self) -> None:
        hidden, self._hidden = self._hidden, []
        patches, self._patches = self._patches, []
        for dialog in hidden:
            if isValid(dialog):
                dialog.show()
        for patch in patches:
            if isValid(patch):
                patch.go()

    @Slot()
    def _listen(self) -> None:
        """Hear the keys wherever they may come in now, and hide what came up while the page is hidden."""
        if self.signalsBlocked():
            return
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)  # once more is as good as once
        if self.is_on:
            QTimer.singleShot(0, self, self._cover_dialogs)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.signalsBlocked():  # the vault was locked and this window emptied: it has no more say
            return False
        kind = event.type()
        if kind is QEvent.Type.KeyPress:
            return (
                isinstance(watched, QWindow) and isinstance(event, QKeyEvent) and self._over_a_question(event)
            )
        if kind in _BEFORE_ANOTHER_WINDOW and self.is_on:
            QTimer.singleShot(0, self, self._cover_dialogs)
        return False

    def _over_a_question(self, event: QKeyEvent) -> bool:
        """Answer the two keys that no open question, menu or list may keep from the person."""
        over = (
            QApplication.activeWindow(),
            QApplication.activeModalWidget(),
            QApplication.activePopupWidget(),
        )
        pressed = event.keyCombination()
        if all(one is None or one is self.window() for one in over):
            return False
        if pressed == F9:
            self.toggle()
        elif pressed == CTRL_L:
            self.lock_wanted.emit()
        return pressed in (F9, CTRL_L)
