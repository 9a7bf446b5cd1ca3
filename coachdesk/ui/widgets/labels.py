"""Words on a page: labels by role, pills, section titles and labels that shorten themselves."""

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from coachdesk.overriding import override
from coachdesk.ui.tokens import Space, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PLAIN_TEXT, AUTO_TEXT = (
    0,
    2,
)  # Qt.TextFormat, by number as its property takes it: `Qt` is dear (docs/architecture.md, start-up)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet look at the widget again."""
    for key, value in properties.items():
        widget.setProperty(key, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(words: str, role: str = "", *, tone: Tone | None = None, wrap: bool = False) -> QLabel:
    """Return a label of plain text in a role of the style sheet.

    Roles: title, heading, section, strong, label, meta, secondary, small; none is body text. A label
    that wraps gives way to its column; without that its text sets the page's smallest width.
    """
    made = QLabel(words)
    made.setProperty("textFormat", PLAIN_TEXT)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone is not None:
        made.setProperty("tone", tone.value)
    return made


class Pill(QLabel):
    """A short state in words on a tint: "3 days late"; the colour only repeats the words."""

    def __init__(self, words: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setProperty("pill", tone.value)
        self.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Fixed, QtWidgets.QSizePolicy.Policy.Fixed)

    def say(self, words: str, tone: Tone) -> None:
        """Change words and tone together."""
        self.setText(words)
        restyle(self, pill=tone.value)


class SectionTitle(QWidget):
    """A card's title, with how many there are beside it if that is known."""

    def __init__(
        self,
        words: str,
        count: int | None = None,
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = label(words, "section")
        self._count = Pill("", tone)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(self._title)
        box.addWidget(self._count)
        box.addStretch(1)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show how many there are; None hides the number."""
        self._count.setVisible(count is not None)
        self._count.setText(str(count if count is not None else ""))
        words = self._title.text()
        named = QCoreApplication.translate("SectionTitle", "{title}, {count}").format(
            title=words, count=count
        )
        self._title.setAccessibleName(words if count is None else named)


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the whole text is its tooltip."""

    def __init__(self, words: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Ignored, QtWidgets.QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: "QPaintEvent") -> None:
        shown = self.fontMetrics().elidedText(self.text(), QtCore.Qt.TextElideMode.ElideRight, self.width())
        wanted = self.text() if shown != self.text() else ""
        if self.toolTip() != wanted:
            self.setToolTip(wanted)
        painter = QtGui.QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()
