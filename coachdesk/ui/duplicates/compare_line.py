"""One line of two records side by side; where they differ, which of the two is taken is chosen by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QLabel, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.casework.side_by_side import ComparedLine, Side
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import column, label

_SIDE_BY_SIDE_EMS = 46
_LABEL_SHARE, _SIDE_SHARE = 2, 3
_UNDER_THE_WORDS = 34
"""How far a radio button's words stand from its left edge; what it stands for begins there too."""


class CompareLine(QWidget):
    """A field with what both records say; the arrow keys choose, Tab goes to the next line."""

    def __init__(self, line: ComparedLine, keep: str, other: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.radios: dict[Side, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.GAP)
        self._box.addWidget(_shared(self._name(line.label)), _LABEL_SHARE)
        self._box.addWidget(_shared(self._side(Side.KEEP, keep, line.keep_words)), _SIDE_SHARE)
        self._box.addWidget(_shared(self._side(Side.OTHER, other, line.other_words)), _SIDE_SHARE)
        can_both = Side.BOTH in line.sides
        both = self._side(Side.BOTH, self.tr("Both texts"), "") if can_both else QWidget()
        self._box.addWidget(_shared(both), _LABEL_SHARE)
        self.radios[line.taken].setChecked(True)

    @staticmethod
    def _name(words: str) -> QWidget:
        holder = QWidget()
        box = column(label(words, "label", wrap=True), 1, spacing=0)
        box.setContentsMargins(0, Space.HAIR, 0, 0)  # in line with the words of the buttons beside it
        holder.setLayout(box)
        return holder

    def _side(self, side: Side, title: str, words: str) -> QWidget:
        said = words or self.tr("nothing")
        radio = QRadioButton(title)
        self.radios[side] = radio
        spoken = title if side is Side.BOTH else f"{said} ({title})"
        radio.setAccessibleName(f"{self.line.label}: {spoken}")
        radio.setEnabled(side in self.line.sides)
        self._group.addButton(radio, tuple(Side).index(side))
        holder = QWidget()
        parts = [radio] if side is Side.BOTH else [radio, _Said(said, radio, is_said=bool(words))]
        holder.setLayout(column(*parts, 1, spacing=0))
        return holder

    @property
    def side(self) -> Side:
        """Return whose answer is taken."""
        return tuple(Side)[self._group.checkedId()]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height() * 3 // 4
        roomy = self.width() >= _SIDE_BY_SIDE_EMS * em
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)
            self.updateGeometry()  # one below the other they need more height, and the page has to hear of it


def _shared(piece: QWidget) -> QWidget:
    """Return a piece that takes its share of the width whatever it says, so that all lines stand in columns."""
    piece.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return piece


class _Said(QLabel):
    """The words of one side; a click on them chooses it, as a click on its button does."""

    def __init__(self, words: str, radio: QRadioButton, *, is_said: bool) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "" if is_said else "meta")
        self.setContentsMargins(look().px(_UNDER_THE_WORDS), 0, 0, 0)
        self._radio = radio

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._radio.click()
