"""Faces without photographs: initials or an icon on a round tint."""

import zlib

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.ui import icons
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Points, Size, Tone

_TONES = (Tone.OK, Tone.WARNING, Tone.INFO, Tone.PLUM, Tone.BRAND)


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name, in capitals; "?" for no name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def tone_of(identity: object) -> Tone:
    """Return the tone that belongs to an id: always the same one, on every laptop."""
    return _TONES[zlib.crc32(str(identity).encode()) % len(_TONES)]


def draw_avatar(painter: QPainter, rect: QRectF, letters: str, tone: Tone) -> None:
    """Draw initials on a round tint."""
    now = look()
    ink = now.colours.tone(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.tint))
    painter.drawEllipse(rect)
    painter.setPen(QColor(ink.ink))
    font = now.font(Points.BASE, 600)
    font.setPixelSize(max(round(rect.height() * 0.36), 8))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


class Avatar(QWidget):
    """A client's initials; decoration only, so it has no name of its own and takes no focus."""

    def __init__(
        self, name: str, identity: object, size: int = Size.AVATAR, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._letters = initials(name)
        self._tone = tone_of(identity)
        self.setFixedSize(look().px(size), look().px(size))

    def show_person(self, name: str, identity: object) -> None:
        """Show somebody else."""
        self._letters, self._tone = initials(name), tone_of(identity)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_avatar(painter, QRectF(self.rect()), self._letters, self._tone)
        painter.end()


class RoundIcon(QWidget):
    """An icon on a round tint, as in a timeline; decoration beside words that say the same."""

    def __init__(self, icon: str, tone: Tone, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._tone = tone
        self.setFixedSize(look().px(size), look().px(size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ink = look().colours.tone(self._tone)
        size = round(self.width() * 0.56)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink.tint))
        painter.drawEllipse(QRectF(self.rect()))
        at = (self.width() - size) // 2
        painter.drawPixmap(at, at, icons.pixmap(self._icon, ink.ink, size, ratio=self.devicePixelRatioF()))
        painter.end()
