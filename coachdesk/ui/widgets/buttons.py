"""Buttons: one primary per page, secondary ones, quiet ones, and those that need care."""

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.overriding import override
from coachdesk.ui import icons
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Points, Radius, Size

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent


class Button(QPushButton):
    """A button of a kind (primary, secondary, quiet, danger, icon, chip, segment) with an icon.

    The icon follows the colours in force by itself. Enter presses it as the space bar does: Qt leaves that to dialogs.
    """

    def __init__(
        self, words: str, icon: str = "", kind: str = "secondary", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._icon_name = icon
        self._drawn: tuple[object, ...] = ()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self._draw_icon()

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self._draw_icon()

    def _draw_icon(self) -> None:
        if not self._icon_name:
            self.setIcon(QtGui.QIcon())
            self._drawn = ()
            return
        now = look()
        size, room = now.px(Size.ICON), icons.ROOM if self.text() else 0
        wanted = (self._icon_name, now.colours, self.property("kind"), size, room)
        if wanted == self._drawn:
            return  # Qt tells of a new style whenever the button moves to another parent, too
        self._drawn = wanted
        self.setIcon(icons.icon(self._icon_name, self._ink(), size, room=room))
        self.setIconSize(QSize(size + room, size))

    def _ink(self) -> str:
        colours = look().colours
        inks = {
            "primary": colours.on_primary,
            "quiet": colours.brand.ink,
            "danger": colours.danger.ink,
            "icon": colours.secondary,
        }
        return inks.get(str(self.property("kind")), colours.text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._icon_name and event.type() is QEvent.Type.StyleChange:
            self._draw_icon()

    @override
    def keyPressEvent(self, event: "QKeyEvent") -> None:
        qt = QtCore.Qt  # looked up at the first key: reading it takes time the first window does not have
        plain = {qt.KeyboardModifier.NoModifier, qt.KeyboardModifier.KeypadModifier}
        if event.key() not in {qt.Key.Key_Return, qt.Key.Key_Enter} or event.modifiers() not in plain:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def primary_button(words: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return the one button a page is about."""
    return Button(words, icon, "primary", parent)


def secondary_button(words: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return an ordinary button."""
    return Button(words, icon, "secondary", parent)


def quiet_button(words: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return a button without a frame, for the corner of a card."""
    return Button(words, icon, "quiet", parent)


def danger_button(words: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Return a button for what cannot be undone."""
    return Button(words, icon, "danger", parent)


class IconButton(Button):
    """A button that is only an icon; its words are its accessible name and its tooltip."""

    def __init__(self, words: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon, "icon", parent)
        self.setAccessibleName(words)
        self.setToolTip(words)


class ChipButton(Button):
    """A filter that is on or off; chips with the same parent exclude each other unless told otherwise."""

    def __init__(self, words: str, *, exclusive: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(words, "", "chip", parent)
        self.setCheckable(True)
        self.setAutoExclusive(exclusive)


class RailButton(QPushButton):
    """A place in the rail: icon above a word, one of them chosen (read out as a radio button)."""

    def __init__(
        self, words: str, icon: str, *, checkable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._icon_name = icon
        self.setProperty("kind", "rail")
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self._fit()

    def _fit(self) -> None:
        now = look()
        word = self.fontMetrics().horizontalAdvance(self.text().replace("&", "")) + 12
        self.setFixedSize(max(now.px(Size.RAIL_BUTTON_WIDTH), word), now.px(Size.RAIL_BUTTON_HEIGHT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    @override
    def paintEvent(self, event: "QPaintEvent") -> None:
        now = look()
        chosen = self.isChecked() or self.isDown()
        bright = chosen or self.underMouse()
        ink = now.colours.rail_selected_text if bright else now.colours.rail_text
        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QtCore.Qt.PenStyle.NoPen)
            painter.setBrush(QtGui.QColor(now.colours.rail_selected))
            painter.drawRoundedRect(QtCore.QRectF(self.rect()), Radius.RAIL, Radius.RAIL)
        size = now.px(22)
        picture = icons.pixmap(self._icon_name, ink, size, ratio=max(self.devicePixelRatioF(), 1.0))
        painter.drawPixmap((self.width() - size) // 2, now.px(11), picture)
        painter.setPen(QtGui.QColor(ink))
        painter.setFont(now.font(Points.SMALL, 600 if chosen else 500))
        qt = QtCore.Qt
        words = self.rect().adjusted(0, now.px(34), 0, 0)
        flags = qt.AlignmentFlag.AlignHCenter | qt.AlignmentFlag.AlignTop | qt.TextFlag.TextHideMnemonic
        painter.drawText(words, flags, self.text())
        painter.end()
