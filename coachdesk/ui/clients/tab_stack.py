"""Tabs on one page that scrolls: only the one in sight says how much room there is to be.

Qt's own stack is as tall as its tallest page, so that below a short tab one scrolled into emptiness.
"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override


class _InSight(QStackedLayout):
    """A stacked layout that asks nobody but the page in sight."""

    @override
    def hasHeightForWidth(self) -> bool:
        """Return whether the page in sight wraps its words."""
        item = self.itemAt(self.currentIndex())
        return item is not None and item.hasHeightForWidth()

    @override
    def heightForWidth(self, width: int) -> int:
        """Return what the page in sight needs at a width."""
        item = self.itemAt(self.currentIndex())
        return item.heightForWidth(width) if item is not None else -1

    @override
    def sizeHint(self) -> QSize:
        """Return what the page in sight would like."""
        item = self.itemAt(self.currentIndex())
        return item.sizeHint() if item is not None else QSize()

    @override
    def minimumSize(self) -> QSize:
        """Return what the page in sight needs at least."""
        item = self.itemAt(self.currentIndex())
        return item.minimumSize() if item is not None else QSize()


class TabStack(QWidget):
    """Widgets at one place, of which one is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _InSight(self)

    def add(self, page: QWidget) -> None:
        """Put a page behind the others."""
        self._pages.addWidget(page)

    def exchange(self, place: int, page: QWidget) -> None:
        """Put a page where another stood, which is given up; the one in sight stays at its place."""
        old, shown = self._pages.widget(place), self._pages.currentIndex()
        self._pages.insertWidget(place, page)
        if old is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self._pages.setCurrentIndex(shown)

    def show_page(self, place: int) -> None:
        """Bring a page into sight."""
        self._pages.setCurrentIndex(place)
