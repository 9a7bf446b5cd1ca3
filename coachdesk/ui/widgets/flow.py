"""Pieces side by side that go on in the next line where the room ends, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override

from coachdesk.ui.tokens import Space


class Flow(QLayout):
    """A layout that wraps; for chips, pills and scales, whose number or text size nobody knows."""

    def __init__(self, *pieces: QWidget, spacing: int = Space.SMALL) -> None:
        super().__init__()
        self._kept: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for piece in pieces:
            self.addWidget(piece)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._kept.append(item)

    @override
    def count(self) -> int:
        return len(self._kept)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._kept[index] if 0 <= index < len(self._kept) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._kept.pop(index) if 0 <= index < len(self._kept) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), place=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, place=True)

    @override
    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._kept if not item.isEmpty()]
        gaps = self.spacing() * max(len(sizes) - 1, 0)
        tallest = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, tallest)

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._kept]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def _lay_out(self, rect: QRect, *, place: bool) -> int:
        """Return the height that the pieces need in this width, having put them there if asked."""
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), max(item.sizeHint().height() for item in line)
            for item in line:
                size = item.sizeHint()
                if place:  # words beside a button stand at its middle
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return which pieces stand side by side in this width; one that is hidden takes no room, its gap neither."""
        lines: list[list[QLayoutItem]] = []
        x = width
        for item in self._kept:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if not lines or x + wanted > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += wanted + self.spacing()
        return lines
